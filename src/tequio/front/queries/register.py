"""The register of decisions: what was decided, by whom and when, how it was counted, and what it put in force."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from tequio.decisions.models import Body, Decision
from tequio.dues.models import DuesPolicy, PaymentPolicy
from tequio.followup.models import FollowUpPolicy
from tequio.kernel.texts import text_of
from tequio.rules.reasons import Text

_KINDS: tuple[tuple[type[DuesPolicy | PaymentPolicy | FollowUpPolicy], Text], ...] = (
    (DuesPolicy, Text(en="dues", es="cuotas")),
    (PaymentPolicy, Text(en="when dues are late", es="cuando la cuota se atrasa")),
    (FollowUpPolicy, Text(en="following up", es="seguimiento")),
)
_NOT_STATED = Text(en="Counts not stated.", es="No constan los votos.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Adopted:
    """A rule that a decision put in force in a center, from a day on."""

    code: str
    kind: Text
    title: Text
    center: str
    valid_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One decision of the register. `recorded`: it was taken outside the program and is never shown as computed."""

    code: str
    title: Text
    body_code: str
    body: Text
    decided_on: date
    source: Text
    recorded: bool
    counts: Text
    adopted: tuple[Adopted, ...]

    def as_dict(self) -> dict[str, Any]:
        """The entry as JSON carries it."""
        return {
            "decision": self.code,
            "title": self.title.as_dict(),
            "body": self.body_code,
            "body_name": self.body.as_dict(),
            "decided_on": self.decided_on,
            "recorded": self.recorded,
            "counts": self.counts.as_dict(),
            "source": self.source.as_dict(),
            "adopted": [
                {
                    "code": rule.code,
                    "kind": rule.kind.as_dict(),
                    "title": rule.title.as_dict(),
                    "center": rule.center,
                    "valid_from": rule.valid_from,
                }
                for rule in self.adopted
            ],
        }


def register(*, body: str = "", code: str = "") -> list[Entry]:
    """The decisions, the newest first; of one body, or the one of a code, where asked. Four queries."""
    rows = Decision.objects.select_related("body").order_by("-decided_on", "code")
    if body:
        rows = rows.filter(body__code=body)
    if code:
        rows = rows.filter(code=code)
    decisions = list(rows)
    adopted = _adopted(pks=[decision.pk for decision in decisions])
    return [
        Entry(
            code=decision.code,
            title=text_of(row=decision, name="title"),
            body_code=decision.body.code,
            body=text_of(row=decision.body, name="name"),
            decided_on=decision.decided_on,
            source=text_of(row=decision, name="source"),
            recorded=decision.recorded,
            counts=_counts(decision),
            adopted=tuple(adopted[decision.pk]),
        )
        for decision in decisions
    ]


def bodies() -> list[tuple[str, Text]]:
    """The bodies that decide, by code."""
    return [(body.code, text_of(row=body, name="name")) for body in Body.objects.order_by("code")]


def _adopted(*, pks: Iterable[int]) -> dict[int, list[Adopted]]:
    found: dict[int, list[Adopted]] = defaultdict(list)
    wanted = list(pks)
    for model, kind in _KINDS:
        rows = model._default_manager.filter(decision_id__in=wanted).select_related("center")
        for row in rows.order_by("valid_from", "code"):
            found[row.decision_id].append(
                Adopted(
                    code=row.code,
                    kind=kind,
                    title=text_of(row=row, name="title"),
                    center=row.center.code,
                    valid_from=row.valid_from,
                )
            )
    return found


def _counts(decision: Decision) -> Text:
    if not decision.counts_stated:
        return _NOT_STATED
    favor, against, abstained = decision.in_favor, decision.against, decision.abstained or 0
    return Text(
        en=f"{favor} in favor, {against} against, {abstained} abstaining.",
        es=f"{favor} a favor, {against} en contra, {abstained} abstenciones.",
    )


CSV_COLUMNS = ("decision", "decided_on", "body", "title_en", "title_es", "recorded", "counts", "adopted", "source_en")


def csv_rows(*, entries: Iterable[Entry]) -> Iterable[tuple[object, ...]]:
    """The register as rows of a spreadsheet."""
    for entry in entries:
        adopted = "; ".join(f"{rule.code} ({rule.center}, {rule.valid_from.isoformat()})" for rule in entry.adopted)
        day = entry.decided_on.isoformat()
        yield (
            *(entry.code, day, entry.body_code, entry.title.en, entry.title.es),
            *("yes" if entry.recorded else "no", entry.counts.en, adopted, entry.source.en),
        )
