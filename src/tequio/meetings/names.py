"""Words that several pages and commands about meetings share."""

from tequio.rules.reasons import Text

_TAKEN_ONLINE = Text(en="Notes taken online", es="Notas tomadas en línea")
_HEARD_ONLINE = Text(en="What is said online.", es="Lo que se dice en línea.")


def name_of_notes(*, place: Text, online: bool) -> Text:
    """What notes of a place are called: of a city, or taken online."""
    return _TAKEN_ONLINE if online else Text(en=f"Notes of {place.en}", es=f"Notas de {place.es}")


def heard_at(*, place: Text, online: bool) -> Text:
    """What is to be noted at a place."""
    return _HEARD_ONLINE if online else Text(en=f"What is heard in {place.en}.", es=f"Lo que se escucha en {place.es}.")


NO_MEETING = Text(en="meets no more", es="ya no se reúne")
NOTHING_TO_PLAN = Text(en="Everything is planned already.", es="Ya está todo programado.")
