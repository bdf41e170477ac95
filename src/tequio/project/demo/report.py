"""One screen about the demo's year: a block for each center, in its language and its currency, never added up."""

import re
from collections.abc import Iterator, Sequence
from textwrap import wrap

from tequio.centers.queries import all_centers
from tequio.kernel.texts import text_of
from tequio.project.demo.figures import CenterYear, Door, Guests, Why, center_year
from tequio.project.demo.life import Year
from tequio.rules.dues import PART_NAMES, Part
from tequio.rules.ladder import CHANNEL_NAMES, Channel
from tequio.rules.money import printed
from tequio.rules.reasons import Text, long_date
from tequio.rules.standing import STANDING_NAMES, Standing

WIDTH = 100
LINES = 45
_LABEL = 13
_ROOM = WIDTH - _LABEL
_AGE = 17

_LABELS = {
    "members": Text(en="Members", es="Membresías"),
    "billed": Text(en="Billed", es="Emitido"),
    "paid": Text(en="Paid", es="Pagado"),
    "open": Text(en="Open", es="Por pagar"),
    "credit": Text(en="Credit", es="A favor"),
    "followed": Text(en="Followed up", es="Seguimiento"),
    "door": Text(en="Doors", es="Puertas"),
    "guests": Text(en="Guests", es="De fuera"),
    "oldest": Text(en="Oldest debts", es="Mayor atraso"),
    "why": Text(en="Why?", es="¿Por qué?"),
    "import": Text(en="Set aside", es="Apartado"),
}
# Many members at once; STANDING_NAMES speaks of one.
_MANY = {
    Standing.GOOD: Text(en="in good standing", es="al corriente"),
    Standing.AT_RISK: Text(en="at risk", es="en riesgo"),
    Standing.LIMITED: Text(en="limited", es="limitadas"),
    Standing.DISABLED: Text(en="disabled", es="suspendidas"),
    Standing.INACTIVE: Text(en="inactive", es="inactivas"),
}


def report(*, year: Year) -> list[str]:
    """The report as lines of at most WIDTH columns, about LINES of them, without any color."""
    lines: list[str] = []
    # The center that speaks English comes first; between two of one language the codes decide.
    for center in sorted(all_centers(), key=lambda c: (c.language, c.code)):
        lines += _Block(figures=center_year(center=center, year=year)).lines()
    return lines


class _Block:
    """One center's part of the report, in its language."""

    def __init__(self, *, figures: CenterYear) -> None:
        self.figures = figures
        self.language = figures.center.language
        self.currency = figures.center.currency

    def lines(self) -> list[str]:
        """The block, line by line."""
        f = self.figures
        name = text_of(row=f.center, name="name").to(self.language)
        day = long_date(day=f.on, language=self.language)
        title = f"── {name}, {self.say(en=day, es=day)}, {self.currency} "
        rows = [title.ljust(WIDTH, "─")]
        rows += self.under(label="members", sentences=[self.members()])
        rows += self.under(label="billed", sentences=list(self.billed()))
        rows += self.under(label="paid", sentences=[self.paid()])
        rows += self.under(label="open", sentences=list(self.open_by_age()))
        rows += self.under(label="followed", sentences=[self.followed_up()])
        rows += self.under(label="door", sentences=[self.door(f.door)] if f.door else [])
        rows += self.under(label="guests", sentences=[self.guests(f.guests)] if f.guests else [])
        rows += self.under(label="oldest", sentences=list(self.oldest()))
        rows += self.under(label="why", sentences=list(self.why(f.why)) if f.why else [])
        rows += self.under(label="import", sentences=list(self.set_aside()))
        return rows

    def say(self, *, en: str, es: str) -> str:
        """One of two sentences, by the language of the block."""
        return es if self.language == "es" else en

    def money(self, minor: int) -> str:
        """An amount in the center's currency."""
        return printed(minor=minor, currency=self.currency)

    def under(self, *, label: str, sentences: Sequence[str]) -> list[str]:
        """Sentences beside a label, wrapped to the width."""
        rows = [row for sentence in sentences for row in _wrapped(sentence)]
        labels = [_LABELS[label].to(self.language)] + [""] * len(rows)
        return [f"{name:<{_LABEL}}{row}".rstrip() for name, row in zip(labels, rows, strict=False)]

    def members(self) -> str:
        """The headline count, and apart from it the count in good standing."""
        counts = self.figures.standings
        parts = [
            f"{counts.get(standing, 0)} {_name_of(standing=standing, of=counts.get(standing, 0)).to(self.language)}"
            for standing in Standing
            if standing is Standing.GOOD or counts.get(standing)
        ]
        left, total = self.figures.left, sum(counts.values())
        said = self.say(en=f"{total} belong, {parts[0]}; ", es=f"{total} en total, {parts[0]}; ")
        if left:
            parts.append(self.say(en=f"{left} left", es=f"{left} se fueron" if left > 1 else f"{left} se fue"))
        return said + ", ".join(parts[1:])

    def billed(self) -> Iterator[str]:
        """By policy and part: what was billed before the split and after it."""
        heads = [self.say(en="invoices", es="avisos"), *(PART_NAMES[part].to(self.language) for part in Part)]
        yield _columns(first="", cells=heads)
        for row in self.figures.billed:
            support = self.money(row.operations) if row.operations else "–"
            cells = [str(row.invoices), self.money(row.membership), support]
            yield _columns(first=row.policy.to(self.language), cells=cells)

    def paid(self) -> str:
        """What came, what went back, what was let go, what is held for later."""
        f = self.figures
        said = self.say(
            en=f"{self.money(f.paid)} in {f.payments} payments", es=f"{self.money(f.paid)} en {f.payments} pagos"
        )
        if f.given_back:
            said += self.say(en=f"; given back {self.money(f.given_back)}", es=f"; devuelto {self.money(f.given_back)}")
        if f.written_off:
            said += self.say(
                en=f"; written off {self.money(f.written_off)}", es=f"; condonado {self.money(f.written_off)}"
            )
        return said + self.say(
            en=f"; credit {self.money(f.credit)} of {f.credit_members} members",
            es=f"; a favor de {f.credit_members} membresías {self.money(f.credit)}",
        )

    def open_by_age(self) -> Iterator[str]:
        """What is left to pay, by days since it was due."""
        ages = self.figures.open
        columns = (
            (self.say(en="not due yet", es="por vencer"), ages.not_due),
            (self.say(en="0-30 days", es="0-30 días"), ages.to_30),
            (self.say(en="31-60 days", es="31-60 días"), ages.to_60),
            (self.say(en="61-90 days", es="61-90 días"), ages.to_90),
            (self.say(en="over 90", es="más de 90"), ages.over_90),
        )
        yield "".join(f"{name:>{_AGE}}" for name, _ in columns)
        yield "".join(f"{self.money(amount):>{_AGE}}" for _, amount in columns)

    def followed_up(self) -> str:
        """What a month of notices, letters and calls came to."""
        found = self.figures.followed
        sent = {line.name.en: line.followed.contacts for line in found.channels}
        mails, letters, calls = (sent.get(CHANNEL_NAMES[channel].en, 0) for channel in Channel)
        came, cost = self.money(found.followed), self.money(found.cost)
        return self.say(
            en=f"In November {_many(mails, 'mail')}, {_many(letters, 'letter')}, {_many(calls, 'call')}; {came} came "
            f"after them, cost {cost}",
            es=f"En noviembre {_many(mails, 'correo')}, {_many(letters, 'carta')}, {_many(calls, 'llamada')}; llegaron "
            f"{came}, costo {cost}",
        )

    def door(self, door: Door) -> str:
        """One member, limited, called, paid and back."""
        shut, called, paid = (
            long_date(day=day, language=self.language) for day in (door.shut_on, door.called_on, door.paid_on)
        )
        return self.say(
            en=f"{door.code} limited {shut}, {door.site} shut{', mail kept' if door.mail_kept else ''}; called "
            f"{called}; paid {paid}, open again {door.seconds} s later",
            es=f"{door.code} limitada el {shut}, {door.site} cerrado{', con su correo' if door.mail_kept else ''}; "
            f"llamada el {called}; pagó el {paid} y abrió {door.seconds} s después",
        )

    def guests(self, guests: Guests) -> str:
        """Whom services are lent to by decision, and how far the mailboxes are that move in."""
        day = long_date(day=guests.until, language=self.language)
        return self.say(
            en=f"{guests.lent_to} has {guests.accounts} accounts on loan until {day}; mailboxes moving in: "
            f"{guests.moving}, copied {guests.copied}, taken back {guests.taken_back}",
            es=f"{guests.lent_to} tiene {guests.accounts} cuentas prestadas hasta el {day}; buzones que se mudan: "
            f"{guests.moving}, copiados {guests.copied}, de regreso {guests.taken_back}",
        )

    def oldest(self) -> Iterator[str]:
        """The oldest debts: since when, how much, whose."""
        for debtor in self.figures.oldest:
            standing = STANDING_NAMES[Standing(debtor.standing)].to(self.language)
            owed = self.money(debtor.owed)
            since = long_date(day=debtor.oldest_due, language=self.language)
            said = self.say(
                en=f"{owed} since {since}, {debtor.code}, {standing}: ",
                es=f"{owed} desde el {since}, {debtor.code}, {standing}: ",
            )
            yield said + _shortened(debtor.name, to=_ROOM - len(said))

    def why(self, walk: Why) -> Iterator[str]:
        """From a member's standing to the decision behind its invoice, and where that is written."""
        verdict = walk.standing.verdict
        standing = STANDING_NAMES[verdict.standing].to(self.language)
        since = long_date(day=verdict.since, language=self.language)
        code = walk.standing.member.code
        yield self.say(
            en=f"{code} is {standing} since {since}. {verdict.reason.en}",
            es=f"{code} está {standing} desde el {since}. {verdict.reason.es}",
        )
        parts = ", ".join(f"{line.name.to(self.language).lower()} {self.money(line.amount)}" for line in walk.lines)
        yield f"{walk.invoice.number}: {parts}"
        line = walk.lines[0]
        if line.policy_title and line.valid_from and line.decision_title and line.decided_on:
            first, decided = (long_date(day=d, language=self.language) for d in (line.valid_from, line.decided_on))
            yield self.say(
                en=f"policy: {line.policy_title.en}, in force from {first}",
                es=f"política: {line.policy_title.es}, en vigor desde el {first}",
            )
            yield self.say(
                en=f"decision of {decided}: {line.decision_title.en}",
                es=f"acuerdo del {decided}: {line.decision_title.es}",
            )
        yield self.say(en=f"source: {line.source.en}", es=f"fuente: {line.source.es}")

    def set_aside(self) -> Iterator[str]:
        """The rows the import refused, and the entries it thinks are one member."""
        for rejected in self.figures.rejected:
            yield self.say(
                en=f"row {rejected.row} ({rejected.code}): {rejected.text.en}",
                es=f"fila {rejected.row} ({rejected.code}): {rejected.text.es}",
            )
        for twins in self.figures.twins:
            pair_en, pair_es = f"{twins.first} and {twins.second}", f"{twins.first} y {twins.second}"
            if twins.merged:
                yield self.say(
                    en=f"{pair_en} look like one member; a person merged them, and it can be undone",
                    es=f"{pair_es} parecen ser la misma; alguien las unió, y se puede deshacer",
                )
            else:
                yield self.say(
                    en=f"{pair_en} look like one member; a person has yet to say so",
                    es=f"{pair_es} parecen ser la misma; falta que una persona lo confirme",
                )


def _name_of(*, standing: Standing, of: int) -> Text:
    return STANDING_NAMES[standing] if of == 1 else _MANY[standing]


def _columns(*, first: str, cells: Sequence[str]) -> str:
    """A row of the table of what was billed: a name, then figures to the right."""
    return f"{first:<30}" + "".join(f"{cell:>{width}}" for cell, width in zip(cells, (9, 22, 26), strict=True))


def _wrapped(sentence: str) -> list[str]:
    """A sentence in rows that fit beside the label, the further ones indented, no amount torn from its currency."""
    if len(sentence) <= _ROOM:
        return [sentence]
    whole = re.sub(r"\b([A-Z]{3}) (?=-?\d)", "\\1\N{NO-BREAK SPACE}", sentence)
    rows = wrap(whole, _ROOM, subsequent_indent="  ", break_on_hyphens=False)
    return [row.replace("\N{NO-BREAK SPACE}", " ") for row in rows]


def _shortened(text: str, *, to: int) -> str:
    return text if len(text) <= to else text[: to - 1].rstrip() + "…"


def _many(count: int, word: str) -> str:
    """A count and its word, which takes an s in both languages."""
    return f"{count} {word}{'s' * (count != 1)}"
