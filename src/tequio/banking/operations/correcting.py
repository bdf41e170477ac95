"""Correcting how a bank's table is read: what a person says, on top of what was guessed."""

from collections.abc import Mapping
from pathlib import Path

from tequio.banking.queries.accounts import account_by_code
from tequio.banking.statements.amounts import Mark
from tequio.banking.statements.columns import Mapping_, Table, guess_mapping, mapping_from_json
from tequio.banking.statements.reading import table_in, whole_file
from tequio.banking.statements.roles import Role
from tequio.kernel.errors import Refusal
from tequio.members.intake.dates import DateOrder


def corrected(
    *,
    account_code: str,
    said: Mapping[Role, list[str]],
    dates: DateOrder | None = None,
    mark: Mark | None = None,
    path: Path | None = None,
    raw: bytes | None = None,
) -> Mapping_:
    """The mapping of a file with what a person says of it: these roles get these headings and no other column does.

    Refuses a heading the file does not have, naming those it has, and a file that has no columns.
    """
    account = account_by_code(code=account_code)
    if raw is None:
        assert path is not None  # noqa: S101 - CONFIG: one of both is given
        raw = whole_file(path=path)
    table = table_in(raw)
    if table is None:
        raise Refusal(
            en="Only CSV and XLSX have columns to correct; this format says itself what is what.",
            es="Solo CSV y XLSX tienen columnas que corregir; este formato dice por sí mismo qué es cada cosa.",
        )
    saved = mapping_from_json(account.mapping)
    columns = dict(_start(table, saved=saved, said=said))
    for role, headings in said.items():
        absent = [heading for heading in headings if heading and table.position(heading) is None]
        if absent:
            known = ", ".join(table.headings[:20])
            raise Refusal(
                en=f"The file has no column “{absent[0][:60]}”. It has: {known}.",
                es=f"El archivo no tiene la columna «{absent[0][:60]}». Tiene: {known}.",
            )
        taken = set(headings)
        columns = {
            other: kept
            for other, given in columns.items()
            if other is not role and (kept := tuple(heading for heading in given if heading not in taken))
        }
        if any(headings):
            columns[role] = tuple(heading for heading in headings if heading)
    return Mapping_(columns=columns, dates=dates or saved.dates, mark=mark or saved.mark)


def _start(table: Table, *, saved: Mapping_, said: Mapping[Role, list[str]]) -> Mapping[Role, tuple[str, ...]]:
    """What to correct: the mapping remembered where it fits the file, else the guess, else nothing."""
    named = [heading for headings in saved.columns.values() for heading in headings]
    if named and all(table.position(heading) is not None for heading in named):
        return saved.columns
    try:
        return guess_mapping(table).columns
    except Refusal:
        if not said:
            raise
        return {}
