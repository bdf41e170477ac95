"""Being written."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase



def centers(_request: HttpRequest, **_words: object) -> HttpResponseBase:
    """Being written."""
    return HttpResponse(status=503)


def center_settings(_request: HttpRequest, **_words: object) -> HttpResponseBase:
    """Being written."""
    return HttpResponse(status=503)


def close_books(_request: HttpRequest, **_words: object) -> HttpResponseBase:
    """Being written."""
    return HttpResponse(status=503)


def center_members_csv(_request: HttpRequest, **_words: object) -> HttpResponseBase:
    """Being written."""
    return HttpResponse(status=503)


def center_books(_request: HttpRequest, **_words: object) -> HttpResponseBase:
    """Being written."""
    return HttpResponse(status=503)
