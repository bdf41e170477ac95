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
THE_SERVICES: Mapping[str, Any] = {
    "kind": "services.adopt_terms",
    "data": {
        "valid_from": _NEW_RULE.isoformat(),
        "services": {
            code: {"membership": int(code in {"mailbox", "cloud", "chat"}), "operations": "as_needed"}
            for code in ("mailbox", "list", "site", "database", "cloud", "chat", "shell", "application")
        },
    },
}
LIMITED_FROM = date(2016, 10, 3)
LIMITED_FIRST: Mapping[str, Any] = {
    "kind": "dues.adopt_payment_policy",
    "data": {
        "code": "payment-2016",
        "title": {"en": "Limited before disabled", "es": "Limitada antes de suspendida"},
        "valid_from": LIMITED_FROM.isoformat(),
        "centers": ["mx", "us"],
        "notice_days": 14,
        "plan_notice_days": 7,
        "warning_day": 31,
        "at_risk_from": 31,
        "limited_from": 61,
        "disabled_from": 121,
        "return_days": 14,
        "inactive_after_months": 3,
        "works": {
            "limited": {"off": ["sites", "lists", "sign_in"]},
            "disabled": {"off": ["sites", "lists", "sign_in"], "hold": ["mail"]},
            "inactive": {"removed_after_export": True},
        },
    },
}
LENT: Mapping[str, Any] = {
    "kind": "services.lend",
    "data": {
        "code": "agua-2016",
        "name": "Coalición por el Agua",
        "center": "mx",
        "counts": {"list": 1, "mailbox": 2},
        "from": "2016-11-07",
        "until": "2017-06-30",
        "email": "agua@example.org",
        "language": "es",
    },
}
_MEXICO, _CITIES = "America/Mexico_City", ["new-york", "mexico-city", "online"]
TWO_TEAMS: Effects = tuple(
    {
        "kind": "body.create",
        "data": {
            "code": code,
            "name": {"en": en, "es": es},
            "kind": "team",
            "mandate": {"en": for_en, "es": for_es},
            "from": TWO_DAYS_LATER.isoformat(),
            "people": [f"{name}@example.org" for name in names],
        },
    }
    for code, en, es, for_en, for_es, names in (
        (
            "campaign-team",
            "Campaign team",
            "Equipo de campaña",
            "Prepares campaigns and discusses what is new.",
            "Prepara campañas y discute lo nuevo.",
            ("farida.lund", "corin.vance", "marisol.quetzal"),
        ),
        (
            "administration-team",
            "Administration team",
            "Equipo de administración",
            "Looks after dues, books and letters in both centers.",
            "Se ocupa de cuotas, libros y cartas en los dos centros.",
            ("delphine.okoro", "karina.lozada", "leobardo.cruz"),
        ),
    )
)
THREE_MEETINGS: Effects = tuple(
    {
        "kind": "series.create",
        "data": {
            "code": code,
            "name": {"en": en, "es": es},
            "from": "2016-03-07",
            "recurrence": {"kind": "weekday_of_month", "which": which, "weekday": "saturday"},
            "hour": "11:00",
            "zone": _MEXICO,
            "bodies": [{"body": body, "minutes": 60}],
            "places": _CITIES,
        },
    }
    for code, en, es, which, body in (
        ("campaign", "Campaign", "Campaña", "second", "campaign-team"),
        ("administration", "Administration", "Administración", "third", "administration-team"),
    )
)
ONE_OF_TWO_HOURS: Effects = (
    {
        "kind": "series.change",
        "data": {
            "series": "committee",
            "from": "2016-04-04",
            "name": {"en": "Leadership Committee and campaign", "es": "Comité de Dirección y campaña"},
            "bodies": [{"body": committee.BODY, "minutes": 60}, {"body": "campaign-team", "minutes": 60}],
        },
    },
    {"kind": "series.change", "data": {"series": "campaign", "from": "2016-04-04", "ends": True}},
    {
        "kind": "series.create",
        "data": {
            "code": "international",
            "name": {"en": "Internationalization", "es": "Internacionalización"},
            "from": "2016-05-01",
            "recurrence": {"kind": "weekday_of_month", "every": 3, "which": "second", "weekday": "sunday"},
            "hour": "12:00",
            "zone": _MEXICO,
            "bodies": [{"body": committee.BODY, "minutes": 90}],
            "places": _CITIES,
            "deadlines": [{"kind": "documents_out", "days": 11}],
        },
    },
)
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
