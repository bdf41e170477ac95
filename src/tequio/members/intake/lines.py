"""The lines of a text file, kept at hand while one row is read, so that a broken row does not take others along."""

from collections import deque
from collections.abc import Iterator
from typing import TextIO

# A row that uses every column to its cap is a tenth of this. The rest of a longer line is read and dropped in pieces,
# so that a file of one endless line needs no more memory than any other.
_LONGEST_LINE = 100_000
_TOO_LONG = ""  # stands for such a line among those kept at hand; no line of a file is empty


class LineTooLong(Exception):  # noqa: N818 - WONTFIX: travels through the csv reader and no further
    """A line no roll would have; its rest has been skipped."""


class Lines:
    """The lines of a file, with the ones of the current row at hand, so that a broken row does not take others along.

    A quotation mark without its partner joins all lines up to the next one. The csv reader finds out when it is too
    late; `give_back` then returns all lines but the first.
    """

    def __init__(self, *, file: TextIO) -> None:
        self._file = file
        self._returned: deque[str] = deque()
        self.taken: list[str] = []
        self.first = 1  # line number of the first line in `taken`

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self._returned:
            line = self._returned.popleft()
            if line == _TOO_LONG:
                self.taken.append(_TOO_LONG)
                raise LineTooLong
        else:
            line = self._file.readline(_LONGEST_LINE)
            if not line:
                raise StopIteration
            if len(line) == _LONGEST_LINE and not line.endswith(("\n", "\r")):
                self._skip_the_rest()
                self.taken.append(_TOO_LONG)
                raise LineTooLong
        self.taken.append(line)
        return line

    def _skip_the_rest(self) -> None:
        while (piece := self._file.readline(_LONGEST_LINE)) and not piece.endswith(("\n", "\r")):
            pass

    def next_row(self) -> None:
        """Forgets the lines of the row before."""
        self.first += len(self.taken)
        self.taken.clear()

    def give_back(self) -> None:
        """Returns all lines of the current row but its first."""
        self._returned.extendleft(reversed(self.taken[1:]))
        del self.taken[1:]
