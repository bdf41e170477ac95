"""What decisions do to services: previewed with whom it shuts out, carried out from its day, never over others."""

from datetime import date

import pytest

from dues.doing import moment
from services.having import OPEN, SUSPENDED, TODAY, look, mailbox, wanted
from tequio.decisions.models import Decision
from tequio.services.effects.lending import EndLoan, LendServices
from tequio.services.effects.terms import AdoptServiceTerms, OfferService
from tequio.services.models import Lending, ServiceKind
from tequio.services.queries.entitled import catalog_on

pytestmark = pytest.mark.django_db
ON = date(2016, 7, 15)
TERMS = {"valid_from": "2016-08-01", "services": {"mailbox": {"membership": 0, "operations": 1}}}


@pytest.fixture
def decision(late):
    return Decision.objects.get(code="2016-06-dues-split")


def carried_out(kind, data, decision, on=ON):
    plan = kind.plan(data=kind.checked(data=data, on=on), on=on)
    return plan, kind.apply(plan=plan, decision=decision, actor="test", at=moment(TODAY))


def test_terms_say_how_many_accounts_they_would_shut_and_shut_them_from_their_day(decision):
    mailbox("M2", "ana")
    mailbox("M2", "beto")
    mailbox("M2", "cora")
    kind = AdoptServiceTerms()
    found = kind.consequences(data=kind.checked(data=TERMS, on=ON), on=ON)
    assert (found.totals, wanted()["beto@example.org"]) == ({"members": 1, "accounts": 2}, OPEN)
    plan, result = carried_out(kind, TERMS, decision)
    assert plan.changes[0].before.en == "1 with membership, as many as needed with operations and support"
    assert kind.lost(decision=decision, result=result) == ""
    look("2016-07-31")
    assert set(wanted().values()) == {OPEN}
    look("2016-08-01")
    assert wanted() == {"ana@example.org": OPEN, "beto@example.org": SUSPENDED, "cora@example.org": SUSPENDED}
    back = kind.inverse(data=TERMS, plan=plan.data, result=result, on=date(2016, 9, 1))
    carried_out(kind, back[0].data, decision)
    look("2016-09-01")
    assert set(wanted().values()) == {OPEN}


def test_terms_that_were_overtaken_are_in_conflict_and_overwrite_nothing(decision):
    kind = AdoptServiceTerms()
    kept = kind.checked(data=TERMS, on=ON)
    base = kind.base(data=kept)
    carried_out(kind, {**TERMS, "valid_from": "2016-07-20"}, decision)
    assert "2016-07-20" in kind.conflict(data=kept, base=base).en


def test_a_service_that_is_new_has_its_terms_from_their_day(decision):
    kind = OfferService()
    data = {**kind.example, "valid_from": "2016-08-01"}
    plan, result = carried_out(kind, data, decision)
    assert [s.code for s in catalog_on(on=date(2016, 7, 31)) if s.code == "radio"] == []
    assert next(s for s in catalog_on(on=date(2016, 8, 1)) if s.code == "radio").with_operations == 1
    assert ServiceKind.objects.get(code="radio").terms.get().decision == decision
    assert kind.conflict(data=data, base={}).en == "There is a service radio already."
    gone = kind.inverse(data=data, plan=plan.data, result=result, on=date(2016, 9, 1))[0]
    carried_out(AdoptServiceTerms(), gone.data, decision)
    assert next(s for s in catalog_on(on=date(2016, 9, 1)) if s.code == "radio").with_operations == 0


def test_what_a_decision_lends_cites_it_and_another_one_ends_it(decision):
    kind, ends = LendServices(), EndLoan()
    data = {**kind.example, "from": "2016-07-20", "until": None}
    plan, result = carried_out(kind, data, decision)
    loan = Lending.objects.get()
    assert (loan.decision, loan.first_day, loan.last_day) == (decision, date(2016, 7, 20), None)
    assert dict(loan.items.values_list("kind__code", "count")) == {"list": 1, "mailbox": 2}
    end = kind.inverse(data=data, plan=plan.data, result=result, on=date(2016, 9, 1))[0]
    assert ends.conflict(data=end.data, base=end.base) is None
    carried_out(ends, end.data, decision)
    assert Lending.objects.get().last_day == date(2016, 9, 1)
    assert ends.conflict(data=end.data, base=end.base) is not None
