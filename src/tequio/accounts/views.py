"""Pages of one's own account, and of the people who sign in."""

import json

from allauth.mfa.utils import is_mfa_enabled
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from tequio.accounts import operations, queries, viewers
from tequio.accounts.forms import LanguageForm, PersonForm, RoleForm
from tequio.accounts.guards import actor_of, guarded, signed_in, viewer_in
from tequio.accounts.letters import invitation
from tequio.accounts.middleware import FACTORS
from tequio.accounts.models import User
from tequio.accounts.permissions import is_administrator, may_read_everything
from tequio.accounts.sending import send_news
from tequio.centers.models import Center
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.kernel.texts import text_of
from tequio.kernel.web.languages import choose, language_of
from tequio.kernel.web.pages import go, page


def _user(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


@guarded(signed_in)
def my_account(request: HttpRequest) -> HttpResponseBase:
    """One's own account: language, second factor, roles, what is held."""
    user = _user(request)
    held = queries.data_about(user=user)
    names = {c.code: text_of(row=c, name="name") for c in Center.objects.order_by("code")}
    context = {
        "person": user,
        "held": held,
        "members": viewers.member_names(user.pk),
        "is_safe": is_mfa_enabled(user, FACTORS),
        "has_password": user.has_usable_password(),
        "role_names": queries.ROLE_NAMES,
        "centers": names,
        "form": LanguageForm(initial={"language": user.language}),
    }
    return page(request, "accounts/my_account.html", context)


@guarded(signed_in)
def my_language(request: HttpRequest) -> HttpResponseBase:
    """Choose the language of pages and letters."""
    form = LanguageForm(request.POST)
    if request.method != "POST" or not form.is_valid():
        return go(reverse("my_account"))
    operations.choose_language(user=_user(request), language=form.cleaned_data["language"])
    answer = choose(request, form.cleaned_data["language"])
    answer["Location"] = reverse("my_account")
    return answer


@guarded(signed_in)
def my_data(request: HttpRequest) -> HttpResponseBase:
    """What is held about this person, as a file to keep."""
    text = json.dumps(queries.data_about(user=_user(request)), ensure_ascii=False, indent=1, default=str)
    answer = HttpResponse(text, content_type="application/json; charset=utf-8")
    answer["Cache-Control"] = "no-store"
    answer["Content-Disposition"] = 'attachment; filename="tequio-my-data.json"'
    return answer


@guarded(signed_in)
def second_factor_first(request: HttpRequest) -> HttpResponseBase:
    """Say why a second factor comes before anything else, and how to set it up."""
    return page(request, "accounts/second_factor_first.html")


@guarded(may_read_everything)
def people(request: HttpRequest) -> HttpResponseBase:
    """The people who sign in, and their roles."""
    context = {
        "people": queries.people(),
        "role_names": queries.ROLE_NAMES,
        "may_change": is_administrator(viewer_in(request)),
    }
    return page(request, "accounts/people.html", context)


@guarded(is_administrator)
def add_person(request: HttpRequest) -> HttpResponseBase:
    """Open an account for a person and write to it."""
    form = PersonForm(request.POST or None, initial={"language": language_of(request)})
    if request.method == "POST" and form.is_valid():
        try:
            user = operations.add_person(**form.cleaned_data, actor=actor_of(request), at=clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            _invite(request=request, user=user)
            return go(reverse("person", kwargs={"user_pk": user.pk}))
    return page(request, "accounts/add_person.html", {"form": form}, status=422 if form.errors else 200)


def _invite(*, request: HttpRequest, user: User) -> None:
    url = request.build_absolute_uri(reverse("account_request_login_code"))
    letter = invitation(name=user.name, address=user.email, url=url, language=user.language)
    send_news(letter=letter, address=user.email)


def _person(user_pk: int) -> User:
    user = User.objects.filter(pk=user_pk).first()
    if user is None:
        raise Http404
    return user


def _shown(user_pk: int) -> queries.Person:
    return next(row for row in queries.people() if row.pk == user_pk)


@guarded(is_administrator)
def person(request: HttpRequest, user_pk: int) -> HttpResponseBase:
    """One person: its roles, given and taken here."""
    user = _person(user_pk)
    centers = list(Center.objects.order_by("code"))
    form = RoleForm(
        request.POST if request.POST.get("act") == "give" else None,
        centers=[(c.code, text_of(row=c, name="name").to(language_of(request))) for c in centers],
    )
    problem = None
    if request.method == "POST":
        try:
            if _changed(request=request, user=user, form=form, centers={c.code: c for c in centers}):
                return go(reverse("person", kwargs={"user_pk": user_pk}))
        except Refusal as refusal:
            problem = refusal.text
    context = {"shown": _shown(user_pk), "form": form, "role_names": queries.ROLE_NAMES, "problem": problem}
    return page(request, "accounts/person.html", context, status=200 if request.method == "GET" else 422)


@guarded(is_administrator)
def close_account(request: HttpRequest, user_pk: int) -> HttpResponseBase:
    """Close an account, on a page of its own that says what ends and what stays."""
    user, problem = _person(user_pk), None
    if request.method == "POST":
        try:
            operations.close_account(user=user, actor=actor_of(request), at=clock.now())
        except Refusal as refusal:
            problem = refusal.text
        else:
            return go(reverse("people"))
    context = {"shown": _shown(user_pk), "role_names": queries.ROLE_NAMES, "problem": problem}
    return page(request, "accounts/close_account.html", context, status=409 if problem else 200)


def _changed(*, request: HttpRequest, user: User, form: RoleForm, centers: dict[str, Center]) -> bool:
    """Carry out what the page was asked for; False where the form needs another look."""
    actor, at = actor_of(request), clock.now()
    if request.POST.get("act") == "take":
        operations.take_role(
            user=user,
            role=request.POST.get("role", ""),
            center=centers.get(request.POST.get("center", "")),
            actor=actor,
            at=at,
        )
        return True
    if not form.is_valid():
        return False
    chosen = form.cleaned_data
    operations.grant_role(user=user, role=chosen["role"], center=centers.get(chosen["center"]), actor=actor, at=at)
    return True
