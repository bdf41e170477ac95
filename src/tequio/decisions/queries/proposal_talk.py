"""What people ask and say about a proposal: amendments with what is in their way, positions, comments, files."""

import base64
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from tequio.decisions.edits_kept import asked_of, edits_of
from tequio.decisions.models import (
    Amendment,
    AmendmentState,
    Attachment,
    Comment,
    Position,
    Proposal,
    Question,
    Stance,
    Version,
)
from tequio.decisions.moved import AmendmentsInTheWay
from tequio.decisions.queries.hours import Hours, Moment
from tequio.decisions.queries.proposal_words import DifferenceShown, differences_shown
from tequio.decisions.wordings import content_of
from tequio.kernel.errors import Refusal
from tequio.kernel.texts import text_of
from tequio.rules.amending import Asked, Content, taken
from tequio.rules.differences import shown
from tequio.rules.reasons import Text

AMENDMENT_STATE_NAMES = {
    AmendmentState.OPEN: Text(en="open", es="abierta"),
    AmendmentState.ACCEPTED: Text(en="accepted by the sponsor", es="aceptada por quien propone"),
    AmendmentState.ADOPTED: Text(en="adopted by a vote", es="adoptada en una votación"),
    AmendmentState.REJECTED: Text(en="not accepted", es="no aceptada"),
    AmendmentState.WITHDRAWN: Text(en="withdrawn", es="retirada"),
}
STANCE_NAMES = {
    Stance.FOR: Text(en="for", es="a favor"),
    Stance.AGAINST: Text(en="against", es="en contra"),
    Stance.CONCERN: Text(en="has a concern", es="tiene una preocupación"),
    Stance.OTHER: Text(en="says", es="opina"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendmentLine:
    """An amendment, and what it would change.

    `in_the_way` says why it cannot be taken as the text is now; `clashes_with` are the numbers of open ones that cannot
    be taken together with it.
    """

    number: int
    version: int
    why: Text
    made_by: str
    made_by_pk: int
    made: Moment
    state: str
    state_name: Text
    ended: Moment | None
    into: int | None
    changes: tuple[DifferenceShown, ...]
    in_the_way: Text | None
    clashes_with: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionLine:
    """How somebody stands to a question. `replaced`: the same person has said something else of it since."""

    who: str
    has_account: bool
    stance: str
    stance_name: Text
    words: str
    language: str
    part: int
    title: Text
    version: int
    said: Moment
    entered_by: str | None
    replaced: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentLine:
    """What somebody said of a version."""

    who: str
    text: str
    language: str
    version: int
    said: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLine:
    """A file beside a proposal; removed ones stay named."""

    pk: int
    name: str
    size: int
    who: str
    who_pk: int
    attached: Moment
    removed: Moment | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToSave:
    """A file to be handed out, to be saved and nothing else: no browser is to show or run it here."""

    name: str
    content: bytes


def amendments_listed(*, proposal: Proposal, latest: Version, clocks: Hours) -> tuple[AmendmentLine, ...]:
    """The amendments of a proposal in the order they were asked for. One query."""
    rows = list(proposal.amendments.select_related("version", "made_by", "into").order_by("number"))
    current = content_of(version=latest)
    asked = {row.number: asked_of(amendment=row) for row in rows if row.state == AmendmentState.OPEN}
    ways = {number: _way(current=current, asked=one) for number, one in asked.items()}
    clashes = _clashes(current=current, asked=[one for number, one in asked.items() if ways[number] is None])
    return tuple(
        _amendment(row=row, way=ways.get(row.number), clashes=clashes.get(row.number, []), clocks=clocks)
        for row in rows
    )


def _way(*, current: Content, asked: Asked) -> Text | None:
    found = taken(current=current, asked=[asked])
    return None if found.content is not None else AmendmentsInTheWay(found=found).text


def _clashes(*, current: Content, asked: Sequence[Asked]) -> dict[int, list[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for clash in taken(current=current, asked=asked).clashes:
        found[clash.first].add(clash.second)
        found[clash.second].add(clash.first)
    return {number: sorted(others) for number, others in found.items()}


def _amendment(*, row: Amendment, way: Text | None, clashes: Sequence[int], clocks: Hours) -> AmendmentLine:
    found = shown(content=content_of(version=row.version), edits=edits_of(amendment=row))
    return AmendmentLine(
        number=row.number,
        version=row.version.number,
        why=Text(en=row.why_en or row.why_es, es=row.why_es or row.why_en),
        made_by=row.made_by.name,
        made_by_pk=row.made_by_id,
        made=clocks.moment(row.made_at),
        state=row.state,
        state_name=AMENDMENT_STATE_NAMES[AmendmentState(row.state)],
        ended=clocks.moment_or_none(row.ended_at),
        into=row.into.number if row.into else None,
        changes=differences_shown(found=found),
        in_the_way=way,
        clashes_with=tuple(clashes),
    )


def positions_listed(*, proposal: Proposal, clocks: Hours) -> tuple[PositionLine, ...]:
    """How people stand to a proposal and its parts, in the order they said so, over all its versions. One query."""
    rows = Position.objects.filter(question__proposal=proposal).order_by("at", "pk")
    rows = rows.select_related("user", "entered_by", "question__version")
    lines, last = [], {}
    for position, row in enumerate(rows):
        last[_whose(row)] = position
        lines.append(row)
    return tuple(
        _position(row=row, replaced=last[_whose(row)] != position, clocks=clocks) for position, row in enumerate(lines)
    )


def _whose(row: Position) -> tuple[object, int, str]:
    """Whose position it is, to what: two parts that are called alike in two versions are one thing."""
    return (row.user_id or row.said_by.casefold(), row.question.number, row.question.title_en)


def _position(*, row: Position, replaced: bool, clocks: Hours) -> PositionLine:
    question: Question = row.question
    by_other = row.user_id != row.entered_by_id
    return PositionLine(
        who=row.user.name if row.user else row.said_by,
        has_account=row.user is not None,
        stance=row.stance,
        stance_name=STANCE_NAMES[Stance(row.stance)],
        words=row.words,
        language=row.language,
        part=question.number,
        title=text_of(row=question, name="title"),
        version=question.version.number,
        said=clocks.moment(row.at),
        entered_by=row.entered_by.name if by_other else None,
        replaced=replaced,
    )


def comments_listed(*, proposal: Proposal, clocks: Hours) -> tuple[CommentLine, ...]:
    """What was said of a proposal, in order. One query."""
    rows = Comment.objects.filter(version__proposal=proposal).select_related("user", "version").order_by("at", "pk")
    return tuple(
        CommentLine(
            who=row.user.name,
            text=row.text,
            language=row.language,
            version=row.version.number,
            said=clocks.moment(row.at),
        )
        for row in rows
    )


def files_listed(*, proposal: Proposal, clocks: Hours) -> tuple[FileLine, ...]:
    """The files beside a proposal, without their content. One query."""
    rows = Attachment.objects.filter(proposal=proposal).select_related("user").defer("content").order_by("at", "pk")
    return tuple(
        FileLine(
            pk=row.pk,
            name=row.name,
            size=row.size,
            who=row.user.name,
            who_pk=row.user_id,
            attached=clocks.moment(row.at),
            removed=clocks.moment_or_none(row.removed_at),
        )
        for row in rows
    )


def file_to_save(*, proposal: Proposal, pk: int) -> ToSave:
    """The content of a file beside a proposal. Refuses one that is not there, is another's, or was removed.

    Whoever answers with it sends it as an attachment of no known type (application/octet-stream, nosniff), so that no
    browser shows or runs it on this site.
    """
    row = Attachment.objects.filter(proposal=proposal, pk=pk, removed_at__isnull=True).first()
    if row is None:
        raise Refusal(en="There is no such file, or it was removed.", es="No existe ese archivo, o se quitó.")
    return ToSave(name=row.name, content=base64.b64decode(row.content))
