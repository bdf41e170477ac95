"""Mail that is written when it goes out, and not before."""

from datetime import timedelta

import pytest

from tequio.kernel.mail import kinds
from tequio.kernel.mail.kinds import MailKind, Ready
from tequio.kernel.mail.models import OutgoingMail
from tequio.kernel.mail.operations import enqueue_unwritten
from tequio.kernel.mail.sending import deliver_waiting
from tequio.rules.reasons import Text

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def written(monkeypatch):
    """A kind of mail whose words can be changed until it goes out; the dict is by subject."""
    words = {}
    asked = []

    def write(*, subjects, at):
        asked.append(list(subjects))
        return {subject: words.get(subject) for subject in subjects}

    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    kinds.register(MailKind(code="test.lazy", name=Text(en="x", es="x"), write=write))
    words["asked"] = asked
    return words


def ready(text):
    return Ready(to_address="alma@example.org", language="es", subject="Su cuota", text=text, html=f"<p>{text}</p>")


def queue(at, *subjects):
    enqueue_unwritten(kind="test.lazy", subjects=list(subjects), language="en", at=at)


def test_nothing_personal_waits_in_the_queue(written, at):
    queue(at, "thing:1")

    row = OutgoingMail.objects.get()
    assert (row.to_address, row.subject_text, row.body_text, row.state) == ("", "", "", "waiting")


def test_it_says_what_is_true_when_it_goes_out_and_keeps_what_was_said(written, way, at):
    queue(at, "thing:1")
    written["thing:1"] = ready("100")
    out = way()
    written["thing:1"] = ready("40")

    deliver_waiting(at=at, transport=out)

    row = OutgoingMail.objects.get()
    assert out.sent == ["alma@example.org"]
    assert (row.state, row.to_address, row.language, row.body_text) == ("sent", "alma@example.org", "es", "40")


def test_where_there_is_nothing_to_say_any_more_it_is_cancelled(written, way, at):
    queue(at, "thing:1")
    out = way()

    done = deliver_waiting(at=at, transport=out)

    row = OutgoingMail.objects.get()
    assert (out.sent, done.cancelled, row.state, row.last_fault) == ([], 1, "cancelled", "no_longer_true")


def test_all_mails_of_a_round_are_asked_for_at_once(written, way, at):
    queue(at, "thing:1", "thing:2", "thing:3")
    written.update({f"thing:{n}": ready(str(n)) for n in (1, 2, 3)})

    deliver_waiting(at=at, transport=way())

    assert written["asked"] == [["thing:1", "thing:2", "thing:3"]]


def test_the_same_subject_is_queued_once(written, at):
    from django.db import IntegrityError, transaction

    queue(at, "thing:1")

    with pytest.raises(IntegrityError), transaction.atomic():
        queue(at, "thing:1")
    assert OutgoingMail.objects.count() == 1


def test_a_mail_that_left_and_could_not_be_marked_keeps_what_is_said_now_and_is_not_sent_again(
    written, way, at, monkeypatch
):
    from tequio.kernel.mail import sending

    class KilledError(BaseException):
        pass

    def killed(**_):
        raise KilledError

    queue(at, "thing:1")
    written["thing:1"] = ready("100")
    out = way()
    with monkeypatch.context() as patch:
        patch.setattr(sending, "_mark_sent", killed)
        with pytest.raises(KilledError):
            deliver_waiting(at=at, transport=out)
    written["thing:1"] = None  # paid meanwhile: it left all the same

    deliver_waiting(at=at + sending.LEASE, transport=out)

    assert (out.sent, OutgoingMail.objects.get().state) == (["alma@example.org"], "sent")
