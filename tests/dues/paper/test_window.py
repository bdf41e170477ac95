"""The address stands where the window of each envelope shows it, however the letter lies; and nothing else does."""

import pytest
from tests.dues.doing import run
from tests.dues.paper.reading import placed

from tequio.dues.paper import invoice_pdf
from tequio.dues.paper.addresses import MOST_LINES, address_lines
from tequio.dues.paper.facts import Addressee, invoice_facts
from tequio.dues.paper.window import ENVELOPES, NO_10, PAGE_WIDTH, Area, address_area

CAPITAL, DESCENDER = 0.72, 0.25  # how far letters reach above and below their baseline, in parts of their size
LEFT_OF_THE_FACTS = 130


def addressed(pdf):
    """The lines between letterhead and figures, on the left: (text, left, baseline, size)."""
    return [(text, left, y, size) for text, left, y, size in placed(pdf) if left < LEFT_OF_THE_FACTS and 45 < y < 96]


def inside(pdf):
    area, lines = address_area(), addressed(pdf)
    return 0 < len({y for _, _, y, _ in lines}) <= MOST_LINES and all(
        area.left <= left + 0.01 and area.top <= y - CAPITAL * size and y + DESCENDER * size <= area.bottom
        for _, left, y, size in lines
    )


def test_each_envelope_shows_what_lies_in_its_window_at_both_ends_of_its_play():
    shown = NO_10.always_shown()
    aside, down = NO_10.width - PAGE_WIDTH, NO_10.height - NO_10.fold
    top = NO_10.height - NO_10.window_bottom - NO_10.window_height
    for slid_right in (0, aside):
        for slid_down in (0, down):
            assert NO_10.window_left <= shown.left + slid_right
            assert shown.right + slid_right <= NO_10.window_left + NO_10.window_width + 0.01
            assert top <= shown.top + slid_down
            assert shown.bottom + slid_down <= top + NO_10.window_height + 0.01


def test_one_place_serves_every_envelope():
    area = address_area()
    for envelope in ENVELOPES:
        assert area.within(envelope.always_shown()) == area
    assert (round(area.right - area.left, 1), round(area.bottom - area.top, 1)) == (74.7, 23.1)
    assert area.within(Area(left=0, top=0, right=50, bottom=70)).right == 50


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"street": "7 Far Creek Road", "city": "Kingston", "state": "NY", "postal_code": "12401"},
        {
            "member_name": "Weavers of Far Creek Cooperative and Friends of the Mill in Kingston",
            "contact_name": "Alma Ríos de la Fuente y Montes",
            "street": "7 Far Creek Road, Apartment 3, Second Floor, Behind the Mill",
            "city": "Kingston",
            "state": "NY",
            "country": "ES",
            "postal_code": "12401",
        },
        {"member_name": "CENTRO DE DERECHOS HUMANOS DE LA MONTAÑA Y LA COSTA CHICA", "city": "W" * 30},
    ],
    ids=["a name", "a short address", "a long address", "capitals"],
)
def test_the_address_stands_in_the_window(members, given):
    members(given)
    run()
    pdf = invoice_pdf(number="US-000001")
    (facts,) = invoice_facts(numbers=["US-000001"])
    wanted = address_lines(to=facts.to, from_country="US", language="en")
    assert [text for text, *_ in addressed(pdf)] == list(wanted)  # none of them broken in two
    assert inside(pdf)


def test_the_amount_and_the_reference_are_never_in_the_window(members):
    members({"street": "7 Far Creek Road", "city": "Kingston", "state": "NY"})
    run()
    seen = [text for text, *_ in addressed(invoice_pdf(number="US-000001"))]
    assert seen == ["Member 1", "Attn: Alma Ríos", "7 Far Creek Road", "KINGSTON, NY"]


def lines(language="en", from_country="US", **given):
    to = Addressee(**{"member_code": "M1", "member_name": "Far Creek", **given})
    return address_lines(to=to, from_country=from_country, language=language)


def test_an_address_is_written_as_its_country_writes_it():
    us = {"street": "7 Far Creek Road", "city": "Kingston", "state": "NY", "postal_code": "12401", "country": "US"}
    mx = {"street": "Hidalgo 5", "city": "Oaxaca", "state": "Oax.", "postal_code": "68000", "country": "MX"}
    assert lines(**us) == ("Far Creek", "7 Far Creek Road", "KINGSTON, NY 12401")
    assert lines(**mx, from_country="MX", language="es") == ("Far Creek", "Hidalgo 5", "68000 OAXACA, OAX.")


def test_the_country_is_named_abroad_only_and_in_the_language_of_the_letter():
    place = {"street": "Hidalgo 5", "city": "Oaxaca", "postal_code": "68000", "country": "MX"}
    assert lines(**place)[-1] == "MEXICO"
    assert lines(**place, language="es")[-1] == "MÉXICO"
    assert lines(**{**place, "country": "us"}, from_country="MX", language="es")[-1] == "ESTADOS UNIDOS"


def test_a_country_nobody_knows_is_printed_as_it_stands():
    place = {"street": "1 Main", "city": "Town", "state": "North", "postal_code": "99", "country": "QQ"}
    assert lines(**place) == ("Far Creek", "1 Main", "99 Town, North", "QQ")


def test_without_an_address_there_is_the_name_and_no_more():
    assert lines() == ("Far Creek",)
    assert lines(contact_name="Alma", country="MX") == ("Far Creek", "Attn: Alma")
    assert lines(contact_name="FAR CREEK") == ("Far Creek",)
    assert lines(member_name="") == ("M1",)


def test_what_does_not_fit_is_the_street_and_never_the_town():
    found = lines(
        member_name="word " * 60,
        contact_name="Alma",
        street="street " * 60,
        city="Kingston " * 6,
        state="New York",
        country="MX",
        postal_code="12401",
    )
    assert len(found) == 7
    assert found[-1] == "MEXICO"
