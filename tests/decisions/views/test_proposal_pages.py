"""The pages of a proposal where two people meet: both are shown, nothing is overwritten; late, lapsed, come back."""

import re

import pytest

from committees import ACTOR, AT, DAY, HOUR, committee, fresh, proposal, sitting, words
from decisions.made_up_effect import sign
from signing_in import sign_in
from tequio.decisions.models import Proposal, Question, Stage
from tequio.decisions.operations import dividing, proposing
from tequio.kernel import clock
from tequio.rules.dividing import Part
from tequio.rules.reasons import Text

pytestmark = pytest.mark.django_db
OTHER = Text(en="First who.\n\nThen how.", es="Primero quién.\n\nLuego cómo.")


@pytest.fixture(autouse=True)
def _now(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: AT)


@pytest.fixture
def made(sample_rules):
    """A committee and the people on it."""
    return committee()


@pytest.fixture
def sponsor(client, made):
    """The browser of the first of them, who sponsors."""
    return sign_in(client, made[1][0])


def said(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def change(of, text=OTHER, *, at=AT - HOUR, effects=None):
    """Somebody else's browser was quicker."""
    latest, there = of.versions.order_by("-number")[0], words()
    new = type(there)(original="en", ask=there.ask, text=text, resources=there.resources)
    effects = latest.effects if effects is None else effects
    return proposing.change(
        proposal=of, against=latest.number, words=new, effects=effects, by=of.sponsor, actor=ACTOR, at=at
    )


def test_an_effect_taken_out_of_a_text_that_moved_is_not_taken_out(signs, sponsor, made):
    body, people = made
    of = proposal(body, people[0], effects=[sign("a"), sign("b")])
    shown = sponsor.get(f"/proposals/{of.code}/effects/0/remove/")
    change(of, effects=[sign("b"), sign("a")])

    answer = sponsor.post(f"/proposals/{of.code}/effects/0/remove/", {"against": "1"})

    assert 'name="against" value="1"' in shown.content.decode()
    assert answer.status_code == 422
    assert "You wrote against version 1, and version 2 is there by now" in said(answer)
    assert [effect["data"]["says"] for effect in of.versions.get(number=2).effects] == ["b", "a"]


def test_a_text_that_moved_is_not_divided_as_it_was_seen(sponsor, made):
    body, people = made
    of = proposal(body, people[0])
    change(of)

    answer = sponsor.post(
        f"/proposals/{of.code}/divide/",
        {
            "against": "1",
            "parts": "2",
            "title_1_en": "A",
            "title_1_es": "A",
            "title_2_en": "B",
            "title_2_es": "B",
            "paragraph_0": "1",
            "paragraph_1": "2",
        },
    )

    assert answer.status_code == 422
    assert "You looked at version 1, and version 2 is there by now" in said(answer)
    assert not Question.objects.filter(number__gt=0).exists()


def test_an_amendment_written_against_a_text_that_moved_changes_only_what_was_changed(sponsor, made):
    body, people = made
    of = proposal(body, people[0])
    there = words()
    proposing.change(
        proposal=of,
        against=1,
        words=type(there)(
            original="en",
            ask=there.ask,
            text=there.text,
            resources=Text(en="Ten hours.", es="Diez horas."),
        ),
        effects=[],
        by=people[0],
        actor=ACTOR,
        at=AT - HOUR,
    )

    answer = sponsor.post(
        f"/proposals/{of.code}/amend/",
        {
            "against": "1",
            "ask_en": there.ask.en,
            "ask_es": there.ask.es,
            "text_en": OTHER.en,
            "text_es": there.text.es,
            "why_en": "Better.",
            "why_es": "",
        },
    )

    assert answer.status_code == 303
    assert [(c["part"], c["language"], c["at"]) for c in of.amendments.get().changes] == [("text", "en", 0)]


def test_a_late_proposal_says_both_hours_in_both_cities(sponsor, made):
    body, people = made
    sitting(body, starts_at=AT + DAY)
    sitting(body, starts_at=AT + 28 * DAY)
    of = proposal(body, people[0], at=AT - HOUR)

    page = said(sponsor.get(f"/proposals/{of.code}/"))

    assert "It came Friday 15 July 2016, 07:00 New York / 06:00 Mexico City." in page
    assert "it should have come by Wednesday 13 July 2016, 08:00 New York / 07:00 Mexico City" in page
    assert "so it goes to the sitting of Friday 12 August 2016" in page


def test_a_division_that_lapsed_is_told_and_who_translates_sees_what_changed(sponsor, made):
    body, people = made
    of = proposal(body, people[0])
    parts = [Part(title=Text(en=f"P{n}", es=f"P{n}"), paragraphs=(n,)) for n in (0, 1)]
    dividing.divide(proposal=of, against=1, parts=parts, by=people[0], actor=ACTOR, at=AT - HOUR)
    change(of, Text(en=OTHER.en, es=words().text.es))

    page, translate = said(sponsor.get(f"/proposals/{of.code}/")), said(sponsor.get(f"/proposals/{of.code}/change/"))

    assert "Version 1 was divided into 2 parts. With the change of its text that lapsed" in page
    assert "What the original says otherwise since it was translated" in translate
    assert "Paragraph 1 of the text in English" in translate


def test_what_was_not_approved_is_brought_back_as_a_draft(sponsor, made):
    body, people = made
    of = proposal(body, people[0])
    before = said(sponsor.get(f"/proposals/{of.code}/"))
    Question.objects.update(end="not_approved", ended_at=AT)
    Proposal.objects.update(stage=Stage.DECIDED)

    asked = said(sponsor.get(f"/proposals/{of.code}/come-back/"))
    answer = sponsor.post(f"/proposals/{of.code}/come-back/")

    assert "Bring it back" not in before
    assert "Bring it back" in said(sponsor.get(f"/proposals/{of.code}/"))
    assert "only with substantive changes" in asked
    assert (answer.status_code, answer["Location"]) == (303, "/proposals/2016-2/")
    assert Proposal.objects.get(code="2016-2").comes_back_from == of


def test_what_was_carried_is_not_brought_back(sponsor, made):
    body, people = made
    of = proposal(body, people[0])
    Question.objects.update(end="approved", ended_at=AT)
    Proposal.objects.update(stage=Stage.DECIDED)

    answer = sponsor.post(f"/proposals/{of.code}/come-back/")

    assert "Bring it back" not in said(sponsor.get(f"/proposals/{of.code}/"))
    assert (answer.status_code, "was carried" in said(answer)) == (422, True)


def test_its_sponsor_hands_it_over_to_somebody_who_sits_there(sponsor, made):
    body, people = made
    of = proposal(body, people[0])
    shown = sponsor.get(f"/proposals/{of.code}/hand-over/").content.decode()

    wrong = sponsor.post(f"/proposals/{of.code}/hand-over/", {"to": str(people[0].pk)})
    answer = sponsor.post(f"/proposals/{of.code}/hand-over/", {"to": str(people[3].pk)})

    assert (people[3].name in shown, people[0].name + "</option>" in shown) == (True, False)
    assert (wrong.status_code, answer.status_code, fresh(of).sponsor) == (422, 303, people[3])
