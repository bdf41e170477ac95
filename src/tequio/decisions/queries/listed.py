"""Votes, bodies and tasks as plain lists, for the command line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, Q

from tequio.decisions.models import ActionItem, Body, DecisionRule, Seat, Vote
from tequio.decisions.queries.counting import cast_in, frozen_rule, outcome_of_vote
from tequio.decisions.queries.hours import Moment, hours
from tequio.decisions.queries.in_force import mandate_on
from tequio.decisions.queries.seated import terms_running
from tequio.kernel.errors import Refusal
from tequio.kernel.texts import text_of
from tequio.rules.deciding import Verdict
from tequio.rules.decision_sentences import sentences_of
from tequio.rules.motions import VERDICT_NAMES
from tequio.rules.reasons import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteRow:
    """A vote in a list: its motion, until when it is open or when it was closed, and what it came to."""

    pk: int
    body: str
    proposal: str
    about: str
    motion: Text
    how: str
    closes: Moment
    closed: Moment | None
    verdict: str

    @property
    def sentence(self) -> Text:
        """Until when it is open, or what it came to."""
        if self.closed is None:
            return Text(en=f"Open until {self.closes.said.en}.", es=f"Abierta hasta {self.closes.said.es}.")
        name = VERDICT_NAMES[Verdict(self.verdict)]
        return Text(en=f"Closed {self.closed.said.en}: {name.en}.", es=f"Cerrada {self.closed.said.es}: {name.es}.")

    def as_dict(self) -> dict[str, Any]:
        """As JSON carries it."""
        return {
            "vote": self.pk,
            "body": self.body,
            "proposal": self.proposal,
            "about": self.about,
            "motion": self.motion.as_dict(),
            "how": self.how,
            "closes": self.closes.as_dict(),
            "closed": self.closed.as_dict() if self.closed else None,
            "verdict": self.verdict or None,
        }


def votes_listed(*, body: str = "") -> list[VoteRow]:
    """Votes, the open ones first, then the last first. Two queries."""
    rows = Vote.objects.select_related("body", "proposal").order_by(F("closed_at").desc(nulls_first=True), "-pk")
    clocks = hours()
    return [_row(vote, clocks=clocks) for vote in (rows.filter(body__code=body) if body else rows)]


def _row(vote: Vote, *, clocks: Any) -> VoteRow:
    return VoteRow(
        pk=vote.pk,
        body=vote.body.code,
        proposal=vote.proposal.code,
        about=vote.about,
        motion=text_of(row=vote, name="motion"),
        how=vote.how,
        closes=clocks.moment(vote.closes_at),
        closed=clocks.moment_or_none(vote.closed_at),
        verdict=vote.verdict,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteTold:
    """A vote with its rule, its counts and how the verdict follows, or would if it closed now. No name of a voter."""

    row: VoteRow
    rule: tuple[tuple[Text, Text], ...]
    lines: Sequence[Text]
    counts: dict[str, int]
    seen: dict[str, Any]
    hashes: dict[str, str]

    def as_dict(self) -> dict[str, Any]:
        """As JSON carries it."""
        return {
            **self.row.as_dict(),
            "rule": [{"what": head.as_dict(), "says": said.as_dict()} for head, said in self.rule],
            "lines": [line.as_dict() for line in self.lines],
            "counts": self.counts,
            "seen": self.seen,
            **self.hashes,
        }


def the_vote(*, pk: int) -> Vote:
    """The vote of a number. Refuses one that is not there."""
    vote = Vote.objects.select_related("body", "proposal", "rule_row__decision").filter(pk=pk).first()
    if vote is None:
        raise Refusal(en=f"There is no vote {pk}.", es=f"No existe la votación {pk}.")
    return vote


def vote_told(*, pk: int) -> VoteTold:
    """A vote, line by line. Three queries. Refuses one that is not there."""
    vote = the_vote(pk=pk)
    outcome = outcome_of_vote(vote=vote, cast=cast_in(vote=vote))
    count = outcome.count
    return VoteTold(
        row=_row(vote, clocks=hours()),
        rule=tuple(sentences_of(frozen_rule(vote=vote))),
        lines=outcome.lines,
        counts={
            "electorate": count.electorate,
            "present": count.present,
            "favor": count.favor,
            "against": count.against,
            "abstain": count.abstain,
            "block": count.block,
        },
        seen=vote.seen,
        hashes={"electorate_hash": vote.electorate_hash, "seen_hash": vote.seen_hash},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyRow:
    """A body in a list: what it is for, by which rule it decides, how many seats are held and open."""

    code: str
    name: Text
    kind: str
    voters: str
    mandate: Text | None
    rule: str
    held: int
    open: int

    def as_dict(self) -> dict[str, Any]:
        """As JSON carries it."""
        return {
            "body": self.code,
            "name": self.name.as_dict(),
            "kind": self.kind,
            "voters": self.voters,
            "mandate": self.mandate.as_dict() if self.mandate else None,
            "rule": self.rule or None,
            "seats_held": self.held,
            "seats_open": self.open,
        }


def bodies_listed(*, on: date) -> list[BodyRow]:
    """The bodies there are on a day, by code."""
    bodies = Body.objects.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=on)).order_by("code")
    seats = dict(
        Seat.objects.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=on))
        .order_by("body_id")
        .values_list("body_id")
        .annotate(Count("pk"))
    )
    held = dict(terms_running(on=on).order_by("seat__body_id").values_list("seat__body_id").annotate(Count("pk")))
    rules: dict[int, str] = dict(
        DecisionRule.objects.filter(valid_from__lte=on).order_by("valid_from").values_list("body_id", "code")
    )
    found = []
    for body in bodies:
        mandate = mandate_on(body=body, on=on)
        found.append(
            BodyRow(
                code=body.code,
                name=text_of(row=body, name="name"),
                kind=body.kind,
                voters=body.voters,
                mandate=text_of(row=mandate, name="text") if mandate else None,
                rule=rules.get(body.pk, ""),
                held=held.get(body.pk, 0),
                open=seats.get(body.pk, 0) - held.get(body.pk, 0),
            )
        )
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatRow:
    """A seat in a list, with who holds it."""

    code: str
    title: Text
    holder: str
    until: date | None

    def as_dict(self) -> dict[str, Any]:
        """As JSON carries it."""
        return {
            "seat": self.code,
            "title": self.title.as_dict(),
            "holder": self.holder or None,
            "until": self.until,
        }


def seats_listed(*, body: Body, on: date) -> list[SeatRow]:
    """The seats of a body on a day, in the order they were opened. Two queries."""
    terms = {term.seat_id: term for term in terms_running(on=on).filter(seat__body=body).select_related("user")}
    rows = Seat.objects.filter(body=body).filter(Q(closed_on__isnull=True) | Q(closed_on__gt=on)).order_by("pk")
    return [
        SeatRow(
            code=seat.code,
            title=text_of(row=seat, name="title"),
            holder=terms[seat.pk].user.name if seat.pk in terms else "",
            until=terms[seat.pk].ends_on if seat.pk in terms else None,
        )
        for seat in rows
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRow:
    """A task in a list."""

    pk: int
    kind: str
    title: Text
    body: str
    owner: str
    due_on: date | None
    sitting: datetime | None
    decision: str

    def as_dict(self) -> dict[str, Any]:
        """As JSON carries it."""
        return {
            "task": self.pk,
            "kind": self.kind,
            "title": self.title.as_dict(),
            "body": self.body,
            "owner": self.owner or None,
            "due_on": self.due_on,
            "sitting": self.sitting.isoformat() if self.sitting else None,
            "decision": self.decision or None,
        }


def open_tasks_listed(*, body: str = "") -> list[TaskRow]:
    """The tasks that are open, the earliest due first; those without a day last. One query."""
    rows = ActionItem.objects.filter(closed_at__isnull=True).select_related("body", "owner", "sitting", "decision")
    if body:
        rows = rows.filter(body__code=body)
    return [
        TaskRow(
            pk=row.pk,
            kind=row.kind,
            title=text_of(row=row, name="title"),
            body=row.body.code,
            owner=row.owner.name if row.owner else "",
            due_on=row.due_on,
            sitting=row.sitting.starts_at if row.sitting else None,
            decision=row.decision.code if row.decision else "",
        )
        for row in rows.order_by(F("due_on").asc(nulls_last=True), "pk")
    ]
