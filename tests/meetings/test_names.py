"""What notes are called."""

from tequio.meetings.names import heard_at, name_of_notes
from tequio.rules.reasons import Text

YORK = Text(en="York", es="York")
ONLINE = Text(en="Online", es="En línea")


def test_notes_are_those_of_a_city_or_were_taken_online():
    assert name_of_notes(place=YORK, online=False) == Text(en="Notes of York", es="Notas de York")
    assert name_of_notes(place=ONLINE, online=True) == Text(en="Notes taken online", es="Notas tomadas en línea")


def test_what_is_to_be_noted_is_heard_in_a_city_or_said_online():
    assert heard_at(place=YORK, online=False) == Text(en="What is heard in York.", es="Lo que se escucha en York.")
    assert heard_at(place=ONLINE, online=True) == Text(en="What is said online.", es="Lo que se dice en línea.")
