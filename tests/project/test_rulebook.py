"""A rule book is loaded whole or not at all; loaded again it changes nothing; what it put in force is frozen."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from project.rule_books import BOOK, everything, loader
from tequio.centers.models import Center
from tequio.decisions.models import Body, Decision
from tequio.dues.models import DuesPolicy, PaymentPolicy, Tariff
from tequio.kernel.journal.models import Event
from tequio.ledger.models import Account
from tequio.project.rulebook import SAMPLE

pytestmark = pytest.mark.django_db


@pytest.fixture
def load(tmp_path, at):
    return loader(folder=tmp_path, at=at)


def test_a_book_is_loaded_whole(load):
    assert load(BOOK) == {
        "centers": 1,
        "bank_accounts": 0,
        "bodies": 1,
        "decisions": 1,
        "mandates": 0,
        "decision_rules": 0,
        "seats": 0,
        "priorities": 0,
        "places": 0,
        "series": 0,
        "dues": 1,
        "payment_policies": 1,
        "follow_up_policies": 0,
        "services": 0,
        "service_terms": 0,
    }
    assert Center.objects.values_list("code", "currency", "language", "short_references").get() == (
        "br",
        "BRL",
        "es",
        False,
    )
    assert Account.objects.get(code="br-bank").center.code == "br"
    assert Body.objects.values_list("code", "name_es").get() == ("assembly", "Asamblea")
    decision = Decision.objects.get()
    assert (decision.code, decision.decided_on, decision.counts_stated) == ("first", date(2020, 2, 3), False)
    dues = DuesPolicy.objects.get()
    assert (dues.code, dues.valid_from, dues.decision, dues.default_band, dues.assumed) == (
        "br-dues",
        date(2020, 3, 1),
        decision,
        2,
        ["operations"],
    )
    policy = PaymentPolicy.objects.get()
    assert (policy.code, policy.decision, policy.notice_days, policy.at_risk_from, policy.disabled_from) == (
        "br-pay",
        decision,
        10,
        31,
        91,
    )
    assert (policy.limited_from, policy.attempt_required, policy.return_days, policy.works) == (61, False, None, {})


def test_amounts_are_multiplied_by_the_band_and_rounded_to_the_cent(load):
    load(BOOK)
    cells = Tariff.objects.order_by("kind", "part", "band").values_list("kind", "part", "band", "amount", "assumed")
    assert list(cells) == [
        ("individual", "membership", 1, 1, False),
        ("individual", "membership", 2, 1, False),
        ("organization", "membership", 1, 5005, False),
        ("organization", "membership", 2, 13346, False),
        ("organization", "operations", 1, 1500, True),
        ("organization", "operations", 2, 4000, True),
    ]


def test_without_bands_one_amount_holds(load):
    load(BOOK.replace("bands = { 1 = 0.5, 2 = 1.3333 }\ndefault_band = 2\n", ""))
    cells = Tariff.objects.order_by("kind", "part").values_list("kind", "part", "band", "amount")
    assert list(cells) == [
        ("individual", "membership", None, 1),
        ("organization", "membership", None, 10010),
        ("organization", "operations", None, 3000),
    ]


@pytest.mark.parametrize("book", [BOOK, SAMPLE.read_text(encoding="utf-8")], ids=["own", "sample"])
def test_loaded_again_it_says_the_same_and_changes_nothing(load, book):
    counts = load(book)
    before = everything()
    assert load(book) == counts
    assert everything() == before


def test_every_rule_is_written_down_once(load):
    load(BOOK)
    load(BOOK)
    assert list(Event.objects.order_by("id").values_list("kind", "subject")) == [
        ("center.opened", "center:br"),
        ("decision.recorded", "decision:first"),
        ("dues.policy_adopted", "dues_policy:br-dues"),
        ("dues.payment_policy_adopted", "payment_policy:br-pay"),
    ]


def test_a_rule_in_force_is_not_changed_by_a_book_that_says_otherwise(load):
    load(BOOK)
    before = everything()
    load(BOOK.replace("membership = 100.10", "membership = 999").replace("disabled_from = 91", "disabled_from = 92"))
    assert everything() == before


def test_a_later_rule_joins_those_in_force(load):
    load(BOOK)
    later = BOOK.replace('code = "dues"', 'code = "dues-2021"').replace('code = "pay"', 'code = "pay-2021"')
    load(later.replace("valid_from = 2020-03-01", "valid_from = 2021-03-01"))
    assert list(DuesPolicy.objects.order_by("valid_from").values_list("code", flat=True)) == ["br-dues", "br-dues-2021"]
    assert list(PaymentPolicy.objects.order_by("valid_from").values_list("code", flat=True)) == [
        "br-pay",
        "br-pay-2021",
    ]


FROZEN = [
    "UPDATE dues_duespolicy SET valid_from = '2001-01-01'",
    "UPDATE dues_duespolicy SET decision_id = decision_id",
    "UPDATE dues_tariff SET amount = 1",
    "UPDATE dues_paymentpolicy SET disabled_from = 1000",
    "DELETE FROM dues_tariff",
    "DELETE FROM dues_duespolicy",
    "DELETE FROM dues_paymentpolicy",
]


@pytest.mark.parametrize("statement", FROZEN)
def test_a_rule_in_force_is_frozen_in_the_database(load, statement):
    load(BOOK)
    before = everything()
    with pytest.raises(DatabaseError, match="a rule in force is frozen"), transaction.atomic():
        connection.cursor().execute(statement)
    assert everything() == before


def test_the_command_loads_a_book_and_says_what_is_in_force(tmp_path, cli):
    path = tmp_path / "rules.toml"
    path.write_text(BOOK, encoding="utf-8")
    listed = (
        "centers 1, bank_accounts 0, bodies 1, decisions 1, mandates 0, decision_rules 0, seats 0, priorities 0, "
        "places 0, series 0, dues 1, payment_policies 1, follow_up_policies 0, services 0, service_terms 0"
    )
    assert cli("rules", "load", path) == (0, f"In force: {listed}.\n", "")
    assert cli("rules", "load", tmp_path / "nowhere")[:2] == (1, "")
    assert cli("rules", "load")[0] == 2
    code, out, _ = cli("--lang", "es", "rules", "show")
    assert code == 0
    assert "acuerdo first: Lo que se debe (Minuta)" in out
