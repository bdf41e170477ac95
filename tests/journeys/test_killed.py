"""Kill the program at any instant, run it again, and it ends as if nothing had happened."""

import json

import pytest

from journeys import canonical, kills

RUN = ("dues", "run", "--as-of", "2016-07-15", "--yes", "--json")
PAY = ("payments", "add", "--member", "NY-0012", "--amount", "275", "--currency", "USD", "--on", "2016-08-01")
PAY = (*PAY, "--method", "check", "--key", "check 1187", "--json")
NO_RUN, CUT, FINISHED = "nothing was begun", "cut in the middle", "finished"


@pytest.fixture(scope="session")
def import_command(roll):
    return ("members", "import", roll, "--json")


@pytest.fixture(scope="session")
def calm_import(workshop, ruled, import_command):
    instance = ruled.copy(to=workshop / "calm-import")
    yield kills.undisturbed(instance=instance, command=import_command)
    instance.drop()


@pytest.fixture(scope="session")
def calm_run(workshop, enrolled):
    instance = enrolled.copy(to=workshop / "calm-run")
    yield kills.undisturbed(instance=instance, command=RUN)
    instance.drop()


@pytest.fixture(scope="session")
def calm_payment(workshop, enrolled):
    instance = enrolled.copy(to=workshop / "calm-payment")
    yield kills.undisturbed(instance=instance, command=PAY)
    instance.drop()


def numbered(*, batches, size):
    """Parameters that pytest-xdist can spread over its workers: (which batch, how many instants in all batches)."""
    return [pytest.param(batch, batches * size, id=f"{batch + 1}-of-{batches}") for batch in range(batches)]


def of_batch(*, batch, count, size):
    return kills.instants(count=count)[batch * size : (batch + 1) * size]


def import_killed(*, copies, ruled, command, calm, fraction, by_count):
    instance = copies(ruled)
    kills.kill(instance=instance, command=command, calm=calm, fraction=fraction, by_count=by_count)
    nothing_saved = instance.value("SELECT count(*) FROM members_member") == 0
    second = kills.again(instance=instance, command=command).json
    expected = calm.answer.json if nothing_saved else {**calm.answer.json, "changed": 0}
    assert second == expected
    assert canonical.differences(one=calm.contents, other=canonical.contents(instance=instance)) == {}
    instance.drop()


def run_killed(*, copies, enrolled, calm, fraction, by_count):
    instance = copies(enrolled)
    kills.kill(instance=instance, command=RUN, calm=calm, fraction=fraction, by_count=by_count)
    state = state_of_run(instance=instance)
    print(state)  # noqa: T201 - CONFIG: pytest shows it where a test fails
    answer = kills.again(instance=instance, command=RUN)
    assert canonical.differences(one=calm.contents, other=canonical.contents(instance=instance)) == {}
    second, expected = answer.json, calm.answer.json
    if state == FINISHED:
        assert (second["run"], second["us"]["invoices"], second["mx"]["invoices"]) == (None, 0, 0)
    elif state == CUT:
        assert second == expected
    else:
        # What was taken back took a number of PostgreSQL's with it.
        assert {**second, "run": None} == {**expected, "run": None}
    instance.drop()


def state_of_run(*, instance):
    states = [state for (state,) in instance.rows("SELECT state FROM runs_run")]
    return {"running": CUT, "finished": FINISHED}[states[0]] if states else NO_RUN


def payment_killed(*, copies, enrolled, calm, fraction, by_count):
    instance = copies(enrolled)
    kills.kill(instance=instance, command=PAY, calm=calm, fraction=fraction, by_count=by_count)
    assert kills.again(instance=instance, command=PAY).json == calm.answer.json
    assert instance.value("SELECT count(*) FROM dues_payment WHERE once_key = 'check 1187'") == 1
    assert canonical.differences(one=calm.contents, other=canonical.contents(instance=instance)) == {}
    instance.drop()


@pytest.mark.parametrize(("batch", "count"), numbered(batches=4, size=1))
def test_an_import_killed_at_any_instant_ends_as_if_nothing_had_happened(
    copies, ruled, import_command, calm_import, batch, count
):
    for fraction, by_count in of_batch(batch=batch, count=count, size=1):
        import_killed(
            copies=copies, ruled=ruled, command=import_command, calm=calm_import, fraction=fraction, by_count=by_count
        )


@pytest.mark.parametrize(("batch", "count"), numbered(batches=4, size=1))
def test_a_dues_run_killed_at_any_instant_ends_as_if_nothing_had_happened(copies, enrolled, calm_run, batch, count):
    for fraction, by_count in of_batch(batch=batch, count=count, size=1):
        run_killed(copies=copies, enrolled=enrolled, calm=calm_run, fraction=fraction, by_count=by_count)


@pytest.mark.parametrize(("batch", "count"), numbered(batches=2, size=1))
def test_a_payment_killed_at_any_instant_is_entered_exactly_once(copies, enrolled, calm_payment, batch, count):
    for fraction, by_count in of_batch(batch=batch, count=count, size=1):
        payment_killed(copies=copies, enrolled=enrolled, calm=calm_payment, fraction=fraction, by_count=by_count)


@pytest.mark.long
@pytest.mark.parametrize(("batch", "count"), numbered(batches=10, size=20))
def test_an_import_killed_at_two_hundred_instants(copies, ruled, import_command, calm_import, batch, count):
    for fraction, by_count in of_batch(batch=batch, count=count, size=20):
        import_killed(
            copies=copies, ruled=ruled, command=import_command, calm=calm_import, fraction=fraction, by_count=by_count
        )


@pytest.mark.long
@pytest.mark.parametrize(("batch", "count"), numbered(batches=10, size=20))
def test_a_dues_run_killed_at_two_hundred_instants(copies, enrolled, calm_run, batch, count):
    for fraction, by_count in of_batch(batch=batch, count=count, size=20):
        run_killed(copies=copies, enrolled=enrolled, calm=calm_run, fraction=fraction, by_count=by_count)


@pytest.mark.long
@pytest.mark.parametrize(("batch", "count"), numbered(batches=2, size=20))
def test_a_payment_killed_at_forty_instants(copies, enrolled, calm_payment, batch, count):
    for fraction, by_count in of_batch(batch=batch, count=count, size=20):
        payment_killed(copies=copies, enrolled=enrolled, calm=calm_payment, fraction=fraction, by_count=by_count)


def test_a_run_killed_between_its_slices_is_cut_and_the_next_one_says_what_the_whole_run_made(
    copies, enrolled, calm_run
):
    instance = copies(enrolled)
    kills.kill(instance=instance, command=RUN, calm=calm_run, fraction=0.6, by_count=True)
    saved = instance.value("SELECT count(*) FROM dues_invoice WHERE kind = 'dues'")
    whole = calm_run.answer.json
    assert state_of_run(instance=instance) == CUT
    assert 0 < saved < whole["us"]["invoices"] + whole["mx"]["invoices"]
    second = kills.again(instance=instance, command=RUN).json
    centers = ("us", "mx", "run")
    assert {key: second[key] for key in centers} == {key: whole[key] for key in centers}


def test_a_run_killed_between_its_slices_names_everybody_set_aside_when_run_again(copies, enrolled, calm_run):
    instance = copies(enrolled)
    kills.kill(instance=instance, command=RUN, calm=calm_run, fraction=0.6, by_count=True)
    second = kills.again(instance=instance, command=RUN).json
    assert second["set_aside"] == calm_run.answer.json["set_aside"]
    assert [row["member"] for row in second["set_aside"]] == ["NY-0005", "NY-0150", "MX-0041"]


def test_killed_twice_and_finished_by_the_run_of_another_day_it_is_whole(copies, enrolled, calm_run):
    instance, other = copies(enrolled), ("dues", "run", "--as-of", "2016-08-15", "--yes", "--json")
    for fraction in (0.4, 0.2):
        kills.kill(instance=instance, command=RUN, calm=calm_run, fraction=fraction, by_count=True)
    first, checked = instance.several(other, ("check",), slice=kills.SLICE)
    assert (first.code, first.err, checked.code) == (0, "Run 1 had been cut off; it is finished now.\n", 0)
    calm = copies(enrolled)
    expected = calm.several(RUN, other, slice=kills.SLICE)[1]
    assert json.loads(first.out) == json.loads(expected.out)
    before, after = canonical.contents(instance=calm), canonical.contents(instance=instance)
    assert canonical.differences(one=before, other=after) == {}
