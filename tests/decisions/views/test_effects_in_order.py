"""A body and its meetings in one proposal, written and read on pages, in both languages."""

import re

import pytest

from committees import AT, committee, proposal, sits
from gatherings import two_cities
from signing_in import sign_in
from tequio.decisions.models import Office, Version
from tequio.kernel import clock

pytestmark = pytest.mark.django_db
BODY = {
    "code": "water",
    "valid_from": "2016-08-01",
    "name_en": "Water committee",
    "name_es": "Comité del agua",
    "what": "committee",
    "voters": "people",
    "mandate_en": "Looks after the wells.",
    "mandate_es": "Cuida los pozos.",
    "blocks_count": "against",
    "sponsors": "sitting",
    "late": "next",
}
SERIES = {
    "code": "wells",
    "valid_from": "2016-08-01",
    "name_en": "Wells",
    "name_es": "Pozos",
    "kind": "weekday_of_month",
    "every": "1",
    "which": "first",
    "weekday": "saturday",
    "hour": "12:00",
    "zone": "America/Mexico_City",
    "body_0": "water",
    "minutes_0": "60",
    "place-york": "on",
    "place-centro": "on",
}


def text_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.fixture
def asked(sample_rules, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: AT)
    body, people = committee(3)
    two_cities()
    sits(body, people[0], office=Office.CHAIR, votes=False)
    return proposal(body, people[0], effects=[])


@pytest.fixture
def sponsor(client, asked):
    return sign_in(client, asked.sponsor)


def adds(client, asked, kind, sent):
    return client.post(f"/proposals/{asked.code}/effects/{kind}/", sent)


def test_the_form_of_a_series_offers_the_body_that_the_text_founds(sponsor, asked):
    offered = re.compile(r'<option value="water"[^>]*>([^<]*)</option>')
    assert not offered.search(sponsor.get(f"/proposals/{asked.code}/effects/series-create/").content.decode())
    answer = adds(sponsor, asked, "body-create", BODY)
    assert answer.status_code == 303, text_of(answer)
    form = sponsor.get(f"/proposals/{asked.code}/effects/series-create/").content.decode()
    assert offered.findall(form)[0] == "Water committee (founded by effect 1)"
    sponsor.get("/language/es/?back=/")
    form = sponsor.get(f"/proposals/{asked.code}/effects/series-create/").content.decode()
    assert offered.findall(form)[0] == "Comité del agua (se crea en el efecto 1)"


def test_both_are_written_on_pages_and_the_preview_says_what_they_do_in_both_languages(sponsor, asked):
    adds(sponsor, asked, "body-create", BODY)
    answer = adds(sponsor, asked, "series-create", SERIES)
    assert answer.status_code == 303, text_of(answer)
    kept = Version.objects.filter(proposal=asked).order_by("-number").first().effects
    assert [one["kind"] for one in kept] == ["body.create", "series.create"]
    english = text_of(sponsor.get(f"/proposals/{asked.code}/preview/"))
    assert "“Water committee” is founded by effect 1 of the same text; the two are carried out together" in english
    assert "Water committee, 60 minutes" in english
    sponsor.get("/language/es/?back=/")
    spanish = text_of(sponsor.get(f"/proposals/{asked.code}/preview/"))
    assert "El efecto 1 del mismo texto crea «Comité del agua»; los dos se llevan a cabo juntos" in spanish
    assert "Comité del agua, 60 minutos" in spanish
    assert "Pozos" in text_of(sponsor.get(f"/proposals/{asked.code}/"))


def test_the_founding_is_not_taken_out_while_the_series_stays_and_says_why(sponsor, asked):
    adds(sponsor, asked, "body-create", BODY)
    adds(sponsor, asked, "series-create", SERIES)
    answer = sponsor.post(f"/proposals/{asked.code}/effects/0/remove/", {})
    assert answer.status_code == 422
    assert "There is no body “water”" in text_of(answer)
