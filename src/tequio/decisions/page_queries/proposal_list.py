"""The proposals before the bodies a person may read: one row each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tequio.decisions.models import (
    Proposal,
    Slot,
    Stage,
    Version,
    Vote,
)
from tequio.decisions.page_queries.proposal_words import STAGE_NAMES, STAGE_STATES
from tequio.decisions.queries.hours import Moment, hours
from tequio.kernel.texts import text_of
from tequio.rules.reasons import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalRow:
    """One proposal of the list."""

    code: str
    ask: Text
    body: Text
    sponsor: str
    stage: Text
    state: str
    moment: Moment | None
    what_then: Text


def proposals_listed(*, bodies: frozenset[int] | None, body: str = "", stage: str = "") -> list[ProposalRow]:
    """The proposals before the bodies a person may read (None: all), the newest first. Five queries."""
    rows = Proposal.objects.select_related("body", "sponsor").order_by("-created_at", "-pk")
    if bodies is not None:
        rows = rows.filter(body__in=bodies)
    if body:
        rows = rows.filter(body__code=body)
    if stage:
        rows = rows.filter(stage=stage)
    found = list(rows)
    pks = [row.pk for row in found]
    asks = _asks(pks=pks)
    slots = {
        slot.proposal_id: slot
        for slot in Slot.objects.filter(proposal__in=pks, ended_at__isnull=True).select_related("sitting")
    }
    votes = {vote.proposal_id: vote for vote in Vote.objects.filter(proposal__in=pks, closed_at__isnull=True)}
    clocks = hours()
    listed = []
    for row in found:
        at: datetime | None = None
        then = Text(en="", es="")
        if row.pk in votes:
            at, then = votes[row.pk].closes_at, Text(en="closes", es="cierra el")
        elif row.pk in slots and row.stage == Stage.REVIEW:
            at, then = slots[row.pk].sitting.starts_at, Text(en="comes up", es="se verá el")
        listed.append(
            ProposalRow(
                code=row.code,
                ask=asks[row.pk],
                body=text_of(row=row.body, name="name"),
                sponsor=row.sponsor.name,
                stage=STAGE_NAMES[Stage(row.stage)],
                state=STAGE_STATES[Stage(row.stage)],
                moment=clocks.moment_or_none(at),
                what_then=then,
            )
        )
    return listed


def _asks(*, pks: Sequence[int]) -> dict[int, Text]:
    """The newest ask of each proposal, in the other language where one lacks it."""
    asks: dict[int, Text] = {}
    for pk, english, spanish in (
        Version.objects.filter(proposal__in=pks).order_by("number").values_list("proposal_id", "ask_en", "ask_es")
    ):
        asks[pk] = Text(en=english or spanish, es=spanish or english)
    return asks
