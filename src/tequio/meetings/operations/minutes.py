"""Minutes: the notes of a body's part of a meeting, put forward, and approved by a decision of a later meeting.

Approval freezes the very revisions of every place and of their translations. What is written afterwards is a
correction (operations/notes.py): the next revision, with its day and reason, beside what was approved.
"""

from datetime import datetime

from django.db import transaction

from tequio.accounts.models import User
from tequio.decisions.operations.recording import Counts, record_decision
from tequio.kernel.clock import day_in
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.meetings.models import AgendaItem, AgendaKind, MeetingPart, Minutes, MinutesText, Note
from tequio.meetings.operations.agenda import ItemWanted, add_item
from tequio.meetings.operations.agenda_places import later_part
from tequio.meetings.operations.marking import free_code
from tequio.meetings.queries.latest import latest_revisions, latest_translations
from tequio.rules.dividing import End
from tequio.rules.reasons import Text, both, long_date


@transaction.atomic
def put_forward(*, part: MeetingPart, by: User, actor: str, at: datetime) -> Minutes:
    """Put the notes of a part forward as its minutes. They may still be changed: nothing is frozen before approval.

    They go on the agenda of the body's next meeting, if one is planned. Put forward before, they stay as they are.
    Refuses a part of which nothing was noted, or of a meeting that is still to come.
    """
    held = _held(part)
    there = Minutes.objects.filter(part=held).first()
    if there is not None:
        return there
    if held.sitting.starts_at > at:
        raise Refusal(en="That meeting is still to come.", es="Esa reunión todavía no se hace.")
    if not Note.objects.filter(item__part=held).exists():
        raise Refusal(en="Nothing was noted of it yet.", es="Todavía no hay notas de ella.")
    made = Minutes.objects.create(part=held, put_forward_at=at, put_forward_by=by)
    _place(minutes=made, part=held, by=by, actor=actor, at=at)
    payload = {"part": held.pk}
    subject = f"meeting:{held.meeting_id}"
    journal.append(kind=Kind.MINUTES_PUT_FORWARD, subject=subject, actor=actor, at=at, payload=payload)
    return made


@transaction.atomic
def put_on_agenda(*, minutes: Minutes, by: User, actor: str, at: datetime) -> AgendaItem:
    """Put minutes on the agenda of the body's next meeting, where they stand on none. Refuses if none is planned."""
    row = Minutes.objects.select_for_update(of=("self",)).select_related("item__part__meeting").get(pk=minutes.pk)
    if row.approved_at is not None:
        raise Refusal(en="These minutes were approved.", es="Esta minuta ya se aprobó.")
    if row.item is not None and row.item.withdrawn_at is None and row.item.part.meeting.closed_at is None:
        return row.item
    made = _place(minutes=row, part=_held(row.part), by=by, actor=actor, at=at)
    if made is None:
        raise Refusal(
            en="No later meeting of this body is planned. Plan it first.",
            es="No hay otra reunión planeada de esta instancia. Planéela primero.",
        )
    return made


def _place(*, minutes: Minutes, part: MeetingPart, by: User, actor: str, at: datetime) -> AgendaItem | None:
    """A decision about them on the next agenda; None where no meeting is planned."""
    later = later_part(body=part.body, after=max(at, part.sitting.starts_at))
    if later is None:
        return None
    wanted = ItemWanted(kind=AgendaKind.DECISION, title=_title(part))
    item = add_item(part=later, item=wanted, by=by, actor=actor, at=at)
    minutes.item = item
    minutes.save(update_fields=["item"])
    return item


@transaction.atomic
def approve(
    *,
    minutes: Minutes,
    at_part: MeetingPart,
    with_changes: bool = False,
    counts: Counts | None = None,
    actor: str,
    at: datetime,
) -> Minutes:
    """Approve minutes, as the body decided in its part of a later meeting: by its counts, or by a show of hands.

    The decision is recorded and the newest revision of every place, with its translation, is frozen as what was
    approved. Refuses minutes that were approved, another body's part, and a meeting that is not later or not begun.
    """
    row = Minutes.objects.select_for_update(of=("self",)).select_related("item").get(pk=minutes.pk)
    if row.approved_at is not None:
        raise Refusal(en="These minutes were approved already.", es="Esta minuta ya se aprobó.")
    part, there = _held(row.part), _held(at_part)
    if there.body_id != part.body_id or there.sitting.starts_at <= part.sitting.starts_at:
        raise Refusal(
            en="Minutes are approved by the same body, at a later meeting.",
            es="Una minuta la aprueba la misma instancia, en una reunión posterior.",
        )
    if there.sitting.starts_at > at or there.sitting.cancelled_at is not None:
        raise Refusal(en="That meeting has not begun.", es="Esa reunión no ha empezado.")
    day = day_in(zone=there.meeting.zone, at=there.sitting.starts_at)
    decision = record_decision(
        code=free_code(body=part.body, day=day),
        body=part.body,
        title=_approved(part),
        decided_on=day,
        source=_source(counted=counts is not None),
        end=End.WITH_MODIFICATIONS if with_changes else End.APPROVED,
        counts=counts,
        sitting=there.sitting,
        actor=actor,
        at=at,
    )
    notes = list(Note.objects.filter(item__part=part).values_list("pk", flat=True))
    translations = latest_translations(note_pks=notes)
    MinutesText.objects.bulk_create(
        MinutesText(minutes=row, revision=revision, translation=translations.get(revision.note_id))
        for revision in latest_revisions(note_pks=notes).order_by("note")
    )
    row.approved_by, row.approved_at = decision, at
    row.save(update_fields=["approved_by", "approved_at"])
    if row.item_id is not None:
        AgendaItem.objects.filter(pk=row.item_id, closed_at__isnull=True, withdrawn_at__isnull=True).update(
            closed_at=at
        )
    payload = {"part": part.pk, "decision": decision.code}
    subject = f"meeting:{part.meeting_id}"
    journal.append(kind=Kind.MINUTES_APPROVED, subject=subject, actor=actor, at=at, payload=payload)
    return row


def parts_after(*, part: MeetingPart, at: datetime) -> list[MeetingPart]:
    """The body's parts of later meetings that have begun, the latest first: where these minutes may be approved."""
    rows = MeetingPart.objects.filter(
        body=part.body_id,
        sitting__starts_at__gt=part.sitting.starts_at,
        sitting__starts_at__lte=at,
        sitting__cancelled_at__isnull=True,
    )
    return list(rows.select_related("meeting", "sitting").order_by("-sitting__starts_at")[:20])


def _held(part: MeetingPart, /) -> MeetingPart:
    return (
        MeetingPart.objects.select_for_update(of=("self",)).select_related("meeting", "body", "sitting").get(pk=part.pk)
    )


def _day(part: MeetingPart, language: str) -> str:
    return long_date(day=day_in(zone=part.meeting.zone, at=part.sitting.starts_at), language=language)


def _title(part: MeetingPart) -> Text:
    return Text(en=f"Minutes of {_day(part, 'en')}", es=f"Minuta del {_day(part, 'es')}")


def _approved(part: MeetingPart) -> Text:
    return Text(
        en=f"The minutes of {part.body.name_en} of {_day(part, 'en')} are approved"[:300],
        es=f"Se aprueba la minuta de {part.body.name_es} del {_day(part, 'es')}"[:300],
    )


def _source(*, counted: bool) -> Text:
    said = {
        "en": ("by a show of hands", "as counted"),
        "es": ("a mano alzada", "según el conteo"),
    }
    found = both(sentence=lambda language: said[language][counted])
    return Text(en=f"In the meeting, {found.en}", es=f"En la reunión, {found.es}")
