"""Who is there now: by place, by center, the quorum of each body; for which center somebody is counted."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models.functions import Coalesce

from tequio.accounts.models import User
from tequio.decisions.models import Vote, Voters
from tequio.decisions.queries.electorates import Entitled, electorate_of, representatives_of
from tequio.decisions.queries.hours import day_everywhere
from tequio.decisions.queries.review import rule_if_any
from tequio.decisions.queries.seated import terms_running
from tequio.kernel.texts import text_of
from tequio.meetings.models import Attendance, Meeting, MeetingPart, Place
from tequio.members.models import Member, MemberAccess
from tequio.rules.deciding import Elector, Quorum, quorum_of
from tequio.rules.reasons import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class PartQuorum:
    """The quorum of a body's part at a moment; None where no rule of decision is in force."""

    part_pk: int
    quorum: Quorum | None


def present_at(*, meeting: Meeting, at: datetime) -> list[Attendance]:
    """The attendances that ran at a moment, by the hour people came. One query."""
    rows = (
        Attendance.objects.filter(meeting=meeting, taken_back_at__isnull=True, came_at__lte=at)
        .select_related("user", "place", "center")
        .order_by("came_at", "pk")
    )
    return [row for row in rows if row.left_at is None or row.left_at > at]


def quorums_at(*, parts: Sequence[MeetingPart], present: Collection[int], at: datetime) -> Mapping[int, PartQuorum]:
    """The quorum of each part, by its body's rule in force that day and the people present. Some queries a part.

    People are counted as the electorate counts them: once, for the first center their seats name. Where members vote,
    a member is there when somebody is who would cast its ballot.
    """
    on = day_everywhere(at=at)
    found = {}
    for part in parts:
        rule = rule_if_any(body=part.body, on=on)
        if rule is None:
            found[part.pk] = PartQuorum(part_pk=part.pk, quorum=None)
            continue
        entitled = electorate_of(body=part.body, rule=rule, on=on)
        here = (
            _members_here(entitled=entitled, present=present)
            if part.body.voters == Voters.MEMBERS
            else {one.code for one in entitled if one.user_pk in present}
        )
        electorate = [Elector(code=one.code, center=one.center, weight=one.weight) for one in entitled]
        found[part.pk] = PartQuorum(part_pk=part.pk, quorum=quorum_of(rule=rule, electorate=electorate, present=here))
    return found


def _members_here(*, entitled: Sequence[Entitled], present: Collection[int]) -> set[str]:
    """The codes of the members for which somebody present would vote. Three queries."""
    by_member = {one.member_pk: one.code for one in entitled}
    comes: dict[int, set[str]] = defaultdict(set)
    accesses = MemberAccess.objects.filter(user__in=list(present)).annotate(
        head=Coalesce("member__merged_into_id", "member_id")
    )
    for head, email in accesses.values_list("head", "user__email"):
        if head in by_member:
            comes[head].add(email.casefold())
    kinds = dict(Member.objects.filter(pk__in=comes).values_list("pk", "kind"))
    organizations = [pk for pk, kind in kinds.items() if kind == "organization"]
    speak = representatives_of(heads=organizations)
    return {
        by_member[pk]
        for pk, emails in comes.items()
        if kinds.get(pk) != "organization" or emails & set(speak.get(pk, ()))
    }


def center_for(*, user: User | None, meeting: Meeting, place: Place, on: date) -> int | None:
    """For which center somebody is counted: that of its seat on a body of the meeting, else that of the place."""
    if user is not None:
        parts: dict[int, int] = dict(meeting.parts.values_list("body_id", "position"))
        seats = (
            terms_running(on=on)
            .filter(user=user, seat__body__in=parts, seat__center__isnull=False)
            .values_list("seat__body_id", "seat__votes", "seat__center_id", "pk")
        )
        first = sorted((parts[body], not votes, pk, center) for body, votes, center, pk in seats)
        if first:
            return int(first[0][3])
    return place.center_id


def follows(*, present: Sequence[Attendance]) -> set[str]:
    """The languages that those present follow: each person's own, for guests that of the place."""
    return {row.user.language if row.user is not None else row.place.language for row in present}


def present_at_vote(*, vote: Vote) -> Mapping[int, Text]:
    """Where each person was when a vote was opened in a sitting of a meeting, for decisions. Two queries at most."""
    meeting = Meeting.objects.filter(parts__sitting=vote.sitting_id).first() if vote.sitting_id else None
    if meeting is None:
        return {}
    rows = present_at(meeting=meeting, at=vote.opened_at)
    return {row.user_id: text_of(row=row.place, name="name") for row in rows if row.user_id is not None}
