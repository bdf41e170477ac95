"""The library's pages in this program's hands: nobody passes any of them who does not get in at that moment."""

import json
from typing import Any
from urllib.parse import urlsplit

from allauth.core.internal.httpkit import add_query_params
from allauth.idp.oidc import views as library
from allauth.idp.oidc.adapter import get_adapter
from allauth.idp.oidc.models import Client, Token
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import reverse

from tequio.accounts.models import User
from tequio.kernel.texts import text_of
from tequio.kernel.web.languages import language_of
from tequio.kernel.web.pages import page
from tequio.services.models import Subject
from tequio.services.signing_in.admission import Admission, admission, application_of

_METHODS = ["client_secret_basic", "client_secret_post", "none"]
_BEARER = "Bearer "


def configuration(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 - CONFIG: every view takes it
    """Where everything is, and what there is: codes with PKCE, a word of its own for every application."""
    names = {
        "authorization_endpoint": "authorization",
        "token_endpoint": "token",
        "userinfo_endpoint": "userinfo",
        "introspection_endpoint": "introspect",
        "revocation_endpoint": "revoke",
        "end_session_endpoint": "logout",
        "jwks_uri": "jwks",
    }
    data: dict[str, Any] = {
        "issuer": get_adapter().get_issuer(),
        **{key: settings.SITE_URL + reverse(f"idp:oidc:{name}") for key, name in names.items()},
        "code_challenge_methods_supported": ["S256"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "token_endpoint_auth_methods_supported": _METHODS,
        "introspection_endpoint_auth_methods_supported": _METHODS[:2],
    }
    get_adapter().populate_server_metadata(data)
    answer = JsonResponse(data)
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


class Authorize(library.AuthorizationView):  # type: ignore[misc]  # CONFIG: the library ships no types
    """The page that asks a person whether an application may know who it is."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask; tell whoever does not get in why; and never let one application in by what another was granted."""
        prompts = request.GET.get("prompt", "").split()
        if "none" in prompts and not self._known(request):
            return self._silently_refused(request)
        answer: HttpResponse = super().get(request, *args, **kwargs)
        info = getattr(self, "_request_info", None)
        if not request.user.is_authenticated or info is None:
            return answer
        client = Client.objects.filter(pk=info.get("client_id")).first()
        found = _asked(client=client, user=request.user)
        if client is not None and not found.admitted:
            return refused(request, client=client, found=found)
        _let_go_back(answer, to=info.get("redirect_uri", ""))
        return answer

    def form_valid(self, form: Any) -> HttpResponse:
        """Grant it, if the person still gets in."""
        client = Client.objects.filter(pk=self._request_info.get("client_id")).first()
        found = _asked(client=client, user=self.request.user)
        if client is None or not found.admitted:
            return refused(self.request, client=client, found=found)
        granted: HttpResponse = super().form_valid(form)
        return granted

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the page says."""
        context = super(library.AuthorizationView, self).get_context_data(**kwargs)
        client = Client.objects.get(pk=self._request_info["client_id"])
        application = application_of(client=client)
        found = _asked(client=client, user=self.request.user)
        return {
            **context,
            "lang": language_of(self.request),
            "application": text_of(row=application, name="name") if application is not None else None,
            "host": urlsplit(self._request_info.get("redirect_uri", "")).netloc,
            "account": found.account.name if found.account is not None else "",
            "scope_names": get_adapter().scope_display,
            "scopes": self._scopes,
        }

    def _known(self, request: HttpRequest) -> bool:
        """Whether this person has let this very application in before, and gets in now."""
        client = Client.objects.filter(pk=request.GET.get("client_id", "")[:100]).first()
        if client is None or not request.user.is_authenticated:
            return False
        known = Subject.objects.filter(application__client=client, user=request.user).exists()
        tokens = Token.objects.valid().filter(client=client, user=request.user).exists()
        return known and tokens and _asked(client=client, user=request.user).admitted

    def _silently_refused(self, request: HttpRequest) -> HttpResponse:
        """`prompt=none` of whom nobody may be asked about: an error for the application, at an address of its own."""
        client = Client.objects.filter(pk=request.GET.get("client_id", "")[:100]).first()
        uri = request.GET.get("redirect_uri", "")
        if client is None or uri not in client.get_redirect_uris():
            unknown: HttpResponse = library.respond_html_error(request, error=None)
            return unknown
        error = "interaction_required" if request.user.is_authenticated else "login_required"
        given = {"error": error, **({"state": state} if (state := request.GET.get("state")) else {})}
        answer = HttpResponse(status=302)
        answer["Location"] = add_query_params(uri, given)
        return answer


class GiveTokens(library.TokenView):  # type: ignore[misc]  # CONFIG: as above
    """Tokens for a code or a refresh token; nothing of them stays where the person does not get in."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """Give them, and take them back in the same transaction where the door is shut by now."""
        with transaction.atomic():
            answer: HttpResponse = super().post(request)
            if answer.status_code == HttpResponse.status_code and not _of_somebody_admitted(_given(answer)):
                transaction.set_rollback(True)
                return JsonResponse({"error": "invalid_grant"}, status=400)
        return answer


class TellOfPerson(library.UserInfoView):  # type: ignore[misc]  # CONFIG: as above
    """What an application may know of a person now."""

    def _respond(self, request: HttpRequest) -> HttpResponse:
        typed = request.headers.get("Authorization", "")
        token = typed[len(_BEARER) :] if typed.startswith(_BEARER) else request.POST.get("access_token", "")
        if token and not _of_somebody_admitted(token):
            answer = JsonResponse({"error": "invalid_token"}, status=401)
            answer["WWW-Authenticate"] = 'Bearer error="invalid_token"'
            return answer
        told: HttpResponse = super()._respond(request)
        return told


authorize = Authorize.as_view()
token = GiveTokens.as_view()
user_info = TellOfPerson.as_view()
introspect = library.introspect
revoke = library.revoke
logout = library.logout
keys = library.jwks


def refused(request: HttpRequest, *, client: Client | None, found: Admission) -> HttpResponse:
    """The page of whom a door is shut to: why, and how it is back today."""
    application = application_of(client=client) if client is not None else None
    context = {
        "application": text_of(row=application, name="name") if application is not None else None,
        "why": found.why_not,
        "member_pk": found.member_pk,
    }
    return page(request, "services/door_shut.html", context, status=403)


def _asked(*, client: Client | None, user: Any) -> Admission:
    if client is None or not isinstance(user, User):
        return Admission(
            account=None, why_not=None if client is None else admission(client=client, user=User()).why_not
        )
    return admission(client=client, user=user)


def _given(answer: HttpResponse) -> str:
    try:
        data = json.loads(answer.content)
    except ValueError:
        return ""
    return str(data.get("access_token", "")) if isinstance(data, dict) else ""


def _of_somebody_admitted(token: str) -> bool:
    """Whether an access token is of a person who gets in to its application now."""
    row = Token.objects.select_related("client", "user").filter(type=Token.Type.ACCESS_TOKEN)
    found = row.by_value(token).first()
    if found is None or found.client is None or found.user is None:
        return False
    return admission(client=found.client, user=found.user).admitted


def _let_go_back(answer: HttpResponseBase, *, to: str) -> None:
    """Let the form of this page lead back to the application: browsers hold redirects after a form to form-action."""
    parts = urlsplit(to)
    if parts.scheme in {"http", "https"} and parts.netloc:
        answer._csp_update = {"form-action": ["'self'", f"{parts.scheme}://{parts.netloc}"]}  # type: ignore[attr-defined]  # CONFIG: read by django-csp  # noqa: SLF001 - CONFIG: as above
