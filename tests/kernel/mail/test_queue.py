"""Putting mail in the queue: once for each key, one address, nothing sent."""

import pytest
from django.db import IntegrityError, connection, transaction

from tequio.kernel.mail.composing import Composed, Paragraph
from tequio.kernel.mail.models import OutgoingMail
from tequio.kernel.mail.operations import NewMail, enqueue_many
from tequio.kernel.mail.queries import counts, full_mail, mails
from tequio.kernel.mail.sending import deliver_waiting

COMPOSED = Composed(language="es", subject="Cuota", blocks=(Paragraph(text="Buen día."),))


def many(*keys, to="alma@example.org"):
    return [
        NewMail(kind="trial", subject=f"invoice:{key}", to_address=to, composed=COMPOSED, once_key=key) for key in keys
    ]


def test_a_mail_waits_with_all_that_it_needs(queued, at):
    row = queued(text="Hello Alma.")
    row = OutgoingMail.objects.get(pk=row.pk)
    assert (row.state, row.tries, row.to_address, row.language) == ("waiting", 0, "alma@example.org", "en")
    assert (row.subject_text, row.body_text, row.created_at, row.next_try_at) == ("About alma", "Hello Alma.\n", at, at)
    assert row.message_id.endswith("@example.org>")


def test_the_same_key_again_is_the_same_mail(queued):
    first, second = queued(once_key="x"), queued(once_key="x", to="other@example.org")
    assert (second.pk, second.to_address, OutgoingMail.objects.count()) == (first.pk, "alma@example.org", 1)
    queued()
    queued()
    assert OutgoingMail.objects.count() == 3


def test_the_database_itself_refuses_a_second_mail_of_a_key(queued):
    queued(once_key="x")
    other = queued()
    with pytest.raises(IntegrityError), transaction.atomic():
        OutgoingMail.objects.filter(pk=other.pk).update(once_key="x")


def test_a_batch_tells_what_is_new_and_what_was_there(db, at):
    assert enqueue_many(mails=many("a", "b"), at=at).queued == ("a", "b")
    again = enqueue_many(mails=many("b", "c"), at=at)
    assert (again.queued, again.already) == (("c",), ("b",))
    assert list(OutgoingMail.objects.order_by("pk").values_list("once_key", flat=True)) == ["a", "b", "c"]


def test_the_same_key_twice_in_a_batch_is_one_mail(db, at):
    enqueue_many(mails=many("a", "a"), at=at)
    assert OutgoingMail.objects.count() == 1


def test_one_wrong_address_keeps_a_whole_batch_out(db, refusal, at):
    wrong = [*many("a"), *many("b", to="alma@example.org\nBcc: all@example.org")]
    assert refusal(enqueue_many, mails=wrong, at=at).es.startswith("Eso no es una sola dirección")
    assert OutgoingMail.objects.count() == 0


@pytest.mark.parametrize("state", ["failed", "cancelled"])
def test_a_mail_that_came_to_nothing_makes_room_for_a_new_one(queued, state):
    old = queued(once_key="x")
    OutgoingMail.objects.filter(pk=old.pk).update(state=state)
    new = queued(once_key="x", to="right@example.org")
    assert (new.pk == old.pk, new.to_address) == (False, "right@example.org")
    old.refresh_from_db()
    assert (old.state, old.last_fault, old.once_key) == ("cancelled", "replaced", "")


def test_a_sent_mail_never_makes_room(queued, way, at):
    first = queued(once_key="x")
    deliver_waiting(at=at, transport=way())
    assert queued(once_key="x").pk == first.pk


def test_a_batch_takes_the_same_number_of_statements_whatever_its_size(db, django_assert_num_queries, at):
    for size in (3, 50):
        with transaction.atomic(), django_assert_num_queries(6):
            enqueue_many(mails=many(*(f"{size}-{n}" for n in range(size))), at=at)


def test_whom_it_goes_to_and_what_it_says_are_cipher_text_in_the_database(queued):
    queued(to="alma@example.org", text="Querida Alma")
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_address, subject_text, body_text, html_body FROM mail_outgoingmail")
        [row] = cursor.fetchall()
    assert [cell.startswith("gAAAA") for cell in row] == [True] * 4


def test_the_list_tells_the_newest_first_and_counts_by_state(queued, way, at):
    first, second = queued(), queued(once_key="k", minutes=3)
    deliver_waiting(at=at, transport=way())
    rows = mails()
    assert [(row.pk, row.state, row.state_name.es) for row in rows] == [
        (second.pk, "waiting", "en espera"),
        (first.pk, "sent", "enviado"),
    ]
    assert [row.pk for row in mails(state="sent")] == [first.pk]
    assert len(mails(subject="instance")) == 2
    assert counts() == {"waiting": 1, "sent": 1, "failed": 0, "cancelled": 0}
    assert full_mail(pk=first.pk).to_address == "alma@example.org"
