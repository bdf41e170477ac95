"""Being written."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase



def mail_samples(_request: HttpRequest, **_words: object) -> HttpResponseBase:
    """Being written."""
    return HttpResponse(status=503)


def mail_sample_html(_request: HttpRequest, **_words: object) -> HttpResponseBase:
    """Being written."""
    return HttpResponse(status=503)
