"""Meetings from the command line: planned, listed as JSON, moved, called, cancelled; series shown."""

import json
from datetime import UTC, date, datetime

import pytest

from committees import body, person, sits
from gatherings import two_cities
from meetings.series_to_test import series
from tequio.kernel import clock
from tequio.meetings.models import Meeting

pytestmark = pytest.mark.django_db
NOW = datetime(2016, 2, 1, 12, tzinfo=UTC)
WALL = ("--hour", "12:00", "--zone", "America/Mexico_City")


@pytest.fixture
def lc(sample_rules, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    made = body("lc")
    sits(made, person("Ana"))
    body("campaign")
    two_cities()
    return made


def test_a_meeting_is_planned_listed_moved_called_and_cancelled(lc, cli):
    names = ("--title-en", "Joined", "--title-es", "Conjunta", "--place", "york", "--place", "centro")
    code, said, _ = cli("meetings", "plan", "lc=90", "campaign", "--on", "2016-04-02", *WALL, *names)
    met = Meeting.objects.get()
    assert (code, said) == (
        0,
        f"Meeting {met.pk}: Saturday 2 April 2016, 14:00 New York / 12:00 Mexico City.\n",
    )
    assert list(met.parts.values_list("minutes", flat=True).order_by("position")) == [90, 60]
    [row] = json.loads(cli("meetings", "list", "--body", "campaign", "--json")[1])
    assert (row["title"]["es"], row["minutes"], row["interpretation_lacking"]) == ("Conjunta", 150, True)
    assert "14:00 New York / 12:00 Mexico City: Joined, 150 minutes. Lacks" in cli("meetings", "list")[1]
    assert cli("meetings", "call", met.pk)[1] == "One mail in the queue.\n"
    code, _, told = cli(
        "meetings", "move", met.pk, "--on", "2016-03-13", "--hour", "02:30", "--zone", "America/New_York"
    )
    assert (code, "it begins at 03:30" in told) == (0, True)
    assert cli("meetings", "cancel", met.pk, "--because", "a storm")[1] == f"Meeting {met.pk} is cancelled.\n"
    assert "before" in cli("meetings", "cancel", met.pk, "--because", "a storm")[1]
    assert "(cancelled)" in cli("meetings", "list")[1]
    assert cli("meetings", "interpretation", "--json")[1] == "[]\n"


def test_what_cannot_be_is_refused_with_a_sentence(lc, cli):
    assert cli("meetings", "cancel", "999", "--because", "x") == (1, "", "There is no meeting 999.")
    names = ("--title-en", "x", "--title-es", "x", "--place", "moon")
    refused = cli("meetings", "plan", "lc", "--on", "2016-04-02", *WALL, *names)
    assert refused[0] == 1
    assert refused[2].startswith("There is no such place. There are: new-york")
    assert cli("meetings", "plan", "lc=x", "--on", "2016-04-02", *WALL, *names)[0] == 2
    assert cli("meetings", "list", "--body", "nobody")[0] == 1


def test_series_are_listed_shown_with_the_hour_in_each_city_and_planned_ahead(lc, cli):
    series("lc", at=NOW, valid_from=date(2016, 2, 1))
    rows = {row["code"]: row for row in json.loads(cli("meetings", "series", "list", "--json")[1])}
    assert rows["leadership"]["when"]["en"] == "first Saturday of each month"
    shown = cli("meetings", "series", "show", "leadership")[1]
    assert "12:00 in Mexico City is 13:00 in New York." in shown
    assert "Saturday 2 April 2016, 14:00 New York / 12:00 Mexico City" in shown
    assert "leadership: Monthly, first Saturday of each month, 12:00" in cli("meetings", "series", "list")[1]
    cli("meetings", "series", "foresee")  # those of the sample rules
    assert cli("meetings", "series", "foresee")[1] == "Everything is planned already.\n"


def test_a_series_that_meets_once_a_year_says_when_though_nothing_is_planned_yet(lc, cli, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 12, 1, 12, tzinfo=UTC))
    [row] = [one for one in json.loads(cli("meetings", "series", "list", "--json")[1]) if one["code"] == "assembly"]
    assert (row["next"]["said"]["es"], row["next_is_planned"]) == (
        "sábado 16 de octubre de 2027, 13:00 Nueva York / 11:00 Ciudad de México",
        False,
    )
    assert (
        "Next: Saturday 16 October 2027, 13:00 New York / 11:00 Mexico City (not planned yet)."
        in (cli("meetings", "series", "show", "assembly")[1])
    )
