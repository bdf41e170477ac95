"""Being written."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase



def rules(_request: HttpRequest, **_words: object) -> HttpResponseBase:
    """Being written."""
    return HttpResponse(status=503)
