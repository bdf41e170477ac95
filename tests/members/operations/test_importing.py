"""Saving a roll: whole or not at all, the same file changes nothing, corrections are taken where they can be."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.dues.doing import asked, day, everything, let_go, moment, pay, rests, run

from tequio.centers.models import Center
from tequio.dues.models import Invoice
from tequio.kernel.errors import Refusal
from tequio.kernel.journal.models import Event
from tequio.ledger.operations import close_period
from tequio.ledger.queries import account_balances
from tequio.members.models import Contact, Member, Membership
from tequio.members.operations import import_roll, leave, rejoin

LATE = {"paid_until": "2015-03-01", "balance_due": "80.00"}


def balances(center="us"):
    return {code: amount for code, amount in account_balances(center=Center.objects.get(code=center)).items() if amount}


def contacts(code="M1"):
    rows = Contact.objects.filter(member__code=code).order_by("position", "pk")
    return [(c.name, c.email, c.phone, c.street) for c in rows]


def test_a_member_is_kept_as_the_roll_has_it(members):
    members({"member_name": "Ñandú  Azul", "center": "mx", "kind": "individual", "operations": "no", "income_band": ""})
    m = Member.objects.select_related("center").get()
    assert (m.code, m.name, m.search_name, m.kind, m.center.code) == (
        "M1",
        "Ñandú  Azul",
        "nandu azul",
        "individual",
        "mx",
    )
    assert (m.sector, m.income_band, m.operations, m.paid_until, m.opening_balance) == (
        "media",
        None,
        False,
        day("2016-03-01"),
        0,
    )


def test_each_member_gets_its_period_of_membership(members):
    members({"joined_on": "2009-05-05"}, {**LATE, "joined_on": "2011-06-06"})
    rows = Membership.objects.order_by("member__code").values_list("joined_on", "left_on", "first_period_on")
    assert list(rows) == [
        (day("2009-05-05"), None, day("2016-03-01")),
        (day("2011-06-06"), None, day("2016-03-01")),
    ]


def test_contacts_are_kept_in_their_order_with_roles_and_language(members):
    same = {"member_id": "M1", "member_name": "Red"}
    members(
        {**same, "contact_name": "Zoe", "contact_roles": "technical", "language": "en", "email": "z@example.org"},
        {
            **same,
            "contact_name": "Abel",
            "contact_roles": "representative;billing",
            "language": "es",
            "email": "a@example.org",
        },
    )
    rows = Contact.objects.order_by("position")
    assert [(c.position, c.name, c.is_representative, c.is_billing, c.is_technical, c.language) for c in rows] == [
        (0, "Zoe", False, False, True, "en"),
        (1, "Abel", True, True, False, "es"),
    ]


def test_a_balance_is_booked_and_due_on_the_day_paid_up_to(members):
    members(LATE, {**LATE, "center": "mx", "balance_due": "300.50"})
    assert asked(kind="opening") == [
        ("M2", "2015-03-01", "2015-03-01", 300.5),
        ("M1", "2015-03-01", "2015-03-01", 80),
    ]
    assert balances("us") == {"us-receivable": 8_000, "us-opening-balances": -8_000}
    assert balances("mx") == {"mx-receivable": 30_050, "mx-opening-balances": -30_050}


def test_the_same_file_again_writes_nothing_at_all(members):
    roll = [
        LATE,
        {"center": "mx", "phone": "+52 55 1234 5678", "street": "Calle Uno 1"},
        {"phone": "ask at the office"},
    ]
    assert members(*roll).changed == 6
    before = everything(without=())
    assert members(*roll).changed == 0
    assert everything(without=()) == before


def test_a_dry_run_says_what_it_would_do_and_writes_nothing(sample_rules, roll_file, at):
    path = roll_file(LATE, {})
    before = everything(without=())
    assert import_roll(path=path, actor="test", at=at, dry_run=True).changed == 4
    assert everything(without=()) == before
    assert import_roll(path=path, actor="test", at=at).changed == 4


def test_a_changed_name_is_taken_over_and_found_by(members):
    members({}, {})
    assert members({"member_name": "Colectiva Árbol"}, {}).changed == 1
    m = Member.objects.get(code="M1")
    assert (m.name, m.search_name) == ("Colectiva Árbol", "colectiva arbol")
    event = Event.objects.get(kind="member.changed")
    assert (event.subject, event.payload) == ("member:M1", {"fields": ["name", "search_name"]})


@pytest.mark.parametrize(
    ("change", "column", "value"),
    [
        ({"kind": "individual"}, "kind", "individual"),
        ({"sector": "housing"}, "sector", "housing"),
        ({"income_band": "5"}, "income_band", 5),
        ({"operations": "no"}, "operations", False),
    ],
)
def test_each_column_of_a_member_can_change(members, change, column, value):
    members({})
    assert members(change).changed == 1
    assert getattr(Member.objects.get(), column) == value


def test_a_corrected_day_of_joining_is_taken_over(members):
    members({"joined_on": "2010-03-01"})
    assert members({"joined_on": "2012-03-01"}).changed == 1
    assert Membership.objects.get().joined_on == day("2012-03-01")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"phone": "+1 212 555 0123"}, ("Alma Ríos", "m1@example.org", "+12125550123", "")),
        ({"street": "12 Elm St"}, ("Alma Ríos", "m1@example.org", "", "12 Elm St")),
        ({"contact_name": "Alma Ríos Paz"}, ("Alma Ríos Paz", "m1@example.org", "", "")),
        ({"email": "alma@example.net"}, ("Alma Ríos", "alma@example.net", "", "")),
    ],
    ids=["phone", "street", "name", "e-mail"],
)
def test_a_contact_that_changed_is_brought_up_to_date(members, change, expected):
    members({})
    assert members(change).changed == 1
    assert contacts() == [expected]


def test_another_person_is_another_contact_and_nobody_is_removed(members):
    members({})
    other = {"contact_name": "Beto Luna", "email": "beto@example.org"}
    assert members(other).changed == 1
    assert [name for name, *_ in contacts()] == ["Alma Ríos", "Beto Luna"]
    assert members({}).changed == 0


def test_people_without_an_address_are_known_by_name_alone(members):
    members({"contact_name": "Ana", "email": ""})
    members({"contact_name": "Eva", "email": ""})
    members({"contact_name": "Ana", "email": "", "phone": "+1 212 555 0123"})
    assert sorted((name, phone) for name, _, phone, _ in contacts()) == [("Ana", "+12125550123"), ("Eva", "")]


def test_two_identical_rows_are_two_contacts_and_stay_two(members):
    row = {"member_id": "M1", "member_name": "Red", "email": "a@example.org", "phone": "+1 212 555 0123"}
    members(row, row)
    assert len(contacts()) == 2
    assert members(row, row).changed == 0
    assert members(row).changed == 0
    assert members(row, row, row).changed == 1
    assert len(contacts()) == 3


def test_of_two_people_with_one_address_each_keeps_its_own_row(members):
    one = {"member_id": "M1", "member_name": "Red", "email": "office@example.org"}
    members({**one, "contact_name": "Ana"}, {**one, "contact_name": "Eva"})
    assert (
        members({**one, "contact_name": "Ana"}, {**one, "contact_name": "Eva", "phone": "+1 212 555 0123"}).changed == 1
    )
    assert sorted((name, phone) for name, _, phone, _ in contacts()) == [("Ana", ""), ("Eva", "+12125550123")]


def test_who_shares_an_address_is_not_taken_for_somebody_the_file_lacks(members):
    one = {"member_id": "M1", "member_name": "Red", "email": "office@example.org"}
    members({**one, "contact_name": "Ana"}, {**one, "contact_name": "Eva"})
    members({**one, "contact_name": "Eva", "phone": "+1 212 555 0123"})
    assert sorted((name, phone) for name, _, phone, _ in contacts()) == [("Ana", ""), ("Eva", "+12125550123")]


def test_a_balance_corrected_before_use_is_booked_again(members):
    members(LATE)
    result = members({"paid_until": "2015-06-01", "balance_due": "95.00"})
    assert (result.changed, result.questions) == (1, [])
    assert asked(kind="opening") == [("M1", "2015-06-01", "2015-06-01", 95)]
    assert balances() == {"us-receivable": 9_500, "us-opening-balances": -9_500}
    m = Member.objects.get()
    assert (m.paid_until, m.opening_balance, m.standing_since) == (day("2015-06-01"), 9_500, day("2015-07-02"))
    assert Membership.objects.get().first_period_on == day("2016-06-01")


def test_a_balance_corrected_to_nothing_is_taken_back(members):
    members(LATE)
    members({"paid_until": "2016-03-01"})
    assert (asked(kind="opening"), balances(), Member.objects.get().standing) == ([], {}, "good")
    assert Membership.objects.get().first_period_on == day("2016-03-01")


def test_a_balance_that_was_missing_is_booked_later(members):
    members({"paid_until": "2015-03-01"})
    members(LATE)
    assert asked(kind="opening") == [("M1", "2015-03-01", "2015-03-01", 80)]
    assert Membership.objects.get().first_period_on == day("2016-03-01")


@pytest.mark.parametrize(
    "use",
    [lambda: pay("M1", 5), lambda: run("2016-07-15"), lambda: let_go("US-OPEN-00001", 1)],
    ids=["payment", "run", "write-off"],
)
def test_a_balance_corrected_after_use_is_a_question(members, use):
    members(LATE)
    use()
    before = everything()
    again = {"paid_until": "2015-06-01", "balance_due": "95.00"}
    for _ in range(2):
        result = members(again)
        assert (result.changed, [(q.row, q.code) for q in result.questions]) == (0, [(2, "opening_in_use")])
    assert everything() == before


def test_beside_such_a_question_everything_else_is_taken_over(members):
    members(LATE)
    pay("M1", 5)
    result = members({**LATE, "balance_due": "95.00", "member_name": "Nueva"})
    assert (result.changed, len(result.questions), Member.objects.get().name) == (1, 1, "Nueva")
    assert rests("M1") == [("US-OPEN-00001", 75, None)]


def test_another_center_is_a_question_and_changes_nothing_of_the_money(members):
    members(LATE)
    result = members({**LATE, "center": "mx", "sector": "housing"})
    assert [q.code for q in result.questions] == ["center_moved"]
    m = Member.objects.select_related("center").get()
    assert (m.center.code, m.sector, asked(kind="opening")) == (
        "us",
        "housing",
        [("M1", "2015-03-01", "2015-03-01", 80)],
    )


def test_a_roll_does_not_move_the_years_of_who_came_back(members):
    members({"paid_until": "2016-03-01"})
    leave(code="M1", on=day("2016-03-01"), actor="test", at=moment("2016-07-15"))
    rejoin(code="M1", on=day("2016-06-10"), actor="test", at=moment("2016-07-15"))
    members({"paid_until": "2016-02-01"})
    assert Membership.objects.get(left_on__isnull=True).first_period_on == day("2016-06-10")


def test_a_balance_in_closed_books_is_refused_in_words_and_nothing_is_kept(sample_rules, roll_file, at):
    center = Center.objects.get(code="us")
    close_period(center=center, first_day=day("2015-01-01"), last_day=day("2015-12-31"), actor="test", at=at)
    before = everything()
    with pytest.raises(Refusal, match="closed from 2015-01-01"):
        import_roll(path=roll_file(LATE, {}), actor="test", at=at)
    assert everything() == before


def test_an_import_that_fails_half_way_keeps_nothing(sample_rules, roll_file, at, monkeypatch):
    from tequio.members.operations import importing

    def broken(**_):
        raise OSError(28, "No space left on device")

    before = everything(without=())
    monkeypatch.setattr(importing, "save_contacts", broken)
    with pytest.raises(OSError, match="No space"):
        import_roll(path=roll_file(LATE, {}), actor="test", at=at)
    assert everything(without=()) == before


def test_bad_rows_are_set_aside_and_the_rest_of_their_member_is_kept(members):
    same = {"member_id": "M1", "member_name": "Red"}
    result = members(same, {**same, "email": "not an address"}, {"member_id": ""}, {"paid_until": "2016-02-30"})
    assert {r.row: r.code for r in result.roll.rejected} == {
        3: "email_invalid",
        4: "member_id_missing",
        5: "date_invalid",
    }
    assert (list(Member.objects.values_list("code", flat=True)), Contact.objects.count()) == (["M1"], 1)


def statements(action):
    with CaptureQueriesContext(connection) as queries:
        action()
    return len(queries)


def test_statements_do_not_grow_with_the_roll(members):
    roll = [LATE, {"center": "mx", **LATE}, {}] * 60
    few = statements(lambda: members(*roll[:3]))
    again_few = statements(lambda: members(*roll[:3]))
    lots = statements(lambda: members(*({**row, "member_id": f"N{n}"} for n, row in enumerate(roll))))
    again_lots = statements(lambda: members(*({**row, "member_id": f"N{n}"} for n, row in enumerate(roll))))
    assert (lots, again_lots) == (few, again_few)


def test_statements_do_not_grow_with_what_changed(members):
    roll = [{"income_band": "3"}] * 60
    members(*roll)
    one = statements(lambda: members({"income_band": "4"}, *roll[1:]))
    all_ = statements(lambda: members(*({"income_band": "5"} for _ in roll)))
    assert all_ == one


def test_an_import_is_one_event_with_counts_alone(members):
    members(LATE, {})
    members(LATE, {"sector": "housing"}, {})
    rows = Event.objects.filter(kind="members.imported").order_by("id").values_list("payload", flat=True)
    assert list(rows) == [
        {"members_made": 2, "members_changed": 0, "contacts_written": 2},
        {"members_made": 1, "members_changed": 1, "contacts_written": 1},
    ]
    assert Invoice.objects.count() == 1
