"""The language of a page: chosen, else the account's, else the browser's; the switch keeps the page and the site."""

import pytest


@pytest.mark.parametrize(
    ("asked", "spoken"), [("es-MX,es;q=0.9", "es"), ("en-US", "en"), ("fr", "en"), ("fr,es;q=0.5", "es"), ("", "en")]
)
def test_a_browser_is_answered_in_its_language(client, db, asked, spoken):
    answer = client.get("/account/login/", headers={"accept-language": asked})
    assert answer["Content-Language"] == spoken
    assert {"Cookie", "Accept-Language"} <= {name.strip() for name in answer["Vary"].split(",")}


@pytest.mark.parametrize(
    ("back", "leads"),
    [
        ("/account/login/?next=%2Fmembers%2F%3Fq%3Da%26b", "/account/login/?next=%2Fmembers%2F%3Fq%3Da%26b"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("/\\elsewhere.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("members/", "/"),
        ("", "/"),
    ],
)
def test_the_switch_leads_back_to_the_page_and_to_no_other_site(client, db, back, leads):
    answer = client.get("/language/es/", {"back": back})
    assert answer["Location"] == leads
    assert answer.cookies["tequio_language"].value == "es"
    assert client.get("/account/login/", headers={"accept-language": "en"})["Content-Language"] == "es"


def test_the_link_on_a_page_names_that_page_with_its_words(client, db):
    page = client.get("/account/login/?next=/a%26b").content.decode()
    assert 'href="/language/es/?back=/account/login/%3Fnext%3D/a%2526b"' in page


def test_a_cookie_of_another_language_is_no_language(client, db):
    client.cookies["tequio_language"] = "xx"
    assert client.get("/account/login/", headers={"accept-language": "es"})["Content-Language"] == "es"
