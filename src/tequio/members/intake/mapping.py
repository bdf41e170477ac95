"""How one person's spreadsheet becomes a roll: which heading fills which column, and how what stands there is read."""

from collections import abc
from dataclasses import dataclass, field
from typing import Any, Final

from tequio.kernel.errors import Refusal
from tequio.members.intake.dates import ORDERS, DateOrder
from tequio.members.intake.records import COLUMNS
from tequio.rules.reasons import Text

DECIMALS: Final = (".", ",")
DATE_COLUMNS: Final = ("joined_on", "paid_until")

# Defaults that are rules, not values: what a column says that the file does not have.
CENTERS_OWN: Final = "@center"
MEMBERS_NAME: Final = "@member_name"
IMPORT_DAY: Final = "@import_day"
YEAR_BEFORE_PAID: Final = "@year_before_paid_until"
NEXT_ANNIVERSARY: Final = "@next_anniversary"
RULES_BY_COLUMN: Final[abc.Mapping[str, tuple[str, ...]]] = {
    "currency": (CENTERS_OWN,),
    "contact_name": (MEMBERS_NAME,),
    "joined_on": (YEAR_BEFORE_PAID, IMPORT_DAY),
    "paid_until": (NEXT_ANNIVERSARY, IMPORT_DAY),
}

# What a file says of a member that is already known only if it has the column: a default never overwrites.
# The others tell who the member is, or follow from its center.
KEPT_WHERE_LACKING: Final = frozenset(COLUMNS) - {"member_id", "member_name", "center", "currency"}

STANDARD_DEFAULTS: Final[abc.Mapping[str, str]] = {
    "kind": "organization",
    "joined_on": YEAR_BEFORE_PAID,
    "sector": "",
    "income_band": "",
    "operations": "no",
    "paid_until": NEXT_ANNIVERSARY,
    "balance_due": "0.00",
    "currency": CENTERS_OWN,
    "contact_name": MEMBERS_NAME,
    "contact_roles": "representative;billing",
    **dict.fromkeys(("email", "phone", "street", "city", "state", "postal_code", "country", "language"), ""),
}

_SAID: Final[abc.Mapping[tuple[str, str], Text]] = {
    ("joined_on", YEAR_BEFORE_PAID): Text(
        en="Joined a year before the day it has paid until, or on the day of import where that is not known either.",
        es="Ingresó un año antes del día hasta el que pagó; si el archivo tampoco lo dice, el día de la importación.",
    ),
    ("joined_on", IMPORT_DAY): Text(en="Joined on the day of import.", es="Ingresó el día de la importación."),
    ("paid_until", NEXT_ANNIVERSARY): Text(
        en="Paid until the next anniversary of joining after the day of import, so nobody is asked for money "
        "the file does not speak of.",
        es="Pagó hasta su próximo aniversario de ingreso a partir de la importación: a nadie se le pide dinero "
        "del que el archivo no habla.",
    ),
    ("paid_until", IMPORT_DAY): Text(en="Paid until the day of import.", es="Pagó hasta el día de la importación."),
    ("kind", "organization"): Text(en="Every new member is an organization.", es="Cada miembro nuevo es organización."),
    ("kind", "individual"): Text(en="Every new member is an individual.", es="Cada miembro nuevo es individual."),
    ("operations", "no"): Text(
        en="Nobody takes part in operations and support, so nobody is billed for it.",
        es="Nadie participa en operación y soporte, así que a nadie se le cobra.",
    ),
    ("operations", "yes"): Text(
        en="Every new member takes part in operations and support.",
        es="Cada miembro nuevo participa en operación y soporte.",
    ),
    ("balance_due", "0.00"): Text(en="Nobody owes anything from before.", es="Nadie debe nada de antes."),
    ("currency", CENTERS_OWN): Text(en="The currency of the center.", es="La moneda del centro."),
    ("contact_name", MEMBERS_NAME): Text(
        en="The contact is called like the member.", es="El contacto se llama como el miembro."
    ),
    ("contact_roles", "representative;billing"): Text(
        en="Every contact is the representative and gets the mail about dues.",
        es="Cada contacto es representante y recibe el correo de cuotas.",
    ),
    ("language", ""): Text(en="The language of the center.", es="El idioma del centro."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """`columns` names for each roll column the headings that fill it; several are joined by a space.

    `defaults` hold for whole columns the file lacks; a value beginning with @ is a rule (RULES_BY_COLUMN). `values`
    translate what stands in a column: folded text (vocabulary.folded) to what the roll says; they go before the words
    the program knows. The key "" is an empty cell. `dates` is None while nobody has said which part is the month;
    only days that need no order can then be read.
    With `id_from_name` a member without an id column gets one worked out from its center and name.
    """

    columns: abc.Mapping[str, tuple[str, ...]]
    dates: DateOrder | None = None
    decimal: str = "."
    defaults: abc.Mapping[str, str] = field(default_factory=dict)
    values: abc.Mapping[str, abc.Mapping[str, str]] = field(default_factory=dict)
    id_from_name: bool = False

    @property
    def lacking(self) -> frozenset[str]:
        """The roll columns no heading fills."""
        return frozenset(COLUMNS) - {column for column, headings in self.columns.items() if headings}

    def default_of(self, *, column: str) -> str:
        """What a column says that the file lacks: the mapping's word, else the standard one, else nothing."""
        return self.defaults.get(column, STANDARD_DEFAULTS.get(column, ""))

    def as_json(self) -> dict[str, Any]:
        """The mapping as JSON keeps it; `from_json` reads it back."""
        return {
            "columns": {column: list(headings) for column, headings in self.columns.items()},
            "dates": self.dates,
            "decimal": self.decimal,
            "defaults": dict(self.defaults),
            "values": {column: dict(values) for column, values in self.values.items()},
            "id_from_name": self.id_from_name,
        }


def from_json(*, value: Any) -> Mapping:
    """The mapping in what JSON gave. Refuses one with a column, an order or a rule that does not exist."""
    if not isinstance(value, dict):
        raise _wrong(what=type(value).__name__)
    columns, dates, decimal = value.get("columns", {}), value.get("dates"), value.get("decimal", ".")
    defaults, values = value.get("defaults", {}), value.get("values", {})
    _check_columns(columns=columns)
    _check_defaults(defaults=defaults)
    _check_values(values=values)
    if dates is not None and dates not in ORDERS:
        raise _wrong(what="dates")
    if decimal not in DECIMALS:
        raise _wrong(what="decimal")
    return Mapping(
        columns={column: tuple(headings) for column, headings in columns.items() if headings},
        dates=dates,
        decimal=decimal,
        defaults=dict(defaults),
        values={column: dict(known) for column, known in values.items()},
        id_from_name=value.get("id_from_name") is True,
    )


def _check_columns(*, columns: Any) -> None:
    for column, headings in _of_columns(part=columns, name="columns"):
        if not _texts(headings):
            raise _wrong(what=column)


def _check_defaults(*, defaults: Any) -> None:
    for column, default in _of_columns(part=defaults, name="defaults"):
        if not isinstance(default, str) or (default.startswith("@") and default not in RULES_BY_COLUMN.get(column, ())):
            raise _wrong(what=column)


def _check_values(*, values: Any) -> None:
    for column, known in _of_columns(part=values, name="values"):
        if not isinstance(known, dict) or not _texts([*known, *known.values()]):
            raise _wrong(what=column)


def _of_columns(*, part: Any, name: str) -> abc.ItemsView[str, Any]:
    """The entries of a part whose keys are columns of a roll."""
    if not isinstance(part, dict):
        raise _wrong(what=name)
    for column in part:
        if column not in COLUMNS:
            raise _wrong(what=str(column))
    return part.items()


def said_of_default(*, column: str, value: str) -> Text:
    """What a default means, for the person who decides whether it is right."""
    if text := _SAID.get((column, value)):
        return text
    if not value:
        return Text(en="Left empty.", es="Se deja vacío.")
    return Text(en=f"“{value}” for everybody.", es=f"«{value}» para todos.")


def _texts(values: Any) -> bool:
    return isinstance(values, list | tuple) and all(isinstance(value, str) for value in values)


def _wrong(*, what: str) -> Refusal:
    return Refusal(
        en=f"The mapping is not in order: “{what[:40]}”.", es=f"La correspondencia no está en orden: «{what[:40]}»."
    )
