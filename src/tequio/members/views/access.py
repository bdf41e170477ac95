"""Who signs in for a member: given by the address of an account, taken again, an account opened where there is none."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from tequio.accounts.guards import actor_of, guarded, viewer_in
from tequio.accounts.letters import invitation
from tequio.accounts.models import User
from tequio.accounts.operations import add_person
from tequio.accounts.permissions import is_administrator, may_change_center
from tequio.accounts.sending import send_news
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.kernel.web.pages import go, page
from tequio.members.forms import AccessForm, NewPersonForm
from tequio.members.models import Member, MemberAccess
from tequio.members.operations.access import give_access, take_access
from tequio.members.queries import family_of
from tequio.members.scopes import scope_of_member
from tequio.members.views.finding import member_or_head
from tequio.rules.reasons import Text


@guarded(may_change_center, scope=scope_of_member)
def member_access(request: HttpRequest, member_pk: int) -> HttpResponseBase:
    """The people who sign in for a member; giving and taking that."""
    member, elsewhere = member_or_head(member_pk=member_pk, name="member_access")
    if elsewhere is not None:
        return elsewhere
    acts = {"give": _give, "open": _open, "take": _take}
    act = acts.get(request.POST.get("act", "")) if request.method == "POST" else None
    return act(request, member=member) if act else _access_page(request, member=member, form=AccessForm())


def _give(request: HttpRequest, *, member: Member) -> HttpResponse:
    form = AccessForm(request.POST)
    if not form.is_valid():
        return _access_page(request, member=member, form=form)
    email = form.cleaned_data["email"].strip().casefold()
    user = User.objects.filter(email=email).first()
    if user is None:
        new = NewPersonForm(initial={"email": email, "language": member.center.language})
        missing = Text(en=f"There is no account for {email} yet.", es=f"Todavía no hay ninguna cuenta para {email}.")
        return _access_page(request, member=member, form=AccessForm(), new=new, missing=missing)
    try:
        give_access(user=user, member=member, actor=actor_of(request), at=clock.now())
    except Refusal as refusal:
        form.refuse(refusal)
        return _access_page(request, member=member, form=form)
    return _back(member=member)


def _open(request: HttpRequest, *, member: Member) -> HttpResponse:
    """Open an account and let it sign in for the member, both or neither; then write to the person."""
    if not is_administrator(viewer_in(request)):
        return _give(request, member=member)  # a treasurer opens no accounts: only one that exists is given
    new = NewPersonForm(request.POST)
    if new.is_valid():
        # The same form once more, by a second click: the account is there, and so is the access.
        if MemberAccess.objects.filter(user__email=new.cleaned_data["email"].casefold(), member=member).exists():
            return _back(member=member)
        try:
            with transaction.atomic():
                actor, at = actor_of(request), clock.now()
                user = add_person(**new.cleaned_data, actor=actor, at=at)
                give_access(user=user, member=member, actor=actor, at=at)
        except Refusal as refusal:
            new.refuse(refusal)
        else:
            _invite(request, user=user)
            return _back(member=member)
    return _access_page(request, member=member, form=AccessForm(), new=new)


def _invite(request: HttpRequest, *, user: User) -> None:
    url = request.build_absolute_uri(reverse("account_request_login_code"))
    letter = invitation(name=user.name, address=user.email, url=url, language=user.language)
    send_news(letter=letter, address=user.email)


def _take(request: HttpRequest, *, member: Member) -> HttpResponse:
    """Take an access of this member or of one merged into it; nothing happens where it is gone already."""
    number = request.POST.get("access", "")
    accesses = MemberAccess.objects.select_related("user", "member").filter(member__in=family_of(head=member))
    wanted = accesses.filter(pk=int(number)).first() if _is_number(number) else None
    if wanted is not None:
        take_access(user=wanted.user, member=wanted.member, actor=actor_of(request), at=clock.now())
    return _back(member=member)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19  # noqa: PLR2004 - CONFIG: digits a key of the database may have


def _back(*, member: Member) -> HttpResponse:
    return go(reverse("member_access", kwargs={"member_pk": member.pk}))


def _access_page(
    request: HttpRequest,
    *,
    member: Member,
    form: AccessForm,
    new: NewPersonForm | None = None,
    missing: Text | None = None,
) -> HttpResponse:
    accesses = MemberAccess.objects.select_related("user", "member").filter(member__in=family_of(head=member))
    context = {
        "member": member,
        "accesses": list(accesses.order_by("user__name", "pk")),
        "form": form,
        "new": new,
        "missing": missing,
        "may_open": is_administrator(viewer_in(request)),
    }
    faulty = form.errors or missing is not None or (new is not None and new.errors)
    return page(request, "members/access.html", context, status=422 if faulty else 200)
