"""Who votes where members vote, for whom a person casts a ballot, and why."""

from datetime import date

import pytest

from committees import ACTOR, AT, DAY, body, person, proposal, sits, whole
from tequio.decisions.models import Elector
from tequio.decisions.operations.opening import open_vote
from tequio.decisions.queries.electorates import electorate_of, representatives_of, voices_of
from tequio.decisions.queries.in_force import rule_on
from tequio.members.models import Contact, Member, MemberAccess, Membership

pytestmark = pytest.mark.django_db
WEIGHTS = {"weights": {"organization": 2, "individual": 1}, "quorum": "10 %", "majority": ">1/2"}
ON = date(2016, 7, 15)


@pytest.fixture
def assembly(members):
    """A function that imports members, and the assembly in which they vote."""

    def make(*given, terms=None):
        members(*({"paid_until": "2016-12-31", **one} for one in given))
        return body("assembly", kind="assembly", voters="members", terms={**WEIGHTS, **(terms or {})})

    return make


def entitled(of, *, on=ON):
    found = electorate_of(body=of, rule=rule_on(body=of, on=on), on=on)
    return [(e.code, e.center, e.weight, e.standing) for e in found]


def gives(user, code):
    MemberAccess.objects.create(user=user, member=Member.objects.get(code=code))


def test_members_in_good_standing_vote_an_organization_twice_an_individual_once(assembly):
    made = assembly({}, {"kind": "individual", "center": "mx", "operations": "no"})

    assert entitled(made) == [("M1", "us", 2, "good"), ("M2", "mx", 1, "good")]


def test_who_is_not_in_good_standing_that_day_has_left_or_counts_as_another_does_not_vote(assembly):
    made = assembly({}, {}, {}, {})
    Member.objects.filter(code="M2").update(standing="at_risk")
    Membership.objects.filter(member__code="M3").update(left_on=ON)
    Member.objects.filter(code="M4").update(merged_into=Member.objects.get(code="M1"))

    assert [code for code, *_ in entitled(made)] == ["M1"]


def test_who_belonged_long_enough_by_the_rule_votes(assembly):
    made = assembly({"joined_on": "2016-06-01"}, {"joined_on": "2016-05-31"}, terms={"member_days": 45})

    assert [code for code, *_ in entitled(made)] == ["M2"]


def test_a_merged_members_years_are_those_of_the_one_it_counts_as(assembly):
    made = assembly({"joined_on": "2010-01-01"}, {"joined_on": "2016-07-01"}, terms={"member_days": 45})
    Member.objects.filter(code="M1").update(merged_into=Member.objects.get(code="M2"))

    assert [code for code, *_ in entitled(made)] == ["M2"]


def test_the_standing_of_the_day_is_worked_out_when_a_vote_opens(assembly):
    made = assembly({}, {"balance_due": "200.00", "paid_until": "2016-03-01"})
    chair = person("Chair")
    sits(made, chair, office="chair", votes=False)
    Member.objects.update(standing="good", standing_on=date(2016, 1, 1))
    before = proposal(made, chair)

    vote = open_vote(body=made, proposal=before, question=whole(before), by=chair, actor=ACTOR, at=AT)

    standings = dict(Member.objects.values_list("code", "standing"))
    assert standings["M2"] != "good"
    assert list(Elector.objects.filter(vote=vote).values_list("member__code", "standing")) == [("M1", "good")]


@pytest.fixture
def opened(assembly):
    """A vote in an assembly of two organizations and an individual."""
    made = assembly({"email": "ana@example.org"}, {}, {"kind": "individual", "operations": "no"})
    chair = person("Chair")
    sits(made, chair, office="chair", votes=False)
    before = proposal(made, chair, at=AT - 4 * DAY)
    return open_vote(body=made, proposal=before, question=whole(before), by=chair, actor=ACTOR, at=AT)


def said(vote, user):
    return [(voice.elector.member.code, voice.why.en) for voice in voices_of(vote=vote, user=user)]


def test_a_representative_who_signs_in_for_an_organization_votes_for_it(opened):
    ana = person("Ana")
    gives(ana, "M1")

    assert said(opened, ana) == [("M1", "You represent Member 1.")]


def test_who_signs_in_for_an_organization_and_does_not_represent_it_does_not_vote_for_it(opened):
    beto = person("Beto")
    gives(beto, "M1")

    assert said(opened, beto) == []


def test_a_representative_who_does_not_sign_in_for_the_member_does_not_vote_for_it(opened):
    assert said(opened, person("Ana")) == []


def test_whoever_signs_in_for_an_individual_votes_for_it(opened):
    beto = person("Beto")
    gives(beto, "M3")

    assert said(opened, beto) == [("M3", "You sign in for this membership.")]


def test_somebody_who_represents_several_casts_a_ballot_for_each(opened):
    ana = person("Ana")
    for code in ("M1", "M3"):
        gives(ana, code)

    assert [code for code, _ in said(opened, ana)] == ["M1", "M3"]


def contact(code, email, *, position, representative=True):
    Contact.objects.create(
        member=Member.objects.get(code=code),
        position=position,
        name=email,
        email=email,
        is_representative=representative,
        language="en",
        fingerprint=f"{code}-{position}",
    )


def test_a_member_has_two_representatives_at_most_the_first_of_the_roll(opened):
    pk = Member.objects.get(code="M1").pk
    contact("M1", "tech@example.org", position=2, representative=False)
    contact("M1", "Beto@Example.org", position=3)
    contact("M1", "third@example.org", position=4)

    assert representatives_of(heads=[pk]) == {pk: ["ana@example.org", "beto@example.org"]}


def test_the_representatives_of_a_merged_member_come_after_its_own(opened):
    head, merged = Member.objects.get(code="M1"), Member.objects.get(code="M2")
    Member.objects.filter(pk=merged.pk).update(merged_into=head)

    assert representatives_of(heads=[head.pk]) == {head.pk: ["ana@example.org", "m2@example.org"]}


def test_an_assembly_of_many_is_drawn_up_in_one_query(assembly, django_assert_num_queries):
    made = assembly(*({} for _ in range(60)))
    rule = rule_on(body=made, on=ON)

    with django_assert_num_queries(1):
        assert len(electorate_of(body=made, rule=rule, on=ON)) == 60
