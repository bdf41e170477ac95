"""What writes centers."""

import zoneinfo
from datetime import datetime

from babel.numbers import is_currency
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from tequio.centers.models import Center
from tequio.centers.queries import center_by_code
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.rules.reasons import Text

LONGEST_CODE = 12  # it is printed in every invoice's number
MOST_LINES, LONGEST_LINE = 5, 50  # what a letter has room for


@transaction.atomic
def open_center(
    *,
    code: str,
    name: Text,
    currency: str,
    language: str,
    zone: str,
    actor: str,
    at: datetime,
    short_references: bool = False,
) -> Center:
    """Open a center, or return the one of that code unchanged."""
    there = Center.objects.filter(code=code).first()
    if there is not None:
        return there
    if not is_currency(currency):
        raise Refusal(
            en=f"“{currency}” is not a currency: use a code like USD or MXN.",
            es=f"«{currency}» no es una moneda: use un código como USD o MXN.",
        )
    if zone not in zoneinfo.available_timezones():
        raise Refusal(
            en=f"“{zone}” is not a time zone: use a name like America/Mexico_City.",
            es=f"«{zone}» no es un huso horario: use un nombre como America/Mexico_City.",
        )
    if language not in ("en", "es"):
        raise Refusal(
            en=f"The program does not speak “{language}”: use en or es.",
            es=f"El programa no habla «{language}»: use en o es.",
        )
    if not code.isascii() or not code.isalnum() or not code.islower() or len(code) > LONGEST_CODE:
        raise Refusal(
            en=f"“{code}” cannot be a center's code: use a few small letters, like us or mx.",
            es=f"«{code}» no puede ser el código de un centro: use unas letras minúsculas, como us o mx.",
        )
    center = Center.objects.create(
        code=code,
        name_en=name.en,
        name_es=name.es,
        currency=currency,
        language=language,
        zone=zone,
        short_references=short_references,
    )
    journal.append(
        kind=Kind.CENTER_OPENED, subject=f"center:{code}", actor=actor, at=at, payload={"currency": currency}
    )
    return center


@transaction.atomic
def describe_center(
    *, code: str, postal_address: str, pay_to: Text, letter_email: str, actor: str, at: datetime
) -> Center:
    """Say what a center's letters print: its return address, how to pay it, and where to write to.

    Each may be empty: then letters name the center's treasurer instead. At most five lines of fifty characters each;
    more is refused, as is an e-mail address that is none. The journal is told which of them changed, not what they
    say; where nothing changed nothing is written.
    """
    center_by_code(code=code)
    center = Center.objects.select_for_update().get(code=code)
    said = {
        "postal_address": _few_lines(text=postal_address),
        "pay_to_en": _few_lines(text=pay_to.en),
        "pay_to_es": _few_lines(text=pay_to.es),
        "letter_email": letter_email.strip(),
    }
    if said["letter_email"]:
        try:
            validate_email(said["letter_email"])
        except ValidationError as error:
            shown = said["letter_email"][:LONGEST_LINE]
            raise Refusal(
                en=f"“{shown}” is not an e-mail address.", es=f"«{shown}» no es una dirección de correo."
            ) from error
    changed = [name for name, value in said.items() if getattr(center, name) != value]
    if changed:
        for name in changed:
            setattr(center, name, said[name])
        center.save(update_fields=changed)
        journal.append(
            kind=Kind.CENTER_CHANGED, subject=f"center:{code}", actor=actor, at=at, payload={"changed": changed}
        )
    return center


def _few_lines(*, text: str) -> str:
    lines = [" ".join(line.split()) for line in text.splitlines()]
    lines = [line for line in lines if line]
    if len(lines) > MOST_LINES or any(len(line) > LONGEST_LINE for line in lines):
        raise Refusal(
            en=f"A letter has room for {MOST_LINES} lines of {LONGEST_LINE} characters.",
            es=f"En una carta caben {MOST_LINES} líneas de {LONGEST_LINE} caracteres.",
        )
    return "\n".join(lines)


def next_numbers(*, center_id: int, series: str, count: int) -> int:
    """Take `count` numbers of one of a center's series and return the first.

    Locks the center's row until the transaction ends: whoever bills a center bills it alone. `series` is the name
    of a counter column (last_invoice, last_opening, last_payment).
    """
    center = Center.objects.select_for_update().only("pk", series).get(pk=center_id)
    last: int = getattr(center, series)
    Center.objects.filter(pk=center_id).update(**{series: last + count})
    return last + 1
