"""The list of speakers: asking, no longer asking, a turn begins and ends. Who is next says rules/speakers.py."""

from datetime import datetime

from django.db import transaction

from tequio.accounts.models import User
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.meetings.locking import lock_meeting, refuse_not_open
from tequio.meetings.models import AgendaItem, Attendance, SpeakerTurn

LANGUAGES = ("en", "es")
MOST_WAITING = 100


@transaction.atomic
def ask_to_speak(*, item: AgendaItem, attendance: Attendance, language: str, actor: str, at: datetime) -> SpeakerTurn:
    """Somebody who is there asks to speak on an item, in a language. Who waits already keeps its place.

    Refuses an item that is closed or was taken off, and whoever is not there.
    """
    held = lock_meeting(pk=item.part.meeting_id)
    refuse_not_open(held)
    row = AgendaItem.objects.get(pk=item.pk)
    if row.closed_at is not None or row.withdrawn_at is not None:
        raise Refusal(en="That item is closed.", es="Ese punto está cerrado.")
    there = Attendance.objects.filter(
        pk=attendance.pk, meeting=held, left_at__isnull=True, taken_back_at__isnull=True
    ).first()
    if there is None:
        raise Refusal(
            en="Only who is there speaks: first say that you are here, and where.",
            es="Habla quien está presente: primero indique que está aquí y dónde.",
        )
    if language not in LANGUAGES:
        raise Refusal(en="People speak English or Spanish here.", es="Aquí se habla español o inglés.")
    waiting = SpeakerTurn.objects.filter(item=row, began_at__isnull=True, withdrawn_at__isnull=True)
    mine = waiting.filter(user=there.user) if there.user_id else waiting.filter(name__iexact=there.name)
    before = mine.first()
    if before is not None:
        return before
    if waiting.count() >= MOST_WAITING:
        raise Refusal(en="The list is full for now.", es="Por ahora la lista está llena.")
    made = SpeakerTurn.objects.create(
        item=row, user=there.user, name=there.name, place=there.place, language=language, asked_at=at
    )
    _write_down(turn=made, kind=Kind.SPEAKER_LISTED, what="asked", actor=actor, at=at)
    return made


@transaction.atomic
def withdraw_turn(*, turn: SpeakerTurn, actor: str, at: datetime) -> bool:
    """Somebody no longer wants to speak; False where it has spoken or said so before."""
    lock_meeting(pk=turn.item.part.meeting_id)
    gone = SpeakerTurn.objects.filter(pk=turn.pk, began_at__isnull=True, withdrawn_at__isnull=True).update(
        withdrawn_at=at
    )
    if gone:
        _write_down(turn=turn, kind=Kind.SPEAKER_LISTED, what="withdrawn", actor=actor, at=at)
    return bool(gone)


@transaction.atomic
def begin_turn(*, turn: SpeakerTurn, actor: str, at: datetime) -> bool:
    """A turn begins; whoever spoke before in this meeting has ended, and the item is taken up. False where it began."""
    held = lock_meeting(pk=turn.item.part.meeting_id)
    refuse_not_open(held)
    item = AgendaItem.objects.get(pk=turn.item_id)
    if item.closed_at is not None or item.withdrawn_at is not None:
        raise Refusal(en="That item is closed.", es="Ese punto está cerrado.")
    waiting = SpeakerTurn.objects.filter(pk=turn.pk, began_at__isnull=True, withdrawn_at__isnull=True)
    if not waiting.exists():
        return False
    SpeakerTurn.objects.filter(
        item__part__meeting=held, began_at__isnull=False, ended_at__isnull=True, withdrawn_at__isnull=True
    ).update(ended_at=at)
    waiting.update(began_at=at)
    AgendaItem.objects.filter(pk=item.pk, taken_up_at__isnull=True).update(taken_up_at=at)
    _write_down(turn=turn, kind=Kind.SPEAKER_TURN, what="began", actor=actor, at=at)
    return True


@transaction.atomic
def end_turn(*, turn: SpeakerTurn, actor: str, at: datetime) -> bool:
    """A turn ends; False where it had ended or never began."""
    lock_meeting(pk=turn.item.part.meeting_id)
    ended = SpeakerTurn.objects.filter(pk=turn.pk, began_at__isnull=False, ended_at__isnull=True).update(ended_at=at)
    if ended:
        _write_down(turn=turn, kind=Kind.SPEAKER_TURN, what="ended", actor=actor, at=at)
    return bool(ended)


def attendance_of(*, item: AgendaItem, user: User) -> Attendance | None:
    """The open attendance of a person in the meeting of an item."""
    return Attendance.objects.filter(
        meeting=item.part.meeting_id, user=user, left_at__isnull=True, taken_back_at__isnull=True
    ).first()


def _write_down(*, turn: SpeakerTurn, kind: Kind, what: str, actor: str, at: datetime) -> None:
    payload = {"turn": turn.pk, "item": turn.item_id, "what": what}
    journal.append(kind=kind, subject=f"meeting:{turn.item.part.meeting_id}", actor=actor, at=at, payload=payload)
