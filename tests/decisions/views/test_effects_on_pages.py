"""What a proposal would do, on its pages: who pays more and less, under other assumptions; names only for who may."""

import re

import pytest

from committees import AT, committee, proposal, sits
from signing_in import sign_in
from tequio.accounts.models import Grant, Role
from tequio.decisions.effects.registry import kind_of
from tequio.decisions.models import Office, Version
from tequio.kernel import clock

KINDS = ("dues.adopt_policy", "dues.adopt_payment_policy", "followup.adopt_policy")
pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(members, monkeypatch):
    """A proposal of the chair's with an effect of each kind on rules, over six members."""
    monkeypatch.setattr(clock, "now", lambda: AT)
    members({}, {"operations": "no", "member_name": "La Colmena"}, *({"center": "mx"} for _ in range(4)))
    body, people = committee(3)
    sits(body, people[0], office=Office.CHAIR, votes=False)
    effects = [{"kind": name, "data": dict(kind_of(name=name).example)} for name in KINDS]
    return proposal(body, people[0], effects=effects)


@pytest.fixture
def sponsor(client, asked):
    return sign_in(client, asked.sponsor)


def text_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_the_preview_says_who_pays_and_what_follows_in_both_languages(sponsor, asked):
    english = text_of(sponsor.get(f"/proposals/{asked.code}/preview/"))
    assert "Center in New York: of 2 members today, 2 would pay more, 0 the same and 0 less." in english
    assert "If some drop operations and support" in english
    assert re.search(r"All \d+ lines, before and after", english)
    sponsor.get("/language/es/?back=/")
    spanish = text_of(sponsor.get(f"/proposals/{asked.code}/preview/"))
    assert "Quién paga más y quién menos" in spanish
    assert "Situaciones si empezara hoy" in spanish


def test_an_assumption_is_changed_by_an_address(sponsor, asked):
    page = sponsor.get(f"/proposals/{asked.code}/preview/?drop_operations=50&new_without_operations_us=3")
    assert "supposing that 50 % of those who take operations and support drop it and 3 new members" in text_of(page)
    assert 'name="drop_operations" value="50"' in page.content.decode()


@pytest.mark.parametrize("query", ["drop_operations=101", "hens=3"])
def test_an_assumption_that_cannot_be_is_refused_with_a_sentence(sponsor, asked, query):
    page = sponsor.get(f"/proposals/{asked.code}/preview/?{query}")
    assert page.status_code == 422
    assert "whole number" in text_of(page) or "No effect here rests" in text_of(page)


def test_members_are_named_only_to_who_may_read_lists_of_members(sponsor, asked, client):
    assert "La Colmena" not in text_of(sponsor.get(f"/proposals/{asked.code}/preview/"))
    Grant.objects.create(user=asked.sponsor, role=Role.ADMINISTRATOR)
    page = text_of(sponsor.get(f"/proposals/{asked.code}/preview/"))
    assert "La Colmena (M2)" in page
    assert "Largest changes, Center in New York" in page


def test_every_form_of_an_effect_opens_and_one_that_is_sent_adds_it(sponsor, asked):
    from tequio.decisions import effect_forms

    opened = {}
    for one in effect_forms.offered():
        opened[one.kind] = sponsor.get(f"/proposals/{asked.code}/effects/{one.slug}/").status_code
    assert set(opened.values()) == {200}
    sent = {"body": "committee", "title_en": "Put it in writing", "title_es": "Ponerlo por escrito", "in_writing": "on"}
    answer = sponsor.post(f"/proposals/{asked.code}/effects/task-assign/", sent)
    assert answer.status_code == 303
    added = Version.objects.filter(proposal=asked).order_by("-number").first().effects[-1]
    assert (added["kind"], added["data"]["title"]["es"]) == ("task.assign", "Ponerlo por escrito")


def test_what_a_kind_refuses_is_said_on_top_of_its_form_and_what_was_typed_stays(sponsor, asked):
    sent = {"code": "dues-2016", "valid_from": "2016-08-01", "title_en": "Nice", "title_es": "Bonito"}
    amounts = {"us-organization-membership": "1", "us-individual-membership": "1"}
    answer = sponsor.post(f"/proposals/{asked.code}/effects/dues-adopt_policy/", {**sent, **amounts})
    assert answer.status_code == 422
    assert "There is a rule “us-dues-2016” already." in text_of(answer)
    assert 'value="Bonito"' in answer.content.decode()


def test_figures_stand_to_the_right_and_words_do_not(sponsor, asked):
    page = sponsor.get(f"/proposals/{asked.code}/preview/").content.decode()
    assert re.search(r'<td class="n" data-l="Members">2</td>', page)
    assert re.search(r'<td class="n" data-l="Difference">USD -?[\d.]+</td>', page)
    assert re.search(r'<td class="all" data-l="Now">from day 31 on', page)
