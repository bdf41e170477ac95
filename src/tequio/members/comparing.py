"""Two entries side by side, the search for them, and the entries that look like one member."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet

from tequio.accounts.permissions import Viewer, is_administrator, may_read_everything
from tequio.kernel.web.lists import PER_PAGE
from tequio.members.intake.duplicates import likeness_key
from tequio.members.models import Contact, ContactAttempt, Member, Membership

FOUND_AT_MOST = 20
# Of one name fifty thousand times the page shows the first; the others come up once these are merged.
ALIKE_AT_MOST = 500


@dataclass(slots=True, kw_only=True)
class Entry:
    """What one entry holds by itself, with those merged into it before."""

    member: Member
    periods: list[Membership] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    merged: list[Member] = field(default_factory=list)
    attempts: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """Members of one center whose names are the same but for accents, capitals and spaces."""

    members: list[Member]
    count: int


def changeable(*, viewer: Viewer) -> QuerySet[Member]:
    """The members a person may change: everybody for administrators, else those of its own centers."""
    members = Member.objects.select_related("center")
    return members if is_administrator(viewer) else members.filter(center__in=viewer.centers)


def found(*, members: QuerySet[Member], words: str) -> list[Member]:
    """The first members that a name or a number finds, merged ones left out; none without words."""
    words = words.strip()
    if not words:
        return []
    fits = Q(search_name__contains=likeness_key(name=words)) | Q(code__iexact=words)
    return list(members.filter(fits, merged_into__isnull=True).order_by("search_name", "pk")[:FOUND_AT_MOST])


def entries(*, members: Sequence[Member]) -> list[Entry]:
    """What each of these members holds. Four queries, however many and however much."""
    by_pk = {member.pk: Entry(member=member) for member in members}
    head_of = {pk: pk for pk in by_pk}
    for merged in Member.objects.filter(merged_into__in=by_pk).order_by("code"):
        assert merged.merged_into_id is not None  # noqa: S101 - CONFIG: tells the type checker what the filter says
        head_of[merged.pk] = merged.merged_into_id
        by_pk[merged.merged_into_id].merged.append(merged)
    for period in Membership.objects.filter(member_id__in=head_of).order_by("joined_on", "pk"):
        by_pk[head_of[period.member_id]].periods.append(period)
    for contact in Contact.objects.filter(member_id__in=head_of).order_by("member_id", "position"):
        by_pk[head_of[contact.member_id]].contacts.append(contact)
    attempts = ContactAttempt.objects.filter(member_id__in=head_of).order_by()
    for pk, count in attempts.values_list("member_id").annotate(count=Count("pk")):
        by_pk[head_of[pk]].attempts += count
    return [by_pk[member.pk] for member in members]


def _alike_names(*, viewer: Viewer) -> QuerySet[Member, tuple[int, str, int]]:
    members = Member.objects.filter(merged_into__isnull=True)
    if not may_read_everything(viewer):
        members = members.filter(center__in=viewer.centers)
    named = members.order_by("search_name", "center_id").values_list("center_id", "search_name")
    return named.annotate(times=Count("pk")).filter(times__gt=1)


def alike_count(*, viewer: Viewer) -> int:
    """How many names more than one member of a center has, among those a person may see. One query."""
    return _alike_names(viewer=viewer).count()


def alike(*, viewer: Viewer, number: int) -> list[Alike]:
    """One page of the members a person should compare, by name. Two queries."""
    first = (number - 1) * PER_PAGE
    names = list(_alike_names(viewer=viewer)[first : first + PER_PAGE])
    rows = (
        Member.objects.select_related("center")
        .filter(
            merged_into__isnull=True,
            search_name__in=[name for _, name, _ in names],
            center_id__in={center for center, _, _ in names},
        )
        .order_by("pk")
    )
    grouped: dict[tuple[int, str], list[Member]] = defaultdict(list)
    for member in rows[:ALIKE_AT_MOST]:
        grouped[member.center_id, member.search_name].append(member)
    return [Alike(members=grouped[center, name], count=times) for center, name, times in names]
