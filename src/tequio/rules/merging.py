"""Two people wrote on the same text at once: both changes are kept, paragraph by paragraph, and it is said which.

What only one of them changed is as that one wants it. What both added in the same spot stands one after the other.
Where both changed the same paragraph, both wordings stay, each under its writer's name, for a person to choose.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tequio.rules.paragraphs import Paragraph, aligned, joined, paragraphs
from tequio.rules.reasons import Text

_SHOWN: Final = 120  # characters of a paragraph in a sentence about it


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Both changed the same paragraph: as it was, as the one wants it, as the other does (None: taken out)."""

    was: str
    theirs: str | None
    mine: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What came of two changes of one text, where both changed the same, and all of it in sentences."""

    text: str
    clashes: tuple[Clash, ...]
    told: tuple[Text, ...]


def merged(*, base: str, theirs: str, mine: str, their_name: str, my_name: str, language: str) -> Merged:
    """Put two changes of `base` together. The text is in `language`, in which clashing paragraphs are marked."""
    old = paragraphs(text=base)
    one, two = (_changes(old=old, new=paragraphs(text=text)) for text in (theirs, mine))
    made: list[Paragraph] = []
    clashes: list[Clash] = []
    both_added = False
    for at in range(len(old) + 1):
        first, second = one.added.get(at, []), two.added.get(at, [])
        both_added = both_added or bool(first and second and _keys(first) != _keys(second))
        made.extend(_one_after_the_other(one=first, two=second))
        if at == len(old):
            break
        left, right = one.became[at], two.became[at]
        if _alike(left, right):
            # Where only its blanks were changed, as whoever changed them has it.
            changed = left is not None and left.written == old[at].written and left.apart == old[at].apart
            made.extend(each for each in ((right if changed else left),) if each is not None)
        elif _alike(left, old[at]):
            made.extend([right] if right is not None else [])
        elif _alike(right, old[at]):
            made.extend([left] if left is not None else [])
        else:
            clashes.append(Clash(was=old[at].words, theirs=_said(left), mine=_said(right)))
            if left is not None:
                made.append(_marked(left, by=their_name, without="" if right else my_name, language=language))
            if right is not None:
                made.append(_marked(right, by=my_name, without="" if left else their_name, language=language))
    text = joined(made)
    told = _told(text=text, theirs=theirs, mine=mine, their_name=their_name, clashes=clashes, both_added=both_added)
    return Merged(text=text, clashes=tuple(clashes), told=told)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Changes:
    """What somebody made of each paragraph of a text (None: taken out), and what was added before each."""

    became: tuple[Paragraph | None, ...]
    added: Mapping[int, list[Paragraph]]


def _changes(*, old: Sequence[Paragraph], new: Sequence[Paragraph]) -> _Changes:
    became: list[Paragraph | None] = [None] * len(old)
    added: dict[int, list[Paragraph]] = {}
    for _, first, last, start, end in aligned(_keys(old), _keys(new)):
        common = min(last - first, end - start)
        became[first : first + common] = new[start : start + common]
        if end - start > common:
            added[last] = list(new[start + common : end])
    return _Changes(became=tuple(became), added=added)


def _key(one: Paragraph) -> tuple[int, str]:
    return (one.depth, one.fingerprint)


def _keys(side: Sequence[Paragraph]) -> list[tuple[int, str]]:
    return [_key(each) for each in side]


def _said(one: Paragraph | None) -> str | None:
    return None if one is None else one.words


def _alike(one: Paragraph | None, two: Paragraph | None) -> bool:
    return one is two or (one is not None and two is not None and _key(one) == _key(two))


def _one_after_the_other(*, one: Sequence[Paragraph], two: Sequence[Paragraph]) -> list[Paragraph]:
    """What both added in one spot: all of the one, then what the other has besides; what both have stands once."""
    made: list[Paragraph] = []
    for tag, first, last, start, end in aligned(_keys(one), _keys(two)):
        made.extend(one[first:last])
        if tag != "equal":
            made.extend(two[start:end])
    return made


def _marked(one: Paragraph, /, *, by: str, without: str, language: str) -> Paragraph:
    if language == "es":
        said = f"[{by} lo escribió así; {without} lo quitó]" if without else f"[así lo escribió {by}]"
    else:
        said = f"[{by} wrote it so; {without} took it out]" if without else f"[as {by} wrote it]"
    start = one.written.find(one.words)
    return Paragraph(
        words=f"{said} {one.words}",
        line=one.line,
        bullet=one.bullet,
        depth=one.depth,
        written=f"{one.written[:start]}{said} {one.words}",
        apart=one.apart,
    )


def _told(
    *, text: str, theirs: str, mine: str, their_name: str, clashes: Sequence[Clash], both_added: bool
) -> tuple[Text, ...]:
    if text in (theirs, mine) and not clashes:
        return ()
    told = [
        Text(
            en=f"{their_name} wrote here while you did. Nothing is lost: the text has what both of you wrote.",
            es=f"{their_name} escribió aquí al mismo tiempo que usted. No se perdió nada: el texto tiene lo que "
            "escribieron los dos.",
        )
    ]
    if both_added:
        told.append(
            Text(
                en=f"Where both of you added something, {their_name}’s stands first and yours after it.",
                es=f"Donde agregaron algo los dos, primero está lo de {their_name} y después lo de usted.",
            )
        )
    for clash in clashes:
        was = _short(clash.was)
        told.append(
            Text(
                en=f"You both changed “{was}”. Both wordings stand there, each with its name: choose one.",
                es=f"Los dos cambiaron «{was}». Ahí están las dos redacciones, cada una con su nombre: elijan una.",
            )
        )
    return tuple(told)


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN].rstrip() + " …"
