"""What time it is where a member is, from the country and state of the person who is called."""

from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

# States of the United States whose clocks are not New York's; of a state with two, the one most people live by.
_US = {
    "America/Chicago": "AL AR IA IL KS LA MN MO MS ND NE OK SD TN TX WI",
    "America/Denver": "CO ID MT NM UT WY",
    "America/Phoenix": "AZ",
    "America/Los_Angeles": "CA NV OR WA",
    "America/Anchorage": "AK",
    "Pacific/Honolulu": "HI",
    "America/Puerto_Rico": "PR VI",
}
_US_ZONES = {state: zone for zone, states in _US.items() for state in states.split()}
_MX_ZONES = {
    "baja california": "America/Tijuana",
    "baja california sur": "America/Mazatlan",
    "nayarit": "America/Mazatlan",
    "sinaloa": "America/Mazatlan",
    "sonora": "America/Hermosillo",
    "quintana roo": "America/Cancun",
}
# Countries of one zone in which members were found; elsewhere the center's own clock is told, and said to be that.
_ONE_ZONE = {
    "GT": "America/Guatemala",
    "SV": "America/El_Salvador",
    "HN": "America/Tegucigalpa",
    "NI": "America/Managua",
    "CR": "America/Costa_Rica",
    "PA": "America/Panama",
    "CO": "America/Bogota",
    "PE": "America/Lima",
    "VE": "America/Caracas",
    "BO": "America/La_Paz",
    "UY": "America/Montevideo",
    "AR": "America/Argentina/Buenos_Aires",
    "CU": "America/Havana",
    "DO": "America/Santo_Domingo",
    "HT": "America/Port-au-Prince",
    "GB": "Europe/London",
    "IE": "Europe/Dublin",
    "DE": "Europe/Berlin",
    "FR": "Europe/Paris",
    "IT": "Europe/Rome",
}


def zone_of(*, country: str, state: str, center_zone: str) -> tuple[ZoneInfo, bool]:
    """The zone a person lives by, and whether that is known; where it is not, the center's."""
    country, state = country.strip().upper(), " ".join(state.split())
    name = None
    if country == "US":
        name = _US_ZONES.get(state.upper(), "America/New_York" if state else None)
    elif country == "MX":
        name = _MX_ZONES.get(state.casefold(), "America/Mexico_City")
    else:
        name = _ONE_ZONE.get(country)
    zone = _zone(name) if name else None
    return (ZoneInfo(center_zone), False) if zone is None else (zone, True)


@cache
def _zone(name: str) -> ZoneInfo | None:
    """A zone by name; None on a machine whose zones do not have it."""
    try:
        return ZoneInfo(name)
    except ZoneInfoNotFoundError:
        return None
