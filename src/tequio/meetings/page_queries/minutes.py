"""Minutes as their page shows them: what was approved, and how it was corrected since."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from tequio.accounts.permissions import Scope, Viewer, may_keep_body
from tequio.decisions.queries.hours import Moment, hours
from tequio.kernel.texts import text_of
from tequio.meetings.models import AgendaItem, MeetingPart, Minutes, MinutesText, NoteRevision, RevisionKind
from tequio.meetings.names import name_of_notes
from tequio.meetings.operations.minutes import parts_after
from tequio.meetings.page_queries.reading import titled
from tequio.rules.paragraphs import Change, Node, changes, paragraphs, tree
from tequio.rules.reasons import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A later edit: when, whose, why, and what it changed."""

    when: Moment
    who: str
    why: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovedText:
    """What one place noted of an item, as it was approved, and its corrections. Noted after approval: no text."""

    place: Text
    named: Text  # what its notes are called
    language: str
    note_pk: int
    text: str
    nodes: tuple[Node, ...]
    translated: str
    translation: tuple[Node, ...]
    corrections: tuple[Correction, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesShown:
    """The minutes of a part: where they stand, and once they are approved, their texts item by item."""

    part_pk: int
    meeting_pk: int
    body: Text
    body_code: str
    title: Text
    when: Moment
    state: str  # "none", "put_forward", "approved"
    put_forward: Moment | None
    approved: Moment | None
    decision: str
    agenda: Moment | None
    items: Sequence[tuple[Text, Sequence[ApprovedText]]]
    may_keep: bool
    may_be_approved: bool


def minutes_shown(*, part: MeetingPart, viewer: Viewer, at: object) -> MinutesShown:
    """The minutes of a part, for whoever may see them. The same number of queries for many items."""
    clocks = hours()
    row = Minutes.objects.filter(part=part).select_related("approved_by", "item__part__sitting").first()
    may_keep = may_keep_body(viewer, Scope(body_pk=part.body_id))
    state = "none" if row is None else "approved" if row.approved_at else "put_forward"
    item = row.item if row is not None else None
    placed = item.part.sitting.starts_at if item is not None and item.withdrawn_at is None else None
    return MinutesShown(
        part_pk=part.pk,
        meeting_pk=part.meeting_id,
        body=text_of(row=part.body, name="name"),
        body_code=part.body.code,
        title=titled(text_of(row=part.meeting, name="title")),
        when=clocks.moment(part.sitting.starts_at),
        state=state,
        put_forward=clocks.moment_or_none(row.put_forward_at if row else None),
        approved=clocks.moment_or_none(row.approved_at if row else None),
        decision=row.approved_by.code if row is not None and row.approved_by is not None else "",
        agenda=clocks.moment_or_none(placed),
        items=_items(minutes=row, part=part) if row is not None and state == "approved" else (),
        may_keep=may_keep,
        may_be_approved=state == "put_forward" and may_keep and bool(parts_after(part=part, at=at)),  # type: ignore[arg-type]  # CONFIG: a moment
    )


def _items(*, minutes: Minutes, part: MeetingPart) -> Sequence[tuple[Text, Sequence[ApprovedText]]]:
    clocks = hours()
    texts = MinutesText.objects.filter(minutes=minutes).select_related(
        "revision__note__place", "translation__translation"
    )
    approved = {row.revision.note_id: row for row in texts}
    later: dict[int, list[NoteRevision]] = defaultdict(list)
    rows = NoteRevision.objects.filter(note__item__part=part, kind=RevisionKind.CORRECTED)
    for revision in rows.select_related("made_by", "note__place").order_by("note", "number"):
        later[revision.note_id].append(revision)
    by_item: dict[int, list[ApprovedText]] = defaultdict(list)
    for note_pk in sorted(approved.keys() | later.keys()):
        text = approved.get(note_pk)
        note = text.revision.note if text is not None else later[note_pk][0].note
        before = text.revision.text if text is not None else ""
        corrections = []
        for revision in later[note_pk]:
            corrections.append(
                Correction(
                    when=clocks.moment(revision.made_at),
                    who=revision.made_by.name if revision.made_by else "",
                    why=revision.why,
                    changes=changes(before=before, after=revision.text),
                )
            )
            before = revision.text
        translation = text.translation if text is not None else None
        by_item[note.item_id].append(
            ApprovedText(
                place=(name := text_of(row=note.place, name="name")),
                named=name_of_notes(place=name, online=note.place.online),
                language=note.language,
                note_pk=note_pk,
                text=text.revision.text if text is not None else "",
                nodes=tree(paragraphs(text=text.revision.text)) if text is not None else (),
                translated=translation.text if translation is not None else "",
                translation=tree(paragraphs(text=translation.text)) if translation is not None else (),
                corrections=tuple(corrections),
            )
        )
    items = AgendaItem.objects.filter(pk__in=by_item).order_by("position", "pk")
    return [(titled(text_of(row=item, name="title")), by_item[item.pk]) for item in items]
