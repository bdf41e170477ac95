"""A body's page: its mandate and rule with the decisions behind them, who sits there, its sittings, its proposals."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tequio.decisions import hooks
from tequio.decisions.models import (
    ActionItem,
    Body,
    Decision,
    DecisionRule,
    Mandate,
    Priority,
    Proposal,
    Seat,
    Sitting,
    Slot,
    Stage,
    Term,
    Version,
)
from tequio.decisions.queries.hours import Hours, Moment, hours
from tequio.decisions.queries.in_force import mandate_on, rule_of
from tequio.decisions.queries.seated import terms_running
from tequio.decisions.rule_lines import rule_lines
from tequio.kernel.texts import text_of
from tequio.rules.reasons import Text

MOST_SITTINGS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyRow:
    """One body of the list."""

    code: str
    name: Text
    mandate: Text | None
    seats: int
    open_seats: int
    next_sitting: Moment | None
    ended_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatShown:
    """A seat: what it is, who holds it until when, or that it is open and whether somebody is looked for."""

    code: str
    title: Text
    center: Text | None
    votes: bool
    holder: str | None
    since: date | None
    until: date | None
    decision: str | None
    searching: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingShown:
    """A sitting and what stands on its agenda."""

    pk: int
    when: Moment
    title: Text
    proposals: Sequence[tuple[str, Text]]
    url: str  # of the page of the meeting it is in; empty where it is in none


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """A text in force: its words or lines, since when, by which decision."""

    title: Text
    lines: Sequence[Text]
    valid_from: date
    decision: str
    decision_title: Text
    assumed: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyShown:
    """A body with all its page shows."""

    body: Body
    name: Text
    mandate: InForce | None
    rule: InForce | None
    earlier_rules: int
    seats: Sequence[SeatShown]
    coming: Sequence[SittingShown]
    past: Sequence[SittingShown]
    proposals: Sequence[Any]
    tasks: int
    priorities: Sequence[tuple[int, Sequence[Text]]]


def bodies_listed(*, on: date, at: datetime) -> list[BodyRow]:
    """Every body, those that ended last; five queries however many they are."""
    clocks = hours()
    bodies = list(Body.objects.order_by("code"))
    mandates: dict[int, Mandate] = {}
    for mandate in Mandate.objects.filter(valid_from__lte=on).order_by("valid_from"):
        mandates[mandate.body_id] = mandate
    seats: dict[int, set[int]] = defaultdict(set)
    for pk, body_pk in Seat.objects.filter(closed_on__isnull=True).values_list("pk", "body_id"):
        seats[body_pk].add(pk)
    held = set(terms_running(on=on).values_list("seat_id", flat=True))
    planned = Sitting.objects.filter(starts_at__gte=at, cancelled_at__isnull=True).order_by("-starts_at")
    coming: dict[int, datetime] = dict(planned.values_list("body_id", "starts_at"))  # the last said is the first held
    rows = [
        BodyRow(
            code=body.code,
            name=text_of(row=body, name="name"),
            mandate=text_of(row=mandates[body.pk], name="text") if body.pk in mandates else None,
            seats=len(seats[body.pk]),
            open_seats=len(seats[body.pk] - held),
            next_sitting=clocks.moment_or_none(coming.get(body.pk)),
            ended_on=body.ended_on,
        )
        for body in bodies
    ]
    return sorted(rows, key=lambda row: (row.ended_on is not None, row.code))


def body_shown(*, body: Body, on: date, at: datetime) -> BodyShown:
    """A body's page. A constant number of queries, however many seats, sittings and proposals."""
    clocks = hours()
    mandate = mandate_on(body=body, on=on)
    rules = list(
        DecisionRule.objects.select_related("decision").filter(body=body, valid_from__lte=on).order_by("-valid_from")
    )
    sittings = Sitting.objects.filter(body=body, cancelled_at__isnull=True)
    return BodyShown(
        body=body,
        name=text_of(row=body, name="name"),
        mandate=_mandate(mandate) if mandate else None,
        rule=_rule(rules[0]) if rules else None,
        earlier_rules=max(0, len(rules) - 1),
        seats=_seats(body=body, on=on),
        coming=_sittings(list(sittings.filter(starts_at__gte=at).order_by("starts_at")[:MOST_SITTINGS]), clocks=clocks),
        past=_sittings(list(sittings.filter(starts_at__lt=at).order_by("-starts_at")[:MOST_SITTINGS]), clocks=clocks),
        proposals=list(
            Proposal.objects.filter(body=body, stage__in=[Stage.DRAFT, Stage.REVIEW, Stage.VOTE]).order_by("-pk")
        ),
        tasks=ActionItem.objects.filter(body=body, closed_at__isnull=True).count(),
        priorities=priorities_listed(),
    )


def priorities_listed() -> list[tuple[int, Sequence[Text]]]:
    """What the members ranked, the newest year first."""
    years: dict[int, list[Text]] = defaultdict(list)
    for row in Priority.objects.order_by("-year", "number"):
        years[row.year].append(text_of(row=row, name="text"))
    return list(years.items())


def _mandate(mandate: Mandate) -> InForce:
    decision = Decision.objects.get(pk=mandate.decision_id)
    return InForce(
        title=Text(en="Mandate", es="Mandato"),
        lines=[text_of(row=mandate, name="text")],
        valid_from=mandate.valid_from,
        decision=decision.code,
        decision_title=text_of(row=decision, name="title"),
    )


def _rule(row: DecisionRule) -> InForce:
    return InForce(
        title=text_of(row=row, name="title"),
        lines=rule_lines(rule=rule_of(row)),
        valid_from=row.valid_from,
        decision=row.decision.code,
        decision_title=text_of(row=row.decision, name="title"),
        assumed=list(row.assumed),
    )


def _seats(*, body: Body, on: date) -> list[SeatShown]:
    terms: dict[int, Term] = {
        term.seat_id: term for term in terms_running(on=on).filter(seat__body=body).select_related("user", "decision")
    }
    searched = set(
        ActionItem.objects.filter(body=body, closed_at__isnull=True, seat__isnull=False).values_list(
            "seat_id", flat=True
        )
    )
    shown = []
    order = {"chair": 0, "co_chair": 1, "other": 2, "member": 3}
    rows = Seat.objects.filter(body=body, closed_on__isnull=True).select_related("center").order_by("pk")
    for seat in sorted(rows, key=lambda one: (order.get(one.office, 9), one.pk)):
        term = terms.get(seat.pk)
        shown.append(
            SeatShown(
                code=seat.code,
                title=text_of(row=seat, name="title"),
                center=text_of(row=seat.center, name="name") if seat.center else None,
                votes=seat.votes,
                holder=term.user.name if term else None,
                since=term.starts_on if term else None,
                until=term.ends_on if term else None,
                decision=term.decision.code if term and term.decision else None,
                searching=seat.pk in searched,
            )
        )
    return shown


def _sittings(rows: Sequence[Sitting], *, clocks: Hours) -> list[SittingShown]:
    slots: dict[int, list[tuple[str, int]]] = defaultdict(list)
    standing = Slot.objects.filter(sitting__in=[row.pk for row in rows], ended_at__isnull=True)
    for sitting_pk, code, proposal_pk in standing.order_by("pk").values_list(
        "sitting_id", "proposal__code", "proposal_id"
    ):
        slots[sitting_pk].append((code, proposal_pk))
    wanted = {pk for listed in slots.values() for _, pk in listed}
    asks: dict[int, Text] = {}
    for version in (
        Version.objects.filter(proposal__in=wanted).order_by("number").only("proposal_id", "ask_en", "ask_es")
    ):
        asks[version.proposal_id] = Text(en=version.ask_en or version.ask_es, es=version.ask_es or version.ask_en)
    pages = hooks.pages_of_sittings([row.pk for row in rows])
    return [
        SittingShown(
            pk=row.pk,
            when=clocks.moment(row.starts_at),
            title=text_of(row=row, name="title"),
            proposals=[(code, asks[pk]) for code, pk in slots[row.pk]],
            url=pages.get(row.pk, ""),
        )
        for row in rows
    ]
