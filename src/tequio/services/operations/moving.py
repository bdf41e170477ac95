"""Moving members in from another provider, step by step, and back while the old address still forwards.

Nothing is copied without consent, nothing is called done before it was counted, and nothing is undone by halves.
"""

import re
from datetime import date, datetime

from django.db import transaction

from tequio.centers.queries import center_by_code
from tequio.kernel.clock import day_in
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.kernel.mail.addresses import is_address
from tequio.kernel.mail.operations import enqueue
from tequio.members.locking import lock_member
from tequio.members.models import Contact
from tequio.rules.entitlement import State
from tequio.rules.moving import Deadlines, Progress, Step, next_step, reminder_due
from tequio.services.models import MovingMailbox, Wave
from tequio.services.moving_letters import MOVED, REMINDER, moved, reminder
from tequio.services.operations.opening import close_account, open_account

_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}", re.ASCII)
_LONGEST, _MOST = 300, 10**9
_MAILBOX = "mailbox"


@transaction.atomic
def begin_wave(
    *,
    code: str,
    name: str,
    provider: str,
    center_code: str,
    contact_by: date,
    consent_by: date,
    copy_by: date,
    actor: str,
    at: datetime,
) -> Wave:
    """Begin a wave. Refuses a code that is taken, and last days that are not in order."""
    if not _CODE.fullmatch(code) or Wave.objects.filter(code=code).exists():
        raise Refusal(
            en="Its code has small letters, figures and hyphens, and is not taken.",
            es="Su código lleva minúsculas, cifras y guiones, y no está en uso.",
        )
    if not name.strip() or not provider.strip():
        raise Refusal(en="Say its name and where they come from.", es="Diga su nombre y de dónde vienen.")
    if not contact_by <= consent_by <= copy_by:
        raise Refusal(
            en="Contacted first, then consent, then copied: the last days are in that order.",
            es="Primero contactar, luego consentir, luego copiar: los últimos días van en ese orden.",
        )
    wave = Wave.objects.create(
        code=code,
        name=name.strip()[:120],
        provider=provider.strip()[:120],
        center=center_by_code(code=center_code),
        contact_by=contact_by,
        consent_by=consent_by,
        copy_by=copy_by,
        begun_by=actor,
        begun_at=at,
    )
    journal.append(kind=Kind.WAVE_BEGUN, subject=f"wave:{code}", actor=actor, at=at, payload={})
    return wave


@transaction.atomic
def add_mailbox(
    *, wave_code: str, member_code: str, old_address: str, new_address: str, actor: str, at: datetime
) -> MovingMailbox:
    """Put a mailbox on a wave's list. Refuses one that is on it, and a member of another center."""
    wave = wave_by_code(code=wave_code)
    held = lock_member(code=member_code)
    old, new = old_address.strip(), new_address.strip().lower()
    if held.center.pk != wave.center_id:
        raise Refusal(en="The member belongs to another center.", es="La membresía es de otro centro.")
    if not is_address(old) or not is_address(new) or len(old) > 254:  # noqa: PLR2004 - CONFIG: an address' longest
        raise Refusal(
            en="Write two addresses like ana@example.org.", es="Escriba dos direcciones como ana@example.org."
        )
    if MovingMailbox.objects.filter(wave=wave, old_address=old, undone_on__isnull=True).exists():
        raise Refusal(en=f"{old} is on the list already.", es=f"{old} ya está en la lista.")
    box = MovingMailbox.objects.create(wave=wave, member=held.head, old_address=old, new_address=new)
    _note(box=box, kind=Kind.MOVING_ADDED, actor=actor, at=at)
    return box


@transaction.atomic
def contacted(*, box_pk: int, actor: str, at: datetime) -> None:
    """Put down that the member was told about the move."""
    box, today = _box(box_pk=box_pk, step=Step.CONTACT, at=at)
    box.contacted_on = today
    box.save(update_fields=["contacted_on"])
    _note(box=box, kind=Kind.MOVING_STEP, actor=actor, at=at, step=Step.CONTACT)


@transaction.atomic
def consented(*, box_pk: int, consent: str, actor: str, at: datetime) -> None:
    """Put down who consented and how; the new mailbox is opened, so that copying can begin.

    Refuses one without words, and a mailbox that may not be opened: what the member may have decides, as always.
    """
    box, today = _box(box_pk=box_pk, step=Step.CONSENT, at=at)
    said = words_of(consent, en="Say who consented, and how that was heard.", es="Diga quién consintió y cómo se supo.")
    account = open_account(
        code=box.member.code,
        service=_MAILBOX,
        name=box.new_address,
        held_by="",
        actor=actor,
        at=at,
        trusted=True,
    )
    box.consented_on, box.consent, box.account = today, said, account
    box.save(update_fields=["consented_on", "consent", "account"])
    _note(box=box, kind=Kind.MOVING_STEP, actor=actor, at=at, step=Step.CONSENT)


@transaction.atomic
def copied(
    *, box_pk: int, before: int, after: int, why_fewer: str, forward_until: date, actor: str, at: datetime
) -> None:
    """Put down how many messages there were before and after, and until when the old address forwards.

    Refuses fewer after than before without a reason, and forwarding that is over.
    """
    box, today = _box(box_pk=box_pk, step=Step.COPY, at=at)
    if not (0 <= before <= _MOST and 0 <= after <= _MOST):
        raise Refusal(en="Count the messages before and after.", es="Cuente los mensajes antes y después.")
    if after < before and not why_fewer.strip():
        raise Refusal(
            en=f"{before - after} messages are missing here: say why, or copy again.",
            es=f"Aquí faltan {before - after} mensajes: diga por qué o vuelva a copiar.",
        )
    if forward_until < today:
        raise Refusal(
            en="The old address has to forward for a while.", es="La dirección anterior debe reenviar un tiempo."
        )
    box.count_before, box.count_after, box.why_fewer = before, after, why_fewer.strip()[:_LONGEST]
    box.copied_on, box.forward_until = today, forward_until
    box.save(update_fields=["count_before", "count_after", "why_fewer", "copied_on", "forward_until"])
    _tell(box=box, today=today, at=at)
    _note(box=box, kind=Kind.MOVING_STEP, actor=actor, at=at, step=Step.COPY)


@transaction.atomic
def finish(*, box_pk: int, actor: str, at: datetime) -> None:
    """Call a mailbox done, once the old address has ceased to forward. Refuses before that."""
    box, today = _box(box_pk=box_pk, step=Step.FORWARD, at=at)
    if box.forward_until is None or today <= box.forward_until:
        raise Refusal(en="The old address still forwards.", es="La dirección anterior todavía reenvía.")
    box.done_on = today
    box.save(update_fields=["done_on"])
    _note(box=box, kind=Kind.MOVING_STEP, actor=actor, at=at, step=Step.DONE)


@transaction.atomic
def undo_mailbox(*, box_pk: int, reason: str, actor: str, at: datetime) -> None:
    """Take a mailbox off the wave again: its new account is closed, and nothing in it is lost. Refuses once it is done.

    Whoever runs the old provider takes the forwarding away; nothing was deleted there by us.
    """
    box, today = _box(box_pk=box_pk, step=None, at=at)
    if box.done_on is not None:
        raise Refusal(en="It is done; the old address has ended.", es="Ya terminó; la dirección anterior se acabó.")
    why = words_of(reason, en="Say why.", es="Diga por qué.")
    account = box.account
    if account is not None and account.closed_on is None and account.wanted != State.REMOVED:
        close_account(account_pk=account.pk, actor=actor, at=at)
    box.undone_on, box.why_undone = today, why
    box.save(update_fields=["undone_on", "why_undone"])
    _note(box=box, kind=Kind.MOVING_UNDONE, actor=actor, at=at)


def remind(*, actor: str, at: datetime) -> int:
    """Send what is due to be reminded of, each once; returns how many. One transaction for each mailbox."""
    boxes = MovingMailbox.objects.filter(undone_on__isnull=True, done_on__isnull=True).order_by("pk")
    return sum(_reminded(box_pk=pk, actor=actor, at=at) for pk in boxes.values_list("pk", flat=True))


@transaction.atomic
def _reminded(*, box_pk: int, actor: str, at: datetime) -> int:
    box = MovingMailbox.objects.select_for_update(of=("self",)).select_related("wave__center", "member").get(pk=box_pk)
    today = day_in(zone=box.wave.center.zone, at=at)
    deadlines, progress = deadlines_of(wave=box.wave), progress_of(box=box)
    due = reminder_due(progress=progress, deadlines=deadlines, on=today)
    step = next_step(progress=progress)
    if not due or box.reminded == due or box.undone_on is not None:
        return 0
    last = box.forward_until if step is Step.FORWARD else deadlines.of(step)
    contact = _contact(box=box)
    if last is None or contact is None:
        return 0  # nobody to write to: the wave's page says so, and a person looks for somebody
    enqueue(
        kind=REMINDER,
        subject=f"moving:{box.pk}",
        to_address=contact.email,
        composed=reminder(box=box, step=step, last_day=last, language=contact.language),
        at=at,
        once_key=f"moving {box.pk} {due}",
    )
    box.reminded = due
    box.save(update_fields=["reminded"])
    _note(box=box, kind=Kind.MOVING_REMINDED, actor=actor, at=at, step=step)
    return 1


def deadlines_of(*, wave: Wave) -> Deadlines:
    """The last days of a wave as the rule reads them."""
    return Deadlines(contact_by=wave.contact_by, consent_by=wave.consent_by, copy_by=wave.copy_by)


def progress_of(*, box: MovingMailbox) -> Progress:
    """A mailbox's checklist as the rule reads it."""
    return Progress(
        contacted_on=box.contacted_on,
        consented_on=box.consented_on,
        copied_on=box.copied_on,
        forward_until=box.forward_until,
        done_on=box.done_on,
    )


def refuse_other_wave(*, wave_code: str, box_pk: int) -> None:
    """Refuse a mailbox that is on no list of this wave."""
    if not MovingMailbox.objects.filter(pk=box_pk, wave__code=wave_code).exists():
        raise Refusal(en="There is no such mailbox on this list.", es="No hay tal buzón en esta lista.")


def wave_by_code(*, code: str) -> Wave:
    """The wave with a code. Refuses one there is none of."""
    wave = Wave.objects.select_related("center").filter(code=code).first()
    if wave is None:
        raise Refusal(en=f"There is no wave {code}.", es=f"No hay ninguna tanda {code}.")
    return wave


def _tell(*, box: MovingMailbox, today: date, at: datetime) -> None:
    """Tell the member that its account has moved, at its own address and once."""
    contact = _contact(box=box)
    to, language = (contact.email, contact.language) if contact is not None else (box.old_address, "en")
    enqueue(
        kind=MOVED,
        subject=f"moving:{box.pk}",
        to_address=to,
        composed=moved(box=box, language=language),
        at=at,
        once_key=f"moved {box.pk}",
    )
    box.told_on = today
    box.save(update_fields=["told_on"])


def _contact(*, box: MovingMailbox) -> Contact | None:
    """Whom to write to: the technical contact, else the representative, else anybody with an address."""
    found = Contact.objects.filter(member=box.member).exclude(email="").order_by("position")
    return min(found, key=lambda c: (not c.is_technical, not c.is_representative, c.position), default=None)


def _box(*, box_pk: int, step: Step | None, at: datetime) -> tuple[MovingMailbox, date]:
    """A mailbox at a step, held with its member, and today in its center. Refuses one that is at another step."""
    found = MovingMailbox.objects.select_related("member").filter(pk=box_pk).first()
    if found is None:
        raise Refusal(en="There is no such mailbox on a list.", es="No hay tal buzón en una lista.")
    held = lock_member(code=found.member.code)
    box = (
        MovingMailbox.objects.select_for_update(of=("self",)).select_related("member", "account", "wave").get(pk=box_pk)
    )
    if box.undone_on is not None or (step is not None and next_step(progress=progress_of(box=box)) is not step):
        raise Refusal(en="It is not at that step any more; look again.", es="Ya no está en ese paso; revise de nuevo.")
    return box, day_in(zone=held.center.zone, at=at)


def words_of(typed: str, *, en: str, es: str) -> str:
    """What a person wrote as one line. Refuses nothing, and what is too long or no line, with these words."""
    said = typed.strip()
    if not said or len(said) > _LONGEST or not said.isprintable():
        raise Refusal(en=en, es=es)
    return said


def _note(*, box: MovingMailbox, kind: Kind, actor: str, at: datetime, step: Step | None = None) -> None:
    payload = {"step": step.value} if step is not None else {}
    journal.append(kind=kind, subject=f"moving:{box.pk}", actor=actor, at=at, payload=payload)
