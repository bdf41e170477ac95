"""Two entries for one member: chosen, compared, merged; and taken apart again."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from tequio.accounts.guards import actor_of, guarded, viewer_in
from tequio.accounts.permissions import is_administrator, is_treasurer_somewhere, may_change_center
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.kernel.web.pages import go, page
from tequio.members import comparing, operations
from tequio.members.forms import LONGEST_NUMBER, LONGEST_SEARCH
from tequio.members.models import Member
from tequio.members.scopes import scope_of_member
from tequio.members.views.finding import member_of_page
from tequio.rules.reasons import Text
from tequio.rules.standing import STANDING_NAMES


@guarded(is_administrator | is_treasurer_somewhere)
def merge(request: HttpRequest) -> HttpResponseBase:
    """Choose two entries and see them side by side; a POST counts the one as the other."""
    if request.method == "POST":
        return _merged(request)
    words = {name: request.GET.get(name, "").replace("\0", "").strip()[:LONGEST_NUMBER] for name in ("kept", "merged")}
    return _merge_page(request, kept=words["kept"], merged=words["merged"])


def _merged(request: HttpRequest) -> HttpResponse:
    kept, merged = request.POST.get("kept", ""), request.POST.get("merged", "")
    both = _pair(request, kept=kept, merged=merged)
    keeper, other = both.get(kept), both.get(merged)
    if keeper is None or other is None:
        raise PermissionDenied  # no form of ours names a member that this person may not change
    try:
        # The same form once more, by a second click or the back button: what it asked for has come about.
        if other.merged_into_id != keeper.pk:
            operations.merge_members(kept=kept, merged=merged, actor=actor_of(request), at=clock.now())
    except Refusal as refusal:
        return _merge_page(request, kept=kept, merged=merged, problem=refusal.text)
    return go(reverse("member", kwargs={"member_pk": keeper.pk}))


def _pair(request: HttpRequest, *, kept: str, merged: str) -> dict[str, Member]:
    """The members of two numbers, those of them that the person may change."""
    changeable = comparing.changeable(viewer=viewer_in(request))
    codes = [code for code in (kept, merged) if code and "\0" not in code]
    return {member.code: member for member in changeable.filter(code__in=codes)}


def _merge_page(request: HttpRequest, *, kept: str, merged: str, problem: Text | None = None) -> HttpResponse:
    """The page that chooses, compares and asks. What cannot be merged is said before anybody tries."""
    both = _pair(request, kept=kept, merged=merged)
    words = request.GET.get("q", "").replace("\0", "")[:LONGEST_SEARCH]
    unknown = [code for code in (kept, merged) if code and code not in both]
    chosen = [both[code] for code in (kept, merged) if code in both]
    hindrance = problem or (_hindrance(keeper=both[kept], other=both[merged]) if len(chosen) == 2 else None)  # noqa: PLR2004 - CONFIG: a pair
    context = {
        "kept": kept,
        "merged": merged,
        "unknown": unknown,
        "hindrance": hindrance,
        "entries": comparing.entries(members=chosen) if len({member.pk for member in chosen}) == len(chosen) else [],
        "words": words,
        "found": comparing.found(members=comparing.changeable(viewer=viewer_in(request)), words=words),
        "standing_names": {standing.value: name for standing, name in STANDING_NAMES.items()},
    }
    return page(request, "members/merge.html", context, status=422 if problem else 200)


def _hindrance(*, keeper: Member, other: Member) -> Text | None:
    """Why two entries cannot be merged, if so; the operation asks again under its locks."""
    if keeper.pk == other.pk:
        return Text(en="Both are the same entry. Choose two.", es="Los dos son el mismo registro. Elija dos.")
    if keeper.center_id != other.center_id:
        return Text(
            en="They belong to different centers and currencies, so they cannot be merged.",
            es="Son de centros y monedas distintas, así que no se pueden unir.",
        )
    for member in (keeper, other):
        if member.merged_into_id is not None:
            return Text(
                en=f"{member.code} is merged into another entry already. Undo that first.",
                es=f"{member.code} ya está unido a otro registro. Deshaga eso primero.",
            )
    return None


@guarded(may_change_center, scope=scope_of_member)
def undo_merge(request: HttpRequest, member_pk: int) -> HttpResponseBase:
    """Say what undoing a merge would do, and do it."""
    member = member_of_page(member_pk=member_pk)
    if member.merged_into_id is None:
        return go(reverse("member", kwargs={"member_pk": member.pk}))  # undone already, by a second click perhaps
    if request.method == "POST":
        operations.undo_merge(merged=member.code, actor=actor_of(request), at=clock.now())
        return go(reverse("member", kwargs={"member_pk": member.pk}))
    head = member_of_page(member_pk=member.merged_into_id)
    came_with = list(Member.objects.filter(merged_by_hand_into=member).order_by("code"))
    context = {"member": member, "kept": head, "came_with": came_with}
    return page(request, "members/undo_merge.html", context)
