"""Answering with a page, and going to another one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import get_template

from tequio.kernel.web.languages import language_of
from tequio.rules.reasons import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One word of the navigation: where it leads, and the beginnings of the addresses it stands for."""

    url: str
    text: Text
    stems: tuple[str, ...]

    def stands_for(self, path: str) -> bool:
        """Whether a page at this address belongs under the word. Home stands for itself alone."""
        return path == self.url or (self.stems != ("/",) and path.startswith(self.stems))


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A city of the dateline, with its zone."""

    name: Text
    zone: str


def _no_links(_: HttpRequest) -> Sequence[Link]:
    return ()


def _no_places() -> Sequence[Place]:
    return ()


# What only higher topics know, which register here at start-up: the words of the navigation, and the cities.
navigation: Callable[[HttpRequest], Sequence[Link]] = _no_links
places: Callable[[], Sequence[Place]] = _no_places


def page(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, /, *, status: int = 200
) -> HttpResponse:
    """A page from a template, in the language of the request."""
    text = get_template(template).render({**(context or {}), "lang": language_of(request)}, request)
    return HttpResponse(text, status=status)


def go(url: str, /, **query: str) -> HttpResponseRedirect:
    """Go to another page of this site (303: always by GET)."""
    answer = HttpResponseRedirect(f"{url}?{urlencode(query)}" if query else url)
    answer.status_code = 303
    return answer
