"""Reading the queue. Nothing here tells an address or what a mail says; `full_mail` does, for whoever may see it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from tequio.kernel.errors import Refusal
from tequio.kernel.mail.faults import SENTENCES, Fault
from tequio.kernel.mail.kinds import name_of
from tequio.kernel.mail.models import MailState, OutgoingMail
from tequio.rules.reasons import Text

STATE_NAMES = {
    MailState.WAITING: Text(en="waiting", es="en espera"),
    MailState.SENT: Text(en="sent", es="enviado"),
    MailState.FAILED: Text(en="failed", es="sin poder enviarse"),
    MailState.CANCELLED: Text(en="cancelled", es="cancelado"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MailRow:
    """One mail of the queue, ready to print. `fault` is why it waits, failed or was stopped; None where it is fine."""

    pk: int
    kind: str
    kind_name: Text
    subject: str
    state: str
    state_name: Text
    tries: int
    fault: Text | None
    server_said: str
    created_at: datetime
    next_try_at: datetime | None
    sent_at: datetime | None


def mails(*, state: str | None = None, subject: str | None = None, first: int = 100) -> list[MailRow]:
    """The newest mails, of one state or about one subject where asked. One query."""
    rows = OutgoingMail.objects.order_by("-pk")
    if state is not None:
        rows = rows.filter(state=state)
    if subject is not None:
        rows = rows.filter(subject=subject)
    columns = ("pk", "kind", "subject", "state", "tries", "last_fault", "last_error")
    moments = ("created_at", "next_try_at", "sent_at")
    return [_row(values) for values in rows.values(*columns, *moments)[:first]]


def _row(values: dict[str, object]) -> MailRow:
    state, fault = MailState(str(values["state"])), str(values["last_fault"])
    return MailRow(
        pk=values["pk"],  # type: ignore[arg-type]  # CONFIG: values() of columns named one line up
        kind=str(values["kind"]),
        kind_name=name_of(code=str(values["kind"])),
        subject=str(values["subject"]),
        state=state.value,
        state_name=STATE_NAMES[state],
        tries=values["tries"],  # type: ignore[arg-type]  # CONFIG: as above
        fault=fault_sentence(fault=fault),
        server_said=str(values["last_error"]),
        created_at=values["created_at"],  # type: ignore[arg-type]  # CONFIG: as above
        next_try_at=values["next_try_at"] if state is MailState.WAITING else None,  # type: ignore[arg-type]  # CONFIG: as above
        sent_at=values["sent_at"],  # type: ignore[arg-type]  # CONFIG: as above
    )


def fault_sentence(*, fault: str) -> Text | None:
    """Why a mail was not sent, in a sentence; None where nothing stands in the way."""
    return SENTENCES[Fault(fault)] if fault in set(Fault) else None


def counts() -> dict[str, int]:
    """How many mails are in each state."""
    rows = OutgoingMail.objects.values("state").annotate(count=Count("pk")).order_by("state")
    found = {row["state"]: row["count"] for row in rows}
    return {state.value: found.get(state.value, 0) for state in MailState}


def full_mail(*, pk: int) -> OutgoingMail:
    """A mail with its address and text, for a page of somebody who may see that member. Refuses an unknown number."""
    row = OutgoingMail.objects.filter(pk=pk).first()
    if row is None:
        raise Refusal(en=f"There is no mail {pk}.", es=f"No existe el correo {pk}.")
    return row
