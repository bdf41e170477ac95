"""A sheet of calls on paper, and its results typed back in one page."""

from datetime import timedelta

import pytest
from tests.followup.views.conftest import words_of

from tequio.dues.models import Hold
from tequio.dues.operations import paying
from tequio.followup.models import Call, CallItem, Promise, Task
from tequio.followup.operations.calling import claim_next
from tequio.members.models import ContactAttempt, Member

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SHEET = "/calls/sheet/"


@pytest.fixture
def caller(enter, sample_rules):
    return enter("caller", center="us")


def taken():
    return {item.member.code: item for item in CallItem.objects.filter(claim__startswith="paper-", closed_at=None)}


def typed(**lines):
    """What a person types for some members: outcome and whatever goes with it."""
    data = {"act": "save"}
    for code, said in lines.items():
        item = CallItem.objects.get(member__code=code, closed_at=None)
        data[f"{item.pk}-claim"] = item.claim
        data.update({f"{item.pk}-{name}": value for name, value in said.items()})
    return data


def test_whoever_takes_a_sheet_has_its_members_and_no_other_caller_gets_them(caller, called):
    at = called({}, {})

    caller.post(SHEET, {"act": "take"})

    assert set(taken()) == {"M1", "M2"}
    assert claim_next(center_pks=frozenset(Member.objects.values_list("center", flat=True)), actor="x", at=at) is None
    page = words_of(caller.get(SHEET))
    for part in ("Member 1", "USD 100.00 is owed", "Alma Ríos", "+1 212-555-0100", "monthly instalments", "☐ we spoke"):
        assert part in page, part


def test_all_outcomes_are_typed_back_in_one_page(caller, called):
    at = called(*({} for _ in range(4)))
    caller.post(SHEET, {"act": "take"})
    until = at.date() + 20 * DAY

    answer = caller.post(
        SHEET,
        typed(
            M1={"outcome": "promised", "pay_on": (at.date() + 5 * DAY).isoformat(), "note": "After the 5th"},
            M2={"outcome": "hardship", "ask": "time", "until": until.isoformat()},
            M3={"outcome": "call_back", "back_on": (at.date() + DAY).isoformat(), "back_at": "15:30"},
        ),
    )

    assert (answer.status_code, answer["Location"]) == (303, SHEET)
    assert list(Call.objects.order_by("member__code").values_list("member__code", "outcome", "caller")) == [
        ("M1", "promised", Call.objects.first().caller),
        ("M2", "hardship", Call.objects.first().caller),
        ("M3", "call_back", Call.objects.first().caller),
    ]
    assert (Promise.objects.get().member.code, Hold.objects.get().last_day) == ("M1", until)
    back = CallItem.objects.get(member__code="M3")
    assert (back.why, back.ready_at.hour, back.ready_at.minute) == ("call_back", 19, 30)  # 15:30 in New York
    assert set(taken()) == {"M4"}, "a line that says nothing is a call that was not made"


def test_a_line_at_fault_says_so_and_the_others_are_kept(caller, called):
    called({}, {}, {})
    caller.post(SHEET, {"act": "take"})

    answer = caller.post(
        SHEET,
        typed(
            M1={"outcome": "promised", "pay_on": "2031-01-01", "note": "keep <this>"},
            M2={"outcome": "reached"},
            M3={"outcome": "no_answer", "called_on": "yesterday"},
        ),
    )

    page = words_of(answer)
    assert answer.status_code == 422
    assert "Member 1 : A promise is for a day from today to" in page
    assert "Saved: 1." in page
    assert "keep &lt;this&gt;" in answer.content.decode()
    assert Call.objects.get().member.code == "M2"
    assert set(taken()) == {"M1", "M3"}


def test_results_are_typed_back_the_next_morning_too_with_the_day_of_the_call(caller, called, moment):
    at = called({})
    caller.post(SHEET, {"act": "take"})
    moment(at + timedelta(hours=20))

    assert "Member 1" in words_of(caller.get(SHEET))
    caller.post(SHEET, typed(M1={"outcome": "reached", "called_on": at.date().isoformat()}))

    assert Call.objects.get().on == at.date()
    assert ContactAttempt.objects.get().on == at.date()


def test_who_was_called_by_somebody_else_once_the_half_day_was_over_is_not_on_the_sheet(caller, enter, called, moment):
    at = called({})
    caller.post(SHEET, {"act": "take"})
    data = typed(M1={"outcome": "reached"})
    moment(at + DAY)
    other = enter("caller", center="us")
    other.post("/calls/")

    assert "Member 1" not in words_of(caller.get(SHEET))
    caller.post(SHEET, data)

    assert Call.objects.count() == 0


def test_a_sheet_given_back_is_anybodys(caller, called):
    at = called({})
    caller.post(SHEET, {"act": "take"})

    caller.post(SHEET, {"act": "give_back"})

    assert claim_next(center_pks=frozenset(Member.objects.values_list("center", flat=True)), actor="x", at=at)


def test_what_was_paid_meanwhile_is_told_and_nothing_is_asked(caller, called):
    at = called({})
    caller.post(SHEET, {"act": "take"})
    paying.add_payment(code="M1", amount=10000, currency="USD", on=at.date(), method="cash", actor="t", at=at)

    caller.post(SHEET, typed(M1={"outcome": "hardship", "ask": "other"}))

    assert (Call.objects.count(), Task.objects.filter(kind="hardship").count()) == (1, 0)


def test_hostile_words_change_nothing(caller, called):
    called({})
    caller.post(SHEET, {"act": "take"})
    item = taken()["M1"]

    for data in (
        {"act": "save", f"{item.pk}-outcome": "disable", f"{item.pk}-claim": item.claim},
        {"act": "save", f"{item.pk}-outcome": "reached", f"{item.pk}-claim": "paper-of-somebody-else"},
        {"act": "everything"},
        {"act": "save", "99999-outcome": "reached"},
    ):
        assert caller.post(SHEET, data).status_code in (200, 303, 422)

    assert Call.objects.count() == 0


def test_in_spanish_everything_on_it_is_spanish(enter, called):
    called({})
    caller = enter("caller", center="us", language="es")
    caller.post(SHEET, {"act": "take"})

    page = words_of(caller.get(SHEET))

    for part in ("Se deben USD 100.00", "Pregunte por", "☐ prometió pagar en una fecha", "Guardar las líneas"):
        assert part in page, part
