"""A long list in pages of fifty, each an address with its filters in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.http import QueryDict

PER_PAGE = 50
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage(Generic[Row]):
    """One page of a list: its rows, where they stand in the whole, and the addresses before and after."""

    rows: Sequence[Row]
    count: int
    first: int
    last: int
    previous: str | None
    next: str | None


def page_number(*, query: QueryDict) -> int:
    """Which page an address asks for; the first where it says nothing sensible."""
    asked = query.get("page", "")
    return max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1  # noqa: PLR2004 - CONFIG: digits of a page number


def list_page(*, rows: Sequence[Row], count: int, number: int, path: str, query: QueryDict) -> ListPage[Row]:
    """One page from its rows and the count of the whole list."""
    before = (number - 1) * PER_PAGE
    return ListPage(
        rows=rows,
        count=count,
        first=min(before + 1, count),
        last=before + len(rows),
        previous=_address(path=path, query=query, number=number - 1) if number > 1 else None,
        next=_address(path=path, query=query, number=number + 1) if before + PER_PAGE < count else None,
    )


def _address(*, path: str, query: QueryDict, number: int) -> str:
    changed: Any = query.copy()
    changed["page"] = str(number)
    return f"{path}?{changed.urlencode()}"
