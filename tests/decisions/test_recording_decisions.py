"""Decisions older than the program: recorded once, with counts not stated."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tequio.decisions.models import Body, Decision
from tequio.decisions.operations import found_body, record_decision
from tequio.kernel.errors import Refusal
from tequio.kernel.journal.models import Event
from tequio.rules.reasons import Text

DAY = date(2016, 6, 4)
TITLE = Text(en="Dues in two parts", es="Cuotas en dos partes")
SOURCE = Text(en="Minutes of June", es="Minuta de junio")
pytestmark = pytest.mark.django_db


@pytest.fixture
def body():
    return found_body(code="committee", name=Text(en="Committee", es="Comité"))


@pytest.fixture
def record(body, at):
    def run(**changes):
        given = {"code": "2016-split", "body": body, "title": TITLE, "decided_on": DAY, "source": SOURCE, **changes}
        return record_decision(**given, actor="test", at=at)

    return run


def test_a_body_is_founded_once_and_keeps_its_name(body):
    assert found_body(code="committee", name=Text(en="Other", es="Otro")) == body
    assert list(Body.objects.values_list("code", "name_en", "name_es")) == [("committee", "Committee", "Comité")]


def test_a_decision_is_recorded_with_counts_not_stated(record, body, at):
    decision = record()
    assert Decision.objects.values().get() == {
        "id": decision.pk,
        "code": "2016-split",
        "body_id": body.pk,
        "title_en": "Dues in two parts",
        "title_es": "Cuotas en dos partes",
        "decided_on": DAY,
        "source_en": "Minutes of June",
        "source_es": "Minuta de junio",
        "recorded": True,
        "counts_stated": False,
        "in_favor": None,
        "against": None,
        "abstained": None,
        "blocked": None,
        "recorded_by": "test",
        "end": "",
        "proposal_id": None,
        "question_id": None,
        "vote_id": None,
        "sitting_id": None,
        "not_decided_en": "",
        "not_decided_es": "",
        "evaluate_on": None,
        "decided_at": None,
    }
    assert list(Event.objects.values_list("kind", "subject", "actor", "at", "payload")) == [
        ("decision.recorded", "decision:2016-split", "test", at, {"decided_on": "2016-06-04", "body": "committee"})
    ]


def test_recorded_again_it_is_the_same_and_written_down_once(record):
    assert record() == record(title=Text(en="Another wording", es="Otra redacción"))
    assert (Decision.objects.get().title_en, Event.objects.count()) == ("Dues in two parts", 1)


@pytest.mark.parametrize("change", ["day", "body"])
def test_a_code_that_names_another_decision_is_refused(record, change):
    record()
    other = (
        {"decided_on": date(2016, 6, 5)}
        if change == "day"
        else {"body": found_body(code="assembly", name=Text(en="Assembly", es="Asamblea"))}
    )
    with pytest.raises(Refusal) as refusal:
        record(**other)
    assert refusal.value.text.as_dict() == {
        "en": "Decision “2016-split” is recorded already, with another day or body.",
        "es": "El acuerdo «2016-split» ya está registrado, con otra fecha u otra instancia.",
    }
    assert (Decision.objects.count(), Event.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    "counts",
    [
        {"in_favor": 5},
        {"abstained": 1},
        {"counts_stated": True},
        {"counts_stated": True, "in_favor": 5},
        {"counts_stated": True, "against": 5},
    ],
    ids=str,
)
def test_counts_are_stated_whole_or_not_at_all(record, counts):
    decision = record()
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(**counts)


def test_stated_counts_are_kept(record):
    decision = record()
    Decision.objects.filter(pk=decision.pk).update(counts_stated=True, in_favor=5, against=0)
    decision.refresh_from_db()
    assert (decision.in_favor, decision.against, decision.abstained) == (5, 0, None)


def test_a_body_with_decisions_is_not_removed(record, body):
    from django.db.models import ProtectedError

    record()
    with pytest.raises(ProtectedError):
        body.delete()


def test_what_a_source_tells_is_kept_and_who_recorded_it(record):
    from tequio.decisions.operations.recording import Counts

    left_open = Text(en="The amounts.", es="Los montos.")
    decision = record(end="in_principle", counts=Counts(in_favor=84, against=2), not_decided=left_open)

    assert (decision.end, decision.recorded, decision.recorded_by, decision.not_decided_es) == (
        "in_principle",
        True,
        "test",
        "Los montos.",
    )
    assert (decision.counts_stated, decision.in_favor, decision.against, decision.abstained) == (True, 84, 2, None)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"end": "splendid"}, "ends in one of"),
        ({"source": Text(en="Minutes", es=" ")}, "where it is written"),
    ],
    ids=str,
)
def test_what_no_source_can_tell_is_refused(record, changes, said):
    with pytest.raises(Refusal, match=said):
        record(**changes)
    assert Decision.objects.count() == 0


def test_a_recorded_decision_never_becomes_a_computed_one(record):
    decision = record()
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(recorded=False)
