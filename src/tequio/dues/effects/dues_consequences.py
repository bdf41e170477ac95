"""What would follow from a table of dues: who pays more and less, a year's income, what makes up for a loss."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from tequio.centers.models import Center
from tequio.decisions.effects.registry import Assumption, Consequences, Table
from tequio.dues.effects import succession
from tequio.dues.effects.who_pays import WhoPays, who_pays
from tequio.dues.models import DuesPolicy
from tequio.dues.names import MEMBER_KINDS
from tequio.dues.rules_in_force import dues_on
from tequio.kernel.errors import Refusal
from tequio.kernel.texts import text_of
from tequio.members.sector_names import sector_name
from tequio.rules import dues_preview_reasons as why
from tequio.rules.dues import DuesTable
from tequio.rules.dues_preview import (
    CenterIncome,
    MakeUp,
    Suppositions,
    Tally,
    changes,
    incomes,
    largest_first,
    tallies,
)
from tequio.rules.dues_preview import Change as Moved
from tequio.rules.money import WHOLE_SHARE, printed, whole_units
from tequio.rules.reasons import Text, long_date

LARGEST = 10  # how many of the largest changes are named, in each center
DROPPING = (10, 25, 50)  # percent of those with operations, for the table of what may happen
_MOST_NEW = 100_000
_PERCENT_POINTS = 100
NEW = "new_without_operations_"


def consequences_of(
    *,
    centers: Sequence[Center],
    tables: Mapping[str, DuesTable],
    codes: Collection[str],
    begins: date,
    on: date,
    assumptions: Mapping[str, int],
) -> Consequences:
    """What new tables would do to the members of `on`, compared with the tables that else hold on their first day.

    `codes` are those the new tables have or will have: where they were adopted already they are not what is compared
    with. Refuses an assumption beyond its limits.
    """
    rests_on = assumptions_of(centers=centers, given=assumptions)
    suppose = _suppositions(rests_on)
    members = who_pays(on=on, center_pks=[center.pk for center in centers])
    in_force = dues_on(on=begins, but=codes)
    before = {center.code: in_force[center.pk].table for center in centers if center.pk in in_force}
    changed = changes(groups=members.groups, before=before, after=tables)
    by_center = tallies(changes=changed, by=lambda group: group.center)
    income = incomes(changes=changed, after=tables)
    sentences: list[Text] = []
    totals: dict[str, Any] = {}
    facts: dict[str, int] = {}
    said: dict[str, Text] = {}
    for center in centers:
        name, tally, money = text_of(row=center, name="name"), by_center.get(center.code, Tally()), income[center.code]
        needed = money.make_up(suppose=suppose)
        sentences += _sentences(center=center, tally=tally, income=money, suppose=suppose, needed=needed)
        sentences += _until(center=center, begins=begins, codes=codes)
        totals[center.code] = _totals(center=center, tally=tally, income=money, suppose=suppose, needed=needed)
        facts.update({f"members.{center.code}": tally.members, f"more.{center.code}": tally.more})
        facts.update({f"less.{center.code}": tally.less, f"income.{center.code}": money.after})
        paid = printed(minor=money.after, currency=center.currency)
        who = why.who_pays(center=name, tally=tally)
        said.update(
            dict.fromkeys(
                (f"{fact}.{center.code}" for fact in ("members", "more", "less")), succession.in_a_sentence(who)
            )
        )
        said[f"income.{center.code}"] = Text(en=f"{name.en}, a year: {paid}", es=f"{name.es}, un año: {paid}")
    return Consequences(
        sentences=tuple(sentences),
        tables=(
            *_who_tables(centers=centers, changed=changed),
            _income_table(centers=centers, income=income, suppose=suppose),
            *_dropping_table(centers=centers, income=income, suppose=suppose, members=members),
            *(_largest_table(center=center, changed=changed, members=members) for center in centers),
        ),
        totals={"centers": totals},
        assumptions=rests_on,
        facts=facts,
        facts_said=said,
    )


def assumptions_of(*, centers: Iterable[Center], given: Mapping[str, int]) -> tuple[Assumption, ...]:
    """The assumptions a preview of dues rests on, with the values given. Refuses one beyond its limits."""
    known = [
        Assumption(
            name="drop_operations",
            label=Text(
                en="Of those who take operations and support, how many drop it",
                es="De quienes toman operación y soporte, cuántas la dejan",
            ),
            value=0,
        ),
        Assumption(
            name="members_change",
            label=Text(en="Members gained, or lost with a minus", es="Membresías ganadas, o perdidas con un menos"),
            value=0,
            least=-100,
            most=100,
        ),
    ]
    for center in centers:
        name = text_of(row=center, name="name")
        known.append(
            Assumption(
                name=f"{NEW}{center.code}",
                label=Text(
                    en=f"New members without operations and support, {name.en}",
                    es=f"Membresías nuevas sin operación y soporte, {name.es}",
                ),
                value=0,
                most=_MOST_NEW,
                unit="",
            )
        )
    return tuple(_with_value(assumed=assumed, given=given) for assumed in known)


def _with_value(*, assumed: Assumption, given: Mapping[str, int]) -> Assumption:
    value = given.get(assumed.name, assumed.value)
    if type(value) is not int or not assumed.least <= value <= assumed.most:
        raise Refusal(
            en=f"“{assumed.label.en}” is a whole number from {assumed.least} to {assumed.most:,}.",
            es=f"«{assumed.label.es}» es un número entero de {assumed.least} a {assumed.most:,}.",
        )
    return Assumption(
        name=assumed.name,
        label=assumed.label,
        value=value,
        least=assumed.least,
        most=assumed.most,
        unit=assumed.unit,
    )


def _suppositions(assumptions: Iterable[Assumption]) -> Suppositions:
    values = {assumed.name: assumed.value for assumed in assumptions}
    return Suppositions(
        drop_operations=values["drop_operations"],
        members_change=values["members_change"],
        new_without_operations={
            name.removeprefix(NEW): value for name, value in values.items() if name.startswith(NEW)
        },
    )


def _sentences(
    *, center: Center, tally: Tally, income: CenterIncome, suppose: Suppositions, needed: MakeUp
) -> list[Text]:
    name, currency = text_of(row=center, name="name"), center.currency
    found = [why.who_pays(center=name, tally=tally)]
    if tally.unpriced:
        found.append(why.without_amount(center=name, tally=tally))
    found.append(why.income(center=name, currency=currency, income=income))
    if _supposes(suppose=suppose, center=center.code):
        found.append(why.supposed(center=name, currency=currency, income=income, suppose=suppose))
    return [*found, why.made_up_for(center=name, currency=currency, needed=needed)]


def _supposes(*, suppose: Suppositions, center: str) -> bool:
    return bool(suppose.drop_operations or suppose.members_change or suppose.new_without_operations.get(center))


def _until(*, center: Center, begins: date, codes: Collection[str]) -> list[Text]:
    """Says that another table is coming that will take the new one's place."""
    later = (
        DuesPolicy.objects.filter(center=center, valid_from__gt=begins)
        .exclude(code__in=list(codes))
        .order_by("valid_from")
        .first()
    )
    if later is None:
        return []
    name, day = text_of(row=center, name="name"), later.valid_from
    return [
        Text(
            en=f"{name.en}: it holds until {later.code} begins on {long_date(day=day, language='en')}, "
            "which was adopted before.",
            es=f"{name.es}: rige hasta que empiece {later.code} el {long_date(day=day, language='es')}, "
            "que se adoptó antes.",
        )
    ]


def _totals(
    *, center: Center, tally: Tally, income: CenterIncome, suppose: Suppositions, needed: MakeUp
) -> dict[str, Any]:
    """The figures of one center as JSON carries them, amounts in whole units of its currency."""
    return {
        "currency": center.currency,
        "members": tally.members,
        "more": tally.more,
        "same": tally.same,
        "less": tally.less,
        "waived": tally.waived,
        "without_amount": tally.unpriced,
        "income_now": whole_units(minor=income.now),
        "income_after": whole_units(minor=income.after),
        "income_supposed": whole_units(minor=income.supposed(suppose=suppose)),
        "make_up": {
            "loss": whole_units(minor=needed.loss),
            "new_members": needed.mixed,
            **{f"only_{kind}s": count for kind, count in needed.by_kind.items()},
        },
    }


_TALLY_HEADS = (
    Text(en="Members", es="Membresías"),
    Text(en="More", es="Más"),
    Text(en="Same", es="Igual"),
    Text(en="Less", es="Menos"),
    Text(en="Waived", es="Exentas"),
)


def _who_tables(*, centers: Sequence[Center], changed: Sequence[Moved]) -> list[Table]:
    """Who pays more, the same, less: by center, by center and kind, by center and sector."""
    names = {center.code: text_of(row=center, name="name") for center in centers}

    def row(head: Text, tally: Tally) -> tuple[Text, ...]:
        counts = (tally.members, tally.more, tally.same, tally.less, tally.waived)
        return (head, *(_figure(count) for count in counts))

    by_center = tallies(changes=changed, by=lambda group: group.center)
    by_kind = tallies(changes=changed, by=lambda group: (group.center, group.kind))
    by_sector = tallies(changes=changed, by=lambda group: (group.center, group.sector))
    return [
        Table(
            title=Text(en="Who pays more and who less", es="Quién paga más y quién menos"),
            heads=(Text(en="Center", es="Centro"), *_TALLY_HEADS),
            rows=tuple(row(names[center], tally) for center, tally in sorted(by_center.items())),
        ),
        Table(
            title=Text(en="By kind", es="Por tipo"),
            heads=(Text(en="Center and kind", es="Centro y tipo"), *_TALLY_HEADS),
            rows=tuple(
                row(_joined(names[center], MEMBER_KINDS[kind]), tally)
                for (center, kind), tally in sorted(
                    by_kind.items(), key=lambda cell: (cell[0][0], cell[0][1] != "organization")
                )
            ),
        ),
        Table(
            title=Text(en="By sector", es="Por sector"),
            heads=(Text(en="Center and sector", es="Centro y sector"), *_TALLY_HEADS),
            rows=tuple(
                row(_joined(names[center], _sector(sector)), tally)
                for (center, sector), tally in sorted(by_sector.items())
            ),
        ),
    ]


def _income_table(*, centers: Sequence[Center], income: Mapping[str, CenterIncome], suppose: Suppositions) -> Table:
    rows = []
    for center in centers:
        money, currency = income[center.code], center.currency
        amounts = (money.now, money.after, money.after - money.now, money.supposed(suppose=suppose))
        rows.append((text_of(row=center, name="name"), *(_money(amount, currency=currency) for amount in amounts)))
    return Table(
        title=Text(en="A year's dues", es="Las cuotas de un año"),
        heads=(
            Text(en="Center", es="Centro"),
            Text(en="Now", es="Ahora"),
            Text(en="After", es="Después"),
            Text(en="Difference", es="Diferencia"),
            Text(en="As supposed", es="Con lo supuesto"),
        ),
        rows=tuple(rows),
        note=Text(
            en="Each center in its own currency, never added up: if everybody is asked once and pays.",
            es="Cada centro en su moneda, nunca sumados: si a cada quien se le pide una vez y paga.",
        ),
    )


def _dropping_table(
    *, centers: Sequence[Center], income: Mapping[str, CenterIncome], suppose: Suppositions, members: WhoPays
) -> list[Table]:
    """What a year comes to if so many drop operations, and who makes up for it; none where nobody takes them."""
    taking = {group.center for group in members.groups if group.operations and group.share}
    rows = []
    for center in centers:
        if center.code not in taking:
            continue
        for percent in DROPPING:
            less = Suppositions(
                drop_operations=percent,
                members_change=suppose.members_change,
                new_without_operations=suppose.new_without_operations,
            )
            money = income[center.code]
            amount, needed = money.supposed(suppose=less), money.make_up(suppose=less)
            name = text_of(row=center, name="name")
            none = Text(en="none is enough", es="no alcanza")
            rows.append(
                (
                    Text(en=f"{name.en}, {percent} %", es=f"{name.es}, {percent} %"),
                    _money(amount, currency=center.currency),
                    _money(amount - money.now, currency=center.currency),
                    none if needed.mixed is None else _figure(needed.mixed),
                )
            )
    if not rows:
        return []
    return [
        Table(
            title=Text(en="If some drop operations and support", es="Si algunas dejan operación y soporte"),
            heads=(
                Text(en="Center and share", es="Centro y proporción"),
                Text(en="A year", es="Un año"),
                Text(en="Against now", es="Contra ahora"),
                Text(en="New members to make up", es="Nuevas para compensar"),
            ),
            rows=tuple(rows),
            note=Text(
                en="New members without operations and support, of the kinds there are today.",
                es="Membresías nuevas sin operación y soporte, de los tipos que hay hoy.",
            ),
        )
    ]


def _largest_table(*, center: Center, changed: Iterable[Moved], members: WhoPays) -> Table:
    """The largest changes of one center, by name."""
    moved = largest_first(changes=[change for change in changed if change.group.center == center.code])
    named = members.first_of(changes=moved, most=LARGEST)
    rows = []
    for one in named:
        group = one.change.group
        own = "" if group.share == WHOLE_SHARE else f", {group.share / _PERCENT_POINTS:g} %"
        kind = MEMBER_KINDS[group.kind]
        band = "" if group.band is None else str(group.band)
        rows.append(
            (
                Text(en=f"{one.name} ({one.code})", es=f"{one.name} ({one.code})"),
                Text(
                    en=f"{kind.en}{', band ' + band if band else ''}{own}",
                    es=f"{kind.es}{', rango ' + band if band else ''}{own}",
                ),
                _money(one.change.before or 0, currency=center.currency),
                _money(one.change.after or 0, currency=center.currency),
                _money(one.change.difference, currency=center.currency),
            )
        )
    total = sum(change.group.heads for change in moved)
    name = text_of(row=center, name="name")
    return Table(
        title=Text(en=f"Largest changes, {name.en}", es=f"Los mayores cambios, {name.es}"),
        heads=(
            Text(en="Member", es="Membresía"),
            Text(en="Kind", es="Tipo"),
            Text(en="Now", es="Ahora"),
            Text(en="After", es="Después"),
            Text(en="Difference", es="Diferencia"),
        ),
        rows=tuple(rows),
        note=Text(
            en=f"{len(rows)} of {total:,} whose dues change; where changes are alike, by id.",
            es=f"{len(rows)} de {total:,} cuya cuota cambia; si el cambio es igual, por clave.",
        ),
        private=True,
    )


def _joined(center: Text, what: Text) -> Text:
    return Text(en=f"{center.en}: {what.en}", es=f"{center.es}: {what.es}")


def _sector(sector: str) -> Text:
    return sector_name(sector) if sector else Text(en="no sector", es="sin sector")


def _figure(count: int) -> Text:
    return Text(en=f"{count:,}", es=f"{count:,}")


def _money(minor: int, *, currency: str) -> Text:
    said = printed(minor=minor, currency=currency)
    return Text(en=said, es=said)
