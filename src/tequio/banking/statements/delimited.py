"""The CSV or workbook of any bank, read into movements by what its columns hold."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from tequio.banking.statements.chain import Link, Settled, settle_signs
from tequio.banking.statements.columns import (
    Mapping_,
    Table,
    day_part,
    guess_mapping,
    marks_of,
    money_in,
    no_columns,
    table_of,
)
from tequio.banking.statements.ofx import cut_off, fractions
from tequio.banking.statements.roles import Role
from tequio.banking.statements.shapes import Format, Movement, Section, SetAside, Statement
from tequio.banking.statements.table_rows import Draft, Gap, Step, cells_of, decimals_of, places_of, what_it_is
from tequio.banking.statements.tables import Row
from tequio.kernel.errors import Refusal
from tequio.members.intake.dates import DateOrder, evidence_of, read_day
from tequio.members.intake.vocabulary import folded
from tequio.rules.money import printed
from tequio.rules.reasons import Text

_SPANISH = ("fecha", "importe", "cargo", "abono", "saldo", "concepto", "descripci", "monto", "retiro")


def read_table(
    rows: Sequence[Row], /, *, format_: Format, saved: Mapping_ | None = None, usual: DateOrder | None = None
) -> tuple[Statement, Mapping_]:
    """The movements of a bank's table, and how its columns were read.

    `saved` is the mapping to use where its headings are all there; what it leaves open the file tells. `usual` is the
    order of day and month where nothing in the file tells. Refuses a table whose balances contradict its amounts.
    """
    table = table_of(rows)
    notes: list[Text] = []
    mapping = _mapping(table, saved=saved, notes=notes)
    mark = mapping.mark or marks_of(table, mapping)
    order = mapping.dates or _order(table, mapping, usual=usual, notes=notes)
    mapping = replace(mapping, dates=order, mark=mark)
    sections: dict[tuple[str, str], Section] = {}
    drafts: dict[tuple[str, str], list[Step]] = {}
    openings: dict[tuple[str, str], int] = {}
    places = places_of(table, mapping)
    for row in table.rows:
        cells = cells_of(row, places=places)
        key = (cells.said.get(Role.ACCOUNT, ""), cells.said.get(Role.CURRENCY, "").upper())
        taken = what_it_is(cells, mark=mark, order=order)
        if taken is None:
            continue
        if isinstance(taken, int):
            openings.setdefault(key, taken)
            continue
        section = sections.setdefault(key, Section(accounts=(key[0],) if key[0] else (), currency=key[1]))
        if isinstance(taken, Text):
            section.aside.append(SetAside(row=row.number, why=taken))
            balance = money_in(cells.said.get(Role.BALANCE, ""), mark=mark)
            drafts.setdefault(key, []).append(Gap(balance=balance.minor if balance else None))
        else:
            drafts.setdefault(key, []).append(taken)
    _set_cut_row_aside(sections=sections, drafts=drafts)
    for key, listed in drafts.items():
        _settle(listed, section=sections[key], opening=openings.get(key), notes=notes)
    statement = Statement(format=format_, sections=list(sections.values()), notes=notes)
    return statement, mapping


def _mapping(table: Table, *, saved: Mapping_ | None, notes: list[Text]) -> Mapping_:
    if saved is not None and saved.columns:
        named = [heading for headings in saved.columns.values() for heading in headings]
        absent = [heading for heading in named if table.position(heading) is None]
        if not absent:
            if Role.DATE not in saved.columns:
                raise no_columns(date=True)
            if not {Role.AMOUNT, Role.CREDIT, Role.DEBIT} & set(saved.columns):
                raise no_columns(date=False)
            return saved
        shown = ", ".join(f"“{heading}”" for heading in absent[:3])
        notes.append(
            Text(
                en=f"The columns remembered for this account are not in the file ({shown}); they were guessed anew.",
                es="Las columnas recordadas de esta cuenta no están en el archivo "
                f"({shown.replace('“', '«').replace('”', '»')}); se adivinaron de nuevo.",
            )
        )
    guessed = guess_mapping(table)
    if saved is not None:
        guessed = replace(guessed, dates=saved.dates, mark=saved.mark)
    return guessed


def _order(table: Table, mapping: Mapping_, *, usual: DateOrder | None, notes: list[Text]) -> DateOrder:
    """Which part of 03/04/2016 is the month: by the days themselves, else their sequence, else what is usual."""
    at = table.position(mapping.columns[Role.DATE][0])
    texts = [day_part(cell) for cell in table.column(at if at is not None else 0, limit=20_000)]
    evidence = evidence_of(texts=texts)
    if evidence.order is not None and not (evidence.dmy and evidence.mdy):
        return evidence.order
    if evidence.dmy or evidence.mdy:  # some are broken: the greater number tells
        return "dmy" if evidence.dmy >= evidence.mdy else "mdy"
    orders: tuple[DateOrder, DateOrder] = ("dmy", "mdy")
    # An order in which fewer of them are days is none; then days that turn back and forth, or spread over years.
    spans = {order: (-_read_as(texts, order=order), *_disorder(texts, order=order)) for order in orders}
    if spans["dmy"] != spans["mdy"]:
        return min(orders, key=lambda order: spans[order])
    spanish = any(folded(heading).startswith(_SPANISH) for heading in table.headings)
    chosen: DateOrder = "dmy" if spanish or usual is None else usual
    shown = read_day(text=evidence.example, order=chosen)
    notes.append(
        Text(
            en=f"“{evidence.example}” was read as {shown}: nothing in the file tells the order of day and month. "
            "If that is wrong, say which it is (with the command: --dates dmy, mdy or ymd).",
            es=f"«{evidence.example}» se leyó como {shown}: nada en el archivo dice el orden de día y mes. "
            "Si no es así, diga cuál es (con el comando: --dates dmy, mdy o ymd).",
        )
    )
    return chosen


def _read_as(texts: list[str], *, order: DateOrder) -> int:
    return sum(1 for text in texts if read_day(text=text, order=order))


def _disorder(texts: list[str], *, order: DateOrder) -> tuple[int, int]:
    """How often the sequence of days turns round, and over how many days they spread."""
    days = [date.fromisoformat(day).toordinal() for text in texts if (day := read_day(text=text, order=order))]
    turns, going = 0, 0
    for before, after in pairwise(days):
        step = (after > before) - (after < before)
        if step and going and step != going:
            turns += 1
        going = step or going
    return turns, (max(days) - min(days)) if days else 0


def _settle(steps: list[Step], *, section: Section, opening: int | None, notes: list[Text]) -> None:
    """Let the chain of balances say which way each row moved; what it contradicts is set aside."""
    drafts = [step for step in steps if isinstance(step, Draft)]
    if not drafts:
        return
    newest_first = drafts[0].on > drafts[-1].on
    rows = [
        Link(size=step.link, said=step.said, balance=step.balance, fee=step.fee)
        if isinstance(step, Draft)
        else Link(size=0, said=0, balance=step.balance)
        for step in steps
    ]
    chain = settle_signs(rows, opening=opening, newest_first=newest_first)
    if not chain.believed:
        section.aside += [SetAside(row=draft.cells.row.number, why=_no_chain(chain)) for draft in drafts]
        section.aside.sort(key=lambda row: row.row)
        return
    if chain.flipped:
        notes.append(
            Text(
                en="The balances show that this bank writes money in with the other sign; it was read so.",
                es="Los saldos muestran que este banco escribe los abonos con el otro signo; así se leyó.",
            )
        )
    broken: list[int] = []
    for step, sign, at in zip(steps, chain.signs, range(len(steps)), strict=True):
        if not isinstance(step, Draft):
            continue
        number = step.cells.row.number
        if at in chain.broken:
            broken.append(number)
            section.aside.append(SetAside(row=number, why=_broken(step, currency=section.currency)))
        elif step.size and not sign:
            section.aside.append(SetAside(row=number, why=_no_sign()))
        else:
            section.movements.append(_movement(step, sign=sign, currency=section.currency))
    if broken:
        places = ", ".join(str(number) for number in broken[:10])
        notes.append(
            Text(
                en=f"The balance does not follow from the one before in row {places}: a row is missing or changed. "
                "What does not follow was set aside.",
                es=f"El saldo no se sigue del anterior en la fila {places}: falta una fila o se cambió. "
                "Lo que no se sigue quedó aparte.",
            )
        )
    section.aside.sort(key=lambda row: row.row)
    section.through = max(draft.on for draft in drafts)


def _movement(draft: Draft, *, sign: int, currency: str) -> Movement:
    said = draft.cells.said
    return Movement(
        row=draft.cells.row.number,
        on=draft.on,
        amount=sign * draft.size,
        currency=currency,
        bank_id=said.get(Role.BANK_ID, ""),
        name=said.get(Role.NAME, ""),
        text=draft.cells.text,
        payer_account=said.get(Role.PAYER_ACCOUNT, ""),
        balance=draft.balance,
        doubt=fractions() if draft.rounded else None,
    )


def _set_cut_row_aside(*, sections: dict[tuple[str, str], Section], drafts: dict[tuple[str, str], list[Step]]) -> None:
    """The last row of a file without a line's end, if its amount has fewer decimals than every other: half a figure."""
    for key, steps in drafts.items():
        listed = [step for step in steps if isinstance(step, Draft)]
        if len(listed) < 3 or steps[-1] is not listed[-1]:  # noqa: PLR2004 - CONFIG: fewer tell no habit
            continue
        last = listed[-1]
        if last.cells.row.ended or last.balance is not None:
            continue
        decimals = [decimals_of(draft.cells) for draft in listed]
        if len(set(decimals[:-1])) == 1 and decimals[-1] < decimals[0]:
            steps.pop()
            sections[key].aside.append(SetAside(row=last.cells.row.number, why=cut_off()))


def _no_chain(chain: Settled) -> Text:
    return Text(
        en=f"The balances do not follow from the amounts ({chain.held} of {chain.links} do), so nothing proves what "
        "came and what went. Nothing of this file was posted.",
        es=f"Los saldos no se siguen de las cantidades ({chain.held} de {chain.links} sí), así que nada prueba qué "
        "llegó y qué salió. No se registró nada de este archivo.",
    )


def _broken(draft: Draft, *, currency: str) -> Text:
    shown = printed(minor=draft.size, currency=currency or "").strip()
    after = printed(minor=draft.balance or 0, currency=currency or "").strip()
    return Text(
        en=f"The balance {after} does not follow from the one before and {shown}.",
        es=f"El saldo {after} no se sigue del anterior y {shown}.",
    )


def _no_sign() -> Text:
    return Text(
        en="Nothing tells whether this money came or went: it has no sign, and no balance before it.",
        es="Nada dice si este dinero llegó o salió: no tiene signo, ni hay un saldo anterior.",
    )


def refuse_no_table() -> Refusal:
    """The refusal of a text that is no statement of any format."""
    return Refusal(
        en="The file is no bank statement of a format the program reads: OFX, QFX, MT940, CAMT.053, CSV or XLSX.",
        es="El archivo no es un estado de cuenta en un formato que el programa lea: OFX, QFX, MT940, CAMT.053, CSV o "
        "XLSX.",
    )
