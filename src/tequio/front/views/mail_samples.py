"""Every mail in both languages, with invented facts."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from tequio.accounts.guards import guarded
from tequio.accounts.permissions import may_read_lists
from tequio.front.queries import mail_samples as queries
from tequio.kernel.web.pages import page

# Mail programs know no style sheets, so the twin carries its style within; here, and here alone, that may be shown.
_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; sandbox"
)


@guarded(may_read_lists)
def mail_samples(request: HttpRequest) -> HttpResponseBase:
    """What each mail says, as plain text."""
    return page(request, "front/mail_samples.html", {"samples": queries.samples()})


@guarded(may_read_lists)
def mail_sample_html(request: HttpRequest, sample_pk: int, language: str) -> HttpResponseBase:  # noqa: ARG001 - CONFIG: Django's signature
    """The HTML twin of one mail, as a mail program would show it."""
    html = queries.sample_html(number=sample_pk, language=language)
    if html is None:
        raise Http404
    return HttpResponse(html, headers={"Content-Security-Policy": _POLICY, "Content-Language": language})
