"""The treasurer's pages: tasks, claims, letters, notices to many, the day the money is known to."""

from datetime import timedelta

import pytest
from tests.followup.views.conftest import PHONE, words_of

from nights import noon
from tequio.followup.models import CallItem, Dispatch, LetterBatch, MoneyKnown, PaymentClaim, QuietDay, Task
from tequio.members.models import Member

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
HOME = {"email": "", "street": "1 Main St", "city": "Troy", "state": "NY", "postal_code": "12180", "country": "US"}


@pytest.fixture
def treasurer(enter, sample_rules):
    return enter("treasurer", center="us")


def test_members_without_an_address_are_a_list_of_their_own_and_one_is_closed_with_what_came_of_it(
    treasurer, late, nights, moment
):
    due = late({}, {"email": "", "phone": ""})
    nights(due, 10, 31, 45)
    moment(noon(due + 46 * DAY))

    page = treasurer.get("/follow-up/tasks/?kind=no_address")
    assert "Member 1" in words_of(page)
    assert "Member 2" not in words_of(page), "that one is not reached at all, which is another task"
    task = Task.objects.get(kind="no_address")
    treasurer.post(f"/follow-up/tasks/{task.pk}/close/", {"note": "a neighbour knew"})

    task.refresh_from_db()
    assert (task.closed_note, task.closed_on) == ("a neighbour knew", due + 46 * DAY)


def test_a_claim_is_settled_by_who_has_looked(treasurer, late, moment):
    due = late({})
    claim = PaymentClaim.objects.create(member=Member.objects.get(), said_on=due, note="By wire", entered_by="t")
    moment(noon(due + 3 * DAY))

    assert "By wire" in words_of(treasurer.get(f"/follow-up/claims/{claim.pk}/"))
    assert treasurer.post(f"/follow-up/claims/{claim.pk}/", {"found": "maybe"}).status_code == 200
    treasurer.post(f"/follow-up/claims/{claim.pk}/", {"found": "no"})

    claim.refresh_from_db()
    assert (claim.found, claim.settled_on) == (False, due + 3 * DAY)


def test_letters_are_printed_posted_on_a_day_and_taken_back(treasurer, late, nights, moment):
    due = late(HOME, HOME)
    nights(due, 10)
    moment(noon(due + 10 * DAY))
    treasurer.post("/follow-up/letters/", {"center": "us"})
    batch = LetterBatch.objects.get()
    here = f"/follow-up/letters/{batch.pk}/"
    paper = treasurer.get(f"{here}letters.pdf")
    out = Dispatch.objects.order_by("pk").first()

    refused = treasurer.post(here, {"posted_on": (due + 9 * DAY).isoformat()})
    treasurer.post(here, {"posted_on": (due + 10 * DAY).isoformat(), "out": [str(out.pk), "-1", "x" * 20]})

    assert (paper.status_code, paper.content[:5]) == (200, b"%PDF-")
    assert (refused.status_code, "between the day they were printed" in words_of(refused)) == (422, True)
    assert list(Dispatch.objects.order_by("pk").values_list("state", "sent_on")) == [
        ("dropped", None),
        ("sent", due + 10 * DAY),
    ]
    sent = Dispatch.objects.get(state="sent")
    moment(noon(due + 15 * DAY))
    treasurer.post(f"/follow-up/sent/{sent.pk}/came-back/", {"why": "moved"})
    sent.refresh_from_db()
    assert (sent.state, sent.came_back_on) == ("came_back", due + 15 * DAY)


def test_a_batch_of_another_center_is_not_made(treasurer, late, nights, moment):
    due = late({**HOME, "center": "mx"})
    nights(due, 10)
    moment(noon(due + 10 * DAY))

    treasurer.post("/follow-up/letters/", {"center": "mx"})

    assert LetterBatch.objects.count() == 0


def test_the_money_is_known_through_a_day_and_a_holiday_is_set_and_removed(treasurer, moment, at):
    here, tomorrow = "/follow-up/money/us/", at.date() + DAY

    for day, status in ((at.date(), 303), (tomorrow, 422)):
        assert treasurer.post(here, {"act": "money", "through": day.isoformat()}).status_code == status
    treasurer.post(here, {"act": "quiet", "quiet_on": tomorrow.isoformat(), "name_en": "x", "name_es": "y"})
    past = treasurer.post(here, {"act": "quiet", "quiet_on": "2016-01-01", "name_en": "x", "name_es": "y"})

    assert [row.through for row in MoneyKnown.objects.all()] == [at.date()]
    assert (past.status_code, "That day is past." in words_of(past)) == (422, True)
    treasurer.post(here, {"act": "remove", "day": str(QuietDay.objects.get().pk)})
    assert QuietDay.objects.count() == 0


def test_a_member_is_put_on_the_call_list_once_and_told_why_not_where_nobody_can_call(treasurer, late, moment):
    due = late({**PHONE}, {"phone": "ask for Lupe"}, {**PHONE, "balance_due": "0.00"})
    moment(noon(due + 3 * DAY))
    pk = {member.code: member.pk for member in Member.objects.all()}

    for code in ("M1", "M1"):
        treasurer.post(f"/members/{pk[code]}/follow-up/call/")
    as_text = treasurer.post(f"/members/{pk['M2']}/follow-up/call/")
    nothing = treasurer.post(f"/members/{pk['M3']}/follow-up/call/")

    assert list(CallItem.objects.values_list("member__code", "why")) == [("M1", "by_hand")]
    assert "kept as text that nobody can dial" in words_of(as_text)
    assert "ask for Lupe" in words_of(treasurer.get(f"/members/{pk['M2']}/follow-up/"))
    assert "owes nothing" in words_of(nothing)


def test_who_was_asked_for_by_hand_is_not_told_that_it_had_asked(treasurer, enter, late, moment):
    due = late({**PHONE, "language": "es"})
    at = moment(noon(due + 3 * DAY) + timedelta(hours=4))
    treasurer.post(f"/members/{Member.objects.get().pk}/follow-up/call/")
    assert at.weekday() < 5

    page = words_of(enter("caller", center="us").post("/calls/", follow=True))

    assert "Queríamos saber cómo están" in page
    assert "Nos pidió que le llamáramos" not in page


def test_what_a_member_wrote_is_kept_on_its_page_and_a_fault_keeps_what_was_typed(treasurer, late, moment):
    due = late({})
    moment(noon(due + 12 * DAY))
    here = f"/members/{Member.objects.get().pk}/follow-up/"

    refused = treasurer.post(f"{here}said/", {"heard": "promised", "pay_on": "2031-01-01", "note": "in <2031>"})
    treasurer.post(f"{here}said/", {"heard": "claimed", "note": "Paid in cash"})

    assert (refused.status_code, "A promise is for a day from today" in words_of(refused)) == (422, True)
    assert "in &lt;2031&gt;" in refused.content.decode()
    assert PaymentClaim.objects.get().note == "Paid in cash"
    page = words_of(treasurer.get(here))
    assert "said it has paid" in page
    assert "There is a claim that it was paid" in page
