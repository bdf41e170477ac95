"""The amounts of a dues table as people write them in an effect, and as cells in minor units.

A table names kinds, for each the parts, for each part an amount in whole units of the center's currency, or an amount
for each income band: {"organization": {"membership": 50, "operations": {"1": 75, "2": 112.5}}}. `bands`, as in a rule
book, multiplies plain amounts instead: {"1": 0.5, "2": 0.75}. What is kept are always the amounts themselves.
"""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from tequio.decisions.effects.written import MOST_DAYS, refuse_unknown, shown, table, words, wrong
from tequio.dues.operations.adopting import TariffLine
from tequio.kernel.errors import Refusal
from tequio.rules.dues import Kind, Part
from tequio.rules.money import MINOR_PER_UNIT, WHOLE_SHARE, share_of

_MOST = 10**9  # whole units; more is a mistyped amount
_LONGEST_NUMBER = 20
Cells = dict[str, Any]


def checked_table(*, data: Mapping[str, Any], center: str, bands: Mapping[int, int]) -> Cells:
    """One center's table as it is kept: every amount as text, for each band where bands count."""
    given = table(data=data, key=center)
    refuse_unknown(keys=given, known=[*(kind.value for kind in Kind), "assumed"], where=center)
    assumed = words(data=given, key="assumed")
    refuse_unknown(keys=assumed, known=[part.value for part in Part], where=f"{center}: assumed")
    kept: Cells = {}
    for kind in Kind:
        parts = table(data=given, key=kind.value)
        refuse_unknown(keys=parts, known=[part.value for part in Part], where=f"{center}: {kind.value}")
        if Part.MEMBERSHIP.value not in parts:
            raise Refusal(
                en=f"The table for {center} asks {kind.value} for no membership dues; write 0 if that is meant.",
                es=f"La tabla de {center} no pide cuota de membresía a {kind.value}; escriba 0 si así es.",
            )
        kept[kind.value] = {
            part.value: _kept(value=parts[part.value], bands=bands, where=f"{center}: {kind.value}, {part.value}")
            for part in Part
            if part.value in parts
        }
    return {**kept, **({"assumed": sorted(assumed)} if assumed else {})}


def bands_of(*, kept: Mapping[str, Cells], default_band: object) -> int | None:
    """The band asked of members who declared none, as it is kept; None where no table has bands.

    Refuses tables whose parts have different bands, and bands without a default among them.
    """
    found: set[frozenset[str]] = set()
    for cells in kept.values():
        for kind in Kind:
            found |= {frozenset(amount) for amount in cells[kind.value].values() if isinstance(amount, Mapping)}
    if not found:
        if default_band is not None:
            raise wrong(key="default_band", en="is given, but no amount has bands", es="está, pero no hay rangos")
        return None
    if len(found) > 1:
        raise Refusal(
            en="Every amount by income band needs the same bands, or some members would have no amount.",
            es="Todos los montos por rango llevan los mismos rangos, o habría membresías sin monto.",
        )
    bands = sorted(int(band) for band in next(iter(found)))
    if type(default_band) is not int or default_band not in bands:
        said = ", ".join(str(band) for band in bands)
        raise wrong(
            key="default_band",
            en=f"is the band asked of who declared none: one of {said}",
            es=f"es el rango de quien no declaró: uno de {said}",
        )
    return default_band


def shares_of_bands(*, data: Mapping[str, Any]) -> dict[int, int]:
    """The multipliers of a rule book's `bands`, in basis points; empty where there are none."""
    if "bands" not in data:
        return {}
    shares = {}
    for band, share in table(data=data, key="bands").items():
        points = _exact(value=share, times=WHOLE_SHARE)
        if not _is_band(band) or points is None:
            raise wrong(
                key="bands",
                en=f"has no band {shown(band)} = {shown(share)}; write it like 2 = 0.75",
                es=f"no puede tener el rango {shown(band)} = {shown(share)}; escríbalo como 2 = 0.75",
            )
        shares[int(band)] = points
    return shares


def cells_of(*, kept: Cells) -> list[TariffLine]:
    """A kept table as the cells that billing reads, in the order of kind, part and band."""
    assumed = set(kept.get("assumed", ()))
    lines = []
    for kind in Kind:
        for part in Part:
            amount = kept[kind.value].get(part.value)
            if amount is None:
                continue
            by_band = (
                {int(band): value for band, value in amount.items()} if isinstance(amount, Mapping) else {None: amount}
            )
            lines += [
                TariffLine(
                    kind=kind.value, part=part.value, band=band, amount=_minor(value), assumed=part.value in assumed
                )
                for band, value in sorted(by_band.items(), key=lambda cell: cell[0] or 0)
            ]
    return lines


def as_written(*, minor: int) -> str:
    """Minor units as an amount is kept and written: "50", "1025.50"."""
    units, rest = divmod(minor, MINOR_PER_UNIT)
    return f"{units}.{rest:02d}" if rest else str(units)


def _kept(*, value: Any, bands: Mapping[int, int], where: str) -> Any:
    """One amount as it is kept: text, or text for each band."""
    if isinstance(value, Mapping):
        for band in value:
            if not isinstance(band, str) or not _is_band(band):
                raise wrong(key=where, en=f"has no band “{shown(band)}”", es=f"no tiene el rango «{shown(band)}»")
        if not value:
            raise wrong(key=where, en="has no amount", es="no tiene monto")
        return {str(int(band)): as_written(minor=_amount(value=one, where=where)) for band, one in value.items()}
    minor = _amount(value=value, where=where)
    if bands:
        return {str(band): as_written(minor=share_of(minor=minor, basis_points=share)) for band, share in bands.items()}
    return as_written(minor=minor)


def _amount(*, value: Any, where: str) -> int:
    minor = _exact(value=value, times=MINOR_PER_UNIT)
    if minor is None:
        raise wrong(
            key=where,
            en=f"is an amount like 200 or 1234.50, not “{shown(value)}”",
            es=f"es una cantidad como 200 o 1234.50, no «{shown(value)}»",
        )
    return minor


def _minor(value: str) -> int:
    return int(Decimal(value) * MINOR_PER_UNIT)


def _is_band(band: str) -> bool:
    return band.isascii() and band.isdigit() and len(band) <= _LONGEST_NUMBER and 0 < int(band) <= MOST_DAYS


def _exact(*, value: Any, times: int) -> int | None:
    """A number times something, if that is whole, not negative and not beyond all reason; None otherwise."""
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        return None
    written = str(value).strip()
    if len(written) > _LONGEST_NUMBER or not written.isascii() or "_" in written:
        return None
    try:
        number = Decimal(written)
    except InvalidOperation:
        return None
    if not number.is_finite() or not 0 <= number <= _MOST:
        return None
    exact = number * times
    return int(exact) if exact == int(exact) else None
