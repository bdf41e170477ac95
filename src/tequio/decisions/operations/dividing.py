"""Dividing the question: parts that share out a version's paragraphs and effects, each voted by itself."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from tequio.accounts.models import User
from tequio.decisions.effects.in_order import foreseen_by, rests_on
from tequio.decisions.effects.registry import Effect
from tequio.decisions.locking import lock_proposal
from tequio.decisions.models import Proposal, Question, Stage, Version
from tequio.decisions.operations.refusing import refuse_closed
from tequio.decisions.operations.versions import latest_version
from tequio.decisions.wordings import words_of
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.rules.dividing import Part, faults_of_division
from tequio.rules.reasons import Text
from tequio.rules.wording import LONGEST_ASK, Words, cleaned_line, paragraphs_of


@transaction.atomic
def divide(
    *, proposal: Proposal, against: int, parts: Sequence[Part], by: User, actor: str, at: datetime
) -> list[Question]:
    """Divide the question of a version into parts, in place of an earlier division of it, and return them.

    Refuses parts that do not share out the paragraphs and effects, each into just one; a text whose languages have
    different numbers of paragraphs; a version that is not the last one; parts of which one was already voted.
    """
    held = lock_proposal(proposal=proposal)
    version = _open_version(proposal=held, against=against)
    named = [_named(part) for part in parts]
    faults = faults_of_division(
        parts=named, paragraphs=_paragraphs(words=words_of(version=version)), effects=len(version.effects)
    )
    if faults:
        raise Refusal(en=" ".join(fault.en for fault in faults), es=" ".join(fault.es for fault in faults))
    _refuse_torn(version=version, parts=named)
    _forget_parts(version=version)
    made = Question.objects.bulk_create(
        Question(
            proposal=held,
            version=version,
            number=number,
            title_en=part.title.en,
            title_es=part.title.es,
            paragraphs=sorted(part.paragraphs),
            effects=sorted(part.effects),
        )
        for number, part in enumerate(named, start=1)
    )
    journal.append(
        kind=Kind.PROPOSAL_DIVIDED,
        subject=f"proposal:{held.code}",
        actor=actor,
        at=at,
        payload={"version": version.number, "parts": len(made), "by": by.pk},
    )
    return made


@transaction.atomic
def undivide(*, proposal: Proposal, against: int, by: User, actor: str, at: datetime) -> Question:
    """Put a divided question together again, and return it. Refuses one that is not divided, or was voted in part."""
    held = lock_proposal(proposal=proposal)
    version = _open_version(proposal=held, against=against)
    if not Question.objects.filter(version=version, number__gt=0).exists():
        raise Refusal(en="The question is not divided.", es="La cuestión no está dividida.")
    _forget_parts(version=version)
    journal.append(
        kind=Kind.PROPOSAL_UNDIVIDED,
        subject=f"proposal:{held.code}",
        actor=actor,
        at=at,
        payload={"version": version.number, "by": by.pk},
    )
    return Question.objects.get(version=version, number=0)


def _open_version(*, proposal: Proposal, against: int) -> Version:
    if proposal.stage == Stage.DRAFT:
        raise Refusal(
            en="A draft is not divided: circulate it first.", es="Un borrador no se divide: primero hágalo circular."
        )
    refuse_closed(proposal=proposal)
    version = latest_version(proposal=proposal)
    if version.number != against:
        raise Refusal(
            en=f"You looked at version {against}, and version {version.number} is there by now. Look at it and divide "
            "that.",
            es=f"Usted vio la versión {against} y ya existe la versión {version.number}. Véala y divida esa.",
        )
    return version


def _named(part: Part) -> Part:
    title = Text(en=cleaned_line(part.title.en), es=cleaned_line(part.title.es))
    if max(len(title.en), len(title.es)) > LONGEST_ASK:
        raise Refusal(
            en=f"A part's title has at most {LONGEST_ASK} characters.",
            es=f"El título de una parte tiene cuando más {LONGEST_ASK} caracteres.",
        )
    return Part(title=title, paragraphs=tuple(part.paragraphs), effects=tuple(part.effects))


def _refuse_torn(*, version: Version, parts: Sequence[Part]) -> None:
    """Refuse to part an effect from the one that founds what it is about: one could be decided and not carried out."""
    part_of = {position: number for number, part in enumerate(parts, start=1) for position in part.effects}
    effects = [Effect.of(one) for one in version.effects]
    for position, (effect, foreseen) in enumerate(zip(effects, foreseen_by(effects=effects), strict=True)):
        for number in rests_on(data=effect.data, foreseen=foreseen):
            if part_of[position] != part_of[number - 1]:
                raise Refusal(
                    en=f"Effect {position + 1} is about what effect {number} founds: both belong to the same part.",
                    es=f"El efecto {position + 1} trata de lo que crea el efecto {number}: los dos van en la misma "
                    "parte.",
                )


def _paragraphs(*, words: Words) -> int:
    """How many paragraphs the text has: as many in both languages, unless one is not there at all."""
    here, there = (len(paragraphs_of(text=words.text.to(language))) for language in ("en", "es"))
    if here and there and here != there:
        raise Refusal(
            en=f"The text has {here} paragraphs in English and {there} in Spanish. To divide it, both need as many, "
            "each about the same.",
            es=f"El texto tiene {here} párrafos en inglés y {there} en español. Para dividirlo, deben ser los mismos "
            "en ambos, cada uno sobre lo mismo.",
        )
    return max(here, there)


def _forget_parts(*, version: Version) -> None:
    """Remove the parts of an earlier division of a version. What people said of them is said of the whole from now."""
    parts = Question.objects.filter(version=version, number__gt=0)
    whole = Question.objects.get(version=version, number=0)
    if parts.exclude(end="").exists() or parts.filter(votes__isnull=False).exists():
        raise Refusal(
            en="A part of it was voted already; the division stays.",
            es="Ya se votó una de sus partes; la división se queda.",
        )
    for part in parts:
        part.positions.update(question=whole)
    parts.delete()
