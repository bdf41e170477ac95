"""Faults: servers down, slow, answering nonsense, half applied; processes killed and at once; clocks that jump."""

from datetime import timedelta

import pytest

from dues.doing import moment
from services.having import REMOVED, careful, jobs, mailbox, person, wanted, work
from tequio.kernel.errors import Refusal
from tequio.services.connectors import registry
from tequio.services.connectors.contract import Seen
from tequio.services.models import Comparison, Drift, Job, Observation, ServiceAccount
from tequio.services.operations import comparing, mending, passwords, reconciling

pytestmark = pytest.mark.django_db
DAY = 24 * 3600


@pytest.fixture
def ana(late):
    return mailbox("M2", "ana")


def compare(server, at="2016-07-16"):
    return comparing.compare(connector=server, now=lambda: moment(at), actor="test")


def states():
    return [state for _, _, _, state in jobs()]


def test_a_server_down_for_a_day_costs_no_try_and_is_caught_up(ana, server):
    server.down()
    for minute in range(0, 2000, 90):
        assert work(server, seconds=minute * 60).unreachable == ("fake",)
    job = Job.objects.get()
    assert (job.tries, job.state, job.error_en) == (
        0,
        "waiting",
        "The server could not be asked: connection refused",
    )
    assert job.first_failed_at == moment("2016-07-15")
    server.up()
    work(server, seconds=DAY * 2)
    assert (server.states(), states()) == ({"ana@example.org": "open"}, ["done"])


@pytest.mark.parametrize("nonsense", ["answers", "fewer", "observed"])
def test_nonsense_is_never_taken_for_an_answer(ana, server, nonsense):
    server.nonsense = nonsense
    assert work(server).done == 0
    assert states() == ["waiting"]
    assert compare(server).failed or nonsense != "observed"
    server.nonsense = ""
    work(server, seconds=120)
    assert states() == ["done"]


def test_what_says_done_and_is_not_ends_as_a_dead_letter_with_age_and_owner(ana, server):
    server.ignores.add("ana@example.org")
    for hour in range(3):
        work(server, seconds=hour * 3600)
    job = Job.objects.get()
    assert (job.state, job.tries, job.error_en) == ("dead", 3, "The server was asked, and is not as wanted.")
    user = person()
    mending.take_dead(job_pk=job.pk, user=user, at=moment("2016-07-16"))
    job.refresh_from_db()
    assert (job.owner, job.first_failed_at) == (user.actor, moment("2016-07-15"))
    server.ignores.clear()
    mending.retry_dead(job_pk=job.pk, actor="test", at=moment("2016-07-16"))
    work(server, "2016-07-16")
    assert states() == ["done"]
    with pytest.raises(Refusal):
        mending.retry_dead(job_pk=job.pk, actor="test", at=moment("2016-07-16"))


def test_one_that_is_refused_is_a_dead_letter_at_once_and_spoils_no_other(ana, server):
    mailbox("M2", "beto")
    server.refuses.add("ana@example.org")
    result = work(server)
    assert (result.done, result.dead) == (1, 1)
    assert server.states() == {"beto@example.org": "open"}


def test_cut_off_half_way_the_same_is_asked_again_and_nothing_is_double(ana, server):
    mailbox("M2", "beto")
    server.dies_after = 1
    work(server)
    assert (len(server.accounts), states()) == (1, ["waiting", "waiting"])
    server.dies_after = None
    work(server, seconds=120)
    assert (server.states(), states()) == (
        {"ana@example.org": "open", "beto@example.org": "open"},
        ["done", "done"],
    )


def test_a_process_killed_between_asking_and_writing_down_is_taken_over_when_its_lease_ends(ana, server, monkeypatch):
    class Killed(BaseException):
        pass

    def killed(**_):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(reconciling, "_write_down", killed)
        with pytest.raises(Killed):
            work(server)
    assert (server.states(), states()) == ({"ana@example.org": "open"}, ["waiting"])
    assert work(server, seconds=60).done == 0  # still somebody's
    assert work(server, seconds=700).done == 1
    assert len(server.accounts) == 1


def test_two_at_once_never_hold_the_same_job(ana, server):
    mailbox("M2", "beto")
    first, _ = reconciling._claim(services=["mailbox"], most=1, at=moment("2016-07-15"))
    second, _ = reconciling._claim(services=["mailbox"], most=5, at=moment("2016-07-15"))
    third, _ = reconciling._claim(services=["mailbox"], most=5, at=moment("2016-07-15"))
    assert (len(first), len(second), len(third)) == (1, 1, 0)
    assert first[0].pk != second[0].pk


def test_a_clock_put_back_holds_up_nothing(ana, server):
    server.down()
    work(server, "2026-07-15")  # ten years ahead by mistake
    server.up()
    assert work(server, "2016-07-15").done == 1


def test_the_full_comparison_mends_what_is_missing_or_different_and_leaves_what_it_does_not_know(ana, server):
    mailbox("M2", "beto")
    work(server)
    assert (compare(server).accounts, Drift.objects.count()) == (2, 0)
    server.taken_out("ana@example.org")
    server.by_hand("beto@example.org", Seen.SUSPENDED)
    server.by_hand("mallory@example.org")
    row = compare(server)
    assert (row.missing, row.different, row.extra) == (1, 1, 1)
    work(server, "2016-07-16")
    assert server.states() == dict.fromkeys(["ana@example.org", "beto@example.org", "mallory@example.org"], "open")
    compare(server, "2016-07-17")
    assert list(Drift.objects.filter(ended_at__isnull=True).values_list("name", "what", "account")) == [
        ("mallory@example.org", "extra", None)
    ]
    extra = Drift.objects.get(name="mallory@example.org")
    mending.set_aside(drift_pk=extra.pk, reason="the team's own", actor="test", at=moment("2016-07-17"))
    compare(server, "2016-07-18")
    extra.refresh_from_db()
    assert (extra.set_aside, extra.ended_at, "mallory@example.org" in server.states()) == ("the team's own", None, True)


def test_a_password_changed_by_hand_is_a_difference_and_put_back(ana, server):
    made = passwords.make_password(
        account_pk=ana.pk, device="phone", protocol="imap", actor="test", at=moment("2016-07-15")
    )
    work(server)
    assert server.lets_in("ana@example.org", made.typed)
    server.accounts["mailbox", "ana@example.org"][2] = ()
    assert compare(server).different == 1
    work(server, "2016-07-16")
    assert server.lets_in("ana@example.org", made.typed)
    passwords.revoke_password(account_pk=ana.pk, ident=made.row.ident, actor="test", at=moment("2016-07-16"))
    work(server, "2016-07-16")
    assert not server.lets_in("ana@example.org", made.typed)


def test_a_comparison_that_fails_says_so_and_forgets_nothing_it_had_seen(ana, server):
    work(server)
    server.nonsense = "twice"
    assert compare(server).failed == "it reports ana@example.org twice"
    server.nonsense = ""
    server.down()
    row = compare(server)
    assert (row.failed, row.accounts) == ("connection refused", 0)
    assert Observation.objects.get().state == "open"
    assert Comparison.objects.count() == 2


def test_a_server_that_has_later_generations_is_overtaken(ana, server):
    server.accounts["mailbox", "ana@example.org"] = [Seen.SUSPENDED, 500, ()]
    work(server)
    work(server)
    assert server.states() == {"ana@example.org": "open"}


def test_a_service_without_a_connector_waits_for_a_person_who_says_it_is_done(ana, server):
    with registry.instead():
        assert reconciling.work_off(now=lambda: moment("2016-07-15")).done == 0
        job = Job.objects.get()
        mending.done_by_hand(job_pk=job.pk, actor="test", at=moment("2016-07-15"))
    assert (states(), Observation.objects.get().state) == (["done"], "open")
    with registry.instead(server), pytest.raises(Refusal):
        mending.done_by_hand(job_pk=job.pk, actor="test", at=moment("2016-07-15"))


def test_the_comparison_asks_the_database_the_same_number_of_times_for_any_number(
    late, server, django_assert_max_num_queries
):
    careful(breaker_share=10_000)
    for number in range(12):
        mailbox("M2", f"m{number}")
    work(server)
    assert len(wanted()) == 12
    with django_assert_max_num_queries(16):
        compare(server)
    assert REMOVED not in ServiceAccount.objects.values_list("wanted", flat=True)
    assert timedelta(0) < reconciling.LEASE
