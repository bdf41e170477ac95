import json

import pytest

from tequio.project.rulebook import SAMPLE, load_rules


@pytest.mark.django_db
def test_the_sample_rules_load_twice_and_change_nothing(sample_rules, at, cli):
    _, before, _ = cli("rules", "show", "--json")
    load_rules(path=SAMPLE, actor="test", at=at)
    _, after, _ = cli("rules", "show", "--json")
    assert after == before
    assert {(rule["kind"], rule["center"]) for rule in json.loads(before)} >= {
        (kind, center) for kind in ("dues", "payment", "follow_up") for center in ("us", "mx")
    }
