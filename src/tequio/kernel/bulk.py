"""Many rows at once, the fastest way each engine has, and the ids for them.

Facts come in one query, a rule runs in a loop, rows go out here. Values are given as the database stores them
(dates as `date`, money as int); nothing is converted row by row by Django.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection, models
from django.db.models.expressions import RawSQL

Row = tuple[Any, ...]


def insert(*, model: type[models.Model], columns: Sequence[str], rows: Sequence[Row]) -> int:
    """Insert rows into a model's table and return their number. Constraints and triggers see every one of them.

    `columns` are column names of the database (`member_id`, not `member`). One statement on SQLite, one COPY on
    PostgreSQL, whatever the number of rows.
    """
    if not rows:
        return 0
    table = connection.ops.quote_name(model._meta.db_table)
    names = ", ".join(connection.ops.quote_name(name) for name in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Django's cursor hands over what it does not know itself, so this is psycopg's own copy().
            # Its errors become Django's, so that whoever calls this meets the same ones on both engines.
            with connection.wrap_database_errors, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(
                f"INSERT INTO {table} ({names}) VALUES ({marks})",  # noqa: S608 - CONFIG: names come from models
                rows,
            )
    return len(rows)


def update_by_id(
    *, model: type[models.Model], columns: Sequence[str], rows: Iterable[Row], still: Sequence[str] = ()
) -> None:
    """Set `columns` of many rows to values of their own; each of `rows` ends with the row's id.

    With `still` it goes on with what those columns must still hold: a row that somebody changed stays as it is.
    """
    values = list(rows)
    if not values:
        return
    table = connection.ops.quote_name(model._meta.db_table)
    sets = ", ".join(f"{connection.ops.quote_name(name)} = %s" for name in columns)
    where = " AND ".join(f"{connection.ops.quote_name(name)} = %s" for name in ("id", *still))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {table} SET {sets} WHERE {where}",  # noqa: S608 - CONFIG: names come from models
            values,
        )


def rows(*, queryset: Any) -> list[Row]:
    """The rows of a `values_list` queryset as the engine's driver gives them, without Django's conversion of each.

    For slices of many thousands: days come as `day` understands them, booleans may come as 0 and 1.
    """
    statement, params = queryset.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return list(cursor.fetchall())


def these(pks: Iterable[int]) -> RawSQL:
    """Many ids as one parameter, for `pk__in=these(...)`: Django looks at each of thousands, the engine does not mind.

    The ids are numbers; nothing of them becomes part of the statement.
    """
    if connection.vendor == "postgresql":
        return RawSQL("SELECT unnest(%s::bigint[])", [list(pks)])
    return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(list(pks))])


def day(stored: date | str) -> date:
    """The day behind what a driver gave: SQLite keeps days as text."""
    return date.fromisoformat(stored) if isinstance(stored, str) else stored


def optional_day(stored: date | str | None) -> date | None:
    """The day behind what a driver gave, or none."""
    return None if stored is None else day(stored)


def stored_day(day: date) -> date | str:
    """A day as the engine's own driver takes it: SQLite keeps days as text."""
    return day if connection.vendor == "postgresql" else day.isoformat()


def stored_moment(at: datetime) -> datetime | str:
    """A moment as the engine's own driver takes it: SQLite keeps moments as text, in UTC."""
    moment = at.astimezone(UTC)
    return moment if connection.vendor == "postgresql" else moment.replace(tzinfo=None).isoformat(" ")


def reserve_ids(*, model: type[models.Model], count: int) -> Sequence[int]:
    """Ids for `count` new rows, so that rows pointing at each other can go out together.

    On SQLite the caller holds the write lock (transactions begin IMMEDIATE), so the next numbers are ours; on
    PostgreSQL they come from the table's sequence.
    """
    if count <= 0:
        return ()
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
            )
            return [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT COALESCE((SELECT seq FROM sqlite_sequence WHERE name = %s), 0)", [table])
        last = cursor.fetchone()[0]
        return range(last + 1, last + count + 1)
