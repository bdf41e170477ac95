"""Spreadsheets as people hand them in, made from rows of a roll that is in order. All names are invented."""

import csv
import io
from datetime import date

from openpyxl import Workbook
from tests.members.intake.conftest import GOOD

from tequio.members.intake.proposing import propose_for
from tequio.members.intake.roll import read_mapped
from tequio.members.intake.sheets import read_sheet
from tequio.members.intake.translating import CenterNames

CENTERS = [
    CenterNames(code="mx", names=("Mexico", "México"), currency="MXN", language="es"),
    CenterNames(code="us", names=("United States", "Estados Unidos"), currency="USD", language="en"),
]
ON = date(2016, 7, 15)

SPANISH = {
    "email": "Correo electrónico",
    "member_name": "Nombre de la organización",
    "member_id": "Clave",
    "center": "Sede",
    "kind": "Tipo de miembro",
    "joined_on": "Fecha de ingreso",
    "paid_until": "Pagado hasta",
    "balance_due": "Adeudo",
    "currency": "Moneda",
    "operations": "Operación y soporte",
    "sector": "Giro",
    "income_band": "Nivel de ingresos",
    "contact_name": "Persona de contacto",
    "contact_roles": "Papel",
    "phone": "Teléfono",
    "street": "Domicilio",
    "city": "Municipio",
    "state": "Entidad federativa",
    "postal_code": "C. P.",
    "country": "País",
    "language": "Idioma",
}
WORDS = {
    "kind": {"organization": "Organización", "individual": "persona física"},
    "operations": {"yes": "Sí", "no": "No"},
    "center": {"mx": "México", "us": "Estados Unidos"},
    "contact_roles": {
        "representative;billing": "Representante y cobranza",
        "representative": "representante",
        "billing": "Facturación",
        "technical": "Técnica",
    },
    "currency": {"MXN": "pesos", "USD": "dólares"},
    "country": {"MX": "México", "US": "EE. UU."},
    "language": {"es": "Español", "en": "inglés"},
}


def in_spanish(row):
    """A row of a roll as a treasurer in Mexico City would write it: words, dd/mm/yyyy, decimal commas."""
    said = {column: WORDS.get(column, {}).get(value, value) for column, value in row.items()}
    for column in ("joined_on", "paid_until"):
        parts = row[column].split("-")
        said[column] = "/".join(reversed(parts)) if len(parts) == 3 else row[column]
    said["balance_due"] = with_decimal_comma(row["balance_due"])
    return {SPANISH[column]: value for column, value in said.items()}


def with_decimal_comma(amount):
    try:
        return f"{float(amount):,.2f}".translate(str.maketrans(",.", ".,"))
    except ValueError:
        return amount


def good_rows():
    """Three members: one with two contacts, one in each center, one individual who owes."""
    north = {
        "member_id": "B-7",
        "member_name": "Harbor Seed Library",
        "center": "us",
        "currency": "USD",
        "joined_on": "2011-12-30",
        "paid_until": "2015-12-30",
        "balance_due": "1200.50",
        "contact_name": "Noor Field",
        "email": "noor@harbor.example.org",
        "phone": "+1 212 555 0188",
        "street": "12 Pier St",
        "city": "New York",
        "state": "NY",
        "postal_code": "10031",
        "country": "US",
        "language": "en",
        "operations": "no",
    }
    person = {"member_id": "C-9", "member_name": "Ximena Áviles", "kind": "individual", "contact_name": "Ximena Áviles"}
    second = {"contact_name": "Óscar Peñaloza", "contact_roles": "technical", "email": "oscar@imprenta.example.org"}
    return [{**GOOD, **row} for row in ({}, second, north, {**person, "email": "x@aviles.example.org"})]


def separated(rows, *, separator=";", encoding="cp1252", columns=None):
    """The bytes of a text file with these rows (dicts by heading)."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns or list(rows[0]), delimiter=separator, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


def workbook(path, rows, *, title="Padrón", above=(), below=(), change=None):
    """Write an .xlsx with these rows (dicts by heading); lines above and below; `change` may alter the worksheet."""
    book = Workbook()
    sheet = book.active
    sheet.title = title
    for line in above:
        sheet.append(line)
    headings = list(rows[0])
    sheet.append(headings)
    for row in rows:
        sheet.append([row[heading] for heading in headings])
    for line in below:
        sheet.append(line)
    if change is not None:
        change(sheet)
    book.save(path)
    return path


def proposed(path, **options):
    return propose_for(sheet=read_sheet(path=path), centers=CENTERS, **options)


def read_with(path, mapping, *, on=ON):
    return read_mapped(
        path=path, mapping=mapping, centers=CENTERS, on=on, identify=lambda center, name: f"{center}/{name}"
    )


def read_messy(path, **options):
    """A file read by the mapping proposed for it."""
    return read_with(path, proposed(path, **options).mapping)


def without_rows(roll):
    """What a roll holds, but for where in the file it stood."""
    from dataclasses import replace

    members = {code: replace(member, row=0) for code, member in roll.members.items()}
    return members, [replace(contact, row=0) for contact in roll.contacts]
