"""Dates, counts and texts in both languages."""

from datetime import date

import pytest

from tequio.rules.reasons import LANGUAGES, Text, both, days_text, long_date


@pytest.mark.parametrize(
    ("day", "english", "spanish"),
    [
        (date(2016, 1, 1), "1 January 2016", "1 de enero de 2016"),
        (date(2016, 2, 29), "29 February 2016", "29 de febrero de 2016"),
        (date(2016, 3, 3), "3 March 2016", "3 de marzo de 2016"),
        (date(2016, 4, 30), "30 April 2016", "30 de abril de 2016"),
        (date(2016, 5, 31), "31 May 2016", "31 de mayo de 2016"),
        (date(2016, 6, 15), "15 June 2016", "15 de junio de 2016"),
        (date(2016, 7, 15), "15 July 2016", "15 de julio de 2016"),
        (date(2016, 8, 2), "2 August 2016", "2 de agosto de 2016"),
        (date(2016, 9, 16), "16 September 2016", "16 de septiembre de 2016"),
        (date(2016, 10, 12), "12 October 2016", "12 de octubre de 2016"),
        (date(2016, 11, 20), "20 November 2016", "20 de noviembre de 2016"),
        (date(2016, 12, 24), "24 December 2016", "24 de diciembre de 2016"),
    ],
)
def test_a_date_is_written_out_in_both_languages(day, english, spanish):
    assert (long_date(day=day, language="en"), long_date(day=day, language="es")) == (english, spanish)


@pytest.mark.parametrize(
    ("days", "english", "spanish"),
    [(0, "0 days", "0 días"), (1, "1 day", "1 día"), (2, "2 days", "2 días"), (31, "31 days", "31 días")],
)
def test_days_agree_with_their_number(days, english, spanish):
    assert (days_text(days=days, language="en"), days_text(days=days, language="es")) == (english, spanish)


@pytest.mark.parametrize(("language", "word"), [("en", "dues"), ("es", "cuota"), ("fr", "dues"), ("", "dues")])
def test_a_text_speaks_the_language_asked_for_and_english_otherwise(language, word):
    assert Text(en="dues", es="cuota").to(language) == word


def test_a_text_goes_into_json_with_both_languages():
    assert Text(en="dues", es="cuota").as_dict() == {"en": "dues", "es": "cuota"}


def test_a_sentence_is_written_once_for_each_language():
    assert both(sentence=lambda language: f"<{language}>") == Text(en="<en>", es="<es>")
    assert LANGUAGES == ("en", "es")
