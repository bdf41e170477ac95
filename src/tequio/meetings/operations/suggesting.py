"""An item somebody would like to be taken up: suggested, then accepted as one or declined with why."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from tequio.accounts.models import User
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.meetings.locking import lock_meeting, refuse_over
from tequio.meetings.models import AgendaItem, MeetingPart, Suggestion
from tequio.meetings.operations.agenda import LONGEST_REASON, LONGEST_TITLE, ItemWanted, add_item
from tequio.rules.reasons import Text
from tequio.rules.wording import cleaned_line

LONGEST_WHY = 600
MOST_OPEN = 3  # of one person for one part of a meeting


@transaction.atomic
def suggest(*, part: MeetingPart, title: Text, why: str, by: User, actor: str, at: datetime) -> Suggestion:
    """Suggest an item for a body's part of a coming meeting; said twice it stands there once.

    Refuses a meeting that is over or has begun, a suggestion without a title or with one that is too long, and more
    than a few that wait for an answer.
    """
    meeting = lock_meeting(pk=part.meeting_id)
    refuse_over(meeting)
    if meeting.starts_at <= at:
        raise Refusal(en="That meeting has begun.", es="Esa reunión ya empezó.")
    said = Text(en=cleaned_line(title.en), es=cleaned_line(title.es))
    if not said.en and not said.es:
        raise Refusal(en="Say what should come up.", es="Diga qué se debería tratar.")
    if max(len(said.en), len(said.es)) > LONGEST_TITLE:
        raise Refusal(
            en=f"A title has {LONGEST_TITLE} characters at most.",
            es=f"Un título lleva cuando más {LONGEST_TITLE} letras.",
        )
    waiting = Suggestion.objects.filter(part=part, made_by=by, answered_at__isnull=True)
    same = waiting.filter(title_en=said.en, title_es=said.es).first()
    if same is not None:
        return same
    if waiting.count() >= MOST_OPEN:
        raise Refusal(
            en=f"{MOST_OPEN} of your suggestions for this meeting wait for an answer already.",
            es=f"Ya hay {MOST_OPEN} sugerencias suyas para esta reunión que esperan respuesta.",
        )
    made = Suggestion.objects.create(
        part=part,
        title_en=said.en,
        title_es=said.es,
        why=cleaned_line(why)[:LONGEST_WHY].strip(),
        made_by=by,
        made_at=at,
    )
    _write_down(suggestion=made, kind=Kind.ITEM_SUGGESTED, payload={}, actor=actor, at=at)
    return made


@transaction.atomic
def accept(
    *, suggestion: Suggestion, kind: str, minutes: int | None, by: User, actor: str, at: datetime
) -> AgendaItem | None:
    """Put a suggestion on the agenda, presented by whoever made it; None where it was accepted before.

    Refuses one that was declined, and what `add_item` refuses.
    """
    held = _held(suggestion)
    if held.item_id is not None:
        return None
    if held.answered_at is not None:
        raise Refusal(en="It was declined already.", es="Ya se declinó.")
    wanted = ItemWanted(
        kind=kind, title=Text(en=held.title_en, es=held.title_es), minutes=minutes, presenter=held.made_by
    )
    item = add_item(part=held.part, item=wanted, by=by, actor=actor, at=at)
    Suggestion.objects.filter(pk=held.pk).update(item=item, answered_by=by, answered_at=at)
    payload = {"accepted": True, "item": item.pk}
    _write_down(suggestion=held, kind=Kind.SUGGESTION_ANSWERED, payload=payload, actor=actor, at=at)
    return item


@transaction.atomic
def decline(*, suggestion: Suggestion, because: str, by: User, actor: str, at: datetime) -> bool:
    """Decline a suggestion; whoever made it reads why. False where it was declined before.

    Refuses one without a reason, and one that was accepted: such an item is taken off the agenda.
    """
    why = cleaned_line(because)[:LONGEST_REASON].strip()
    if not why:
        raise Refusal(en="Say in a sentence why.", es="Diga en una frase por qué.")
    held = _held(suggestion)
    if held.item_id is not None:
        raise Refusal(
            en="It stands on the agenda: take the item off there.", es="Está en el orden del día: quite ahí el punto."
        )
    if held.answered_at is not None:
        return False
    Suggestion.objects.filter(pk=held.pk).update(declined_because=why, answered_by=by, answered_at=at)
    payload = {"accepted": False}
    _write_down(suggestion=held, kind=Kind.SUGGESTION_ANSWERED, payload=payload, actor=actor, at=at)
    return True


def _held(suggestion: Suggestion) -> Suggestion:
    """A suggestion as it is now, its meeting held."""
    refuse_over(lock_meeting(pk=suggestion.part.meeting_id))
    return Suggestion.objects.select_related("part", "made_by").get(pk=suggestion.pk)


def _write_down(*, suggestion: Suggestion, kind: Kind, payload: Mapping[str, object], actor: str, at: datetime) -> None:
    subject = f"meeting:{suggestion.part.meeting_id}"
    journal.append(kind=kind, subject=subject, actor=actor, at=at, payload={"suggestion": suggestion.pk, **payload})
