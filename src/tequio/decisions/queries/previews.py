"""What a proposal's effects would do now, for whoever asks; and what its voters saw, where it was put to the vote."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tequio.decisions.effects.previewing import Preview, preview_of
from tequio.decisions.effects.registry import Effect
from tequio.decisions.models import Proposal, Version, Vote
from tequio.decisions.queries.hours import day_everywhere
from tequio.kernel.errors import Refusal
from tequio.rules.reasons import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What the voters of one question saw when its vote opened, as it was frozen, and its hash."""

    question: int
    opened_at: datetime
    seen: Mapping[str, Any]
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalPreview:
    """The preview of a proposal's newest version; none where it cannot be worked out any more, with why not."""

    code: str
    version: int
    on: date
    preview: Preview | None
    why_not: Text | None
    seen: tuple[Seen, ...]

    def as_json(self) -> dict[str, Any]:
        """As JSON carries it, with the tables that name members: whoever is at the machine may read those."""
        shown = self.preview
        effects = shown.as_json(private=True)["effects"] if shown else []
        return {
            "proposal": self.code,
            "version": self.version,
            "on": self.on.isoformat(),
            "effects": effects,
            "hash": shown.digest() if shown else None,
            "assumptions": [
                {
                    "name": assumed.name,
                    "label": assumed.label.as_dict(),
                    "value": assumed.value,
                    "least": assumed.least,
                    "most": assumed.most,
                    "unit": assumed.unit,
                }
                for assumed in (shown.assumptions() if shown else ())
            ],
            "refused": self.why_not.as_dict() if self.why_not else None,
            "seen": [
                {
                    "question": one.question,
                    "opened_at": one.opened_at.isoformat(),
                    "hash": one.hash,
                    "effects": one.seen.get("effects", []),
                }
                for one in self.seen
            ],
        }


def preview_of_proposal(
    *, proposal: Proposal, assumptions: Mapping[str, int] | None = None, at: datetime
) -> ProposalPreview:
    """What the effects of a proposal's newest version would do if they were decided today. Writes nothing.

    Refuses effects that cannot be previewed, unless the proposal was put to the vote: then what its voters saw is
    there, and the reason (their day has come, or they were carried out) is said beside it.
    """
    version = Version.objects.filter(proposal=proposal).order_by("-number").first()
    if version is None:
        raise Refusal(
            en=f"Proposal {proposal.code} has no text yet.", es=f"La propuesta {proposal.code} no tiene texto."
        )
    votes = Vote.objects.select_related("question").filter(proposal=proposal, question__isnull=False)
    seen = tuple(
        Seen(
            question=vote.question.number if vote.question else 0,
            opened_at=vote.opened_at,
            seen=vote.seen,
            hash=vote.seen_hash,
        )
        for vote in votes.exclude(seen={}).order_by("opened_at", "pk")
    )
    today = day_everywhere(at=at)
    preview, why_not = None, None
    try:
        preview = preview_of(effects=[Effect.of(one) for one in version.effects], on=today, assumptions=assumptions)
    except Refusal as refusal:
        if not seen or assumptions:
            raise
        why_not = refusal.text
    return ProposalPreview(
        code=proposal.code, version=version.number, on=today, preview=preview, why_not=why_not, seen=seen
    )
