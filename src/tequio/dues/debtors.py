"""Who is behind: the debtor list, in one query whatever the number of members."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from tequio.centers.models import Center

# The member that the owner of invoice i is counted as, and everybody counted as that one.
_HEAD = "(SELECT COALESCE(h.merged_into_id, h.id) FROM members_member h WHERE h.id = i.member_id)"
_FAMILY = (
    "(SELECT f.id FROM members_member f WHERE f.id = {head} "
    "UNION ALL SELECT f.id FROM members_member f WHERE f.merged_into_id = {head})"
)
# A member is found by its oldest open charge, in the order of the index, so the first fifty cost fifty look-ups
# however many there are; the total is a sum over the same index. The oldest charge is looked up by a scalar
# subquery because PostgreSQL makes of NOT EXISTS a join over all open charges.
_STATEMENT = """
WITH page AS (
    SELECT i.due_on, {head} AS head_id, i.center_id,
        (SELECT sum(s.rest) FROM {family} f JOIN dues_invoice s ON s.member_id = f.id
         WHERE s.rest > 0 AND s.due_on < %(on)s) AS owed
    FROM dues_invoice i
    WHERE {where} AND i.id = (
        SELECT o.id FROM {family} f JOIN dues_invoice o ON o.member_id = f.id
        WHERE o.rest > 0 ORDER BY o.due_on, o.id LIMIT 1)
    ORDER BY i.due_on, i.center_id, i.member_id
    LIMIT %(first)s
), totals AS (
    SELECT i.center_id, sum(i.rest) AS total FROM dues_invoice i WHERE {where} GROUP BY i.center_id
)
SELECT 0, m.code, m.name, m.standing, c.currency, page.due_on, page.owed
FROM page JOIN members_member m ON m.id = page.head_id JOIN centers_center c ON c.id = page.center_id
UNION ALL
SELECT 1, '', '', '', c.currency, NULL, totals.total
FROM totals JOIN centers_center c ON c.id = totals.center_id
ORDER BY 1, 6, 2
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Debtor:
    """A member with something overdue: what, since when, how much, in minor units of its center's currency."""

    code: str
    name: str
    standing: str
    currency: str
    oldest_due: date
    owed: int


def debtors(*, on: date, center: Center | None = None, first: int = 50) -> tuple[list[Debtor], dict[str, int]]:
    """The members with overdue charges, oldest debt first, and what all of them owe, by currency. One query.

    What was merged into a member counts as its own.
    """
    where = "i.rest > 0 AND i.due_on < %(on)s" + (" AND i.center_id = %(center)s" if center else "")
    statement = _STATEMENT.format(where=where, head=_HEAD, family=_FAMILY.format(head=_HEAD))
    values: dict[str, Any] = {
        "on": on if connection.vendor == "postgresql" else on.isoformat(),
        "first": first,
        "center": center.pk if center else None,
    }
    rows: list[Debtor] = []
    totals: dict[str, int] = {}
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        for is_total, code, name, standing, currency, due_on, owed in cursor.fetchall():
            if is_total:
                totals[currency] = totals.get(currency, 0) + int(owed)
                continue
            day = date.fromisoformat(due_on) if isinstance(due_on, str) else due_on
            rows.append(
                Debtor(code=code, name=name, standing=standing, currency=currency, oldest_due=day, owed=int(owed))
            )
    return rows, totals
