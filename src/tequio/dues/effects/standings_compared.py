"""What other payment thresholds would do to the members of a day: who would stand otherwise, by center.

Every standing is worked out twice by rules/standing.py: under the policies as they are, and with the new one beginning
that day. Members with nothing overdue stand well under any thresholds, so only those behind are looked at.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import Count
from django.db.models.functions import Coalesce

from tequio.centers.models import Center
from tequio.decisions.effects.registry import Consequences, Table
from tequio.dues.accounts import accounts_of
from tequio.dues.effects import succession
from tequio.dues.effects.who_pays import belonging
from tequio.dues.models import Invoice
from tequio.dues.rules_in_force import payment_policies
from tequio.kernel import bulk
from tequio.kernel.texts import text_of
from tequio.rules.account import PaymentPolicy
from tequio.rules.reasons import Text
from tequio.rules.standing import STANDING_NAMES, Standing, standing_on

_BATCH = 5000
NAMED = 50  # how many of those who would stand otherwise are named, in each center
_ORDER = list(Standing)


class Stands(NamedTuple):
    """A member that is behind, and how it stands under the thresholds of now and under the new ones."""

    code: str
    name: str
    now: Standing
    then: Standing


def consequences_of(*, centers: Sequence[Center], policies: Mapping[str, PaymentPolicy], on: date) -> Consequences:
    """What would follow if the new policy of each center began on `on`: standings before and after, and whose."""
    sentences, facts, said, totals = [], {}, {}, {}
    rows: list[tuple[Text, ...]] = []
    private = []
    for center in centers:
        name = text_of(row=center, name="name")
        members = belonging(on=on, center_pks=[center.pk]).aggregate(heads=Count("pk"))["heads"]
        owing = compared(center=center, policy=policies[center.code], on=on)
        counted = _counted(members=members, behind=owing)
        other = [one for one in owing if one.now is not one.then]
        worse = sum(_ORDER.index(one.then) > _ORDER.index(one.now) for one in other)
        sentence = Text(
            en=f"{name.en}: if it began today, {len(other):,} of {members:,} members would stand otherwise: "
            f"{worse:,} worse, {len(other) - worse:,} better.",
            es=f"{name.es}: si empezara hoy, {len(other):,} de {members:,} membresías cambiarían de situación: "
            f"{worse:,} para mal, {len(other) - worse:,} para bien.",
        )
        sentences.append(sentence)
        rows += [
            (_in(name, STANDING_NAMES[standing]), _figure(now), _figure(then), _figure(then - now, signed=True))
            for standing, (now, then) in counted.items()
            if now or then
        ]
        totals[center.code] = {
            "members": members,
            "changed": len(other),
            "worse": worse,
            "better": len(other) - worse,
            "standings": {standing.value: {"now": now, "then": then} for standing, (now, then) in counted.items()},
        }
        facts.update({f"members.{center.code}": members, f"changed.{center.code}": len(other)})
        short = succession.in_a_sentence(sentence)
        said.update({f"members.{center.code}": short, f"changed.{center.code}": short})
        private += _named(center=name, other=other)
    return Consequences(
        sentences=tuple(sentences),
        tables=(
            Table(
                title=Text(en="Standings if it began today", es="Situaciones si empezara hoy"),
                heads=(
                    Text(en="Center and standing", es="Centro y situación"),
                    Text(en="Now", es="Ahora"),
                    Text(en="Then", es="Después"),
                    Text(en="Difference", es="Diferencia"),
                ),
                rows=tuple(rows),
            ),
            *private,
        ),
        totals={"centers": totals},
        facts=facts,
        facts_said=said,
    )


def compared(*, center: Center, policy: PaymentPolicy, on: date) -> list[Stands]:
    """How each member of a center that is behind on a day stands now, and with a policy beginning that day; by id."""
    known = payment_policies().get(center.pk, [])
    now = [rule for rule in known if rule.valid_from <= on and rule.code != policy.code]
    then = [*(rule for rule in now if rule.valid_from < on), policy]
    rows = list(
        belonging(on=on, center_pks=[center.pk])
        .filter(head__in=bulk.these(behind(centers=[center])))
        .order_by("head")
        .values_list("head", "code", "name")
    )
    found = []
    for position in range(0, len(rows), _BATCH):
        batch = rows[position : position + _BATCH]
        accounts = accounts_of(heads=[head for head, _, _ in batch])
        for head, code, name in batch:
            account = accounts[head]
            found.append(
                Stands(
                    code,
                    name,
                    standing_on(account=account, policies=now, on=on).standing,
                    standing_on(account=account, policies=then, on=on).standing,
                )
            )
    return sorted(found)


def behind(*, centers: Sequence[Center]) -> list[int]:
    """The members that owe anything in some centers, by id; merged ones as what they count as."""
    owing = Invoice.objects.filter(rest__gt=0, center__in=centers).order_by()
    return sorted(set(owing.values_list(Coalesce("member__merged_into_id", "member_id"), flat=True)))


def _counted(*, members: int, behind: Sequence[Stands]) -> dict[Standing, tuple[int, int]]:
    """How many have each standing now and then; who is not behind stands well both times."""
    now, then = Counter(one.now for one in behind), Counter(one.then for one in behind)
    rest = members - len(behind)
    now[Standing.GOOD] += rest
    then[Standing.GOOD] += rest
    return {standing: (now[standing], then[standing]) for standing in Standing}


def _named(*, center: Text, other: Sequence[Stands]) -> list[Table]:
    """Who would stand otherwise, by id; nothing where nobody would."""
    if not other:
        return []
    rows = tuple(
        (
            Text(en=f"{one.name} ({one.code})", es=f"{one.name} ({one.code})"),
            STANDING_NAMES[one.now],
            STANDING_NAMES[one.then],
        )
        for one in other[:NAMED]
    )
    return [
        Table(
            title=Text(en=f"Who would stand otherwise, {center.en}", es=f"Quién cambiaría, {center.es}"),
            heads=(
                Text(en="Member", es="Membresía"),
                Text(en="Now", es="Ahora"),
                Text(en="Then", es="Después"),
            ),
            rows=rows,
            note=Text(en=f"{len(rows)} of {len(other):,}, by id.", es=f"{len(rows)} de {len(other):,}, por clave."),
            private=True,
        )
    ]


def _in(center: Text, what: Text) -> Text:
    return Text(en=f"{center.en}: {what.en}", es=f"{center.es}: {what.es}")


def _figure(count: int, *, signed: bool = False) -> Text:
    said = f"{count:+,}" if signed and count else f"{count:,}"
    return Text(en=said, es=said)
