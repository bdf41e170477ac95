"""All rows behind an agenda, read at once: as many queries for many items as for one."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from tequio.decisions.models import ActionItem, Decision, Office, Slot, Version, Vote
from tequio.decisions.queries.hours import day_everywhere
from tequio.decisions.queries.seated import terms_running
from tequio.kernel.texts import text_of
from tequio.meetings.models import (
    AgendaItem,
    Document,
    Meeting,
    MeetingPart,
    Minutes,
    NoteMark,
    QuorumStated,
    SpeakerTurn,
)
from tequio.rules.reasons import Text

Key = TypeVar("Key")
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True, kw_only=True)
class FileShown:
    """A document: its name, kind, size and language."""

    pk: int
    name: str
    media: str
    kilobytes: int
    language: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaRows:
    """What a meeting's agenda is told from. Keys: parts, sittings, items, proposals and decisions by their numbers.

    `noted` are decisions that a line of the notes was made: they stand with the notes of their item.
    """

    items: Mapping[int, list[AgendaItem]]
    slots: Mapping[tuple[int, int], Slot]
    missed: Mapping[int, list[Slot]]
    asks: Mapping[int, Text]
    decisions: Mapping[int, list[Decision]]
    noted: frozenset[int | None]
    votes: Mapping[int, int]
    tasks: Mapping[int, list[ActionItem]]
    due: Mapping[int, list[ActionItem]]
    files: Mapping[int | None, list[FileShown]]
    waiting: Mapping[int, int]
    speaking: Mapping[int, str]
    stated: Mapping[int, list[QuorumStated]]
    minutes: Mapping[int, str]
    chairs: Mapping[int, list[str]]


def agenda_rows(*, meeting: Meeting, parts: Sequence[MeetingPart]) -> AgendaRows:
    """Read them. Some fourteen queries."""
    sittings = [part.sitting_id for part in parts]
    items = AgendaItem.objects.filter(part__in=parts).select_related(
        "proposal", "presenter", "carried_from__part__meeting", "carried_to__part__meeting"
    )
    by_part = _grouped((item.part_id, item) for item in items.order_by("position", "made_at", "pk"))
    proposals = {item.proposal_id for some in by_part.values() for item in some if item.proposal_id}
    slots = Slot.objects.filter(sitting__in=sittings).select_related("missed").order_by("pk")
    missed = Slot.objects.filter(missed__in=sittings, came_at__isnull=False).select_related("sitting", "proposal")
    late = list({slot.proposal_id: slot for slot in missed.order_by("pk")}.values())
    proposals.update(slot.proposal_id for slot in late)
    versions = Version.objects.filter(proposal__in=proposals).order_by("number")
    decisions = list(Decision.objects.filter(sitting__in=sittings).order_by("decided_at", "pk"))
    tasks = ActionItem.objects.select_related("owner").order_by("pk")
    waiting, speaking = _turns(parts=parts)
    stated = QuorumStated.objects.filter(part__in=parts).order_by("at", "pk")
    minutes = Minutes.objects.filter(part__in=parts, approved_by__isnull=False)
    return AgendaRows(
        items=by_part,
        slots={(slot.sitting_id, slot.proposal_id): slot for slot in slots},
        missed=_grouped((slot.missed_id or 0, slot) for slot in late),
        asks={
            one.proposal_id: text_of(row=one, name="ask") for one in versions.only("proposal_id", "ask_en", "ask_es")
        },
        decisions=_grouped((one.sitting_id or 0, one) for one in decisions),
        noted=frozenset(
            NoteMark.objects.filter(decision__in=decisions, undone_at__isnull=True).values_list(
                "decision_id", flat=True
            )
        ),
        votes=dict(
            Vote.objects.filter(proposal__in=proposals, closed_at__isnull=True).values_list("proposal_id", "pk")
        ),
        tasks=_grouped((task.decision_id or 0, task) for task in tasks.filter(decision__in=decisions)),
        due=_grouped((task.sitting_id or 0, task) for task in tasks.filter(sitting__in=sittings)),
        files=files_of(meeting=meeting),
        waiting=waiting,
        speaking=speaking,
        stated=_grouped((row.part_id, row) for row in stated),
        minutes=dict(minutes.values_list("part_id", "approved_by__code")),
        chairs=_chairs(meeting=meeting, parts=parts),
    )


def files_of(*, meeting: Meeting) -> Mapping[int | None, list[FileShown]]:
    """The documents of a meeting by item; those of the whole meeting under None. One query."""
    rows = Document.objects.filter(meeting=meeting, removed_at__isnull=True).defer("content").select_related("user")
    return _grouped((row.item_id, _file(row)) for row in rows.order_by("at", "pk"))


def _grouped(pairs: Iterable[tuple[Key, Row]]) -> Mapping[Key, list[Row]]:
    found: dict[Key, list[Row]] = defaultdict(list)
    for key, row in pairs:
        found[key].append(row)
    return found


def _file(row: Document) -> FileShown:
    return FileShown(
        pk=row.pk,
        name=row.name,
        media=row.media,
        kilobytes=max(1, -(-row.size // 1000)),
        language=row.language,
        by=row.user.name,
    )


def _turns(*, parts: Sequence[MeetingPart]) -> tuple[Mapping[int, int], Mapping[int, str]]:
    """How many wait to speak on each item, and who speaks."""
    waiting: dict[int, int] = defaultdict(int)
    speaking: dict[int, str] = {}
    turns = SpeakerTurn.objects.filter(item__part__in=parts, ended_at__isnull=True, withdrawn_at__isnull=True)
    for turn in turns.select_related("user"):
        if turn.began_at is None:
            waiting[turn.item_id] += 1
        else:
            speaking[turn.item_id] = turn.user.name if turn.user else turn.name
    return waiting, speaking


def _chairs(*, meeting: Meeting, parts: Sequence[MeetingPart]) -> Mapping[int, list[str]]:
    """Who chaired each body on the day of the meeting; the chair before the co-chairs."""
    terms = terms_running(on=day_everywhere(at=meeting.starts_at)).filter(
        seat__body__in=[part.body_id for part in parts], seat__office__in=[Office.CHAIR, Office.CO_CHAIR]
    )
    rows = terms.order_by("pk").values_list("seat__body_id", "seat__office", "user__name")
    return _grouped((body_pk, name) for body_pk, office, name in sorted(rows, key=lambda row: row[1] != Office.CHAIR))
