"""What may not be asked again as it is: what a body did not approve, and what it approved in principle."""

from collections.abc import Mapping

from tequio.decisions.models import Body, Proposal, Question
from tequio.decisions.operations.parts import effects_of_parts, questions_of, words_of_parts
from tequio.decisions.operations.versions import latest_version
from tequio.decisions.wordings import bare, content_of
from tequio.kernel.errors import Refusal
from tequio.rules.amending import Content, is_substantive
from tequio.rules.dividing import End
from tequio.rules.reasons import Text
from tequio.rules.wording import Field, Words


def refuse_unchanged(*, body: Body, content: Content, comes_back_from: Proposal | None) -> None:
    """Refuse to circulate again what the body did not approve, or approved in principle, without substantive changes.

    Source: the committee's rules of 2013. It is asked of every proposal, so that nobody need say that it comes back;
    details are asked of one that says so.
    """
    for part in _not_approved(body=body):
        if _is_same_question(before=_content(part), after=content, whole=part.number == 0):
            code = part.proposal.code
            raise Refusal(
                en=f"The same was not approved as proposal {code}. It comes back only with substantive changes.",
                es=f"Lo mismo no se aprobó como propuesta {code}. Solo vuelve con cambios de fondo.",
            )
    if comes_back_from is not None:
        version = latest_version(proposal=comes_back_from)
        in_principle = any(part.end == End.IN_PRINCIPLE for part in questions_of(version=version))
        if in_principle and not is_substantive(before=content_of(version=version), after=content):
            raise Refusal(
                en="It was approved in principle; it comes back with the details it lacks.",
                es="Se aprobó en principio; vuelve con los detalles que le faltan.",
            )


def _content(part: Question) -> Content:
    version = part.version
    return Content(
        words=words_of_parts(version=version, parts=[part]),
        effects=bare(effects=effects_of_parts(version=version, parts=[part])),
    )


def _not_approved(*, body: Body) -> list[Question]:
    """The questions, or parts, that a body did not approve. The whole of a divided one follows from its parts."""
    rows = Question.objects.filter(proposal__body=body, end=End.NOT_APPROVED.value)
    found = list(rows.select_related("version", "proposal").order_by("pk"))
    divided = {question.version_id for question in found if question.number}
    return [question for question in found if question.number or question.version_id not in divided]


def _is_same_question(*, before: Content, after: Content, whole: bool) -> bool:
    """Whether what is asked now was asked before; the ask of a part was that of its whole, and does not count."""
    if whole:
        return not is_substantive(before=before, after=after)
    fields: Mapping[Field, Text] = {field: after.words.of(field) for field in Field} | {Field.ASK: before.words.ask}
    now = Content(words=Words.made_of(original=before.words.original, fields=fields), effects=after.effects)
    return not is_substantive(before=before, after=now)
