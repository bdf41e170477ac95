"""One row: the first reason that applies, and what is kept of a row without one."""

import datetime as dt
from string import Formatter

import pytest

from tequio.members.intake.checking import is_email
from tequio.members.intake.reasons import SENTENCES, fault
from tequio.members.intake.records import CAPS, RollMember

BAD = [
    ("member_id_missing", {"member_id": " "}),
    ("kind_missing", {"kind": ""}),
    ("kind_missing", {"kind": "coop"}),
    ("center_unknown", {"center": "xx"}),
    ("center_unknown", {"center": ""}),
    ("date_missing", {"joined_on": ""}),
    ("date_invalid", {"joined_on": "2015-02-31"}),
    ("date_invalid", {"joined_on": "20150228"}),
    ("date_invalid", {"joined_on": "2015-W09-6"}),
    ("date_invalid", {"joined_on": "7/8/13"}),
    ("date_invalid", {"joined_on": "1899-12-31"}),
    ("date_invalid", {"joined_on": "٢٠١٥-02-01"}),
    ("date_invalid", {"paid_until": "2101-01-01"}),
    ("amount_invalid", {"balance_due": "1.2.3"}),
    ("amount_invalid", {"balance_due": "-0.01"}),
    ("amount_invalid", {"balance_due": "1,000"}),
    ("amount_invalid", {"balance_due": "1e3"}),
    ("amount_invalid", {"balance_due": "NaN"}),
    ("amount_invalid", {"balance_due": ""}),
    ("currency_mismatch", {"currency": "USD"}),
    ("currency_mismatch", {"currency": ""}),
    ("email_invalid", {"email": "ana at example.org"}),
    ("name_missing", {"member_name": "  "}),
    ("operations_invalid", {"operations": "maybe"}),
    ("operations_invalid", {"operations": ""}),
    ("income_band_invalid", {"income_band": "0"}),
    ("income_band_invalid", {"income_band": "10"}),
    ("income_band_invalid", {"income_band": "²"}),
    ("roles_invalid", {"contact_roles": "billing;queen"}),
    ("country_invalid", {"country": "México"}),
    ("country_invalid", {"country": "M1"}),
    ("language_unknown", {"language": "fr"}),
    ("field_too_long", {"member_id": "x" * 41}),
    ("field_too_long", {"street": "x" * 2_001}),
    ("text_unprintable", {"member_name": "Casa\x07Roja"}),
    ("text_unprintable", {"member_name": "Casa\nRoja"}),
    ("text_unprintable", {"contact_name": "Ana\x1b[2J"}),
    ("text_unprintable", {"street": "Calle\x0b1"}),
    ("text_unprintable", {"member_id": "A\u200b1"}),
]


@pytest.mark.parametrize(("code", "change"), BAD)
def test_a_bad_row_is_named_and_nothing_of_it_is_kept(read_rows, code, change):
    roll = read_rows({"member_id": "B-1"}, change)
    (rejected,) = roll.rejected
    assert (rejected.row, rejected.code) == (3, code)
    assert list(roll.members) == ["B-1"]
    assert len(roll.contacts) == 1


def test_the_first_reason_that_applies_is_the_one_given(read_rows):
    """Repaired one by one from the front, a row with every fault names them in the order of the contract."""
    faults = dict(BAD)
    faults.pop("text_unprintable")
    faults["field_too_long"] = {"street": "x" * 3_000}
    spoiled: dict[str, str] = {}
    for code in reversed(faults):
        spoiled.update(faults[code])
    named = []
    for code, change in faults.items():
        (rejected,) = read_rows(spoiled).rejected
        named.append((code, rejected.code))
        for column in change:
            del spoiled[column]
    assert [asked for asked, _ in named] == [given for _, given in named]


def test_a_conflict_comes_after_the_contract_and_before_our_own_reasons(read_rows):
    roll = read_rows({}, {"operations": "maybe"}, {"operations": "maybe", "email": "x"}, {"income_band": "0"})
    assert [rejected.code for rejected in roll.rejected] == [
        "conflict_with_line",
        "email_invalid",
        "conflict_with_line",
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"member_name": "Imprenta  del Barrio"},
        {"kind": "individual"},
        {"center": "us", "currency": "USD"},
        {"joined_on": "2009-03-15"},
        {"sector": ""},
        {"income_band": ""},
        {"operations": "no"},
        {"paid_until": "2017-03-14"},
        {"balance_due": "0.01"},
    ],
)
def test_every_column_of_the_member_must_agree_with_its_first_kept_row(read_rows, change):
    roll = read_rows({"email": "broken"}, {}, change, {"contact_name": "Otra", "balance_due": "0"})
    assert {rejected.row: rejected.code for rejected in roll.rejected} == {2: "email_invalid", 4: "conflict_with_line"}
    assert f"{next(iter(change))} says" in roll.rejected[1].text.en
    assert "row 3" in roll.rejected[1].text.en
    assert len(roll.contacts) == 2


def test_a_rejected_first_row_does_not_speak_for_its_member(read_rows):
    roll = read_rows({"income_band": "77"}, {"income_band": "3", "member_name": "Imprenta Nueva"})
    assert roll.members["A-1"].name == "Imprenta Nueva"
    assert roll.members["A-1"].row == 3


def test_a_good_row_is_kept_whole(read_rows):
    roll = read_rows({"member_name": "  La  Casa ", "balance_due": " 1234.5 ", "contact_roles": "billing; technical;"})
    assert roll.members["A-1"] == RollMember(
        member_id="A-1",
        name="La  Casa",
        kind="organization",
        center="mx",
        joined_on=dt.date(2009, 3, 14),
        sector="media",
        income_band=2,
        operations=True,
        paid_until=dt.date(2016, 3, 14),
        balance_due=123_450,
        currency="MXN",
        row=2,
    )
    (contact,) = roll.contacts
    assert contact.roles == ("billing", "technical")
    assert (contact.phone, contact.phone_usable, contact.phone_doubtful) == ("+525551234567", True, False)


def test_what_may_be_empty_may_be_empty_and_the_language_is_then_the_centers(read_rows):
    empty = "sector income_band contact_name contact_roles email phone street city state postal_code country language"
    roll = read_rows(dict.fromkeys(empty.split(), ""))
    (contact,) = roll.contacts
    assert roll.members["A-1"].income_band is None
    assert (contact.language, contact.phone, contact.phone_usable, contact.roles) == ("es", "", None, ())


@pytest.mark.parametrize(
    "name",
    [
        "=1+1",
        "+Agua",
        "-Frontera",
        "@casa",
        "مركز\u200f العمال",
        "Casa\u200d Roja",
        "👩🏽‍🌾 Milpa",
        "NULL",
        "O'Hara; --",
    ],
)
def test_names_are_text_and_stay_as_they_are(read_rows, name):
    roll = read_rows({"member_name": name, "contact_name": name})
    assert (roll.members["A-1"].name, roll.contacts[0].name) == (name, name)


@pytest.mark.parametrize(
    "good", ["a@b.org", "ana.maria+cuotas@correo.ejemplo.org", "josé@ñandú.org", "x_y-z@a-b.co", "o'hara@example.org"]
)
def test_addresses_that_exist_are_accepted(good):
    assert is_email(text=good)


@pytest.mark.parametrize(
    "bad",
    [
        "a@b",
        "@b.org",
        "a@",
        "a.b.org",
        "a@b..org",
        ".a@b.org",
        "a..b@c.org",
        "a@-b.org",
        "a@b.org,c@d.org",
        "a@b.org;c@d.org",
        *[
            "a @b.org",
            "<a@b.org>",
            "a@b@c.org",
            "a@b.org\r\nBcc: all@b.org",
            "a\u200b@b.org",
            "a@b-.org",
            "a@[10.0.0.1]",
        ],
    ],
)
def test_what_is_not_one_address_is_not_accepted(bad):
    assert not is_email(text=bad)


def test_an_address_of_any_length_is_judged_at_once():
    assert not is_email(text="a." * 50_000 + "@" + "b." * 50_000)
    assert not is_email(text="a@" + "b-" * 100)
    assert not is_email(text="x" * 65 + "@example.org")


def test_every_reason_has_two_sentences_with_the_same_details():
    for sentence in SENTENCES.values():
        assert sentence.en != sentence.es
        named = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in (sentence.en, sentence.es)]
        assert named[0] == named[1]


def test_a_sentence_cannot_be_turned_around_or_flooded_by_what_it_quotes():
    text = fault(code="language_unknown", value="{0}\u202eabc\x1b" + "x" * 500).text
    assert text.en.endswith(f"the row says “{{0}}�abc�{'x' * 32}…”.")


def test_a_sentence_names_no_person(read_rows):
    secret = {
        "email": "ana at casa",
        "member_name": "Ana Casa",
        "contact_name": "Ana",
        "phone": "5555",
        "street": "Ana 5",
    }
    for code, change in BAD:
        (rejected,) = read_rows({**secret, "member_id": "A-1", "email": "", **change}).rejected
        assert rejected.code == code
        assert "Ana" not in rejected.text.en + rejected.text.es


def test_caps_keep_indexed_values_below_what_an_index_row_holds():
    assert all(cap * 4 <= 2_000 for column, cap in CAPS.items() if column != "street")
