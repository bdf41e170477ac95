"""Two people change the same thing: the second one is told, and shown both; nothing is overwritten."""

from dataclasses import dataclass

from tequio.kernel.errors import Refusal
from tequio.rules.amending import EFFECTS, Clash, Moved, Place, Taken
from tequio.rules.differences import Difference
from tequio.rules.reasons import Text
from tequio.rules.wording import FIELD_NAMES, LANGUAGE_NAMES, Field

_MOST_SAID = 8  # sentences of a refusal; the page shows everything


@dataclass(frozen=True, slots=True, kw_only=True)
class Both:
    """What others changed since the version somebody wrote against, and what that somebody wanted to change."""

    theirs: tuple[Difference, ...]
    yours: tuple[Difference, ...]


class TextMoved(Refusal):
    """A change was written against a version that is not the last one any more. Nothing was saved; `both` is shown."""

    def __init__(self, *, against: int, latest: int, both: Both) -> None:
        super().__init__(
            en=f"You wrote against version {against}, and version {latest} is there by now. Nothing was saved. Below "
            "is what was changed meanwhile and what you wanted to change; put yours into the new text.",
            es=f"Usted escribió sobre la versión {against} y ya existe la versión {latest}. No se guardó nada. Abajo "
            "está lo que se cambió mientras tanto y lo que usted quería cambiar; ponga lo suyo en el texto nuevo.",
        )
        self.against = against
        self.latest = latest
        self.both = both


class AmendmentsInTheWay(Refusal):
    """Amendments that cannot be taken together, or not any more. Nothing was saved; `found` says what is in the way."""

    def __init__(self, *, found: Taken) -> None:
        every: list[Moved | Clash] = [*found.moved, *found.clashes]
        said = [_moved_said(one) if isinstance(one, Moved) else _clash_said(one) for one in every[:_MOST_SAID]]
        if len(every) > len(said):
            said.append(Text(en="And so in other places.", es="Y así en otros lugares."))
        super().__init__(en=" ".join(one.en for one in said), es=" ".join(one.es for one in said))
        self.found = found


def _moved_said(moved: Moved) -> Text:
    where = said_place(place=moved.place, at=moved.at)
    return Text(
        en=f"Amendment {moved.number} was asked against an older text: {where.en} has been changed since.",
        es=f"La modificación {moved.number} se pidió sobre un texto anterior: {where.es} ya cambió.",
    )


def _clash_said(clash: Clash) -> Text:
    where = said_place(place=clash.place, at=clash.at)
    return Text(
        en=f"Amendments {clash.first} and {clash.second} both change {where.en}, each in another way.",
        es=f"Las modificaciones {clash.first} y {clash.second} cambian {where.es}, cada una a su manera.",
    )


def said_place(*, place: Place, at: int) -> Text:
    """A place in a text as people say it, counted from 1: "paragraph 2 of the text in Spanish", "effect 1"."""
    if place.part == EFFECTS:
        return Text(en=f"effect {at + 1}", es=f"el efecto {at + 1}")
    field, tongue = Field(place.part), LANGUAGE_NAMES[place.language]
    name = FIELD_NAMES[field]
    if field is Field.ASK:
        return Text(en=f"{name.en} in {tongue.en}", es=f"{name.es} en {tongue.es}")
    of = {Field.TEXT: "del texto", Field.RESOURCES: "de recursos", Field.FOR: "de lo que hay a favor"}
    part = of.get(field, "de lo que hay en contra")
    return Text(
        en=f"paragraph {at + 1} of {_SAID.get(field, name.en)} in {tongue.en}",
        es=f"el párrafo {at + 1} {part} en {tongue.es}",
    )


_SAID = {Field.FOR: "what speaks for it", Field.AGAINST: "what speaks against it"}
