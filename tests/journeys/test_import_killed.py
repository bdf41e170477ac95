"""Kill the import of a statement at any instant, run it again: every payment is there once, and none is missing."""

import pytest
from tests.banking import samples
from tests.banking.samples import moved

from journeys import canonical, kills
from tequio.dues.references import iso_reference


@pytest.fixture(scope="session")
def owing(workshop, enrolled):
    """An instance with open invoices, and a statement in which forty of them are paid and some money is nobody's."""
    instance = enrolled.copy(to=workshop / "owing")
    instance.done("dues", "run", "--as-of", "2016-07-15", "--center", "us", "--yes")
    rows = instance.rows("SELECT number, rest FROM dues_invoice WHERE number LIKE 'US-0%' AND rest > 0 ORDER BY number")
    lines = [moved("2016-07-20", samples.units(rest), iso_reference(number=number)) for number, rest in rows[:40]]
    lines += [moved("2016-07-21", f"{n}.25", f"somebody {n}") for n in range(1, 6)]
    statement = workshop / "july.csv"
    statement.write_bytes(samples.table(lines))
    yield instance, ("payments", "import", statement, "--account", "us-bank", "--json")
    instance.drop()


@pytest.fixture(scope="session")
def calm(workshop, owing):
    instance = owing[0].copy(to=workshop / "calm-import-of-a-page")
    yield kills.undisturbed(instance=instance, command=owing[1])
    instance.drop()


def import_killed(*, copies, owing, calm, fraction, by_count):
    instance = copies(owing[0])
    kills.kill(instance=instance, command=owing[1], calm=calm, fraction=fraction, by_count=by_count)
    kills.again(instance=instance, command=owing[1])
    assert canonical.differences(one=calm.contents, other=canonical.contents(instance=instance)) == {}
    instance.drop()


def test_the_import_posts_what_is_certain(calm):
    assert (calm.answer.json["matched"], calm.answer.json["transactions"]) == (40, 45)
    assert len([row for row in calm.contents["dues_payment"] if row["once_key"] == "bank"]) == 40


@pytest.mark.parametrize(("fraction", "by_count"), kills.instants(count=2), ids=["first", "second"])
def test_an_import_killed_at_any_instant_ends_as_if_nothing_had_happened(copies, owing, calm, fraction, by_count):
    import_killed(copies=copies, owing=owing, calm=calm, fraction=fraction, by_count=by_count)


@pytest.mark.long
@pytest.mark.parametrize("batch", range(5))
def test_an_import_killed_at_fifty_instants(copies, owing, calm, batch):
    for fraction, by_count in kills.instants(count=50)[batch * 10 : (batch + 1) * 10]:
        import_killed(copies=copies, owing=owing, calm=calm, fraction=fraction, by_count=by_count)


def test_four_imports_of_one_file_at_once_post_every_payment_once(copies, owing, calm):
    instance = copies(owing[0])
    processes = [instance.start(commands=[owing[1]], slice=kills.SLICE) for _ in range(4)]
    said = [process.communicate() for process in processes]
    assert [process.returncode for process in processes] == [0] * 4, said
    kills.again(instance=instance, command=owing[1])
    assert len(canonical.contents(instance=instance)["dues_payment"]) == len(calm.contents["dues_payment"])
    instance.drop()
