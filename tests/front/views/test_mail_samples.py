"""Every mail in both languages, and its HTML twin shown where it can do nothing."""

import html
import re

import pytest

from tequio.dues.letters.samples import samples as dues_samples
from tequio.front.queries.mail_samples import samples
from tequio.meetings.letter_samples import samples as meeting_samples


@pytest.fixture
def client_of(sample_rules, signed_in):
    return lambda **more: signed_in("treasurer", center="us", **more)


@pytest.mark.parametrize(("role", "status"), [("administrator", 200), ("auditor", 200), (None, 403)])
def test_whoever_reads_lists_sees_them(sample_rules, signed_in, role, status):
    client = signed_in(role)
    assert [client.get(a).status_code for a in ("/mail/samples/", "/mail/samples/1/en/")] == [status] * 2


def test_every_letter_about_dues_stands_there_word_for_word_in_both_languages(client_of):
    page = client_of().get("/mail/samples/").content.decode()
    shown = [html.unescape(text) for text in re.findall(r"<pre>(.*?)</pre>", page, re.DOTALL)]
    assert [letter.text for _, _, letter in dues_samples() if letter.text not in shown] == []
    assert len(shown) == 2 * len(samples())


def test_the_call_of_a_meeting_and_its_changes_stand_there_too(client_of):
    page = client_of().get("/mail/samples/").content.decode()
    shown = [html.unescape(text) for text in re.findall(r"<pre>(.*?)</pre>", page, re.DOTALL)]
    about_meetings = [letter for _, _, letter in meeting_samples()]
    assert [letter.text for letter in about_meetings if letter.text not in shown] == []
    assert [letter.subject for letter in about_meetings if letter.language == "es"] == [
        "Convocatoria: Reunión de abril, sábado 2 de abril de 2016, 13:00 Nueva York / 11:00 Ciudad de México",
        "Convocatoria: Reunión de abril, sábado 2 de abril de 2016, 14:00 Nueva York / 12:00 Ciudad de México",
        "Otra hora: Reunión de abril, sábado 2 de abril de 2016, 13:00 Nueva York / 11:00 Ciudad de México",
        "Cancelada: Reunión de abril",
    ]


def test_the_two_languages_of_a_letter_are_one_kind_and_really_two_languages():
    for sample in samples():
        assert {language: letter.language for language, letter in sample.letters.items()} == {"en": "en", "es": "es"}
        assert sample.letters["en"].text != sample.letters["es"].text, sample.number


def test_letters_are_numbered_and_each_in_its_language(client_of):
    page = client_of(language="es").get("/mail/samples/").content.decode()
    assert re.findall(r'id="m(\d+)"', page) == [str(sample.number) for sample in samples()]
    assert page.count('<h3 lang="en">') == page.count('<h3 lang="es">') == len(samples())


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_twin_may_have_its_own_style_and_nothing_else(client_of, language):
    client = client_of()
    for sample in samples():
        answer = client.get(f"/mail/samples/{sample.number}/{language}/")
        assert answer.content.decode() == sample.letters[language].html
    policy = dict(part.strip().partition(" ")[::2] for part in answer["Content-Security-Policy"].split(";"))
    assert policy == {
        "default-src": "'none'",
        "style-src": "'unsafe-inline'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
        "sandbox": "",
    }


def test_the_page_itself_keeps_the_strict_policy(client_of):
    assert "unsafe-inline" not in client_of().get("/mail/samples/")["Content-Security-Policy"]


@pytest.mark.parametrize("address", ["0/en", "999999/en", "1/fr", "1/XX-999999"])
def test_a_letter_that_is_not_there_is_not_found(client_of, address):
    assert client_of().get(f"/mail/samples/{address}/").status_code == 404
