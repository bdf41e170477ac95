"""Every test of this folder that has members ends with books that agree."""

import pytest
from tests.dues.doing import disagreements

from rules_once import put_in_force


@pytest.fixture
def sample_rules(db, at):
    put_in_force(at=at)
    yield
    assert disagreements() == []
