"""The sign-in library's pages in this program's hands: guarded, with the right status, with what went wrong."""

from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.cache import add_never_cache_headers

from tequio.accounts.adapters import TROUBLE
from tequio.accounts.guards import View, anybody, guarded
from tequio.accounts.permissions import Permission

_OF_LIMITS = frozenset({"too_many_login_attempts", "rate_limited"})
WITH_FAULTS, TOO_MANY = 422, 429


def ours(view: View, /, *, permission: Permission = anybody) -> View:
    """A page of the library, open to whom `permission` names."""

    @wraps(view)
    def opened(request: HttpRequest, **words: Any) -> HttpResponseBase:
        answer = view(request, **words)
        if isinstance(answer, TemplateResponse) and not answer.is_rendered:
            _complete(request=request, answer=answer)
        add_never_cache_headers(answer)  # pages with secrets and codes on them are not for anybody's disk
        return answer

    return guarded(permission)(opened)


def _complete(*, request: HttpRequest, answer: TemplateResponse) -> None:
    context = answer.context_data = answer.context_data or {}
    trouble = request.session.pop(TROUBLE, None) if TROUBLE in request.session else None
    context["trouble"] = trouble
    if request.method != "POST":
        return
    for form in (context.get("form"), context.get("webauthn_form")):
        if form is None or not form.is_bound or not form.errors:
            continue
        codes = {fault.code for faults in form.errors.as_data().values() for fault in faults}
        answer.status_code = TOO_MANY if codes & _OF_LIMITS else WITH_FAULTS
