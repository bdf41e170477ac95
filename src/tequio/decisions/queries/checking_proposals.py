"""What `tequio check` asks of proposals: clocks, versions, parts and ends follow from what was written."""

from collections.abc import Iterator
from itertools import pairwise

from tequio.decisions.effects.registry import kinds
from tequio.decisions.models import AmendmentState, Proposal, Question, Stage, Version
from tequio.decisions.wordings import words_of
from tequio.rules.dividing import End, Part, end_of_whole, faults_of_division
from tequio.rules.reasons import Text
from tequio.rules.wording import paragraphs_of


def proposal_differences() -> Iterator[str]:
    """A sentence for everything that does not follow, proposal by proposal. A number of queries for each of them."""
    known = {kind.name for kind in kinds()}
    for proposal in Proposal.objects.order_by("pk").iterator(chunk_size=500):
        versions = list(proposal.versions.order_by("number"))
        if [version.number for version in versions] != list(range(1, len(versions) + 1)) or not versions:
            yield f"proposal {proposal.code}: its versions are not numbered one after the other"
            continue
        yield from _clock(proposal, versions)
        latest = versions[-1]
        for effect in latest.effects if proposal.stage in (Stage.DRAFT, Stage.REVIEW, Stage.VOTE) else ():
            if effect["kind"] not in known:
                yield f"proposal {proposal.code}: there is no kind of effect {effect['kind']}"
        for version in versions:
            yield from _questions(proposal, version)
        taken = proposal.amendments.filter(state__in=[AmendmentState.ACCEPTED, AmendmentState.ADOPTED])
        for number in taken.filter(into__isnull=True).order_by("number").values_list("number", flat=True):
            yield f"proposal {proposal.code}: amendment {number} was taken into no version"


def _clock(proposal: Proposal, versions: list[Version]) -> Iterator[str]:
    """Its hours begin when it was circulated, or with the last change of words or effects after that."""
    began = proposal.submitted_at
    for before, after in pairwise(versions):
        changed = words_of(version=before) != words_of(version=after) or before.effects != after.effects
        if changed and began is not None and after.made_at >= began:
            began = after.made_at
    if proposal.changed_at != began:
        yield f"proposal {proposal.code}: its hours of review begin {proposal.changed_at}, {began} follows"


def _questions(proposal: Proposal, version: Version) -> Iterator[str]:
    """A version puts one question as a whole; its parts share it out, and its end follows from theirs."""
    questions = list(Question.objects.filter(version=version).order_by("number"))
    name = f"proposal {proposal.code}, version {version.number}"
    if not questions or questions[0].number != 0:
        yield f"{name}: it puts no question as a whole"
        return
    whole, parts = questions[0], questions[1:]
    if not parts:
        return
    words = words_of(version=version)
    faults = faults_of_division(
        parts=[
            Part(
                title=Text(en=part.title_en, es=part.title_es),
                paragraphs=tuple(part.paragraphs),
                effects=tuple(part.effects),
            )
            for part in parts
        ],
        paragraphs=max(len(paragraphs_of(text=text)) for text in (words.text.en, words.text.es)),
        effects=len(version.effects),
    )
    for fault in faults:
        yield f"{name}: {fault.en}"
    ends = [End(part.end) for part in parts if part.end]
    if len(ends) == len(parts):
        end = end_of_whole(parts=ends)
        if end is not None and whole.end != end.value:
            yield f"{name}: it ended as {whole.end or 'nothing'}, {end.value} follows from its parts"
    elif whole.end:
        yield f"{name}: it ended as {whole.end}, and not all of its parts have"
