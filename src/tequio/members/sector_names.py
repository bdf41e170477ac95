"""What a sector is called.

A roll may write any word; both centers write the common ones alike, and pages say those in the reader's language.
"""

from collections.abc import Mapping
from typing import Final

from tequio.rules.reasons import Text

SECTOR_NAMES: Final[Mapping[str, Text]] = {
    "arts": Text(en="arts", es="arte y cultura"),
    "cooperative": Text(en="cooperatives", es="cooperativas"),
    "education": Text(en="education", es="educación"),
    "environment": Text(en="environment", es="medio ambiente"),
    "health": Text(en="health", es="salud"),
    "housing": Text(en="housing", es="vivienda"),
    "human rights": Text(en="human rights", es="derechos humanos"),
    "indigenous": Text(en="indigenous peoples", es="pueblos originarios"),
    "labor": Text(en="labor", es="trabajo"),
    "media": Text(en="media", es="medios"),
    "migration": Text(en="migration", es="migración"),
    "women": Text(en="women", es="mujeres"),
}


def sector_name(sector: str, /) -> Text:
    """A sector as a page says it; one that is not among the common ones as the roll wrote it."""
    return SECTOR_NAMES.get(sector.casefold()) or Text(en=sector, es=sector)
