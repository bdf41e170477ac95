"""Reading what an effect names: a body, a seat, a person, a sitting. Refuses what is not there, or not any more."""

from collections.abc import Collection, Mapping
from typing import Any

from tequio.accounts.models import User
from tequio.centers.models import Center
from tequio.centers.queries import center_by_code
from tequio.decisions.effects.in_order import NOTHING, Foreseen
from tequio.decisions.effects.written import shown, wrong
from tequio.decisions.models import Body, Seat, Sitting
from tequio.decisions.queries.in_force import body_by_code
from tequio.decisions.queries.seats import seat_by_code
from tequio.kernel.errors import Refusal
from tequio.kernel.texts import text_of
from tequio.rules.reasons import Text


def body_from(*, data: Mapping[str, Any], key: str = "body") -> Body:
    """The body of a code, if it has not ended."""
    value = data.get(key)
    if not isinstance(value, str):
        raise wrong(key=key, en="is the code of a body", es="es el código de una instancia")
    body = body_by_code(code=value)
    if body.ended_on is not None:
        raise Refusal(en=f"{body.name_en} has ended.", es=f"{body.name_es} ya terminó.")
    return body


def body_code_from(*, data: Mapping[str, Any], foreseen: Foreseen = NOTHING, key: str = "body") -> str:
    """The code of a body that is there and has not ended, or that an effect before this one will have founded."""
    value = data.get(key)
    if isinstance(value, str) and value in foreseen.founded:
        return value
    return body_from(data=data, key=key).code


def body_said(*, code: str, foreseen: Foreseen = NOTHING) -> Text:
    """What a body is called, or will be by then; its code where it is not there: an effect can always be said."""
    return bodies_called(codes=[code], foreseen=foreseen)[code]


def bodies_called(*, codes: Collection[str], foreseen: Foreseen = NOTHING) -> dict[str, Text]:
    """What bodies are called, as `body_said` says one. At most one query."""
    found = {code: name for code in codes if (name := foreseen.name_of(code)) is not None}
    if missing := [code for code in codes if code not in found]:
        found |= {row.code: text_of(row=row, name="name") for row in Body.objects.filter(code__in=missing)}
    return {code: found.get(code, Text(en=f"“{code}”", es=f"«{code}»")) for code in codes}


def seat_from(*, data: Mapping[str, Any], key: str = "seat") -> Seat:
    """The seat of a code, if it was not closed."""
    seat = seat_by_code(code=str(data.get(key)))
    if seat.closed_on is not None:
        raise Refusal(en=f"The seat “{seat.code}” was closed.", es=f"El lugar «{seat.code}» se cerró.")
    return seat


def person_from(*, data: Mapping[str, Any], key: str = "person") -> User:
    """A person by its number or its e-mail address, with an open account."""
    value = data.get(key)
    user = None
    if type(value) is int and 0 < value < 2**31:
        user = User.objects.filter(pk=value).first()
    elif isinstance(value, str):
        user = User.objects.filter(email=value.strip().casefold()).first()
    if user is None:
        raise Refusal(
            en=f"Nobody with an account here is “{shown(value)}”.", es=f"Nadie con cuenta aquí es «{shown(value)}»."
        )
    if not user.is_active:
        raise Refusal(en=f"The account of {user.name} is closed.", es=f"La cuenta de {user.name} está cerrada.")
    return user


def name_of(*, pk: int) -> str:
    """The name of a person by its number; the number where it is known no more."""
    return User.objects.filter(pk=pk).values_list("name", flat=True).first() or f"#{pk}"


def center_from(*, data: Mapping[str, Any], key: str = "center") -> Center | None:
    """The center of a code; none where none is named."""
    value = data.get(key)
    if value in (None, ""):
        return None
    if not isinstance(value, str):
        raise wrong(key=key, en="is the code of a center", es="es el código de un centro")
    return center_by_code(code=value)


def sitting_from(*, data: Mapping[str, Any], body: Body, key: str = "sitting") -> Sitting | None:
    """The sitting of a number, of this body and not cancelled; none where none is named."""
    value = data.get(key)
    if value in (None, ""):
        return None
    found = Sitting.objects.filter(pk=value, body=body).first() if type(value) is int and value < 2**31 else None
    if found is None or found.cancelled_at is not None:
        raise Refusal(
            en=f"{body.name_en} has no such sitting, or it was cancelled.",
            es=f"{body.name_es} no tiene esa sesión, o se canceló.",
        )
    return found
