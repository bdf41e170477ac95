"""Who is there: somebody is here in a place, leaves, is corrected afterwards, or was put down by mistake.

One person has one open attendance in a meeting. Whoever is marked in another place has moved there.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from tequio.accounts.models import User
from tequio.decisions.queries.hours import day_everywhere
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.meetings.locking import lock_meeting
from tequio.meetings.models import Attendance, Meeting, Place
from tequio.meetings.queries.present import center_for
from tequio.rules.agenda import LIMITS
from tequio.rules.wording import cleaned_line

LONGEST_NAME = 120
MOST = 500  # of a meeting: a room is not larger, a mistake may be
AROUND = timedelta(hours=18)  # beyond its planned end nobody is there any more


@transaction.atomic
def mark_here(
    *,
    meeting: Meeting,
    place: Place,
    user: User | None = None,
    name: str = "",
    came_at: datetime | None = None,
    left_at: datetime | None = None,
    by: User,
    actor: str,
    at: datetime,
) -> Attendance:
    """Somebody is here in a place: a person with an account, or a guest by name; from now unless said otherwise.

    Asked again it changes nothing and returns what is there. Who is here in another place moves. In a meeting that is
    closed it is entered with both its hours. Refuses a place where this meeting is not, a cancelled meeting, a closed
    account, no name, and hours that cannot be.
    """
    held = lock_meeting(pk=meeting.pk)
    _refuse_cancelled(held)
    if not held.meeting_places.filter(place=place).exists():
        raise Refusal(en="Nobody meets there this time.", es="Esta vez la reunión no es ahí.")
    guest = cleaned_line(name)[:LONGEST_NAME].strip()
    if (user is None) == (not guest):
        raise Refusal(en="Say who it is.", es="Diga quién es.")
    if user is not None and not user.is_active:
        raise Refusal(en=f"The account of {user.name} is closed.", es=f"La cuenta de {user.name} está cerrada.")
    if held.closed_at is not None and (came_at is None or left_at is None):
        raise Refusal(
            en="The meeting is closed: say from when to when.",
            es="La reunión está cerrada: diga de qué hora a qué hora.",
        )
    came = came_at or at
    _refuse_hours(held=held, came_at=came, left_at=left_at, at=at)
    rows = Attendance.objects.filter(meeting=held, taken_back_at__isnull=True)
    same = rows.filter(user=user) if user is not None else rows.filter(name__iexact=guest)
    there = same.filter(left_at__isnull=True).first()
    if there is not None and there.place_id == place.pk:
        return there
    if there is not None and left_at is None:
        came = max(came, there.came_at)
        Attendance.objects.filter(pk=there.pk).update(left_at=came)
    if user is not None:
        _refuse_twice(rows=same, came_at=came, left_at=left_at)
    if rows.count() >= MOST:
        raise Refusal(en=f"{MOST} are entered at most.", es=f"Se anotan {MOST} cuando más.")
    made = Attendance.objects.create(
        meeting=held,
        user=user,
        name=guest,
        place=place,
        center_id=center_for(user=user, meeting=held, place=place, on=day_everywhere(at=came)),
        came_at=came,
        left_at=left_at,
        entered_by=by,
    )
    _write_down(kind=Kind.ATTENDANCE_ENTERED, row=made, what="here", actor=actor, at=at)
    return made


@transaction.atomic
def mark_left(*, attendance: Attendance, actor: str, at: datetime) -> bool:
    """Somebody has left; False where that is known."""
    held = lock_meeting(pk=attendance.meeting_id)
    _refuse_cancelled(held)
    left = Attendance.objects.filter(pk=attendance.pk, left_at__isnull=True, came_at__lte=at).update(left_at=at)
    if left:
        _write_down(kind=Kind.ATTENDANCE_ENTERED, row=attendance, what="left", actor=actor, at=at)
    return bool(left)


@transaction.atomic
def correct_attendance(
    *,
    attendance: Attendance,
    place: Place,
    came_at: datetime,
    left_at: datetime | None,
    actor: str,
    at: datetime,
) -> bool:
    """Put right where somebody was and from when to when; False where it says that. What was before is in the journal.

    Refuses hours that cannot be or at which the same person was elsewhere, and an open end once the meeting is closed.
    """
    held = lock_meeting(pk=attendance.meeting_id)
    _refuse_cancelled(held)
    row = Attendance.objects.get(pk=attendance.pk)
    if row.taken_back_at is not None:
        raise Refusal(en="That entry was taken back.", es="Ese registro se quitó.")
    if not held.meeting_places.filter(place=place).exists():
        raise Refusal(en="Nobody meets there this time.", es="Esta vez la reunión no es ahí.")
    if held.closed_at is not None and left_at is None:
        raise Refusal(en="The meeting is closed: say until when.", es="La reunión está cerrada: diga hasta qué hora.")
    if (row.place_id, row.came_at, row.left_at) == (place.pk, came_at, left_at):
        return False
    _refuse_hours(held=held, came_at=came_at, left_at=left_at, at=at)
    if row.user_id is not None:
        others = Attendance.objects.filter(meeting=held, user=row.user_id, taken_back_at__isnull=True)
        _refuse_twice(rows=others.exclude(pk=row.pk), came_at=came_at, left_at=left_at)
    before = {
        "place": row.place_id,
        "came": row.came_at.isoformat(),
        "left": row.left_at.isoformat() if row.left_at else None,
    }
    center = row.center_id
    if row.place_id != place.pk:
        center = center_for(user=row.user, meeting=held, place=place, on=day_everywhere(at=came_at))
    Attendance.objects.filter(pk=row.pk).update(place=place, came_at=came_at, left_at=left_at, center=center)
    _write_down(kind=Kind.ATTENDANCE_CORRECTED, row=row, what="corrected", actor=actor, at=at, before=before)
    return True


@transaction.atomic
def take_back_attendance(*, attendance: Attendance, actor: str, at: datetime) -> bool:
    """Somebody was put down by mistake: it counts for nothing and stays written. False where that was done."""
    held = lock_meeting(pk=attendance.meeting_id)
    _refuse_cancelled(held)
    row = Attendance.objects.get(pk=attendance.pk)
    if row.taken_back_at is not None:
        return False
    Attendance.objects.filter(pk=row.pk).update(taken_back_at=at, left_at=row.left_at or row.came_at)
    _write_down(kind=Kind.ATTENDANCE_CORRECTED, row=row, what="taken back", actor=actor, at=at)
    return True


def _refuse_cancelled(held: Meeting) -> None:
    if held.cancelled_at is not None:
        raise Refusal(en="That meeting was cancelled.", es="Esa reunión se canceló.")


def _refuse_hours(*, held: Meeting, came_at: datetime, left_at: datetime | None, at: datetime) -> None:
    """Refuse hours that are still to come, the wrong way round, or far from those of the meeting."""
    if came_at > at or (left_at is not None and left_at > at):
        raise Refusal(en="That hour is still to come.", es="Esa hora todavía no llega.")
    if left_at is not None and left_at < came_at:
        raise Refusal(en="Nobody leaves before coming.", es="Nadie sale antes de llegar.")
    end = (held.closed_at or held.starts_at + timedelta(minutes=held.minutes)) + AROUND
    if came_at < held.starts_at - LIMITS.early or came_at > end or (left_at is not None and left_at > end):
        raise Refusal(
            en="That is not during this meeting: from two hours before it begins.",
            es="Eso no es durante esta reunión: desde dos horas antes de que empiece.",
        )


def _refuse_twice(*, rows: object, came_at: datetime, left_at: datetime | None) -> None:
    """Refuse hours at which the same person is down elsewhere; an end may be the next beginning."""
    overlaps = rows.filter(Q(left_at__isnull=True) | Q(left_at__gt=came_at))  # type: ignore[attr-defined]
    if left_at is not None:
        overlaps = overlaps.filter(came_at__lt=left_at)
    if overlaps.exists():
        raise Refusal(
            en="At that hour the same person is entered already.", es="A esa hora la misma persona ya está anotada."
        )


def _write_down(
    *, kind: Kind, row: Attendance, what: str, actor: str, at: datetime, before: dict[str, object] | None = None
) -> None:
    payload: dict[str, object] = {"attendance": row.pk, "what": what, "place": row.place_id}
    if before is not None:
        payload["before"] = before
    journal.append(kind=kind, subject=f"meeting:{row.meeting_id}", actor=actor, at=at, payload=payload)
