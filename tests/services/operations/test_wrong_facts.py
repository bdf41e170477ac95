"""Wrong facts shut nobody out by themselves: an import by which half of them owe, a clock that jumps, a slow line."""

from datetime import timedelta

import pytest

from dues.doing import moment
from services.having import OPEN, SUSPENDED, careful, look, mailbox, wanted, work
from tequio.members.models import Member
from tequio.members.operations import import_roll
from tequio.services.models import BulkSuspension, Job
from tequio.services.operations import reconciling, suspending

pytestmark = pytest.mark.django_db
MANY = 10


@pytest.fixture
def everybody(members, sample_rules):
    """Ten members in good standing, each with a mailbox; three may be shut out in a day."""
    careful(breaker_share=500, breaker_fewest=3)
    members(*({"paid_until": "2017-01-01"} for _ in range(MANY)))
    for number in range(1, MANY + 1):
        mailbox(f"M{number}", f"m{number}")


def test_a_wrong_import_that_would_cut_off_half_the_members_shuts_out_nobody(everybody, roll_file):
    wrong = [
        {"paid_until": "2015-04-01", "balance_due": "6000.00"} if n < MANY // 2 else {"paid_until": "2017-01-01"}
        for n in range(MANY)
    ]
    import_roll(path=roll_file(*wrong, name="wrong.csv"), actor="test", at=moment("2016-07-16"))
    Member.objects.filter(code__in=["M1", "M2", "M3", "M4", "M5"]).update(
        standing="disabled", standing_since=moment("2016-07-16").date()
    )
    aligned = suspending.align(actor="test", at=moment("2016-07-16"))
    bulk = BulkSuspension.objects.get()
    assert (aligned.stopped, bulk.members, bulk.of_members, bulk.may) == (bulk.pk, 5, MANY, 3)
    assert set(wanted().values()) == {OPEN}
    right = [{"paid_until": "2017-01-01"} for _ in range(MANY)]
    import_roll(path=roll_file(*right, name="right.csv"), actor="test", at=moment("2016-07-16"))
    assert look("2016-07-16").stopped is None
    bulk.refresh_from_db()
    assert (bulk.state, set(wanted().values())) == ("over", {OPEN})


def test_a_clock_a_year_ahead_shuts_out_nobody_and_put_back_leaves_no_trace(members, sample_rules, server):
    careful(breaker_share=500, breaker_fewest=3)
    members(*({"paid_until": "2015-04-01", "balance_due": "60.00"} for _ in range(MANY)))
    from dues.doing import hold, tried

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
