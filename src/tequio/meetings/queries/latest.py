"""The newest revision of notes and of their translations."""

from collections.abc import Mapping, Sequence

from django.db.models import OuterRef, QuerySet, Subquery

from tequio.meetings.models import NoteRevision, TranslationRevision


def latest_revisions(*, note_pks: Sequence[int]) -> QuerySet[NoteRevision]:
    """The newest revision of each note. One query."""
    newest = NoteRevision.objects.filter(note=OuterRef("note")).order_by("-number").values("number")[:1]
    rows = NoteRevision.objects.filter(note__in=note_pks, number=Subquery(newest))
    return rows.select_related("made_by")


def latest_translations(*, note_pks: Sequence[int]) -> Mapping[int, TranslationRevision]:
    """The newest revision of the translation of each note that has one. One query."""
    newest = TranslationRevision.objects.filter(translation=OuterRef("translation")).order_by("-number")
    rows = TranslationRevision.objects.filter(
        translation__note__in=note_pks, number=Subquery(newest.values("number")[:1])
    )
    return {row.translation.note_id: row for row in rows.select_related("translation", "translator", "reviewer")}
