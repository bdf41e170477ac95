"""What the questions of a version hold: the whole, or each part its own paragraphs and effects; and how they end."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from tequio.decisions.models import Question, Version
from tequio.decisions.wordings import words_of
from tequio.rules.dividing import FINAL, End, end_of_whole
from tequio.rules.reasons import Text
from tequio.rules.wording import Field, Words, paragraphs_of


def questions_of(*, version: Version) -> list[Question]:
    """The questions a version puts to the vote: its parts where it is divided, else the whole. One query."""
    questions = list(version.questions.order_by("number"))
    return [question for question in questions if question.number] or questions


def words_of_parts(*, version: Version, parts: Sequence[Question]) -> Words:
    """The words of a version, its text only in the paragraphs of these parts."""
    words = words_of(version=version)
    if any(part.number == 0 for part in parts):
        return words
    kept = sorted(at for part in parts for at in part.paragraphs)
    text = Text(en=_only(words.text.en, kept), es=_only(words.text.es, kept))
    fields = {field: words.of(field) for field in Field} | {Field.TEXT: text}
    return Words.made_of(original=words.original, fields=fields)


def _only(text: str, kept: Sequence[int]) -> str:
    paragraphs = paragraphs_of(text=text)
    return "\n\n".join(paragraphs[at] for at in kept if at < len(paragraphs))


def effects_of_parts(*, version: Version, parts: Sequence[Question]) -> list[dict[str, Any]]:
    """The effects of a version that these parts are about, as the version keeps them."""
    written: list[dict[str, Any]] = version.effects
    if any(part.number == 0 for part in parts):
        return written
    return [written[at] for at in sorted(at for part in parts for at in part.effects)]


def end_as_withdrawn(*, version: Version, at: datetime) -> End | None:
    """End as withdrawn what is not answered for good of a version, and return how the whole ends."""
    parts = questions_of(version=version)
    for part in parts:
        if not part.end or End(part.end) not in FINAL:
            part.end, part.ended_at = End.WITHDRAWN.value, at
            part.save(update_fields=["end", "ended_at"])
    end = end_of_whole(parts=[End(part.end) for part in parts])
    if parts[0].number and end is not None:
        Question.objects.filter(version=version, number=0).update(end=end.value, ended_at=at)
    return end
