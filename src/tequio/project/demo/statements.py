"""The demo's bank statements: one a center, in the last days of the year, in the format its bank gives."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from tequio.banking.operations.accounts import add_number
from tequio.banking.operations.importing import import_statement
from tequio.dues.models import Invoice
from tequio.dues.references import iso_reference, short_reference
from tequio.rules.standing import Standing

US_NUMBER = "000123450042"  # invented, as everything here
_ACTOR = "demo"
_WITH_REFERENCE, _WITH_NAME = 6, 3
_BALANCE = 2_481_500  # minor units, before the first line


def hand_in_statements(*, spared: Collection[str], at: datetime) -> None:
    """Hand in what both banks say of the last week: payments with a reference, with a name, and money nobody knows.

    `spared` are members whose year is written out elsewhere.
    """
    add_number(code="us-bank", number=US_NUMBER, actor=_ACTOR, at=at)
    _take(account="us-bank", name="activity.qfx", raw=_american(lines=_lines(center="us", spared=spared, at=at)), at=at)
    _take(
        account="mx-bank", name="movimientos.csv", raw=_mexican(lines=_lines(center="mx", spared=spared, at=at)), at=at
    )


def _take(*, account: str, name: str, raw: bytes, at: datetime) -> None:
    import_statement(account_code=account, raw=raw, name=name, actor=_ACTOR, at=at)


def _lines(*, center: str, spared: Collection[str], at: datetime) -> list[tuple[date, int, str]]:
    """Day, amount in minor units and what the bank writes, oldest first."""
    today = at.date()
    # Who is behind stays so: the report walks through one of them.
    rows = (
        Invoice.objects.filter(center__code=center, rest__gt=0, member__standing=Standing.GOOD.value)
        .exclude(member__code__in=spared)
        .filter(member__merged_into__isnull=True)
        .order_by("due_on", "number")
    )
    found = list(rows.values_list("number", "rest", "member__name")[: _WITH_REFERENCE + _WITH_NAME])
    lines = []
    for place, (number, rest, name) in enumerate(found):
        on = today - timedelta(days=6 - place // 2)
        if place >= _WITH_REFERENCE:
            lines.append((on, rest, f"SPEI RECIBIDO {name}" if center == "mx" else f"ZELLE FROM {name}"))
        elif center == "mx":
            lines.append((on, rest, f"SPEI RECIBIDO {short_reference(number=number)} CUOTA"))
        else:
            lines.append((on, rest, f"ACH CREDIT {name} {iso_reference(number=number)}"))
    lines += [
        (today - timedelta(days=1), 7_300, "DEPOSITO EN EFECTIVO" if center == "mx" else "COUNTER DEPOSIT"),
        (today, -45_000, "PAGO DE ENLACE DEDICADO" if center == "mx" else "COLOCATION DECEMBER"),
    ]
    return lines


def _american(*, lines: list[tuple[date, int, str]]) -> bytes:
    """A file for a money program, as banks in New York give it."""
    body = "".join(
        f"<STMTTRN><TRNTYPE>{'CREDIT' if amount > 0 else 'DEBIT'}<DTPOSTED>{on:%Y%m%d}120000[-5:EST]"
        f"<TRNAMT>{_units(amount)}<FITID>{on:%Y%m%d}{place:04d}<NAME>{text[:32]}<MEMO>{text}</STMTTRN>\n"
        for place, (on, amount, text) in enumerate(lines)
    )
    return (
        "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nENCODING:UTF-8\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>USD\n"
        f"<BANKACCTFROM><BANKID>021000021<ACCTID>{US_NUMBER}<ACCTTYPE>CHECKING</BANKACCTFROM>\n"
        f"<BANKTRANLIST><DTSTART>{lines[0][0]:%Y%m%d}<DTEND>{lines[-1][0]:%Y%m%d}\n{body}</BANKTRANLIST>"
        "</STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n"
    ).encode()


def _mexican(*, lines: list[tuple[date, int, str]]) -> bytes:
    """A spreadsheet with money in, money out and the balance, as banks in Mexico City give it."""
    balance, rows = _BALANCE, ["Fecha,Concepto,Cargo,Abono,Saldo"]
    for on, amount, text in lines:
        balance += amount
        apart = f",{_units(amount)}" if amount > 0 else f"{_units(-amount)},"
        rows.append(f'{on:%d/%m/%Y},"{text}",{apart},{_units(balance)}')
    return "\n".join([*rows, ""]).encode("latin-1", errors="replace")


def _units(minor: int) -> str:
    return f"{'-' if minor < 0 else ''}{abs(minor) // 100}.{abs(minor) % 100:02d}"
