"""Translating notes, paragraph by paragraph beside the text, and looking a translation through.

A translation keeps of each paragraph what it was made of, so it is known which ones are older when the text changes.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from django.db import transaction

from tequio.accounts.models import User
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.meetings.models import Note, NoteRevision, Translation, TranslationRevision, TranslationState
from tequio.rules.paragraphs import LONGEST, in_its_place, paragraphs
from tequio.rules.reasons import Text
from tequio.rules.wording import cleaned_line

OTHER: Final[Mapping[str, str]] = {"en": "es", "es": "en"}


def other_language(language: str, /) -> str:
    """The language a text in this one is translated into."""
    return OTHER[language]


@transaction.atomic
def translate(
    *, note: Note, of: int, said: Sequence[str], base: int, by: User | None, actor: str, at: datetime
) -> tuple[TranslationRevision, tuple[Text, ...]]:
    """Write the translation of revision `of`: for each of its paragraphs what it says, empty where not yet translated.

    `base` is the revision of the translation that was before the translator (0: none). Of what somebody else
    translated meanwhile nothing is lost: a paragraph both translated stands there twice, and it is told. Refuses a
    translation without a word, of another number of paragraphs, of a revision that never was, or too long.
    """
    held = Note.objects.select_for_update().get(pk=note.pk)
    revision = _revision(note=held, number=of)
    originals = paragraphs(text=revision.text)
    if len(said) != len(originals):
        raise Refusal(
            en=f"The text has {len(originals)} paragraphs and the translation {len(said)}.",
            es=f"El texto tiene {len(originals)} párrafos y la traducción {len(said)}.",
        )
    clean = [cleaned_line(one) for one in said]
    if not any(clean):
        raise Refusal(en="Translate a paragraph first.", es="Traduzca primero un párrafo.")
    translation, _ = Translation.objects.get_or_create(note=held, defaults={"language": other_language(held.language)})
    last = translation.revisions.select_related("translator").order_by("-number").first()
    prints = [one.fingerprint for one in originals]
    told: tuple[Text, ...] = ()
    if last is not None and last.number != base:
        clean, told = _together(translation=translation, last=last, base=base, prints=prints, said=clean, by=by)
    lines = [
        (in_its_place(original=one, translated=words), mark)
        for one, words, mark in zip(originals, clean, prints, strict=True)
        if words
    ]
    text = "\n".join(line for line, _ in lines)
    if len(text) > LONGEST:
        raise Refusal(
            en=f"A translation has at most {LONGEST:,} characters.",
            es=f"Una traducción tiene cuando más {LONGEST:,} caracteres.",
        )
    made_of = [mark for _, mark in lines]
    if last is not None and (last.text, last.made_of) == (text, made_of):
        return last, told
    made = TranslationRevision.objects.create(
        translation=translation,
        number=last.number + 1 if last is not None else 1,
        base=base,
        text=text,
        made_of=made_of,
        translator=by,
        made_at=at,
    )
    _write_down(kind=Kind.NOTES_TRANSLATED, note=held, number=made.number, actor=actor, at=at)
    return made, told


def _together(
    *,
    translation: Translation,
    last: TranslationRevision,
    base: int,
    prints: Sequence[str],
    said: Sequence[str],
    by: User | None,
) -> tuple[list[str], tuple[Text, ...]]:
    """Each paragraph as whoever changed it has it; both wordings, each under its name, where both did otherwise."""
    theirs = by_print(revision=last)
    before = translation.revisions.filter(number=base).first()
    was = by_print(revision=before) if before is not None else {}
    their_name = last.translator.name if last.translator else "—"
    my_name = by.name if by is not None else "—"
    made: list[str] = []
    twice = 0
    for mark, mine in zip(prints, said, strict=True):
        there, old = theirs.get(mark, ""), was.get(mark, "")
        if there in (old, mine) or not there:
            made.append(mine)
        elif mine == old or not mine:
            made.append(there)
        else:
            twice += 1
            made.append(f"[{their_name}] {there} [{my_name}] {mine}")
    told = [
        Text(
            en=f"{their_name} translated here while you did. Nothing is lost.",
            es=f"{their_name} tradujo aquí al mismo tiempo que usted. No se perdió nada.",
        )
    ]
    if twice:
        told.append(
            Text(
                en=f"Paragraphs that both of you translated: {twice}. Both wordings stand there, each with its name: "
                "choose one.",
                es=f"Párrafos que tradujeron los dos: {twice}. Ahí están las dos redacciones, cada una con su nombre: "
                "elijan una.",
            )
        )
    return made, tuple(told)


def by_print(*, revision: TranslationRevision) -> Mapping[str, str]:
    """What a translation says for each paragraph it was made of, by that paragraph's fingerprint."""
    words = [one.words for one in paragraphs(text=revision.text)]
    return dict(zip(revision.made_of, words, strict=False))


@transaction.atomic
def review(*, note: Note, number: int, by: User, actor: str, at: datetime) -> TranslationRevision:
    """Say that a translation was looked through; who translated it may do so too, and then it says so.

    Refuses one that was changed meanwhile, and one reviewed already changes nothing.
    """
    held = Note.objects.select_for_update().get(pk=note.pk)
    last = TranslationRevision.objects.filter(translation__note=held).order_by("-number").first()
    if last is None:
        raise Refusal(en="There is no translation yet.", es="Todavía no hay traducción.")
    if last.number != number:
        raise Refusal(
            en="The translation was changed meanwhile. Look at it once more.",
            es="La traducción cambió entretanto. Revísela otra vez.",
        )
    if last.state == TranslationState.REVIEWED:
        return last
    made = TranslationRevision.objects.create(
        translation_id=last.translation_id,
        number=last.number + 1,
        base=last.number,
        text=last.text,
        made_of=last.made_of,
        state=TranslationState.REVIEWED,
        translator_id=last.translator_id,
        reviewer=by,
        made_at=at,
    )
    _write_down(kind=Kind.NOTES_REVIEWED, note=held, number=made.number, actor=actor, at=at)
    return made


def _revision(*, note: Note, number: int) -> NoteRevision:
    found = note.revisions.filter(number=number).first()
    if found is None:
        raise Refusal(en=f"There is no revision {number}.", es=f"No existe la revisión {number}.")
    return found


def _write_down(*, kind: Kind, note: Note, number: int, actor: str, at: datetime) -> None:
    meeting = Note.objects.values_list("item__part__meeting_id", flat=True).get(pk=note.pk)
    payload = {"note": note.pk, "translation": number}
    journal.append(kind=kind, subject=f"meeting:{meeting}", actor=actor, at=at, payload=payload)
