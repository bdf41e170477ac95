"""Dates as written, and the day of a meeting: what is unclear is asked."""

from datetime import date

import pytest

from tequio.rules.notes.dates import dates_in
from tequio.rules.notes.reading import read_notes

ONE_DAY = {
    "2016-02-06": date(2016, 2, 6),
    "2016/2/6": date(2016, 2, 6),
    "February 6, 2016": date(2016, 2, 6),
    "Sat. Feb 6th, 2016": date(2016, 2, 6),
    "6 February 2016": date(2016, 2, 6),
    "6 de febrero de 2016": date(2016, 2, 6),
    "sábado 6 de febrero del 2016": date(2016, 2, 6),
    "13/8/13": date(2013, 8, 13),
    "8/13/2013": date(2013, 8, 13),
    "7.7.2013": date(2013, 7, 7),
    "9-May-2013": date(2013, 5, 9),
    "January 10 - 11, 2015": date(2015, 1, 10),
    "10 y 11 de enero de 2015": date(2015, 1, 10),
    "20240929": date(2024, 9, 29),
    "el día 23 del mes de Mayo de 2022": date(2022, 5, 23),
    "los 5 días del mes de marzo del año 2019": date(2019, 3, 5),
    "uno de diciembre de 2010": date(2010, 12, 1),
    "los treinta y un días del mes de enero de dos mil diecinueve": date(2019, 1, 31),
    "Wed Oct 30 17:00:12 2013": date(2013, 10, 30),
}


@pytest.mark.parametrize(("text", "day"), ONE_DAY.items())
def test_a_whole_date_is_one_day(text, day):
    (found,) = dates_in(f"On {text} we met")
    assert (found.days, found.is_off) == ((day,), False)


def test_a_date_is_quoted_as_it_is_written():
    (found,) = dates_in("Martín, el Sábado 7 de Julio")
    assert (found.text, found.yearless) == ("Sábado 7 de Julio", (7, 7))


def test_two_numbers_up_to_twelve_are_two_days():
    (found,) = dates_in("7/8/13")
    assert found.days == (date(2013, 8, 7), date(2013, 7, 8))


def test_the_day_of_the_week_beside_it_settles_which():
    (found,) = dates_in("miércoles 7/8/13")
    assert found.days == (date(2013, 8, 7),)


@pytest.mark.parametrize("text", ["version 1.2.3.4", "ticket 7/8", "2016-13-45", "31/02/2015", "call 555-12-34"])
def test_what_is_no_day_is_none(text):
    assert [found.days for found in dates_in(text) if found.days] == []


def day(text):
    notes = read_notes(text=text)
    return notes.date, [(problem.line, problem.dates) for problem in notes.date_problems]


def test_an_ambiguous_day_is_asked_about_and_not_guessed():
    notes = read_notes(text="Meeting of 7/8/13\n\nWe talked.\n")
    (problem,) = notes.date_problems
    assert (notes.date, problem.line, problem.text) == (None, 1, "7/8/13")
    assert problem.dates == (date(2013, 8, 7), date(2013, 7, 8))
    assert problem.why.to("en") == "“7/8/13” may be 2013-08-07 or 2013-07-08."
    assert problem.why.to("es") == "«7/8/13» puede ser 2013-08-07 o 2013-07-08."


def test_a_clear_date_beside_it_settles_an_ambiguous_one():
    assert day("Notes 7/8/13\n\nDate: August 7, 2013\n") == (date(2013, 8, 7), [])


def test_dates_that_disagree_are_asked_about():
    both = (date(2014, 4, 3), date(2014, 4, 10))
    assert day("Meeting 2014-04-03\n\nDate: April 10, 2014\n") == (None, [(1, both)])


def test_a_day_that_was_another_day_of_the_week_is_asked_about():
    assert day("Reunión del lunes 6 de febrero de 2016\n") == (None, [(1, (date(2016, 2, 6),))])


def test_a_date_without_a_year_is_asked_about():
    assert day("Acta de la asamblea del 25 de mayo\n") == (None, [(1, ())])


@pytest.mark.parametrize(
    "other",
    ["Last modified on Feb 8, 2016", "Next meeting: March 1, 2016", "Próxima reunión: 1 de marzo de 2016"],
)
def test_other_dates_are_not_the_meetings(other):
    assert day(f"Meeting 2016-02-06\n\nWe talked.\n\n{other}\n") == (date(2016, 2, 6), [])
    assert day(f"Meeting\n\nWe talked.\n\n{other}\n") == (None, [])


def test_no_date_at_all_is_no_problem_of_a_date():
    assert day("Notes\n\nWe talked.\n") == (None, [])
    assert day("") == (None, [])
