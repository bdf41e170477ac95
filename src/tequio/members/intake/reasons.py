"""Why a row is set aside: reason codes and their sentences.

A sentence quotes dates, amounts and codes, never a name, an e-mail address or a phone: it may end up in a report that
outlives the member's wish to be in it.
"""

from collections.abc import Mapping
from typing import Final

from tequio.rules.reasons import Text

SHOWN_AT_MOST = 40

SENTENCES: Final[Mapping[str, Text]] = {
    "member_id_missing": Text(
        en="The column member_id is empty, so nobody can tell whose row this is.",
        es="La columna member_id está vacía y no se puede saber de quién es la fila.",
    ),
    "kind_missing": Text(
        en="The column kind must say organization or individual.",
        es="La columna kind debe decir organization (organización) o individual (persona).",
    ),
    "center_unknown": Text(
        en="There is no center “{value}”. The centers are: {centers}.",
        es="No hay ningún centro «{value}». Los centros son: {centers}.",
    ),
    "date_invalid": Text(
        en="“{value}” in the column {column} is not a date between 1900 and 2100. Write it like 2016-07-01.",
        es="«{value}», en la columna {column}, no es una fecha entre 1900 y 2100. Escríbala como 2016-07-01.",
    ),
    "date_missing": Text(
        en="The column {column} is empty. It needs a date like 2016-07-01.",
        es="La columna {column} está vacía. Necesita una fecha como 2016-07-01.",
    ),
    "amount_invalid": Text(
        en="“{value}” in the column balance_due is not an amount owed. Write it like 200 or 1234.50, never below zero.",
        es="«{value}», en la columna balance_due, no es un adeudo. "
        "Escríbalo como 200 o 1234.50; no puede ser menor que cero.",
    ),
    "currency_mismatch": Text(
        en="The center {center} keeps its books in {currency}, and the row says “{value}”.",
        es="El centro {center} lleva sus cuentas en {currency} y la fila dice «{value}».",
    ),
    "email_invalid": Text(
        en="The column email does not hold one e-mail address like name@example.org. It may also be left empty.",
        es="La columna email no tiene una sola dirección de correo como nombre@example.org. También puede ir vacía.",
    ),
    "conflict_with_line": Text(
        en="The column {column} says something else than row {row}, the first one kept of the same member.",
        es="La columna {column} no dice lo mismo que la fila {row}, la primera que se tomó de la misma membresía.",
    ),
    "name_missing": Text(
        en="The column member_name is empty.",
        es="La columna member_name está vacía.",
    ),
    "operations_invalid": Text(
        en="The column operations must say yes or no, and the row says “{value}”.",
        es="La columna operations debe decir yes (sí) o no, y la fila dice «{value}».",
    ),
    "income_band_invalid": Text(
        en="The column income_band holds a whole number from 1 to 9 or nothing, and the row says “{value}”.",
        es="La columna income_band lleva un número entero del 1 al 9 o nada, y la fila dice «{value}».",
    ),
    "roles_invalid": Text(
        en="“{value}” is not a role of a contact. The roles are representative, billing and technical, "
        "with a semicolon between them.",
        es="«{value}» no es un papel que pueda tener un contacto. Se aceptan representative (representante), "
        "billing (cuotas) y technical (técnico), separados con punto y coma.",
    ),
    "country_invalid": Text(
        en="The column country holds the two letters of a country, like US or MX, or nothing, "
        "and the row says “{value}”.",
        es="La columna country lleva las dos letras de un país, como US o MX, o nada, y la fila dice «{value}».",
    ),
    "language_unknown": Text(
        en="The column language must say en or es or be empty, and the row says “{value}”.",
        es="La columna language debe decir en o es, o ir vacía, y la fila dice «{value}».",
    ),
    "field_too_long": Text(
        en="The column {column} holds more than {cap} characters.",
        es="La columna {column} tiene más de {cap} caracteres.",
    ),
    "text_unprintable": Text(
        en="The column {column} contains a character that cannot be printed. Type the text again.",
        es="La columna {column} contiene un carácter que no se puede imprimir. Vuelva a escribir el texto.",
    ),
    "row_malformed": Text(
        en="The row (line {first} of the file) has {found} values instead of {expected}.",
        es="La fila (línea {first} del archivo) tiene {found} valores en lugar de {expected}.",
    ),
}

# Other sentences for two of the codes, where the file itself could not be taken apart at that place.
ROW_OVER_LINES = Text(
    en="The row has {found} values instead of {expected}. It takes up lines {first} to {last} of the file: "
    "look for a quotation mark without its partner.",
    es="La fila tiene {found} valores en lugar de {expected}. Ocupa las líneas {first} a {last} del archivo: "
    "busque unas comillas sin cerrar.",
)
ROW_QUOTES = Text(
    en="The quotation marks in line {first} of the file do not come in pairs, so its values cannot be told apart.",
    es="En la línea {first} del archivo las comillas no están por pares y no se sabe dónde termina cada valor.",
)
ROW_ENDLESS = Text(
    en="Line {first} of the file is far too long for a row of a member roll.",
    es="La línea {first} del archivo es demasiado larga para ser una fila de un padrón.",
)


class RowFault(Exception):  # noqa: N818 - WONTFIX: a fault of the file, not an error of the program
    """The row is set aside: `code` for programs, `text` for people."""

    def __init__(self, *, code: str, text: Text) -> None:
        super().__init__(code)
        self.code = code
        self.text = text


def shown(*, value: str) -> str:
    """A value fit to be quoted: cut after 40 characters, and nothing in it that could turn the line around."""
    cut = value if len(value) <= SHOWN_AT_MOST else value[:SHOWN_AT_MOST] + "…"
    return "".join(character if character.isprintable() else "�" for character in cut)


def filled(*, text: Text, details: Mapping[str, str | int]) -> Text:
    """The sentence with its details put in, each of them made fit to be quoted."""
    if not details:
        return text
    safe = {name: shown(value=value) if isinstance(value, str) else value for name, value in details.items()}
    return Text(en=text.en.format_map(safe), es=text.es.format_map(safe))


def fault(*, code: str, **details: str | int) -> RowFault:
    """The fault `code` with its sentence. Details are the names in braces of that sentence."""
    return RowFault(code=code, text=filled(text=SENTENCES[code], details=details))
