"""The language switch and the styleguide."""

from django.http import HttpRequest, HttpResponse

from tequio.kernel.web.languages import choose, language_of
from tequio.kernel.web.pages import page
from tequio.kernel.web.styleguide import shown


def language(request: HttpRequest, language: str) -> HttpResponse:
    """Answer in this language from now on; back to the page one came from."""
    return choose(request, language)


def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component on one living page."""
    return page(request, "web/styleguide.html", shown(language=language_of(request)))
