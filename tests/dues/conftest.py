"""Every test of this folder has the sample rules, and ends with books that agree unless it plants a damage itself."""

import pytest
from tests.dues.doing import disagreements


@pytest.fixture
def damaged():
    """For tests that leave the books in disorder on purpose."""


@pytest.fixture(autouse=True)
def everything_agrees_at_the_end(request, sample_rules):
    yield
    if "damaged" not in request.fixturenames:
        assert disagreements() == []


@pytest.fixture
def many(members):
    """A function that imports a number of members alike, M1 and on, as organizations in New York."""

    def make(count, **given):
        return members(*({**given} for _ in range(count)))

    return make
