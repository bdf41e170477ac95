"""Two people change the same proposal at once: the second one is told, and shown both."""

from dataclasses import dataclass

from tequio.kernel.errors import Refusal
from tequio.rules.differences import Difference


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
