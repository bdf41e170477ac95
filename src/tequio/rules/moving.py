"""Moving mailboxes in from another provider: which step comes next, by when, and when to remind.

The steps of each mailbox, in order: contacted, consent given, copied with the counts before and after, the old address
forwards to the new one until a day, done. A wave has a last day for each of the first three; forwarding ends by itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tequio.rules.reasons import Text


class Step(StrEnum):
    """What has still to be done for a mailbox, in this order."""

    CONTACT = "contact"
    CONSENT = "consent"
    COPY = "copy"
    FORWARD = "forward"
    DONE = "done"


STEP_NAMES = {
    Step.CONTACT: Text(en="to be contacted", es="por contactar"),
    Step.CONSENT: Text(en="consent asked for", es="consentimiento pedido"),
    Step.COPY: Text(en="to be copied", es="por copiar"),
    Step.FORWARD: Text(en="forwarding", es="reenviando"),
    Step.DONE: Text(en="done", es="listo"),
}
REMIND_BEFORE = (7, 1)  # days before a deadline; and once when it is over


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadlines:
    """The last days of a wave."""

    contact_by: date
    consent_by: date
    copy_by: date

    def of(self, step: Step) -> date | None:
        """The last day of a step; None for those without one."""
        return {Step.CONTACT: self.contact_by, Step.CONSENT: self.consent_by, Step.COPY: self.copy_by}.get(step)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """The days on which a mailbox's steps were taken, None for those that were not."""

    contacted_on: date | None = None
    consented_on: date | None = None
    copied_on: date | None = None
    forward_until: date | None = None
    done_on: date | None = None


def next_step(*, progress: Progress) -> Step:
    """What has to be done next for a mailbox."""
    if progress.done_on is not None:
        return Step.DONE
    if progress.copied_on is not None:
        return Step.FORWARD
    if progress.consented_on is not None:
        return Step.COPY
    return Step.CONSENT if progress.contacted_on is not None else Step.CONTACT


def is_late(*, progress: Progress, deadlines: Deadlines, on: date) -> bool:
    """Whether the next step's last day is over, or forwarding has ended and nobody has said done."""
    step = next_step(progress=progress)
    if step is Step.FORWARD:
        return progress.forward_until is not None and on > progress.forward_until
    last = deadlines.of(step)
    return last is not None and on > last


def reminder_due(*, progress: Progress, deadlines: Deadlines, on: date) -> str:
    """Which reminder about the next step is due on a day, as a word that is the same until the next one; else empty.

    A reminder goes out once: whoever was away for some days gets the latest, not all that were missed.
    """
    step = next_step(progress=progress)
    last = progress.forward_until if step is Step.FORWARD else deadlines.of(step)
    if last is None or step is Step.DONE:
        return ""
    if on > last:
        return f"{step.value}:over"
    for days in sorted(REMIND_BEFORE):
        if on >= last - timedelta(days=days):
            return f"{step.value}:{days}"
    return ""


def counts_agree(*, before: Mapping[str, int], after: Mapping[str, int]) -> bool:
    """Whether a copy holds at least as much of everything as was counted before it."""
    return all(after.get(what, 0) >= many for what, many in before.items())
