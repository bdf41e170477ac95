"""Tending the queue of mail on pages: what waits and why, trying again, stopping, sending now, a test mail."""

import re
from datetime import timedelta

import pytest

from tequio.dues.models import Invoice
from tequio.dues.operations import billing
from tequio.front.queries.mail_queue import age
from tequio.kernel.journal.models import Event
from tequio.kernel.mail.faults import Fault, NotSentError, TransportAwayError
from tequio.kernel.mail.models import MailState, OutgoingMail
from tequio.kernel.mail.operations import Written, enqueue
from tequio.kernel.runs.models import Run

pytestmark = pytest.mark.django_db


class Way:
    """A way out that refuses some addresses, or is away."""

    def __init__(self):
        self.refuses, self.away, self.sent = {}, False, []

    def open(self):
        if self.away:
            raise TransportAwayError(fault=Fault.SERVER_AWAY, detail="nobody there")

    def send(self, *, message, name):  # noqa: ARG002 - CONFIG: every way out's form
        [address] = message.to
        if address in self.refuses:
            raise self.refuses[address]
        self.sent.append(address)

    def close(self):
        pass


@pytest.fixture
def way(monkeypatch):
    found = Way()
    monkeypatch.setattr("tequio.kernel.mail.transport.configured", lambda: found)
    return found


@pytest.fixture
def put(members, at):
    """Two members in New York and one in Mexico, billed; a function puts mail about an invoice or a member in."""
    from datetime import date

    members(
        {"member_id": "A1", "member_name": "Casa Uno", "paid_until": "2016-02-01"},
        {"member_id": "A2", "paid_until": "2016-02-01"},
        {"member_id": "B1", "center": "mx", "member_name": "Casa Sur", "paid_until": "2016-02-01"},
    )
    billing.run_dues(terms=billing.terms_of(as_of=date(2016, 7, 15)), actor="test", at=at)

    def write(about, *, to, hours=0, kind="dues.invoice"):
        if not about.startswith(("member:", "sign-in")):
            about = f"invoice:{Invoice.objects.get(member__code=about).number}"
        said = Written(language="en", subject="s", text="t")
        moment = at - timedelta(hours=hours)
        return enqueue(kind=kind, subject=about, to_address=to, composed=said, at=moment)

    return write


def text_of(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def fail(mail, fault=Fault.ADDRESS):
    OutgoingMail.objects.filter(pk=mail.pk).update(state=MailState.FAILED, last_fault=fault, tries=3)


def test_a_treasurer_sees_what_waits_or_failed_of_its_center_and_an_auditor_sees_all(put, signed_in, client):
    us = put("A1", to="uno@example.org", hours=50)
    by_member = put("member:A2", to="dos@example.org", kind="dues.plan")
    fail(us)
    put("B1", to="sur@example.org")
    code = put("sign-in", to="person@example.org", kind="plain")
    treasurer = signed_in("treasurer", center="us")
    seen = text_of(treasurer.get("/mail/"))
    assert "<h1>2 mails wait or could not be sent</h1>" in seen
    assert [word for word in ("uno@example.org", "dos@example.org", "Casa Uno") if word not in seen] == []
    assert [word for word in ("sur@example.org", "person@example.org") if word in seen] == []
    assert "The mail server does not know this address" in seen
    assert "2 days ago" in seen
    number = us.subject.removeprefix("invoice:")
    assert re.findall(r'href="/mail/(\d+)/"', text_of(treasurer.get(f"/mail/?about={number.lower()}"))) == [str(us.pk)]
    assert re.findall(r'href="/mail/(\d+)/"', text_of(treasurer.get("/mail/?state=waiting"))) == [str(by_member.pk)]
    assert "No mail fits these filters." in text_of(treasurer.get("/mail/?state=sent&kind=dues.invoice"))
    assert treasurer.get("/mail/?state=%00&kind=zzz&about=%00&page=x").status_code == 200
    assert treasurer.get(f"/mail/{code.pk}/").status_code == 403
    assert 'href="/mail/?state=failed"' in treasurer.get("/").content.decode()


def test_an_auditor_sees_every_mail_and_changes_none(put, signed_in):
    put("B1", to="sur@example.org")
    code = put("sign-in", to="person@example.org", kind="plain")
    auditor = signed_in("auditor", language="es")
    seen = text_of(auditor.get("/mail/"))
    assert "<h1>2 correos esperan o no se pudieron enviar</h1>" in seen
    assert "person@example.org" in seen
    assert "Enviar lo que espera" not in seen
    assert "Volver a intentar" not in text_of(auditor.get(f"/mail/{code.pk}/"))
    assert auditor.post("/mail/send/").status_code == 403
    assert auditor.post(f"/mail/{code.pk}/cancel/").status_code == 403


def test_the_list_costs_the_same_queries_for_many_mails(put, signed_in, django_assert_num_queries):
    treasurer = signed_in("treasurer", center="us")
    for _ in range(2):
        put("A1", to="uno@example.org")
        put("member:A2", to="dos@example.org")
    treasurer.get("/mail/")  # the cities of the masthead are kept from here on
    with django_assert_num_queries(10):
        treasurer.get("/mail/")
    for number in range(30):
        put("A1", to=f"uno{number}@example.org")
        put("member:A2", to="dos@example.org")
    with django_assert_num_queries(10):
        seen = treasurer.get("/mail/")
    assert len(re.findall(r'href="/mail/\d+/"', seen.content.decode())) == 50
    assert "1–50 of 64" in text_of(seen)


def test_one_that_failed_is_tried_again_and_one_that_waits_is_stopped_once(put, signed_in, way):
    mail = put("A1", to="uno@example.org")
    fail(mail)
    treasurer = signed_in("treasurer", center="us")
    assert "<h1>This mail could not be sent</h1>" in text_of(treasurer.get(f"/mail/{mail.pk}/"))
    for _ in range(2):  # the second is a repeated submit
        assert treasurer.post(f"/mail/{mail.pk}/retry/")["Location"] == f"/mail/{mail.pk}/"
    assert "<h1>This mail waits</h1>" in text_of(treasurer.get(f"/mail/{mail.pk}/"))
    assert "<h1>Stop this mail?</h1>" in text_of(treasurer.get(f"/mail/{mail.pk}/cancel/"))
    for _ in range(2):
        assert treasurer.post(f"/mail/{mail.pk}/cancel/")["Location"] == f"/mail/{mail.pk}/"
    stopped = text_of(treasurer.get(f"/mail/{mail.pk}/"))
    assert "<h1>This mail was stopped</h1>" in stopped
    assert "A person cancelled it." in stopped
    assert treasurer.post(f"/mail/{mail.pk}/retry/").status_code == 409  # from a tab left open
    kinds = list(Event.objects.filter(subject=mail.subject).order_by("pk").values_list("kind", flat=True))
    assert kinds[-2:] == ["mail.retried", "mail.cancelled"]


def test_one_that_is_being_sent_at_this_moment_is_not_stopped(put, signed_in, at):
    mail = put("A1", to="uno@example.org")
    OutgoingMail.objects.filter(pk=mail.pk).update(claim="x", next_try_at=at + timedelta(minutes=50))
    treasurer = signed_in("treasurer", center="us")
    answer = treasurer.post(f"/mail/{mail.pk}/cancel/")
    assert answer.status_code == 409
    assert "<h1>This mail is being sent</h1>" in text_of(answer)
    assert "Stop it" not in text_of(answer)


def test_what_waits_is_sent_now_and_the_result_stays(put, signed_in, way):
    put("A1", to="uno@example.org")
    put("B1", to="sur@example.org")
    way.refuses = {"sur@example.org": NotSentError(fault=Fault.ADDRESS, for_good=True)}
    treasurer = signed_in("treasurer", center="us")
    assert "<h1>2 mails go out now</h1>" in text_of(treasurer.get("/mail/send/"))
    answer = treasurer.post("/mail/send/")
    run = Run.objects.get(kind="mail")
    assert answer["Location"] == f"/mail/sent/{run.pk}/"
    assert way.sent == ["uno@example.org"]
    result = text_of(treasurer.get(answer["Location"]))
    assert "<h1>One mail was sent</h1>" in result
    assert "See what could not be sent" in result
    assert {name: run.parameters[name] for name in ("due", "sent", "put_off", "failed")} == {
        "due": 2,
        "sent": 1,
        "put_off": 0,
        "failed": 1,
    }
    assert treasurer.post("/mail/send/").status_code == 409  # nothing is due any more
    assert Event.objects.filter(kind="mail.sending_asked", subject=f"mail_round:{run.pk}").count() == 1
    assert treasurer.get("/mail/sent/999/").status_code == 404


def test_a_mail_server_that_is_away_is_said_and_nothing_is_lost(put, signed_in, way):
    put("A1", to="uno@example.org")
    way.away = True
    treasurer = signed_in("treasurer", center="us", language="es")
    result = text_of(treasurer.get(treasurer.post("/mail/send/")["Location"]))
    assert "<h1>El envío se detuvo antes de terminar</h1>" in result
    assert "No se puede llegar al servidor de correo." in result
    assert OutgoingMail.objects.get().state == MailState.WAITING


def test_a_sending_that_was_cut_off_says_how_far_it_is_and_is_carried_on(put, signed_in, way, at):
    from tequio.kernel.mail.rounds import ask_to_send

    put("A1", to="uno@example.org")
    run_pk = ask_to_send(actor="test", at=at)
    treasurer = signed_in("treasurer", center="us")
    shown = text_of(treasurer.get(f"/mail/sent/{run_pk}/"))
    assert "<h1>0 of 1 mails are done</h1>" in shown
    assert 'http-equiv="refresh"' in shown
    assert "Carry on" in shown
    assert treasurer.post("/mail/send/")["Location"] == f"/mail/sent/{run_pk}/"
    assert "<h1>One mail was sent</h1>" in text_of(treasurer.get(f"/mail/sent/{run_pk}/"))
    assert way.sent == ["uno@example.org"]


def test_a_test_mail_goes_to_ones_own_address(sample_rules, signed_in, way):
    administrator = signed_in("administrator")
    assert "p@example.org" in text_of(administrator.get("/mail/test/"))
    answer = administrator.post("/mail/test/", {"address": "other@example.org"})
    assert way.sent == ["p@example.org"]
    assert "p@example.org" in text_of(administrator.get(answer["Location"]))
    assert Event.objects.filter(kind="mail.enqueued", subject="instance").count() == 1


@pytest.mark.parametrize(
    ("seconds", "en", "es"),
    [
        (59, "just now", "hace un momento"),
        (60, "one minute ago", "hace un minuto"),
        (7_199, "one hour ago", "hace una hora"),
        (86_399, "23 hours ago", "hace 23 horas"),
        (172_800, "2 days ago", "hace 2 días"),
    ],
)
def test_an_age_is_told_in_the_largest_unit_that_fits(at, seconds, en, es):
    said = age(since=at - timedelta(seconds=seconds), at=at)
    assert (said.en, said.es) == (en, es)
