"""`tequio bench preview`: what a table of dues would do to a large roll, as a proposal's page shows it."""

import resource
import statistics
from datetime import UTC, date, datetime
from typing import Any

from tequio.project.bench.measuring import Stopwatch, counted

ON = date(2016, 7, 15)
AT = datetime(2016, 7, 15, 12, tzinfo=UTC)
_SECTORS = ("labor", "media", "migrant rights", "cooperative", "")
_OWN_RATE_OF_ONE_IN = 25
_LOOKS = 5
_ASSUMING = {"drop_operations": 20, "members_change": -5}


def measure(*, members: int, seed: int) -> dict[str, Any]:
    """Preview the example of `dues.adopt_policy` for `members` members, one in 25 of whom has a rate of its own.

    `seconds` is the first look in this process, `median_seconds` that of five more. The whole preview is measured: the
    effect checked and planned, members grouped, the largest changes named, every sentence and table in both languages,
    and its hash.
    """
    from django.db import connection

    from tequio.decisions.effects.previewing import preview_of
    from tequio.decisions.effects.registry import Effect, kind_of
    from tequio.project.bench.members import make_members
    from tequio.project.rulebook import SAMPLE, load_rules

    load_rules(path=SAMPLE, actor="bench", at=AT)
    make_members(count=members, seed=seed, year=ON.year)
    own_rates = _set_apart()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as a nightly tick's database would be
    kind = kind_of(name="dues.adopt_policy")
    effect = Effect(kind=kind.name, data=kind.example)
    looks = []
    for _ in range(1 + _LOOKS):
        look = Stopwatch()
        with counted() as counter, look:
            preview = preview_of(effects=[effect], on=ON, assumptions=_ASSUMING)
            digest = preview.digest()
        looks.append(look.wall)
    shown = preview.as_json(private=True)["effects"][0]
    return {
        "engine": connection.vendor,
        "members": members,
        "own_rates": own_rates,
        "seconds": round(looks[0], 3),
        "median_seconds": round(statistics.median(looks[1:]), 3),
        "statements": counter.statements,
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        "totals": shown["totals"],
        "largest_changes": sum(len(table["rows"]) for table in shown["tables"] if table["private"]),
        "hash": digest,
    }


def _set_apart() -> int:
    """Give the members sectors, and some of them rates of their own; returns how many."""
    from django.db.models import Case, F, Value, When
    from django.db.models.functions import Mod

    from tequio.dues.models import MemberRate
    from tequio.kernel import bulk
    from tequio.kernel.bulk import stored_day
    from tequio.members.models import Member

    cases = [When(lot=number, then=Value(sector)) for number, sector in enumerate(_SECTORS)]
    lots = Member.objects.annotate(lot=Mod(F("pk"), Value(len(_SECTORS))))
    lots.update(sector=Case(*cases, default=Value("")))
    chosen = Member.objects.annotate(lot=Mod(F("pk"), Value(_OWN_RATE_OF_ONE_IN))).filter(lot=0).order_by("pk")
    terms = (("reduced", 5_000), ("solidarity", 15_000), ("comped", 0))
    rows = [
        (pk, *terms[number % len(terms)], stored_day(date(2016, 1, 1)), "bench", "bench")
        for number, pk in enumerate(chosen.values_list("pk", flat=True))
    ]
    bulk.insert(
        model=MemberRate,
        columns=("member_id", "kind", "basis_points", "valid_from", "reason", "granted_by"),
        rows=rows,
    )
    return len(rows)
