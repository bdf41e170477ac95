"""Every test of this folder has the sample rules, and ends with books that agree unless it plants a damage itself."""

import pytest
from tests.dues.doing import disagreements
from tests.dues.rules_once import put_in_force


@pytest.fixture
def sample_rules(db, at):
    put_in_force(at=at)


@pytest.fixture
def damaged():
    """For tests that leave the books in disorder on purpose."""


@pytest.fixture(autouse=True)
def everything_agrees_at_the_end(request, sample_rules):
    yield
    if "damaged" not in request.fixturenames:
        assert disagreements() == []
