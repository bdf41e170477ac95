import pytest


@pytest.mark.django_db
def test_the_sample_rules_load_twice_and_change_nothing(sample_rules, cli):
    code, out, _ = cli("rules", "show", "--json")
    assert code == 0
    assert len(__import__("json").loads(out)) == 12
