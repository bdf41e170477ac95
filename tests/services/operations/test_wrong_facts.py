"""Wrong facts shut nobody out by themselves: an import by which half of them owe, a clock that jumps, a slow line."""

from datetime import timedelta

import pytest

from dues.doing import moment, tried
from services.having import OPEN, SUSPENDED, careful, look, mailbox, person, wanted, work
from tequio.members.models import Member
from tequio.members.operations import import_roll
from tequio.services.models import BulkSuspension, Job
from tequio.services.operations import reconciling, suspending

pytestmark = pytest.mark.django_db
MANY = 10
WRONGED = ["M1", "M2", "M3", "M4", "M5"]


@pytest.fixture
def everybody(members, sample_rules):
    """Ten members in good standing, each with a mailbox; three may be shut out in a day."""
    careful(breaker_share=500, breaker_fewest=3)
    members(*({"paid_until": "2017-01-01"} for _ in range(MANY)))
    for number in range(1, MANY + 1):
        mailbox(f"M{number}", f"m{number}")


@pytest.fixture
def wrong(everybody, roll_file, server):
    """All is open on the server; a wrong roll says that half of them owe since last year, and somebody calls them."""
    work(server, "2016-07-15")
    rows = [
        {"paid_until": "2015-04-01", "balance_due": "6000.00"} if n < MANY // 2 else {"paid_until": "2017-01-01"}
        for n in range(MANY)
    ]
    import_roll(path=roll_file(*rows, name="wrong.csv"), actor="test", at=moment("2016-07-16"))
    for code in WRONGED:
        tried(code, "2016-07-16")
    aligned = look("2016-07-17")
    work(server, "2016-07-17")
    bulk = BulkSuspension.objects.get()
    standings = dict(Member.objects.filter(code__in=WRONGED).values_list("code", "standing"))
    assert standings == dict.fromkeys(WRONGED, "disabled")  # by the rules, from what was imported
    assert (aligned.stopped, bulk.members, bulk.of_members, bulk.may) == (bulk.pk, 5, MANY, 3)
    assert (set(wanted().values()), set(server.states().values())) == ({OPEN}, {"open"})
    return bulk


def test_a_wrong_import_that_would_cut_off_half_the_members_is_put_right_and_nobody_was_shut_out(
    wrong, roll_file, server
):
    right = [{"paid_until": "2017-01-01"} for _ in range(MANY)]
    import_roll(path=roll_file(*right, name="right.csv"), actor="test", at=moment("2016-07-17"))
    assert look("2016-07-17").stopped is None
    work(server, "2016-07-17")
    wrong.refresh_from_db()
    assert (wrong.state, set(server.states().values())) == ("over", {"open"})
    assert set(Member.objects.values_list("standing", flat=True)) == {"good"}
    assert Job.objects.filter(wanted=SUSPENDED).count() == 0


def test_a_wrong_import_one_person_alone_shuts_out_nobody_by_and_two_together_those_on_the_list(wrong, server):
    suspending.look(bulk_pk=wrong.pk, user=person(1), at=moment("2016-07-17"))
    look("2016-07-17")
    work(server, "2016-07-17")
    assert set(server.states().values()) == {"open"}
    suspending.look(bulk_pk=wrong.pk, user=person(2), at=moment("2016-07-17"))
    look("2016-07-17")
    work(server, "2016-07-17")
    shut = {name.partition("@")[0].upper() for name, state in server.states().items() if state == "suspended"}
    assert shut == set(WRONGED)


def test_a_wrong_import_that_was_let_go_after_all_is_undone_by_the_right_one_for_everybody(wrong, roll_file, server):
    for number in (1, 2):
        suspending.look(bulk_pk=wrong.pk, user=person(number), at=moment("2016-07-17"))
    look("2016-07-17")
    work(server, "2016-07-17")
    assert sorted(server.states().values()).count("suspended") == len(WRONGED)
    right = [{"paid_until": "2017-01-01"} for _ in range(MANY)]
    import_roll(path=roll_file(*right, name="right.csv"), actor="test", at=moment("2016-07-17"))
    work(server, "2016-07-17", seconds=60)  # in the import's own transaction: nobody looks at everybody first
    assert set(server.states().values()) == {"open"}


def test_a_clock_a_year_ahead_shuts_out_nobody_and_put_back_leaves_no_trace(members, sample_rules, server):
    careful(breaker_share=500, breaker_fewest=3)
    members(*({"paid_until": "2015-04-01", "balance_due": "60.00"} for _ in range(MANY)))
    from dues.doing import hold

    for number in range(1, MANY + 1):
        hold(f"M{number}", "2016-12-31")
        mailbox(f"M{number}", f"m{number}")
        tried(f"M{number}", "2016-07-16")
    work(server)
    ahead = look("2018-07-16")
    work(server, "2018-07-16")
    assert (ahead.stopped is not None, set(server.states().values())) == (True, {"open"})
    assert look("2016-07-17").stopped is None
    assert (BulkSuspension.objects.get().state, set(wanted().values())) == ("over", {OPEN})


def test_a_server_so_slow_that_its_job_is_taken_over_ends_as_it_is_wanted_last(late, server):
    ana = mailbox("M2", "ana")
    later = reconciling.LEASE.total_seconds() + 60

    def meanwhile():
        from tequio.services.operations.opening import close_account

        close_account(account_pk=ana.pk, actor="test", at=moment("2016-07-15"))
        work(server, seconds=later)

    server.before_verb = meanwhile
    work(server)  # its order to open arrives when the account has been closed by another process
    work(server, seconds=2 * later)
    work(server, seconds=3 * later)
    assert (server.states(), wanted()) == ({"ana@example.org": "suspended"}, {"ana@example.org": SUSPENDED})
    assert set(Job.objects.values_list("state", flat=True)) <= {"done", "passed"}
    assert timedelta(seconds=later) > reconciling.LEASE
