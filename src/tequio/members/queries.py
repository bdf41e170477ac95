"""What reads members."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.db.models import Q

from tequio.kernel.errors import Refusal
from tequio.members.models import ContactAttempt, Member, MemberAccess, Membership


def member_by_code(*, code: str) -> Member:
    """The member of an id, merged or not. Refuses an id nobody has."""
    member = Member.objects.select_related("center").filter(code=code).first()
    if member is None:
        raise Refusal(en=f"There is no member “{code}”.", es=f"No existe la membresía «{code}».")
    return member


def head_of(*, member: Member) -> Member:
    """The member that this one is counted as: itself, or the one it was merged into."""
    if member.merged_into_id is None:
        return member
    return Member.objects.select_related("center").get(pk=member.merged_into_id)


def families(*, heads: Iterable[int]) -> dict[int, int]:
    """Every member id that counts as one of `heads`, with the head it counts as; heads count as themselves."""
    counted = {pk: pk for pk in heads}
    merged = Member.objects.filter(merged_into__isnull=False).values_list("pk", "merged_into_id")
    counted.update({pk: head for pk, head in merged if head in counted})
    return counted


def family_of(*, head: Member) -> Sequence[int]:
    """The ids of a member and of those merged into it."""
    return list(Member.objects.filter(Q(pk=head.pk) | Q(merged_into=head)).order_by("pk").values_list("pk", flat=True))


def belonged_in(*, code: str, year: int) -> bool:
    """Whether a member, or one merged into it, belonged on any day of a year. Refuses an id nobody has."""
    family = family_of(head=head_of(member=member_by_code(code=code)))
    return Membership.objects.filter(
        Q(left_on__isnull=True) | Q(left_on__gt=date(year, 1, 1)),
        member_id__in=family,
        joined_on__lte=date(year, 12, 31),
    ).exists()


EXPORT_COLUMNS = (
    "member_id",
    "member_name",
    "kind",
    "center",
    "joined_on",
    "left_on",
    "sector",
    "income_band",
    "operations",
) + ("standing", "standing_since", "counted_as")


def export_rows() -> Iterator[tuple[object, ...]]:
    """Every member, one row for each period of membership, for a spreadsheet; no contacts, no addresses."""
    rows = Membership.objects.order_by("member__code", "joined_on").values_list(
        "member__code",
        "member__name",
        "member__kind",
        "member__center__code",
        "joined_on",
        "left_on",
        "member__sector",
        "member__income_band",
        "member__operations",
        "member__standing",
        "member__standing_since",
        "member__merged_into__code",
    )
    for row in rows.iterator(chunk_size=5000):
        yield tuple(("yes" if cell else "no") if isinstance(cell, bool) else cell for cell in row)


def attempts_of(*, code: str) -> list[ContactAttempt]:
    """Who tried to reach a member, and when; what was logged for members merged into it too."""
    family = family_of(head=head_of(member=member_by_code(code=code)))
    return list(ContactAttempt.objects.filter(member_id__in=family).order_by("on", "pk"))


def members_of_user(user_pk: int, /) -> frozenset[int]:
    """The members a person signs in for, and the ones these are counted as."""
    rows = MemberAccess.objects.filter(user_id=user_pk).values_list("member_id", "member__merged_into_id")
    return frozenset(pk for row in rows for pk in row if pk is not None)


def names_of_members_of(user_pk: int, /) -> list[tuple[int, str]]:
    """The members a person signs in for, as they are counted now: number and name, by name."""
    rows = MemberAccess.objects.filter(user_id=user_pk).values_list("member_id", "member__merged_into_id")
    heads = {head or pk for pk, head in rows}
    return list(Member.objects.filter(pk__in=heads).order_by("name", "pk").values_list("pk", "name"))
