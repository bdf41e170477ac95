"""Letters on paper."""

from datetime import timedelta

import pytest

from nights import noon
from tequio.centers.models import Center
from tequio.dues.operations import paying
from tequio.followup.models import BadAddress, Dispatch, LetterBatch, Task
from tequio.followup.operations.posting import letter_came_back, paid_since, post_letters, print_letters
from tequio.followup.paper import batch_letters
from tequio.kernel.errors import Refusal

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
HOME = {"email": "", "street": "1 Main St", "city": "Troy", "state": "NY", "postal_code": "12180", "country": "US"}


@pytest.fixture
def batch(late, night):
    """A function that lets members come to a letter and prints them; returns the batch and the day."""

    def make(*given):
        due = late(*({**HOME, **one} for one in given))
        night(due + 10 * DAY)
        printed = print_letters(center=Center.objects.get(code="us"), actor="test", at=noon(due + 10 * DAY))
        return printed, due + 10 * DAY

    return make


def text_of(pdf):
    import io

    from pypdf import PdfReader

    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]


def states():
    return list(Dispatch.objects.order_by("pk").values_list("state", "sent_on"))


def test_complaint_3_a_channel_change_breaks_the_ladder_posted_invoice_mailed_reminder(batch, night, post):
    made, day = batch({"email": "m1@example.org", "street": ""}, {})
    # One is reached by mail, the other by letter only: each goes on by its own channel, and nobody is skipped.
    post_letters(batch_pk=made.pk, on=day, leave_out=[], actor="test", at=noon(day))
    night(day + 21 * DAY)

    rows = Dispatch.objects.order_by("member_id", "pk").values_list("member__code", "step", "channel", "state")
    assert list(rows) == [
        ("M1", "reminder", "mail", "sent"),
        ("M1", "warning", "mail", "sent"),
        ("M2", "reminder", "letter", "sent"),
        ("M2", "warning", "letter", "waiting"),
    ]


def test_letters_are_sorted_for_posting_with_those_abroad_last(batch):
    made, day = batch({"postal_code": "90210"}, {"country": "GT", "postal_code": "01001"}, {"postal_code": "10001"})

    order = list(made.dispatches.order_by("posting_place").values_list("member__code", flat=True))

    assert order == ["M3", "M1", "M2"]
    assert [day.year for _ in order] == [2016] * 3


def test_the_ladder_counts_from_the_day_they_were_posted(batch):
    made, day = batch({})

    posted = post_letters(batch_pk=made.pk, on=day + 2 * DAY, leave_out=[], actor="test", at=noon(day + 3 * DAY))

    assert (posted, states()) == (1, [("sent", day + 2 * DAY)])
    assert LetterBatch.objects.get().postage == 49


def test_posted_twice_is_posted_once(batch):
    made, day = batch({})
    post_letters(batch_pk=made.pk, on=day, leave_out=[], actor="test", at=noon(day))

    post_letters(batch_pk=made.pk, on=day + DAY, leave_out=[], actor="test", at=noon(day + DAY))

    assert states() == [("sent", day)]


@pytest.mark.parametrize("number", [-1, 2])
def test_a_day_before_printing_or_to_come_is_refused(batch, number):
    made, day = batch({})

    with pytest.raises(Refusal):
        post_letters(batch_pk=made.pk, on=day + number * DAY, leave_out=[], actor="test", at=noon(day + DAY))

    assert states() == [("printed", None)]


def test_who_has_paid_since_printing_is_taken_out(batch):
    made, day = batch({}, {})
    paying.add_payment(code="M1", amount=10000, currency="USD", on=day, method="cash", actor="test", at=noon(day))
    assert list(paid_since(batch=made, at=noon(day)).values()) == ["paid"]

    post_letters(batch_pk=made.pk, on=day, leave_out=[], actor="test", at=noon(day))

    assert states() == [("dropped", None), ("sent", day)]


def test_a_letter_that_came_back_makes_a_task_and_its_address_is_used_no_more(batch, night):
    made, day = batch({})
    post_letters(batch_pk=made.pk, on=day, leave_out=[], actor="test", at=noon(day))
    sent = Dispatch.objects.get()

    assert letter_came_back(dispatch_pk=sent.pk, why="moved", actor="test", at=noon(day + 5 * DAY)) is True
    assert letter_came_back(dispatch_pk=sent.pk, why="moved", actor="test", at=noon(day + 5 * DAY)) is False
    night(day + 6 * DAY)

    assert [d.state for d in Dispatch.objects.order_by("pk")] == ["came_back"]
    assert BadAddress.objects.get().channel == "letter"
    assert sorted(Task.objects.filter(closed_on__isnull=True).values_list("kind", flat=True)) == ["no_way", "returned"]


def test_a_letter_says_what_is_owed_now_how_to_pay_and_how_to_ask_for_time(batch):
    made, day = batch({"contact_name": "Alma Ríos"})
    paying.add_payment(code="M1", amount=6000, currency="USD", on=day, method="cash", actor="test", at=noon(day))

    [page] = text_of(batch_letters(batch=made, at=noon(day)))

    for said in ("Attn: Alma Ríos", "1 Main St", "TROY, NY 12180", "40.00", "A reminder about your dues", "US-L-000"):
        assert said in page, said
    assert "100.00" not in page
    assert "How to pay" in page
    assert "If it is too much, or too soon" in page
    assert "On line, without an account Scan this" in page


def test_a_letter_in_spanish_is_spanish(batch):
    made, day = batch({"language": "es"})

    [page] = text_of(batch_letters(batch=made, at=noon(day)))

    for said in ("Recordatorio de su cuota", "Cómo pagar", "Si es mucho, o es muy pronto", "Qué sigue"):
        assert said in page, said
    assert "How to pay" not in page


def test_no_letter_waits_is_said(sample_rules, at):
    with pytest.raises(Refusal) as refused:
        print_letters(center=Center.objects.get(code="us"), actor="test", at=at)

    assert refused.value.text.es == "No hay cartas por imprimir."
