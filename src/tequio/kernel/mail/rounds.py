"""Sending what waits because a person asked for it: in rounds beside the page, with a record of what came of it.

Nothing depends on the record: mails are claimed one by one (sending.py), so a round that was cut off, or two at once,
send nothing twice. Whoever asks while one is under way is led to it, and it goes on from where it stopped.
"""

import time
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.kernel.mail import kinds, transport
from tequio.kernel.mail.faults import SENTENCES
from tequio.kernel.mail.models import MailState, OutgoingMail
from tequio.kernel.mail.operations import enqueue
from tequio.kernel.mail.sending import Delivery, deliver_all
from tequio.kernel.mail.trial import trial
from tequio.kernel.runs.models import Run, RunState
from tequio.rules.reasons import Text

KIND = "mail"
MAILS_A_ROUND = 25  # small, so that the page that looks on sees it move with a slow server
_COUNTS = ("sent", "put_off", "failed", "cancelled")


def due_count(*, at: datetime) -> int:
    """How many mails wait and may go now."""
    return OutgoingMail.objects.filter(state=MailState.WAITING, next_try_at__lte=at).count()


@transaction.atomic
def ask_to_send(*, actor: str, at: datetime) -> int:
    """Write down that what waits is to be sent now, for `send_round`; the number of that sending.

    One that is under way, or was cut off, is that one. Refuses where nothing is due.
    """
    under_way = Run.objects.filter(kind=KIND, state=RunState.RUNNING).order_by("-pk").first()
    if under_way is not None:
        return under_way.pk
    due = due_count(at=at)
    if not due:
        raise Refusal(
            en="No mail is due now: what waits was put off and is tried again by itself, or there is none.",
            es="Ahora no hay correo por enviar: lo que espera se pospuso y se intenta solo más tarde, o no hay nada.",
        )
    parameters = {"due": due, **dict.fromkeys(_COUNTS, 0)}
    run = Run.objects.create(kind=KIND, parameters=parameters, state=RunState.RUNNING, actor=actor, created_at=at)
    journal.append(
        kind=Kind.MAIL_SENDING_ASKED, subject=f"mail_round:{run.pk}", actor=actor, at=at, payload={"mails": due}
    )
    return run.pk


def send_round(*, run_pk: int, at: datetime, way: transport.Transport | None = None) -> None:
    """Send what is due and keep with the run what came of it; one that is over already stays as it is.

    `at` is the moment it begins. A mail server that is away, or a setting that is refused, ends it with the reason.
    """
    run = Run.objects.get(pk=run_pk, kind=KIND)
    if run.state != RunState.RUNNING:
        return
    began, before = time.monotonic(), {name: run.parameters[name] for name in _COUNTS}

    def told(done: Delivery) -> None:
        counts = {name: before[name] + getattr(done, name) for name in _COUNTS}
        _keep(run_pk=run_pk, parameters={**run.parameters, **counts, "left": done.left})

    try:
        done = deliver_all(at=at, transport=way, told=told, limit=MAILS_A_ROUND)
        why = SENTENCES[done.away] if done.away else None
        said = done.away_detail
    except Refusal as refusal:
        why, said = refusal.text, ""
    ended = at + timedelta(seconds=time.monotonic() - began)
    run.refresh_from_db()
    run.parameters = {**run.parameters, **({"why": [why.en, why.es], "server_said": said} if why else {})}
    run.state, run.ended_at = RunState.STOPPED if why else RunState.FINISHED, ended
    run.save(update_fields=["parameters", "state", "ended_at"])


def _keep(*, run_pk: int, parameters: dict[str, Any]) -> None:
    Run.objects.filter(pk=run_pk, state=RunState.RUNNING).update(parameters=parameters)


def queue_trial(*, to_address: str, language: str, actor: str, at: datetime) -> int:
    """Put a test mail to one address in the queue; its number. Refuses settings of mail that cannot be meant."""
    transport.configured()
    with transaction.atomic():
        composed = trial(language=language, sender=transport.sender())
        row = enqueue(kind=kinds.TRIAL, subject="instance", to_address=to_address, composed=composed, at=at)
        journal.append(kind=Kind.MAIL_ENQUEUED, subject="instance", actor=actor, at=at, payload={"mail": row.pk})
    return row.pk


def why_it_ended(*, run: Run) -> Text | None:
    """Why a sending stopped before all was out; None where it did not."""
    said = run.parameters.get("why")
    return Text(en=said[0], es=said[1]) if said else None
