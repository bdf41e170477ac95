"""What a rule book says of bodies: mandates, rules of decision, seats, priorities, and decisions with their numbers."""

from datetime import date

import pytest

from project.rule_books import BOOK, everything, loader
from tequio.decisions.models import Body, Decision, Priority, Seat
from tequio.decisions.queries.in_force import mandate_on, rule_on
from tequio.kernel.errors import Refusal
from tequio.rules.deciding import Late, Sponsors

pytestmark = pytest.mark.django_db
BODIES = (
    BOOK.replace('code = "assembly"\n', 'code = "assembly"\nkind = "assembly"\nvoters = "members"\n', 1).replace(
        'code = "first"\n', 'code = "first"\nend = "approved"\nin_favor = 84\nagainst = 2\n', 1
    )
    + """
[[mandates]]
body = "assembly"
valid_from = 2020-02-03
decision = "first"
text = { en = "Everybody.", es = "Todas." }

[[decision_rules]]
code = "assembly-2020"
body = "assembly"
valid_from = 2020-02-03
decision = "first"
title = { en = "Rules", es = "Reglas" }
assumed = ["late"]
terms = { quorum = "10 %", majority = ">1/2", weights = { organization = 2, individual = 1 }, late = "next" }

[[seats]]
body = "assembly"
office = "chair"
opened_on = 2020-02-03
decision = "first"

[[seats]]
body = "assembly"
center = "br"
count = 3
opened_on = 2020-02-03

[[priorities]]
year = 2021
decision = "first"
texts = [{ en = "Roots", es = "Raíces" }, { en = "Branches", es = "Ramas" }]
"""
)


@pytest.fixture
def load(tmp_path, at):
    return loader(folder=tmp_path, at=at)


def test_bodies_are_loaded_with_what_they_are_for_how_they_decide_and_their_seats(load):
    counts = load(BODIES)

    made = Body.objects.get()
    day = date(2020, 3, 1)
    rule = rule_on(body=made, on=day)
    assert (counts["mandates"], counts["decision_rules"], counts["seats"], counts["priorities"]) == (1, 1, 2, 1)
    assert (made.kind, made.voters, mandate_on(body=made, on=day).text_es) == ("assembly", "members", "Todas.")
    assert (rule.code, rule.weights, rule.late, rule.sponsors) == (
        "assembly-2020",
        {"organization": 2, "individual": 1},
        Late.NEXT,
        Sponsors.SITTING,
    )
    assert list(Seat.objects.order_by("pk").values_list("code", "votes", "center__code")) == [
        ("assembly-chair-1", False, None),
        ("assembly-member-1", True, "br"),
        ("assembly-member-2", True, "br"),
        ("assembly-member-3", True, "br"),
    ]
    assert list(Priority.objects.values_list("year", "number", "text_en")) == [
        (2021, 1, "Roots"),
        (2021, 2, "Branches"),
    ]


def test_a_decision_in_a_book_is_recorded_with_the_numbers_it_states_and_never_as_computed(load):
    load(BODIES)

    decision = Decision.objects.get()
    assert (decision.end, decision.counts_stated, decision.in_favor, decision.against, decision.abstained) == (
        "approved",
        True,
        84,
        2,
        None,
    )
    assert (decision.recorded, decision.recorded_by, decision.vote) == (True, "test", None)


def test_loaded_again_it_changes_nothing(load):
    load(BODIES)
    before = everything()

    load(BODIES)

    assert everything() == before


@pytest.mark.parametrize(
    ("part", "other", "said"),
    [
        ('kind = "assembly"', 'kind = "party"', "“kind” is one of"),
        ('end = "approved"', 'end = "splendid"', "“end” is one of"),
        ("in_favor = 84", "in_favor = -1", "“in_favor” is missing or wrong"),
        ("count = 3", "count = 0", "“count” is from 1"),
        ('quorum = "10 %"', 'quorum = "0"', "nobody would have to be present"),
        ('majority = ">1/2"', 'majority = "1/2"', "a tie or less would pass"),
        ('late = "next" }', 'lat = "next" }', "knows no “lat”"),
        ("year = 2021", "year = 1", "“year” is missing or wrong"),
        (
            'body = "assembly"\nvalid_from = 2020-02-03\ndecision = "first"\ntext',
            'body = "gone"\ntext',
            "no body “gone”",
        ),
        ('center = "br"\ncount', 'center = "fr"\ncount', "There is no center “fr”"),
        ("[[seats]]", "[[seats]]\ncolour = 1", "unknown: colour"),
    ],
    ids=str,
)
def test_a_book_that_says_what_cannot_be_is_refused_whole(load, part, other, said):
    before = everything()
    assert part in BODIES
    with pytest.raises(Refusal) as refusal:
        load(BODIES.replace(part, other, 1))

    assert said in refusal.value.text.en
    assert everything() == before


def test_the_sample_rules_hold_the_committees_rules_of_2013_and_the_weights_of_the_assembly(sample_rules):
    committee, assembly = Body.objects.get(code="leadership-committee"), Body.objects.get(code="assembly")
    day = date(2016, 2, 6)
    rule, all_members = rule_on(body=committee, on=day), rule_on(body=assembly, on=day)

    assert (rule.review_hours, rule.delay_days, rule.decision) == (72, 5, "2013-rules-of-decision")
    assert (str(rule.quorum.of), rule.quorum.more_than, str(rule.majority.of), rule.majority.more_than) == (
        "1/2",
        False,
        "2/3",
        True,
    )
    assert (dict(all_members.weights), str(all_members.quorum.of)) == ({"organization": 2, "individual": 1}, "1/10")
    seats = Seat.objects.filter(body=committee, votes=True)
    assert (seats.count(), seats.filter(center__code="us").count()) == (15, 9)
