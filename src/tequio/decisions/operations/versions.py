"""The next version of a proposal: written whole, with its question; a division of the one before lapses with it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from tequio.accounts.models import User
from tequio.decisions.models import Proposal, Question, Version
from tequio.decisions.wordings import columns_of
from tequio.kernel.errors import Refusal
from tequio.rules.reasons import LANGUAGES
from tequio.rules.translations import Marks
from tequio.rules.wording import LONGEST_ASK, Words, cleaned_line, faults_of


def latest_version(*, proposal: Proposal) -> Version:
    """The version of a proposal that counts: its last one."""
    return proposal.versions.order_by("-number")[0]


def version_of(*, proposal: Proposal, number: int) -> Version:
    """A version by its number. Refuses one that is not there."""
    found = proposal.versions.filter(number=number).first()
    if found is None:
        raise Refusal(
            en=f"Proposal {proposal.code} has no version {number}.",
            es=f"La propuesta {proposal.code} no tiene versión {number}.",
        )
    return found


def clean_words(*, words: Words) -> Words:
    """Words as they are kept. Refuses what is too long, and an ask that is missing in the original."""
    if words.original not in LANGUAGES:
        raise Refusal(
            en="The original is in English or in Spanish: en or es.",
            es="El original está en español o en inglés: es o en.",
        )
    clean = words.cleaned()
    for fault in faults_of(words=clean):
        raise Refusal(en=fault.says.en, es=fault.says.es)
    return clean


def short_note(*, text: str) -> str:
    """A remark of one line. Refuses one that is too long."""
    line = cleaned_line(text)
    if len(line) > LONGEST_ASK:
        raise Refusal(
            en=f"Say it in {LONGEST_ASK} characters; these are {len(line)}.",
            es=f"Dígalo en {LONGEST_ASK} caracteres; son {len(line)}.",
        )
    return line


def write_version(
    *,
    proposal: Proposal,
    number: int,
    words: Words,
    marks: Marks,
    effects: Sequence[Mapping[str, Any]],
    note: str,
    by: User,
    at: datetime,
) -> Version:
    """Write a version and the question it puts as a whole, in the caller's transaction.

    The question's title is the ask; where one language lacks it, it says it in the original.
    """
    version = Version.objects.create(
        proposal=proposal,
        number=number,
        effects=list(effects),
        note=note,
        made_by=by,
        made_at=at,
        **columns_of(words=words, marks=marks),
    )
    original = words.ask.to(words.original)
    Question.objects.create(
        proposal=proposal,
        version=version,
        number=0,
        title_en=words.ask.en or original,
        title_es=words.ask.es or original,
    )
    return version


def keep_division(*, before: Version, after: Version) -> None:
    """Divide a version as the one before was, where neither words nor effects changed between them."""
    parts = Question.objects.filter(version=before, number__gt=0).order_by("number")
    Question.objects.bulk_create(
        Question(
            proposal_id=after.proposal_id,
            version=after,
            number=part.number,
            title_en=part.title_en,
            title_es=part.title_es,
            paragraphs=part.paragraphs,
            effects=part.effects,
        )
        for part in parts
    )
