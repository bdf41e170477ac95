"""Tables of motions, decisions and tasks: what each column is told by its head, and what a row then says."""

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Final

from tequio.rules.notes.decisions import counted_why, outcome_said
from tequio.rules.notes.gathered import Gathered
from tequio.rules.notes.phrases import book
from tequio.rules.notes.records import Item, Kind, Outcome
from tequio.rules.notes.sentence import sentence_of
from tequio.rules.notes.tasks import due_of
from tequio.rules.notes.verdicts import Verdict
from tequio.rules.notes.votes import Tally, number_of
from tequio.rules.notes.words import folded
from tequio.rules.reasons import Text

Columns = Mapping[str, int]

_COLUMNS: Final = ("decision", "task", "subject", "result", "favor", "against", "abstain", "owner", "due", "type")
_MOST: Final = 40
_LONGEST_HEAD: Final = 60
_DOUBLE: Final = re.compile(r"\|\||!!")
_WORD: Final = re.compile(r"\w")
_EMPTY: Final = frozenset(
    {
        "no decision",
        "no decision yet",
        "sin acuerdo",
        "sin decision",
        "no acuerdo",
        "none yet",
        "open",
        "discussed",
        "noted",
        "",
        "-",
        "–",
        "—",
        "none",
        "n/a",
        "tbd",
        "ninguno",
        "ninguna",
        "pending",
        "pendiente",
        "?",
    }
)
_IN_TABLE: Final = Text(en="A row of a table of decisions.", es="Una fila de una tabla de acuerdos.")
_TASK_IN_TABLE: Final = Text(en="A row of a table of tasks.", es="Una fila de una tabla de tareas.")


def cells_of(text: str) -> list[str]:
    """The cells of a row of a table, as Markdown, MediaWiki and pages read as text draw them."""
    text = text.strip()
    if "||" in text or "!!" in text:
        return [cell.strip() for cell in _DOUBLE.split(text.strip("|! "))]
    return [cell.strip() for cell in text.removeprefix("|").removesuffix("|").split("|")]


@lru_cache(maxsize=4096)
def columns_of(text: str) -> Columns | None:
    """Which column is which, if a row is the head of a table of motions, decisions or tasks."""
    cells = cells_of(text)
    if not 1 < len(cells) <= _MOST:
        return None
    columns: dict[str, int] = {}
    for index, cell in enumerate(cells):
        name = _column(cell) if len(cell) <= _LONGEST_HEAD else None
        if name is not None:
            columns.setdefault(name, index)
    voted = "favor" in columns and "against" in columns
    useful = voted or "decision" in columns or "task" in columns or "type" in columns or "result" in columns
    return columns if useful and len(columns) > 1 else None


def _column(cell: str) -> str | None:
    name = folded(cell).strip(" *_'`:#()?.")
    known = _names()
    if name in known:
        return known[name]
    parts = [part.strip() for part in re.split(r"[/(]| y | and | or | o ", name)]
    return next((known[part] for part in parts if part in known), None)


@cache
def _names() -> Mapping[str, str]:
    """What each name of a column says; of two lists the one named first counts."""
    lists = book().lists
    return {name: column for column in reversed(_COLUMNS) for name in lists[f"column_{column}"]}


def read_row(item: Item, *, columns: Columns, into: Gathered) -> None:
    """Put down what a row says: a decision with its outcome and votes, or a task with owner and due."""
    cells = cells_of(item.text)
    if len(cells) < 2 or sum(1 for cell in cells if _WORD.search(cell)) < 2:  # noqa: PLR2004 - WONTFIX: one cell is no row
        return
    kind = folded(_cell(cells, columns, "type")).strip(" *_'.")
    voted = "favor" in columns or "against" in columns
    if kind:
        is_decision, is_task = kind in book().lists["type_decision"], kind in book().lists["type_task"]
    elif voted or "decision" in columns or ("result" in columns and "owner" not in columns and "task" not in columns):
        is_decision, is_task = True, False
    else:
        is_decision, is_task = False, "task" in columns or "owner" in columns
    if is_decision:
        _decision(item, cells=cells, columns=columns, into=into)
    elif is_task:
        owner, due = _owner(cells, columns), _due(cells, columns)
        outcome = Outcome.ASSIGNED if owner else None
        into.add(Kind.TASK, item.text, item, _TASK_IN_TABLE, 0.85, outcome=outcome, owner=owner, due=due)


def _decision(item: Item, *, cells: Sequence[str], columns: Columns, into: Gathered) -> None:
    said = _cell(cells, columns, "result")
    decided = _cell(cells, columns, "decision")
    if "decision" in columns and folded(decided).strip(" *_'.") in _EMPTY:
        return
    tally = Tally(*(number_of(_cell(cells, columns, side)) for side in ("favor", "against", "abstain")))
    stated = outcome_said(sentence_of(said)) if said else None
    stated = stated or (outcome_said(sentence_of(decided)) if decided else None)
    if stated is None and tally.passes is not None:
        stated = Outcome.APPROVED if tally.passes else Outcome.NOT_APPROVED
    if stated is None and "decision" not in columns and "type" not in columns:
        return
    counts = tally.favor is not None or tally.against is not None
    verdict = Verdict(
        stated or Outcome.APPROVED,
        0.9 if stated else 0.7,
        counted_why(tally) if counts and not said else _IN_TABLE,
        is_vote=counts,
        tally=tally if counts else None,
    )
    into.decide(verdict, text=item.text, line=item.line)
    if stated is Outcome.DEFERRED:
        into.add(Kind.DEFERRAL, item.text, item, _IN_TABLE, 0.85, outcome=Outcome.DEFERRED, due=_due(cells, columns))
    owner = _owner(cells, columns)
    if owner:
        into.add(
            Kind.TASK, item.text, item, _TASK_IN_TABLE, 0.6,
            outcome=Outcome.ASSIGNED, owner=owner, due=_due(cells, columns),
        )  # fmt: skip


def _cell(cells: Sequence[str], columns: Columns, name: str) -> str:
    index = columns.get(name)
    return cells[index] if index is not None and index < len(cells) else ""


def _owner(cells: Sequence[str], columns: Columns) -> str | None:
    owner = _cell(cells, columns, "owner").strip(" *_'@[]")
    return owner if _WORD.search(owner) and folded(owner) not in _EMPTY else None


def _due(cells: Sequence[str], columns: Columns) -> str | None:
    due = _cell(cells, columns, "due").strip(" *_'")
    if not _WORD.search(due) or folded(due) in _EMPTY:
        return None
    return due_of(f"due {due}") or due
