"""What comes up: an item is put on the agenda of a body's part, changed, moved, taken up, closed or taken off.

Items by rule (proposals before a sitting, what was carried over) are put there by carrying_over.py.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from tequio.accounts.models import User
from tequio.decisions.models import Proposal, Slot, Stage
from tequio.decisions.operations.versions import latest_version
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.meetings.locking import lock_meeting, refuse_not_open, refuse_over
from tequio.meetings.models import AgendaItem, AgendaKind, MeetingPart, SpeakerTurn
from tequio.rules.agenda import moved
from tequio.rules.reasons import Text
from tequio.rules.wording import cleaned_line

LONGEST_TITLE = 200
LONGEST_NAME = 120
LONGEST_REASON = 300
LONGEST_ITEM = 12 * 60  # minutes
MOST_ITEMS = 100  # of a part: nobody can read more


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemWanted:
    """An item as a person writes it. `minutes` may be unknown; one language of the title may be missing.

    Whoever presents it has an account (`presenter`) or only a name (`presented_by`).
    """

    kind: str
    title: Text
    minutes: int | None = None
    presenter: User | None = None
    presented_by: str = ""
    proposal: Proposal | None = None


@transaction.atomic
def add_item(*, part: MeetingPart, item: ItemWanted, by: User, actor: str, at: datetime) -> AgendaItem:
    """Put an item at the end of a part's agenda. Without a title it has that of its proposal.

    Refuses a meeting that is over, an item without a title, a title or time that is too long, a proposal that is a
    draft, of another body or on this agenda already.
    """
    refuse_over(lock_meeting(pk=part.meeting_id))
    title, name = _checked(part=part, item=item)
    there = AgendaItem.objects.filter(part=part)
    if there.filter(withdrawn_at__isnull=True).count() >= MOST_ITEMS:
        raise Refusal(
            en=f"An agenda has {MOST_ITEMS} items at most.",
            es=f"Un orden del día tiene cuando más {MOST_ITEMS} puntos.",
        )
    made = AgendaItem.objects.create(
        part=part,
        position=(there.aggregate(last=Max("position"))["last"] or 0) + 1,
        kind=item.kind,
        title_en=title.en,
        title_es=title.es,
        minutes=item.minutes,
        presenter=item.presenter,
        presented_by=name,
        proposal=item.proposal,
        made_by=by,
        made_at=at,
    )
    _write_down(item=made, what="added", actor=actor, at=at)
    return made


@transaction.atomic
def change_item(*, item: AgendaItem, to: ItemWanted, actor: str, at: datetime) -> bool:
    """Change what an item says; False where it says that already. Refuses what `add_item` refuses, and one taken off.

    The proposal of an item that stands there by rule stays.
    """
    held = _held(item)
    if held.made_by_id is None and held.proposal_id is not None and to.proposal != held.proposal:
        raise Refusal(
            en="It stands here by rule for this proposal; that stays.",
            es="Está aquí por regla para esta propuesta; eso no cambia.",
        )
    title, name = _checked(part=held.part, item=to, but=held)
    values = {
        "kind": to.kind,
        "title_en": title.en,
        "title_es": title.es,
        "minutes": to.minutes,
        "presenter_id": to.presenter.pk if to.presenter else None,
        "presented_by": name,
        "proposal_id": to.proposal.pk if to.proposal else None,
    }
    if all(getattr(held, field) == value for field, value in values.items()):
        return False
    AgendaItem.objects.filter(pk=held.pk).update(**values)
    _write_down(item=held, what="changed", actor=actor, at=at)
    return True


@transaction.atomic
def move_item(*, item: AgendaItem, to: int, actor: str, at: datetime) -> bool:
    """Put an item at a place of its part, from 1; beyond either end it stops there. False where it stands there."""
    held = _held(item)
    rows = list(
        AgendaItem.objects.filter(part=held.part_id, withdrawn_at__isnull=True).order_by("position", "made_at", "pk")
    )
    before = [row.pk for row in rows]
    after = moved(order=before, code=held.pk, to=to)
    if after == before:
        return False
    by_pk = {row.pk: row for row in rows}
    for position, pk in enumerate(after, start=1):
        by_pk[pk].position = position
    AgendaItem.objects.bulk_update(rows, ["position"])
    _write_down(item=held, what="moved", actor=actor, at=at)
    return True


@transaction.atomic
def withdraw_item(*, item: AgendaItem, because: str, actor: str, at: datetime) -> bool:
    """Take an item off the agenda, with a reason; it stays readable there. False where that was done before.

    Refuses one that was taken up, and one that its body's rule puts there: that proposal is deferred by a vote or
    withdrawn by its sponsor.
    """
    why = _line(because, LONGEST_REASON)
    if not why:
        raise Refusal(en="Say in a sentence why.", es="Diga en una frase por qué.")
    refuse_over(lock_meeting(pk=item.part.meeting_id))
    held = AgendaItem.objects.select_related("part").get(pk=item.pk)
    if held.withdrawn_at is not None:
        return False
    if held.taken_up_at is not None or held.closed_at is not None:
        raise Refusal(en="It was taken up already.", es="Ese punto ya se empezó a tratar.")
    if held.proposal_id and Slot.objects.filter(
        proposal=held.proposal_id, sitting=held.part.sitting_id, ended_at__isnull=True
    ):
        raise Refusal(
            en="Its proposal comes before this sitting by rule: defer it by a vote, or its sponsor withdraws it.",
            es="Su propuesta va a esta sesión por regla: aplácela con una votación, o la retira quien la propone.",
        )
    AgendaItem.objects.filter(pk=held.pk).update(withdrawn_at=at, withdrawn_because=why)
    _write_down(item=held, what="withdrawn", actor=actor, at=at)
    return True


@transaction.atomic
def take_up(*, item: AgendaItem, actor: str, at: datetime) -> bool:
    """Begin with an item, in an open meeting; False where that was done. Another one begun stays open until closed."""
    refuse_not_open(lock_meeting(pk=item.part.meeting_id))
    begun = AgendaItem.objects.filter(
        pk=item.pk, taken_up_at__isnull=True, closed_at__isnull=True, withdrawn_at__isnull=True
    ).update(taken_up_at=at)
    if begun:
        _write_down(item=item, what="", kind=Kind.AGENDA_ITEM_TAKEN_UP, actor=actor, at=at)
    return bool(begun)


@transaction.atomic
def close_item(*, item: AgendaItem, actor: str, at: datetime) -> bool:
    """Be done with an item: it is not carried over, and nobody waits to speak on it. False where that was done."""
    refuse_not_open(lock_meeting(pk=item.part.meeting_id))
    closed = AgendaItem.objects.filter(pk=item.pk, closed_at__isnull=True, withdrawn_at__isnull=True).update(
        closed_at=at
    )
    if closed:
        end_turns(items=[item.pk], at=at)
        _write_down(item=item, what="closed", kind=Kind.AGENDA_ITEM_CLOSED, actor=actor, at=at)
    return bool(closed)


@transaction.atomic
def reopen_item(*, item: AgendaItem, actor: str, at: datetime) -> bool:
    """Go on with an item that was closed too early; False where it is open."""
    refuse_not_open(lock_meeting(pk=item.part.meeting_id))
    opened = AgendaItem.objects.filter(pk=item.pk, closed_at__isnull=False).update(closed_at=None)
    if opened:
        _write_down(item=item, what="reopened", kind=Kind.AGENDA_ITEM_CLOSED, actor=actor, at=at)
    return bool(opened)


def end_turns(*, items: list[int], at: datetime) -> None:
    """Whoever speaks on these items has spoken; whoever waits no longer does. In the caller's transaction."""
    turns = SpeakerTurn.objects.filter(item__in=items, ended_at__isnull=True, withdrawn_at__isnull=True)
    turns.filter(began_at__isnull=True).update(withdrawn_at=at)
    turns.filter(began_at__isnull=False).update(ended_at=at)


def _held(item: AgendaItem) -> AgendaItem:
    """An item that may be changed, as it is now, its meeting held."""
    refuse_over(lock_meeting(pk=item.part.meeting_id))
    held = AgendaItem.objects.select_related("part", "proposal").get(pk=item.pk)
    if held.withdrawn_at is not None:
        raise Refusal(en="It was taken off the agenda.", es="Ese punto se quitó del orden del día.")
    return held


def _checked(*, part: MeetingPart, item: ItemWanted, but: AgendaItem | None = None) -> tuple[Text, str]:
    """The title and the presenter's name as they are kept; refuses what makes no item."""
    if item.kind not in AgendaKind.values:
        raise Refusal(
            en="An item is a report, a discussion or a decision.", es="Un punto es informe, discusión o decisión."
        )
    if item.minutes is not None and not 1 <= item.minutes <= LONGEST_ITEM:
        raise Refusal(
            en=f"An item takes from 1 to {LONGEST_ITEM} minutes.", es=f"Un punto lleva de 1 a {LONGEST_ITEM} minutos."
        )
    if item.proposal is not None:
        _refuse_proposal(part=part, proposal=item.proposal, but=but)
    title = Text(en=cleaned_line(item.title.en), es=cleaned_line(item.title.es))
    if not title.en and not title.es and item.proposal is not None:
        title = ask_as_title(item.proposal)
    if not title.en and not title.es:
        raise Refusal(en="Say what comes up.", es="Diga qué se va a tratar.")
    if max(len(title.en), len(title.es)) > LONGEST_TITLE:
        raise Refusal(
            en=f"A title has {LONGEST_TITLE} characters at most.",
            es=f"Un título lleva cuando más {LONGEST_TITLE} letras.",
        )
    return title, "" if item.presenter is not None else _line(item.presented_by, LONGEST_NAME)


def _refuse_proposal(*, part: MeetingPart, proposal: Proposal, but: AgendaItem | None) -> None:
    if proposal.body_id != part.body_id:
        raise Refusal(en="That proposal is before another body.", es="Esa propuesta está ante otra instancia.")
    if proposal.stage == Stage.DRAFT:
        raise Refusal(
            en="That proposal is a draft: it is circulated first.", es="Esa propuesta es un borrador: primero circula."
        )
    there = AgendaItem.objects.filter(part=part, proposal=proposal, withdrawn_at__isnull=True)
    if (there.exclude(pk=but.pk) if but else there).exists():
        raise Refusal(en="That proposal is on this agenda already.", es="Esa propuesta ya está en este orden del día.")


def ask_as_title(proposal: Proposal, /) -> Text:
    """What a proposal asks, as long as a title may be."""
    version = latest_version(proposal=proposal)
    return Text(en=_line(version.ask_en, LONGEST_TITLE), es=_line(version.ask_es, LONGEST_TITLE))


def _line(text: str, longest: int) -> str:
    return cleaned_line(text)[:longest].strip()


def _write_down(*, item: AgendaItem, what: str, kind: Kind = Kind.AGENDA_CHANGED, actor: str, at: datetime) -> None:
    payload = {"item": item.pk} | ({"what": what} if what else {})
    journal.append(kind=kind, subject=f"meeting:{item.part.meeting_id}", actor=actor, at=at, payload=payload)
