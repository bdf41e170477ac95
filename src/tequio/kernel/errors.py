"""What the program says when it will not do something: a sentence for the person, in both languages."""

from tequio.rules.reasons import Text


class Refusal(Exception):  # noqa: N818 - WONTFIX: a refusal is an answer, not an error of the program
    """Nothing was done, for a reason the person can act on. The command line exits with 1."""

    def __init__(self, *, en: str, es: str) -> None:
        super().__init__(en)
        self.text = Text(en=en, es=es)
