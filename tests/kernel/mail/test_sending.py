"""Sending what waits: once each, later where it cannot be now, given up with its reason, nothing lost."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tequio.kernel.journal.models import Event
from tequio.kernel.mail import kinds, sending
from tequio.kernel.mail.faults import Fault, NotSentError, TransportAwayError
from tequio.kernel.mail.models import OutgoingMail
from tequio.kernel.mail.operations import cancel, retry
from tequio.kernel.mail.sending import deliver_all, deliver_waiting
from tequio.rules.reasons import Text

MINUTE = timedelta(minutes=1)


def not_now():
    return NotSentError(fault=Fault.NOT_NOW, detail="451 busy, ask <alma@example.org>")


def test_what_is_due_goes_out_oldest_first_and_what_is_not_due_waits(queued, way, states, at):
    queued(to="b@example.org", minutes=-1)
    queued(to="a@example.org", minutes=-2)
    queued(to="c@example.org", minutes=1)
    out = way()
    done = deliver_waiting(at=at, transport=out)
    assert out.sent == ["a@example.org", "b@example.org"]
    assert (done.sent, done.left, states()) == (2, 0, ["sent", "sent", "waiting"])
    assert (out.opened, out.closed) == (1, 1)


def test_a_round_takes_no_more_than_it_is_told(queued, way, at):
    for number in range(5):
        queued(to=f"m{number}@example.org")
    out = way()
    assert (deliver_waiting(at=at, limit=2, transport=out).left, len(out.sent)) == (3, 2)


def test_with_nothing_due_no_server_is_asked(db, way, at):
    out = way()
    assert deliver_waiting(at=at, transport=out).sent == 0
    assert out.opened == 0


def test_two_workers_send_each_mail_once(queued, way, states, at):
    """The second begins while the first has claimed two and is in the middle of its first mail."""
    addresses = [queued(to=f"m{number}@example.org").to_address for number in range(6)]
    second = way()
    rounds = []

    def meanwhile():
        if not rounds:
            rounds.append(1)
            deliver_waiting(at=at, transport=second)

    first = way(before=meanwhile)
    deliver_waiting(at=at, limit=2, transport=first)
    assert first.sent == addresses[:2]
    assert second.sent == addresses[2:]
    assert states() == ["sent"] * 6


def test_whoever_listed_a_row_that_was_claimed_since_then_leaves_it_alone(queued, monkeypatch, way, at):
    """The narrowest moment: between listing a row and claiming it, somebody else claims it."""
    row, other = queued(), queued(to="b@example.org")
    claimed = sending._claimed

    def let_another_in(**given):
        OutgoingMail.objects.filter(pk=row.pk).update(claim="another", tries=1, next_try_at=at + sending.LEASE)
        return claimed(**given)

    monkeypatch.setattr(sending, "_claimed", let_another_in)
    out = way()
    deliver_waiting(at=at, transport=out)
    row.refresh_from_db()
    assert (out.sent, row.claim, row.tries, row.state) == ([other.to_address], "another", 1, "waiting")


def test_a_mail_server_that_is_down_costs_no_mail_its_tries_and_nothing_is_lost(queued, way, states, at):
    for number in range(3):
        queued(to=f"m{number}@example.org")
    done = deliver_waiting(at=at, transport=way(away=Fault.SERVER_AWAY))
    assert (done.sent, done.left, done.away) == (0, 3, Fault.SERVER_AWAY)
    assert (
        list(OutgoingMail.objects.values_list("state", "tries", "last_fault", "last_error"))
        == [("waiting", 0, "server_away", "nobody there")] * 3
    )
    up = way()
    deliver_waiting(at=at, transport=up)
    assert (len(up.sent), states()) == (3, ["sent"] * 3)


def test_a_server_that_closes_in_the_middle_ends_the_round_and_the_mail_keeps_its_tries(queued, way, at):
    queued(to="a@example.org")
    queued(to="b@example.org")
    queued(to="c@example.org")
    out = way(faults={"b@example.org": TransportAwayError(fault=Fault.SERVER_AWAY, detail="421 closing")})
    done = deliver_waiting(at=at, transport=out)
    assert (out.sent, done.away, done.left) == (["a@example.org"], Fault.SERVER_AWAY, 1)
    row = OutgoingMail.objects.order_by("pk")[1]
    assert (row.state, row.tries, row.claim, row.next_try_at) == ("waiting", 0, "", at + MINUTE)


def test_a_mail_refused_for_now_is_tried_after_a_minute_then_twice_as_long_then_daily_then_given_up(queued, way, at):
    row = queued()
    moment, pauses = at, []
    out = way(faults={"alma@example.org": not_now()})
    while True:
        deliver_waiting(at=moment, transport=out)
        row.refresh_from_db()
        if row.state != "waiting":
            break
        pauses.append((row.next_try_at - moment) // MINUTE)
        moment = row.next_try_at
    assert pauses == [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 1440, 1440, 1440, 1440]
    assert (row.state, row.tries, row.last_fault, row.last_error) == ("failed", 16, "not_now", "451 busy, ask <…>")
    [event] = Event.objects.filter(kind="mail.failed")
    assert (event.subject, event.actor) == ("instance", "system:mail")
    assert event.payload == {"mail": row.pk, "kind": "trial", "fault": "not_now", "tries": 16}


def test_a_mail_refused_for_good_fails_at_once_and_the_others_go_out(queued, way, states, at):
    queued(to="gone@example.org")
    queued(to="here@example.org")
    gone = NotSentError(fault=Fault.ADDRESS, detail="550 5.1.1 gone@example.org: no such user", for_good=True)
    out = way(faults={"gone@example.org": gone})
    done = deliver_waiting(at=at, transport=out)
    assert (done.sent, done.failed, states()) == (1, 1, ["failed", "sent"])
    assert OutgoingMail.objects.get(state="failed").last_error == "550 5.1.1 …: no such user"


def test_no_address_gets_into_the_journal_or_a_column_that_is_not_encrypted(queued, way, at):
    said = "550 Alma@Example.org unknown (for ALMA, see other@example.net)"
    queued(to="alma@example.org", text="Dear Alma Ríos")
    fault = NotSentError(fault=Fault.ADDRESS, detail=said, for_good=True)
    deliver_waiting(at=at, transport=way(faults={"alma@example.org": fault}))
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM mail_outgoingmail")
        stored = repr(cursor.fetchall()).casefold()
    journal = repr(list(Event.objects.values())).casefold()
    assert [word for word in ("alma", "ríos", "other@example") if word in stored + journal] == []


def test_two_hang_ups_in_a_row_end_the_round_and_one_does_not(queued, way, at):
    for name in "abcde":
        queued(to=f"{name}@example.org")
    hang_up = {f"{name}@example.org": NotSentError(fault=Fault.DROPPED) for name in "acd"}
    out = way(faults=hang_up)
    done = deliver_waiting(at=at, transport=out)
    assert (out.sent, done.put_off, done.away, done.left) == (["b@example.org"], 3, Fault.DROPPED, 1)


def test_killed_between_sending_and_marking_it_is_marked_after_the_lease_and_not_sent_again(
    queued, way, monkeypatch, at
):
    row = queued()

    class KilledError(BaseException):
        pass

    def killed(**_):
        raise KilledError

    out = way()
    monkeypatch.setattr(sending, "_mark_sent", killed)
    with pytest.raises(KilledError):
        deliver_waiting(at=at, transport=out)
    monkeypatch.undo()
    row.refresh_from_db()
    assert (out.sent, row.state) == (["alma@example.org"], "waiting")
    deliver_waiting(at=at + sending.LEASE - MINUTE, transport=out)
    assert len(out.sent) == 1
    deliver_waiting(at=at + sending.LEASE, transport=out)
    row.refresh_from_db()
    assert (row.state, out.sent, notes()) == ("sent", ["alma@example.org"], [])


def test_killed_in_the_instant_before_the_note_it_is_sent_once_more_with_the_same_message_id(
    queued, way, monkeypatch, at
):
    """At least once: a mail that never comes costs a member its standing, the same one twice costs a glance."""
    row = queued()

    class KilledError(BaseException):
        pass

    def killed(_self, **_):
        raise KilledError

    out = way()
    monkeypatch.setattr(sending.sent_notes.Notes, "add", killed)
    with pytest.raises(KilledError):
        deliver_waiting(at=at, transport=out)
    monkeypatch.undo()
    deliver_waiting(at=at + sending.LEASE, transport=out)
    row.refresh_from_db()
    assert (row.state, len(out.sent), len(set(out.names))) == ("sent", 2, 1)


def notes():
    """The files of notes that lie beside the instance."""
    folder = sending.sent_notes._folder()
    return sorted(folder.iterdir()) if folder.exists() else []


def test_no_note_is_left_where_all_went_well(queued, way, at):
    queued()
    during = []
    out = way(before=lambda: during.append(notes()))
    queued(to="b@example.org")
    deliver_waiting(at=at, transport=out)
    assert ([len(found) for found in during], notes()) == ([0, 1], [])


def test_a_round_that_is_cut_off_keeps_what_it_sent_and_gives_back_what_it_had_not_begun(queued, way, at):
    for name in "abcd":
        queued(to=f"{name}@example.org")

    class KilledError(BaseException):
        pass

    calls = []

    def cut_off():
        calls.append(1)
        if len(calls) == 3:
            raise KilledError

    with pytest.raises(KilledError):
        deliver_waiting(at=at, transport=way(before=cut_off))
    rows = list(OutgoingMail.objects.order_by("pk").values_list("state", "claim", "tries", "next_try_at"))
    assert [row[0] for row in rows] == ["sent", "sent", "waiting", "waiting"]
    assert (rows[2][1] != "", rows[2][2:]) == (True, (1, at + sending.LEASE)), "nobody knows whether it left"
    assert rows[3][1:] == ("", 0, at)


def test_a_half_written_note_is_none_and_notes_of_mails_that_still_wait_are_kept(queued, way, at):
    row = queued()
    folder = sending.sent_notes._folder()
    folder.mkdir(exist_ok=True)
    (folder / "torn").write_text(f"{row.message_id}")
    (folder / "elses").write_text("<another@example.org>\n")
    waits = queued(to="b@example.org", minutes=30)
    (folder / "kept").write_text(f"{waits.message_id}\n")
    out = way()
    deliver_waiting(at=at, transport=out)
    assert out.sent == ["alma@example.org"]
    assert [path.name for path in notes()] == ["kept", "torn"]


def test_a_server_so_slow_that_the_lease_would_run_out_ends_the_round_and_the_rest_goes_with_the_next(
    queued, way, monkeypatch, states, at
):
    for name in "abc":
        queued(to=f"{name}@example.org")
    clock = iter([0.0, 1.0, sending.HALF_A_LEASE + 1, *([sending.HALF_A_LEASE + 2] * 50)])
    monkeypatch.setattr(sending.time, "monotonic", lambda: next(clock))
    out = way()
    done = deliver_waiting(at=at, transport=out)
    assert (out.sent, done.left, states()) == (["a@example.org"], 2, ["sent", "waiting", "waiting"])


def test_everything_that_is_due_goes_out_round_after_round(queued, way, states, at):
    for number in range(5):
        queued(to=f"m{number}@example.org")
    out = way()
    done = deliver_all(at=at, transport=out, limit=2)
    assert (done.sent, done.left, out.opened, states()) == (5, 0, 3, ["sent"] * 5)


def test_all_rounds_end_where_the_server_goes_away_and_say_what_was_done(queued, way, monkeypatch, at):
    for name in "abcd":
        queued(to=f"{name}@example.org")
    monkeypatch.setattr(sending, "deliver_waiting", partial(deliver_waiting, limit=2))
    gone = TransportAwayError(fault=Fault.SERVER_AWAY, detail="421 closing")
    done = deliver_all(at=at, transport=way(faults={"c@example.org": gone}))
    assert (done.sent, done.put_off, done.left, done.away) == (2, 1, 1, Fault.SERVER_AWAY)


def test_who_comes_back_after_its_lease_ran_out_does_not_overwrite_what_the_other_wrote(queued, way, states, at):
    queued()
    other = way()

    def slept():
        deliver_waiting(at=at + sending.LEASE, transport=other)

    late = way(before=slept, faults={"alma@example.org": not_now()})
    deliver_waiting(at=at, transport=late)
    assert (other.sent, states()) == (["alma@example.org"], ["sent"])


def test_what_is_no_longer_true_is_not_sent(queued, way, states, at):
    kinds.register(kinds.MailKind(code="stale", name=Text(en="x", es="x"), no_longer_true=lambda **_: True))
    queued(kind="stale")
    out = way()
    done = deliver_waiting(at=at, transport=out)
    assert (out.sent, done.cancelled, states()) == ([], 1, ["cancelled"])
    assert OutgoingMail.objects.get().last_fault == "no_longer_true"


def test_an_attachment_that_cannot_be_made_puts_its_mail_off_and_no_other(queued, way, states, at):
    def broken(*, reference):
        raise RuntimeError(f"{reference} of Alma Ríos")

    kinds.register(kinds.MailKind(code="broken", name=Text(en="x", es="x"), attach=broken))
    queued(kind="broken", attachment="invoice:US-1", to="a@example.org")
    queued(to="b@example.org")
    out = way()
    deliver_waiting(at=at, transport=out)
    assert (out.sent, states()) == (["b@example.org"], ["waiting", "sent"])
    row = OutgoingMail.objects.order_by("pk")[0]
    assert (row.last_fault, row.last_error) == ("attachment", "RuntimeError")


def test_a_kind_that_no_topic_registers_any_more_still_goes_out(queued, way, at):
    row = queued()
    OutgoingMail.objects.filter(pk=row.pk).update(kind="from.long.ago")
    out = way()
    deliver_waiting(at=at, transport=out)
    assert out.sent == ["alma@example.org"]


def test_a_code_is_forgotten_once_it_is_sent(queued, way, at):
    row = queued(kind="plain", text="Your code is 123456")
    deliver_waiting(at=at, transport=way())
    row.refresh_from_db()
    assert (row.state, row.subject_text, row.body_text, row.html_body) == ("sent", "", "", "")


def test_a_failed_mail_can_be_tried_again_and_a_waiting_one_stopped(queued, way, states, at):
    first, second = queued(to="gone@example.org"), queued(to="b@example.org", minutes=5)
    gone = NotSentError(fault=Fault.ADDRESS, for_good=True)
    deliver_waiting(at=at, transport=way(faults={"gone@example.org": gone}))
    retry(pk=first.pk, actor="test", at=at)
    cancel(pk=second.pk, actor="test", at=at)
    assert states() == ["waiting", "cancelled"]
    deliver_waiting(at=at + 10 * MINUTE, transport=way())
    assert states() == ["sent", "cancelled"]
    kinds_seen = list(Event.objects.order_by("id").values_list("kind", flat=True))
    assert kinds_seen == ["mail.failed", "mail.retried", "mail.cancelled"]


@pytest.mark.parametrize("act", [retry, cancel])
def test_a_sent_mail_is_neither_stopped_nor_repeated(queued, way, refusal, act, at):
    row = queued()
    deliver_waiting(at=at, transport=way())
    assert "“sent”" in refusal(act, pk=row.pk, actor="test", at=at).en
    assert refusal(act, pk=row.pk + 1, actor="test", at=at).es == f"No existe el correo {row.pk + 1}."


def test_a_mail_being_sent_cannot_be_stopped_in_the_middle(queued, way, refusal, states, at):
    row = queued()
    said = []
    out = way(before=lambda: said.append(refusal(cancel, pk=row.pk, actor="test", at=at).en))
    deliver_waiting(at=at, transport=out)
    assert (len(said), states()) == (1, ["sent"])


def test_the_statements_of_a_round_do_not_grow_with_its_mails(queued, way, at):
    def statements(count):
        for number in range(count):
            queued(to=f"m{number}@example.org")
        with CaptureQueriesContext(connection) as seen:
            assert deliver_waiting(at=at, transport=way()).sent == count
        return len(seen)

    assert statements(2) == statements(9)
