"""The notes of a meeting as its pages show them: of each item what each place noted, translations, marks, approval."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tequio.accounts.permissions import Scope, Viewer, is_administrator, may_keep_body, may_speak_there
from tequio.decisions.queries.hours import Hours, Moment, hours
from tequio.kernel.texts import text_of
from tequio.meetings.models import (
    Meeting,
    MeetingPlace,
    Minutes,
    MinutesText,
    Note,
    NoteRevision,
    Place,
    RevisionKind,
    TranslationRevision,
    TranslationState,
)
from tequio.meetings.names import name_of_notes
from tequio.meetings.page_queries.marks import MarkShown, marks_of
from tequio.meetings.queries.latest import latest_revisions, latest_translations
from tequio.meetings.seeing import bodies_seen
from tequio.rules.paragraphs import Abreast, Node, abreast, paragraphs, tree
from tequio.rules.reasons import Text

may_write_notes = may_speak_there | is_administrator

_STATES = {
    "none": Text(en="none yet", es="todavía no hay"),
    "draft": Text(en="draft", es="borrador"),
    "reviewed": Text(en="reviewed", es="revisada"),
    "older": Text(en="older than the text", es="anterior al texto"),
}
_LOOKS = {"none": "ended", "draft": "told", "reviewed": "good", "older": "at_risk"}
HOW = {
    RevisionKind.WRITTEN: Text(en="written", es="escrita"),
    RevisionKind.MERGED: Text(en="put together: two wrote at once", es="unida: dos escribieron a la vez"),
    RevisionKind.IMPORTED: Text(en="from a file", es="de un archivo"),
    RevisionKind.CORRECTED: Text(en="correction of approved minutes", es="corrección de una minuta aprobada"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslationShown:
    """A translation under its text: how far it is, whose, and which paragraphs are older than the text."""

    language: str
    state: str
    number: int
    nodes: tuple[Node, ...]
    beside: Abreast
    translator: str
    reviewer: str
    reviewed_by_translator: bool
    made: Moment

    @property
    def word(self) -> Text:
        """Its state in a word."""
        return _STATES[self.state]

    @property
    def look(self) -> str:
        """The class that gives the word its shape and color."""
        return _LOOKS[self.state]


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovedShown:
    """The text that was approved, where it was corrected since: its words, and when and why they were changed."""

    number: int
    nodes: tuple[Node, ...]
    corrections: tuple[tuple[Moment, str, str], ...]  # when, who, why


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceNotes:
    """What one place noted of an item. Without a note yet only the place is there."""

    place: Text
    named: Text  # what its notes are called
    place_code: str
    place_pk: int
    language: str
    note_pk: int | None = None
    number: int = 0
    how: str = ""
    nodes: tuple[Node, ...] = ()
    changed: Moment | None = None
    is_approved: bool = False
    approved: ApprovedShown | None = None
    translation: TranslationShown | None = None
    marked: Mapping[int, Sequence[MarkShown]] | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written here."""
        return not self.nodes


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemNotes:
    """The notes of an item: a column for each place, and the records that were made of their lines.

    `is_seen` is False where the body keeps its notes from whoever looks; there is nothing else then.
    """

    item_pk: int
    is_seen: bool
    columns: tuple[PlaceNotes, ...] = ()
    marks: tuple[MarkShown, ...] = ()
    may_write: bool = False
    may_keep: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nobody noted anything."""
        return all(column.is_empty for column in self.columns)


def notes_of(*, meeting: Meeting, viewer: Viewer, language: str) -> Mapping[int, ItemNotes]:  # noqa: ARG001 - CONFIG: agreed
    """The notes of every item of a meeting, by the item's number in the database. As many queries for many items.

    Of a body whose notes the viewer may not see, an item says just that.
    """
    parts = list(meeting.parts.prefetch_related("items"))
    bodies = {part.body_id for part in parts}
    seen = bodies_seen(what="notes", viewer=viewer, body_pks=bodies)
    places = list(MeetingPlace.objects.filter(meeting=meeting).select_related("place").order_by("pk"))
    read = _Read.of(meeting=meeting, viewer=viewer)
    found: dict[int, ItemNotes] = {}
    for part in parts:
        scope = Scope(body_pk=part.body_id)
        may_write, may_keep = may_write_notes(viewer, scope), may_keep_body(viewer, scope)
        for item in part.items.all():
            if part.body_id not in seen:
                found[item.pk] = ItemNotes(item_pk=item.pk, is_seen=False)
                continue
            columns = tuple(read.column(item_pk=item.pk, place=row.place) for row in places)
            marks = tuple(mark for column in columns for mark in read.marks.get(column.note_pk or 0, ()))
            found[item.pk] = ItemNotes(
                item_pk=item.pk,
                is_seen=True,
                columns=columns,
                marks=marks,
                may_write=may_write,
                may_keep=may_keep,
            )
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """Everything about the notes of a meeting, read once."""

    notes: Mapping[tuple[int, int], Note]
    latest: Mapping[int, NoteRevision]
    translated: Mapping[int, TranslationRevision]
    marks: Mapping[int, Sequence[MarkShown]]
    approved: Mapping[int, NoteRevision]
    corrections: Mapping[int, Sequence[NoteRevision]]
    approved_parts: frozenset[int]
    clocks: Hours

    @classmethod
    def of(cls, *, meeting: Meeting, viewer: Viewer) -> "_Read":
        notes = list(Note.objects.filter(item__part__meeting=meeting).select_related("item"))
        pks = [note.pk for note in notes]
        latest = {row.note_id: row for row in latest_revisions(note_pks=pks)}
        minutes = list(Minutes.objects.filter(part__meeting=meeting, approved_at__isnull=False))
        approved, corrections = _approved(minutes=minutes, note_pks=pks)
        return cls(
            notes={(note.item_id, note.place_id): note for note in notes},
            latest=latest,
            translated=latest_translations(note_pks=pks),
            marks=marks_of(notes=notes, latest=latest, viewer=viewer),
            approved=approved,
            corrections=corrections,
            approved_parts=frozenset(row.part_id for row in minutes),
            clocks=hours(),
        )

    def column(self, *, item_pk: int, place: Place) -> PlaceNotes:
        """What one place noted of an item."""
        note = self.notes.get((item_pk, place.pk))
        name = text_of(row=place, name="name")
        named = name_of_notes(place=name, online=place.online)
        if note is None:
            return PlaceNotes(
                place=name, named=named, place_code=place.code, place_pk=place.pk, language=place.language
            )
        revision = self.latest[note.pk]
        marked: dict[int, list[MarkShown]] = defaultdict(list)
        for mark in self.marks.get(note.pk, ()):
            marked[mark.line].append(mark)
        return PlaceNotes(
            place=name,
            named=named,
            place_code=place.code,
            place_pk=place.pk,
            language=note.language,
            note_pk=note.pk,
            number=revision.number,
            how=revision.kind,
            nodes=tree(paragraphs(text=revision.text)),
            changed=self.clocks.moment(revision.made_at),
            is_approved=note.item.part_id in self.approved_parts,
            approved=self._approved_of(note=note, revision=revision),
            translation=self._translation_of(note=note, revision=revision),
            marked=marked,
        )

    def _approved_of(self, *, note: Note, revision: NoteRevision) -> ApprovedShown | None:
        approved = self.approved.get(note.pk)
        if approved is None or approved.number == revision.number:
            return None
        corrections = tuple(
            (self.clocks.moment(row.made_at), row.made_by.name if row.made_by else "", row.why)
            for row in self.corrections.get(note.pk, ())
            if row.number > approved.number
        )
        return ApprovedShown(
            number=approved.number, nodes=tree(paragraphs(text=approved.text)), corrections=corrections
        )

    def _translation_of(self, *, note: Note, revision: NoteRevision) -> TranslationShown | None:
        row = self.translated.get(note.pk)
        return None if row is None else translation_shown(row=row, text=revision.text, clocks=self.clocks)


def translation_shown(*, row: TranslationRevision, text: str, clocks: Hours) -> TranslationShown:
    """A revision of a translation beside the text there is now. It is older, whatever was said of it before."""
    mine = paragraphs(text=row.text)
    beside = abreast(text=text, translation=[one.words for one in mine], made_of=row.made_of)
    state = "older" if beside.is_older else str(row.state)
    reviewed = row.state == TranslationState.REVIEWED
    return TranslationShown(
        language=row.translation.language,
        state=state,
        number=row.number,
        nodes=tree(mine),
        beside=beside,
        translator=row.translator.name if row.translator else "",
        reviewer=row.reviewer.name if row.reviewer else "",
        reviewed_by_translator=reviewed and row.reviewer_id == row.translator_id,
        made=clocks.moment(row.made_at),
    )


def _approved(
    *, minutes: Sequence[Minutes], note_pks: Sequence[int]
) -> tuple[Mapping[int, NoteRevision], Mapping[int, Sequence[NoteRevision]]]:
    """The revision of each note that was approved, and the corrections since. Two queries."""
    rows = MinutesText.objects.filter(minutes__in=minutes).select_related("revision")
    approved = {row.revision.note_id: row.revision for row in rows}
    corrections: dict[int, list[NoteRevision]] = defaultdict(list)
    later = NoteRevision.objects.filter(note__in=note_pks, kind=RevisionKind.CORRECTED)
    for revision in later.select_related("made_by").order_by("note", "number"):
        corrections[revision.note_id].append(revision)
    return approved, corrections
