"""What people say of a proposal: comments on a version, and how they stand to a question, in their own words."""

from datetime import datetime

from django.db import transaction

from tequio.accounts.models import User
from tequio.decisions.locking import lock_proposal
from tequio.decisions.models import Comment, Position, Proposal, Question, Stance
from tequio.decisions.operations.versions import latest_version
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.rules.reasons import LANGUAGES
from tequio.rules.wording import cleaned, cleaned_line

LONGEST_COMMENT = 5_000
LONGEST_POSITION = 2_000
LONGEST_NAME = 120


@transaction.atomic
def comment(*, proposal: Proposal, text: str, language: str, by: User, actor: str, at: datetime) -> Comment:
    """Say something about a proposal as it is now. It restarts nothing, and what was said is never changed."""
    held = lock_proposal(proposal=proposal)
    said = _said(text=text, language=language, longest=LONGEST_COMMENT)
    version = latest_version(proposal=held)
    made = Comment.objects.create(version=version, user=by, text=said, language=language, at=at)
    journal.append(
        kind=Kind.PROPOSAL_COMMENTED,
        subject=f"proposal:{held.code}",
        actor=actor,
        at=at,
        payload={"version": version.number},
    )
    return made


@transaction.atomic
def take_position(
    *,
    question: Question,
    stance: str,
    words: str,
    language: str,
    of: User | None = None,
    said_by: str = "",
    by: User,
    actor: str,
    at: datetime,
) -> Position:
    """Write down how somebody stands to a question or a part: `of` a person, or `said_by` one without an account.

    Without either it is that of whoever writes. The last one counts; those before it stay. Positions are also taken
    when the question has ended, as when notes of a sitting are entered.
    """
    name = cleaned_line(said_by)
    if len(name) > LONGEST_NAME:
        raise Refusal(
            en=f"A name has at most {LONGEST_NAME} characters.", es=f"Un nombre tiene cuando más {LONGEST_NAME} letras."
        )
    if of is not None and name:
        raise Refusal(
            en="It is the position of somebody with an account or of somebody without one, not both.",
            es="Es la postura de alguien con cuenta o de alguien sin cuenta, no de ambos.",
        )
    if stance not in Stance.values:
        known = ", ".join(Stance.values)
        raise Refusal(
            en=f"How does it stand to the question? There are: {known}.", es=f"¿Cuál es su postura? Existen: {known}."
        )
    held = lock_proposal(proposal=question.proposal)
    position = Position.objects.create(
        question=question,
        user=None if name else of or by,
        said_by=name,
        stance=stance,
        words=_said(text=words, language=language, longest=LONGEST_POSITION),
        language=language,
        entered_by=by,
        at=at,
    )
    journal.append(
        kind=Kind.POSITION_TAKEN,
        subject=f"proposal:{held.code}",
        actor=actor,
        at=at,
        payload={"part": question.number, "person": position.user.actor if position.user else None},
    )
    return position


def _said(*, text: str, language: str, longest: int) -> str:
    if language not in LANGUAGES:
        raise Refusal(en="Say it in English or in Spanish: en or es.", es="Dígalo en español o en inglés: es o en.")
    said = cleaned(text)
    if not said:
        raise Refusal(en="Say it in your own words.", es="Dígalo con sus palabras.")
    if len(said) > longest:
        raise Refusal(
            en=f"Say it in {longest:,} characters; these are {len(said):,}.",
            es=f"Dígalo en {longest:,} caracteres; son {len(said):,}.",
        )
    return said
