"""Instances made once for each worker and copied for each test, which is far quicker than making them."""

import pytest

from journeys.instances import Instance, empty_instance
from tequio.project.demo.roll import write_roll

MEMBERS = 300


@pytest.fixture(scope="session")
def workshop(tmp_path_factory):
    """A folder for what a whole session shares."""
    return tmp_path_factory.mktemp("journeys")


@pytest.fixture(scope="session")
def roll(workshop):
    """A roll of some hundred members, with two rows in error, duplicates, arrears and every kind of member."""
    path = workshop / "roll.csv"
    write_roll(path=path, members=MEMBERS)
    return path


@pytest.fixture(scope="session")
def ruled(workshop, engine):
    """An instance with the sample rules and nobody in it. Copy it; do not change it."""
    instance = empty_instance(home=workshop / "ruled")
    instance.done("init", "--sample-rules")
    yield instance
    instance.drop()


@pytest.fixture(scope="session")
def enrolled(workshop, ruled, roll):
    """An instance with the roll, two own rates, members whose dues are waived, credit, and a merge. Copy it."""
    instance = ruled.copy(to=workshop / "enrolled")
    pay = ("payments", "add", "--currency", "USD", "--on", "2016-01-10", "--method", "check")
    commands = [
        ("members", "import", roll),
        *(
            ("members", "rate", code, "--kind", "comped", "--from", "2016-01-01", "--reason", "gives its time")
            for code in ("NY-0005", "NY-0077", "NY-0150", "MX-0020", "MX-0041")
        ),
        *(
            (
                "members",
                "rate",
                code,
                "--kind",
                "reduced",
                "--percent",
                "50",
                "--from",
                "2016-01-01",
                "--reason",
                "hard year",
            )
            for code in ("NY-0006", "MX-0021")
        ),
        (*pay, "--member", "NY-0003", "--amount", "30"),
        (*pay, "--member", "NY-0004", "--amount", "1000"),
        ("members", "merge", "NY-0009", "NY-0041"),
    ]
    for command, answer in zip(commands, instance.several(*commands), strict=True):
        assert (answer.code, answer.err) == (0, ""), (command, answer)
    yield instance
    instance.drop()


@pytest.fixture
def copies(tmp_path):
    """A function that copies an instance for this test alone."""
    made: list[Instance] = []

    def copy(instance):
        made.append(instance.copy(to=tmp_path / f"instance-{len(made) + 1}"))
        return made[-1]

    yield copy
    for instance in made:
        instance.drop()


@pytest.fixture
def nothing_yet(tmp_path, engine):
    """The name of an instance that has not been made."""
    instance = empty_instance(home=tmp_path / "home")
    yield instance
    instance.drop()
