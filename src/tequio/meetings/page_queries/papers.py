"""Notes and minutes as something to take along: one thing to read, which Markdown and PDF are then made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tequio.meetings.page_queries.minutes import MinutesShown
from tequio.meetings.page_queries.notes import ItemNotes, PlaceNotes
from tequio.meetings.page_queries.reading import Reading
from tequio.rules.paragraphs import Node, Paragraph
from tequio.rules.reasons import LANGUAGES, Language, Text

BOTH: Final = "both"
WHICH: Final = (*LANGUAGES, BOTH)
_ORIGINAL: Final = Text(en="original", es="original")
_NOT_TRANSLATED: Final = Text(en="original, not translated yet", es="original, todavía sin traducir")
_APPROVED: Final = Text(en="as approved", es="como se aprobó")


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """What one place noted, in one language, and what that text is."""

    place: Text
    language: str
    state: Text
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """Notes or minutes in one language or in both (`which`): their head, and item by item what was noted."""

    which: str
    title: Text
    head: tuple[Text, ...]
    items: tuple[tuple[Text, tuple[Passage, ...]], ...]

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages in which headings are said."""
        return LANGUAGES if self.which == BOTH else ("es",) if self.which == "es" else ("en",)

    def said(self, text: Text) -> str:
        """A heading in the languages of the paper, once where they are the same."""
        return " / ".join(dict.fromkeys(text.to(language) for language in self.languages))


def paper_of_notes(*, reading: Reading, notes: Mapping[int, ItemNotes], which: str) -> Paper:
    """The notes of a meeting as they are now, of the items that are read there."""
    items = tuple(
        (title, tuple(p for column in notes[pk].columns for p in _passages(column=column, which=which)))
        for part in reading.parts
        for pk, _, title in part.items
    )
    bodies = Text(
        en=", ".join(part.body.en for part in reading.parts), es=", ".join(part.body.es for part in reading.parts)
    )
    title = Text(en=f"Notes: {reading.title.en}", es=f"Notas: {reading.title.es}")
    return Paper(which=which, title=title, head=(bodies, reading.when.said), items=items)


def _passages(*, column: PlaceNotes, which: str) -> Sequence[Passage]:
    if column.is_empty:
        return ()
    translation = column.translation
    return _chosen(
        place=column.place,
        language=column.language,
        original=column.nodes,
        state=_ORIGINAL,
        translation=translation.nodes if translation else (),
        of_translation=Text(
            en=f"translation, {translation.word.en}" if translation else "",
            es=f"traducción, {translation.word.es}" if translation else "",
        ),
        which=which,
    )


def paper_of_minutes(*, shown: MinutesShown, which: str) -> Paper:
    """Minutes as they were approved. Corrections stand on their page, with their days and reasons."""
    items = tuple(
        (
            title,
            tuple(
                passage
                for one in texts
                if one.nodes
                for passage in _chosen(
                    place=one.place,
                    language=one.language,
                    original=one.nodes,
                    state=_APPROVED,
                    translation=one.translation,
                    of_translation=Text(en="translation at approval", es="traducción al aprobarse"),
                    which=which,
                )
            ),
        )
        for title, texts in shown.items
    )
    head = [shown.body, shown.when.said]
    if shown.approved is not None:
        head.append(Text(en=f"Approved: decision {shown.decision}", es=f"Aprobada: acuerdo {shown.decision}"))
    title = Text(en=f"Minutes: {shown.title.en}", es=f"Minuta: {shown.title.es}")
    return Paper(which=which, title=title, head=tuple(head), items=items)


def _chosen(
    *,
    place: Text,
    language: str,
    original: tuple[Node, ...],
    state: Text,
    translation: tuple[Node, ...],
    of_translation: Text,
    which: str,
) -> Sequence[Passage]:
    """In one language the original or its translation, else the original, which says so; in both all there is."""
    other = "en" if language == "es" else "es"
    first = Passage(place=place, language=language, state=state, paragraphs=_flat(original))
    second = Passage(place=place, language=other, state=of_translation, paragraphs=_flat(translation))
    if which == BOTH:
        return [first, second] if translation else [first]
    if which == language:
        return [first]
    if translation:
        return [second]
    return [Passage(place=place, language=language, state=_NOT_TRANSLATED, paragraphs=_flat(original))]


def _flat(nodes: Sequence[Node]) -> tuple[Paragraph, ...]:
    """Paragraphs in their order, each with its depth."""
    found: list[Paragraph] = []
    for node in nodes:
        found.append(node.paragraph)
        found.extend(_flat(node.below))
    return tuple(found)
