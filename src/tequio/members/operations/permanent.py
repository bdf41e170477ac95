"""What of an import is kept for good: which rows were set aside and why, without the values that stood in them."""

import re

# Whatever a sentence quotes. A row whose columns have slipped may hold a name or a telephone where a date belongs,
# so nothing quoted is kept; the codes of centers and the like stand outside the quotation marks.
_QUOTED = (re.compile("“.*”", re.DOTALL), re.compile("«.*»", re.DOTALL))


def without_values(line: tuple[int, str, str, str]) -> list[int | str]:
    """A row's number, its code and the two sentences, with every value quoted in them left out."""
    row, code, english, spanish = line
    return [row, code, _QUOTED[0].sub("“…”", english), _QUOTED[1].sub("«…»", spanish)]
