"""Let a committee of an instance decide something, in a process of its own: decision 2016-1, with four effects.

A body is founded with people on it, its meetings begin, a seat is opened, somebody takes a task on: many statements
between which a process may die.
"""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ["DJANGO_SETTINGS_MODULE"] = "tequio.project.settings"

import django

django.setup()

from committees import committee, proposal, voted  # noqa: E402 - CONFIG: Django is awake now
from gatherings import two_cities  # noqa: E402 - CONFIG: as above
from tequio.decisions.models import Decision, Seat  # noqa: E402 - CONFIG: as above

made, people = committee(4, code="council")
two_cities()
Seat.objects.filter(decision__isnull=True).update(decision=Decision.objects.get(code="2013-council"))
title = {"en": "Write it", "es": "Escribirlo"}
effects = [
    {
        "kind": "body.create",
        "data": {
            "code": "translators",
            "name": {"en": "Translators", "es": "Traductores"},
            "mandate": {"en": "Translate.", "es": "Traducir."},
            "from": "2016-08-01",
            "people": [people[0].pk, people[1].pk],
            "terms": {"quorum": "1/2", "majority": ">1/2"},
        },
    },
    {
        "kind": "series.create",
        "data": {
            "code": "translating",
            "name": {"en": "Translating", "es": "Traducción"},
            "from": "2016-08-01",
            "recurrence": {"kind": "weekday_of_month", "which": "first", "weekday": "saturday"},
            "hour": "12:00",
            "zone": "America/Mexico_City",
            "bodies": [{"body": "translators", "minutes": 60}],
            "places": ["york", "centro"],
        },
    },
    {"kind": "role.open_seat", "data": {"body": made.code, "office": "co_chair", "from": "2016-08-01"}},
    {"kind": "task.assign", "data": {"body": made.code, "title": title, "person": people[2].pk}},
]
voted(proposal(made, people[0], effects=effects), people, *["favor"] * 4)
