"""Answers that are no page of their own: a refusal of an operation, and what Django calls errors."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from tequio.kernel.errors import Refusal
from tequio.kernel.web.languages import language_of
from tequio.kernel.web.pages import page
from tequio.rules.reasons import Text

_SAID = {
    400: (
        Text(en="That could not be understood", es="Eso no se pudo entender"),
        Text(
            en="What your browser sent cannot be read. Go back, load the page again and try once more.",
            es="Lo que envió su navegador no se puede leer. Regrese, cargue otra vez la página e inténtelo de nuevo.",
        ),
    ),
    403: (
        Text(en="This page is not open to you", es="Esta página no está abierta para usted"),
        Text(
            en="Your account does not have the role it needs. If it should, ask an administrator of your organization.",
            es="Su cuenta no tiene la función que hace falta. Si debería tenerla, pídala a la administración de su "
            "organización.",
        ),
    ),
    404: (
        Text(en="There is nothing here", es="Aquí no hay nada"),
        Text(
            en="The address is not one of ours, or what stood here is counted elsewhere now. Look for it from the "
            "start.",
            es="La dirección no es una de las nuestras, o lo que estaba aquí se cuenta ahora en otro lugar. Búsquelo "
            "desde el inicio.",
        ),
    ),
    405: (
        Text(en="That is not done here", es="Eso no se hace aquí"),
        Text(en="Go back and use the page's own form.", es="Regrese y use el formulario de la página."),
    ),
    413: (
        Text(en="That is too large", es="Eso es demasiado grande"),
        Text(
            en="The file is larger than this program takes. Nothing was kept.",
            es="El archivo es más grande de lo que este programa acepta. No se guardó nada.",
        ),
    ),
    429: (
        Text(en="Too many tries", es="Demasiados intentos"),
        Text(
            en="To protect the account, wait a few minutes before the next try.",
            es="Para proteger la cuenta, espere unos minutos antes del siguiente intento.",
        ),
    ),
    500: (
        Text(en="Something broke on our side", es="Algo falló de nuestro lado"),
        Text(
            en="Nothing was half done: what you sent was either kept whole or not at all. Whoever runs this site finds "
            "the reason in its log.",
            es="Nada quedó a medias: lo que envió se guardó completo o no se guardó. Quien administra el sitio "
            "encuentra el motivo en su registro.",
        ),
    ),
}


def refusals(next_: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Show what an operation refused as a page with its sentence (409), where no form caught it."""

    class Middleware:
        def __call__(self, request: HttpRequest) -> HttpResponseBase:
            return next_(request)

        def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
            if not isinstance(exception, Refusal):
                return None
            title = Text(en="This was not done", es="Esto no se hizo")
            return page(request, "web/error.html", {"title": title, "sentence": exception.text}, status=409)

    return Middleware()


def answer(request: HttpRequest, *, status: int) -> HttpResponse:
    """The page that says what a status means."""
    title, sentence = _SAID[status]
    return page(request, "web/error.html", {"title": title, "sentence": sentence}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - CONFIG: Django's signature
    """Status 400."""
    return answer(request, status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - CONFIG: Django's signature
    """Status 403."""
    return answer(request, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - CONFIG: Django's signature
    """Status 404."""
    return answer(request, status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Status 500. Says the little that needs neither the database nor the account."""
    title, sentence = _SAID[500]
    both = "".join(
        f'<section lang="{language}"><h1>{title.to(language)}</h1><p>{sentence.to(language)}</p></section>'
        for language in (language_of(request), "es" if language_of(request) == "en" else "en")
    )
    return HttpResponse(f"<!doctype html><meta charset=utf-8><title>{title.en}</title>{both}", status=500)
