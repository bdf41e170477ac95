"""What the proposals of the demonstration's story would do, as they are written into their versions."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from tequio.project.demo import committee, motions

Effects = Sequence[Mapping[str, Any]]
TWO_DAYS_LATER, _NEW_RULE = date(2016, 2, 8), date(2016, 7, 1)
_TABLES = {
    "us": {
        "organization": {"membership": "50", "operations": "150"},
        "individual": {"membership": "25", "operations": "75"},
    },
    "mx": {
        "organization": {"membership": "1025", "operations": "3075"},
        "individual": {"membership": "820", "operations": "2460"},
    },
}
THE_DUES: Mapping[str, Any] = {
    "kind": "dues.adopt_policy",
    "data": {
        "code": "dues-2016",
        "title": {"en": "Dues of 2016, in two parts", "es": "Cuotas de 2016, en dos partes"},
        "valid_from": _NEW_RULE.isoformat(),
        "tables": _TABLES,
    },
}
A_CHAIR: Effects = (
    {
        "kind": "role.appoint",
        "data": {
            "seat": f"{committee.BODY}-chair-1",
            "person": committee.CHAIR,
            "from": TWO_DAYS_LATER.isoformat(),
            "until": date(2017, 2, 8).isoformat(),
        },
    },
    {
        "kind": "task.assign",
        "data": {"body": committee.BODY, "title": motions.FIND_A_CO_CHAIR.as_dict(), "due_on": "2016-03-05"},
    },
)
MAINTENANCE: Effects = (
    {
        "kind": "body.change_mandate",
        "data": {
            "body": "support-team",
            "name": {"en": "Maintenance team", "es": "Equipo de mantenimiento"},
            "mandate": {
                "en": "Keeps the servers running: the people with root access. New features are discussed elsewhere.",
                "es": "Mantiene los servidores: quienes tienen acceso de root. Lo nuevo se discute en otra parte.",
            },
            "access_scopes": ["root"],
            "from": TWO_DAYS_LATER.isoformat(),
        },
    },
    {
        "kind": "task.assign",
        "data": {
            "body": committee.BODY,
            "title": motions.PUT_THE_MEETINGS_IN_WRITING.as_dict(),
            "person": "julian.tecpan@example.org",
            "due_on": "2016-03-05",
        },
    },
)
