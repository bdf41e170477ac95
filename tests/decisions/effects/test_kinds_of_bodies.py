"""The kinds of effects on bodies, roles and tasks: checked, said, planned, carried out, taken back."""

from datetime import date

import pytest

from committees import ACTOR, AT, body, both, committee, person, seat, sits, sitting
from tequio.decisions.effects.previewing import preview_of
from tequio.decisions.effects.registry import Effect, kind_of
from tequio.decisions.models import ActionItem, Body, Decision, DecisionRule, Seat, Term
from tequio.decisions.operations.founding import adopt_mandate
from tequio.decisions.queries.in_force import mandate_on, rule_on
from tequio.kernel.errors import Refusal

pytestmark = pytest.mark.django_db
ON = date(2016, 7, 15)
LATER = date(2016, 9, 1)


@pytest.fixture
def made():
    return body("committee")


def does(name, data, *, on=ON, at=AT):
    """Check, plan and carry out one effect, as a decision would; (kept data, plan, result)."""
    kind = kind_of(name=name)
    kept = kind.checked(data=data, on=on)
    plan = kind.plan(data=kept, on=on)
    result = kind.apply(plan=plan, decision=Decision.objects.first(), actor=ACTOR, at=at)
    return kept, plan, result


def inverse(name, done, *, on=LATER):
    kept, plan, result = done
    [effect] = kind_of(name=name).inverse(data=kept, plan=plan.data, result=result, on=on)
    return effect


def refused(name, data, *, on=ON):
    with pytest.raises(Refusal) as refusal:
        kind_of(name=name).checked(data=data, on=on)
    assert refusal.value.text.es != refusal.value.text.en
    return refusal.value.text.en


TEAM = {
    "code": "translators",
    "name": {"en": "Translators", "es": "Traductores"},
    "kind": "team",
    "mandate": {"en": "Translate.", "es": "Traducir."},
    "from": "2016-07-15",
    "terms": {"quorum": "1/2", "majority": ">1/2"},
}


def test_a_body_is_founded_with_its_mandate_its_rule_and_its_people_all_citing_the_decision(made):
    ana = person("Ana")
    done = does("body.create", {**TEAM, "people": ["ana@example.org"], "access_scopes": ["wiki"]})

    team = Body.objects.get(code="translators")
    decision = Decision.objects.first()
    assert (team.kind, team.voters, team.access_scopes, team.founded_on, team.decision) == (
        "team",
        "people",
        ["wiki"],
        ON,
        decision,
    )
    assert (mandate_on(body=team, on=ON).text_es, mandate_on(body=team, on=ON).decision) == ("Traducir.", decision)
    assert (rule_on(body=team, on=ON).code, rule_on(body=team, on=ON).decision) == (
        "translators-rules",
        decision.code,
    )
    assert list(Term.objects.values_list("user", "seat__code", "decision")) == [
        (ana.pk, "translators-member-1", decision.pk)
    ]
    assert [change.after.en for change in done[1].changes][:4] == ["Translators", "Translate.", "wiki", "Ana"]
    assert inverse("body.create", done) == Effect(
        kind="body.end", data={"body": "translators", "from": LATER.isoformat()}
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"code": "committee"}, "There is a body “committee” already"),
        ({"code": "Not A Code"}, "small letters"),
        ({"kind": "party"}, "A body is one of"),
        ({"from": "2016-07-14"}, "that day is over"),
        ({"mandate": {"en": "Only one"}}, "both languages"),
        ({"terms": {"quorum": "1/2", "majority": "1/2"}}, "a tie or less would pass"),
        ({"people": ["nobody@example.org"]}, "Nobody with an account here"),
        ({"people": "ana"}, "is a list of people"),
        ({"colour": "red"}, "Nobody knows “colour”"),
    ],
    ids=str,
)
def test_a_body_that_cannot_be_is_refused(made, change, said):
    assert said in refused("body.create", {**TEAM, **change})


def test_a_body_ends(made):
    does("body.end", {"body": "committee", "from": "2016-07-15"})

    assert Body.objects.get(code="committee").ended_on == ON
    assert "has ended" in refused("body.end", {"body": "committee", "from": "2016-07-15"})
    with pytest.raises(Refusal, match="found it anew"):
        kind_of(name="body.end").inverse(data={}, plan={}, result={}, on=LATER)


def mandated(made, words="Answer tickets.", *, day=date(2015, 1, 1)):
    return adopt_mandate(
        body=made, text=both(words), valid_from=day, decision=Decision.objects.first(), actor=ACTOR, at=AT
    )


MAINTENANCE = {
    "body": "committee",
    "mandate": {"en": "Keep servers.", "es": "Mantener servidores."},
    "name": {"en": "Maintenance", "es": "Mantenimiento"},
    "access_scopes": ["root"],
    "from": "2016-07-15",
}


def test_support_becomes_maintenance_by_those_with_root_and_back(made):
    mandated(made)
    done = does("body.change_mandate", MAINTENANCE)

    made.refresh_from_db()
    assert (made.name_en, made.access_scopes, mandate_on(body=made, on=ON).text_en) == (
        "Maintenance",
        ["root"],
        "Keep servers.",
    )
    assert [(c.before.en, c.after.en) for c in done[1].changes] == [
        ("Answer tickets.", "Keep servers."),
        ("committee", "Maintenance"),
        ("nothing", "root"),
    ]
    back = inverse("body.change_mandate", done)
    does(back.kind, back.data, on=LATER)
    made.refresh_from_db()
    assert (made.name_en, made.access_scopes, mandate_on(body=made, on=LATER).text_en) == (
        "committee",
        [],
        "Answer tickets.",
    )


def test_a_mandate_that_was_changed_meanwhile_is_a_conflict_that_shows_both(made):
    mandated(made)
    kind = kind_of(name="body.change_mandate")
    base = kind.base(data=MAINTENANCE)
    assert (base, kind.conflict(data=MAINTENANCE, base=base)) == ({"mandate": "2015-01-01"}, None)

    mandated(made, "Write code.", day=date(2016, 7, 1))

    said = kind.conflict(data=MAINTENANCE, base=base)
    assert "Write code." in said.en
    assert "Keep servers." in said.en


def test_what_had_no_mandate_has_none_to_go_back_to(made):
    with pytest.raises(Refusal, match="no mandate in writing before"):
        inverse("body.change_mandate", does("body.change_mandate", MAINTENANCE))


RULE = {
    "body": "committee",
    "code": "committee-2016",
    "title": {"en": "Rules of 2016", "es": "Reglas de 2016"},
    "from": "2016-08-01",
    "terms": {"quorum": "1/3", "majority": ">1/2", "review_hours": 72, "delay_days": 5, "consensus_first": True},
}


def test_a_rule_of_decision_is_adopted_ahead_and_holds_from_its_day(made):
    done = does("body.adopt_rule", RULE)

    assert rule_on(body=made, on=ON).code == "committee-rules-2013"
    assert rule_on(body=made, on=date(2016, 8, 1)).code == "committee-2016"
    assert [(c.what.en, c.before.en, c.after.en) for c in done[1].changes] == [
        ("Quorum", "At least 1/2 of the electorate is present.", "At least 1/3 of the electorate is present."),
        (
            "Majority",
            "Consensus is tried first; else more than 2/3 of those voting are in favor.",
            "Consensus is tried first; else more than 1/2 of those voting are in favor.",
        ),
    ]
    back = inverse("body.adopt_rule", done)
    assert (back.data["code"], back.data["from"], back.data["terms"]["majority"]) == (
        "committee-rules-2013-again",
        "2016-09-01",
        ">2/3",
    )
    does(back.kind, back.data, on=ON)
    assert rule_on(body=made, on=LATER).majority == rule_on(body=made, on=ON).majority


def test_a_rule_confirmed_late_begins_when_it_is_confirmed(made):
    kind = kind_of(name="body.adopt_rule")

    assert kind.plan(data=kind.checked(data=RULE, on=ON), on=LATER).effective_on == LATER


def test_a_rule_adopted_meanwhile_is_a_conflict_that_names_both(made):
    kind = kind_of(name="body.adopt_rule")
    base = kind.base(data=RULE)
    does("body.adopt_rule", {**RULE, "code": "other", "from": "2016-07-20"})

    said = kind.conflict(data=RULE, base=base).en
    assert ("committee-rules-2013" in said, "other" in said) == (True, True)
    assert DecisionRule.objects.count() == 2


@pytest.fixture
def chair(made):
    return seat(made, office="chair", votes=False)


def test_somebody_is_appointed_for_a_term_and_the_search_ends(made, chair):
    ana = person("Ana")
    data = {"seat": chair.code, "person": "ANA@example.org", "from": "2016-07-15", "until": "2019-07-15"}
    done = does("role.appoint", data)

    term = Term.objects.get(seat=chair)
    assert (term.user, term.starts_on, term.ends_on, term.decision) == (
        ana,
        ON,
        date(2019, 7, 15),
        Decision.objects.first(),
    )
    assert done[0]["person"] == ana.pk  # no address is kept in a text nobody can change
    assert kind_of(name="role.appoint").said(data=done[0]).en == (
        "Ana: chair, committee, from 15 July 2016, until 15 July 2019."
    )
    back = inverse("role.appoint", done)
    assert back == Effect(kind="role.end", data={"seat": chair.code, "from": "2016-09-01"})
    does(back.kind, back.data, on=LATER)
    term.refresh_from_db()
    assert term.ended_on == LATER
    assert ActionItem.objects.get(kind="search", closed_at__isnull=True).seat == chair


def test_who_is_appointed_to_a_held_seat_follows_whoever_held_it_and_taking_it_back_gives_it_back(made, chair):
    first = does("role.appoint", {"seat": chair.code, "person": person("Ana").pk, "from": "2016-07-15"})[2]
    done = does(
        "role.appoint", {"seat": chair.code, "person": person("Beto").pk, "from": "2016-08-01"}, on=date(2016, 8, 1)
    )

    assert [(c.before.en, c.after.en) for c in done[1].changes] == [("Ana", "Beto")]
    assert list(Term.objects.order_by("pk").values_list("user__name", "ended_on")) == [
        ("Ana", date(2016, 8, 1)),
        ("Beto", None),
    ]
    assert inverse("role.appoint", done) == Effect(
        kind="role.appoint",
        data={"seat": chair.code, "person": first["person"], "from": "2016-09-01", "until": None},
    )


def test_a_seat_taken_by_somebody_else_meanwhile_is_a_conflict_that_names_all(made, chair):
    kind = kind_of(name="role.appoint")
    kept = kind.checked(data={"seat": chair.code, "person": person("Ana").pk, "from": "2016-08-01"}, on=ON)
    base = kind.base(data=kept)
    does("role.appoint", {"seat": chair.code, "person": person("Beto").pk, "from": "2016-07-15"})

    said = kind.conflict(data=kept, base=base).en
    assert all(word in said for word in ("nobody", "Beto", "Ana"))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"seat": "gone"}, "There is no seat “gone”"),
        ({"person": 999_999}, "Nobody with an account here"),
        ({"person": True}, "Nobody with an account here"),
        ({"from": "2016-07-14"}, "that day is over"),
        ({"until": "2016-07-15"}, "A term ends after it begins"),
    ],
    ids=str,
)
def test_an_appointment_that_cannot_be_is_refused(made, chair, change, said):
    data = {"seat": chair.code, "person": person("Ana").pk, "from": "2016-07-15"}

    assert said in refused("role.appoint", {**data, **change})


def test_a_seat_is_opened_with_its_search_at_the_next_sitting(made):
    there = sitting(made, starts_at=AT.replace(month=9))
    done = does(
        "role.open_seat",
        {
            "body": "committee",
            "office": "co_chair",
            "title": {"en": "Co-chair", "es": "Copresidencia"},
            "from": "2016-07-15",
        },
    )

    opened = Seat.objects.get()
    assert (opened.code, opened.votes, opened.decision) == (
        "committee-co-chair-1",
        False,
        Decision.objects.first(),
    )
    assert ActionItem.objects.get().sitting == there
    back = inverse("role.open_seat", done)
    does(back.kind, back.data, on=LATER)
    opened.refresh_from_db()
    assert (opened.closed_on, ActionItem.objects.get().closed_at) == (LATER, AT)


def test_a_term_that_is_ended_can_be_taken_up_again(made, chair):
    ana = person("Ana")
    sits(made, ana)
    held = Seat.objects.get(office="member")
    done = does("role.end", {"seat": held.code, "from": "2016-07-15"})

    assert Term.objects.get(seat=held).ended_on == ON
    assert inverse("role.end", done).data == {
        "seat": held.code,
        "person": ana.pk,
        "from": "2016-09-01",
        "until": None,
    }
    assert "Nobody holds that seat" in refused("role.end", {"seat": held.code, "from": "2016-07-15"})


def test_a_seat_that_was_closed_does_not_open_again(made, chair):
    with pytest.raises(Refusal, match="open another one"):
        inverse("role.end", does("role.end", {"seat": chair.code, "from": "2016-07-15", "close": True}))


def test_a_task_is_assigned_and_nothing_takes_it_back():
    made, people = committee(1)
    data = {
        "body": made.code,
        "title": {"en": "Write it", "es": "Escribirlo"},
        "person": people[0].email,
        "due_on": "2016-08-01",
        "in_writing": True,
    }
    kept, plan, result = does("task.assign", data)

    task = ActionItem.objects.get()
    assert (task.kind, task.title_es, task.owner, task.due_on, task.decision) == (
        "put_in_writing",
        "Escribirlo",
        people[0],
        date(2016, 8, 1),
        Decision.objects.first(),
    )
    assert plan.changes[0].after.en == "Write it: committee 1, by 1 August 2016."
    assert kind_of(name="task.assign").inverse(data=kept, plan=plan.data, result=result, on=LATER) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"due_on": "2016-07-14"}, "that day is over"),
        ({"person": "nobody@example.org"}, "Nobody with an account here"),
        ({"sitting": 999_999}, "has no such sitting"),
        ({"body": "gone"}, "There is no body “gone”"),
        ({"title": {"en": "Write it", "es": " "}}, "empty in one of the languages"),
    ],
    ids=str,
)
def test_a_task_that_cannot_be_is_refused(made, change, said):
    assert said in refused("task.assign", {"body": "committee", "title": both("Write it").as_dict(), **change})


@pytest.mark.parametrize(
    "name",
    [
        "body.create",
        "body.end",
        "body.change_mandate",
        "body.adopt_rule",
        "role.appoint",
        "role.open_seat",
        "role.end",
        "task.assign",
    ],
)
def test_the_example_of_each_kind_is_accepted_and_can_be_previewed(sample_rules, name):
    made = Body.objects.get(code="leadership-committee")
    if not Seat.objects.filter(code="leadership-committee-chair-1").exists():
        seat(made, office="chair", votes=False)
    person("chair")
    kind = kind_of(name=name)
    preview = preview_of(effects=[Effect(kind=name, data=kind.example)], on=ON)

    [one] = preview.effects
    assert one.said.en != one.said.es
    assert one.plan.changes != ()
    assert one.moved is None
    assert preview.as_json()["effects"][0]["kind"] == name
