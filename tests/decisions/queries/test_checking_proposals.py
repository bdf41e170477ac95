"""What `tequio check` finds of proposals."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from decisions.made_up_effect import sign
from decisions.wording import TWO, words
from tequio.decisions.models import Amendment, Comment, Delay, Position, Proposal, Question
from tequio.decisions.operations import amending, discussing, dividing, placing, proposing
from tequio.decisions.queries.checking_proposals import proposal_differences
from tequio.rules.dividing import Part
from tequio.rules.reasons import Text

pytestmark = pytest.mark.django_db
PARTS = [Part(title=Text(en=f"P{n}", es=f"P{n}"), paragraphs=(n,)) for n in (0, 1)]
HOUR = timedelta(hours=1)


@pytest.fixture
def lived(signs, circulated, drafted, ana, beto, at):
    """A proposal that was changed, looked through, amended and divided; and a draft."""
    drafted()
    of = circulated(effects=[sign()])

    def change(number, **given):
        proposing.change(
            **{
                "proposal": of,
                "against": number,
                "words": words(text=Text(en=TWO.en, es="Una gallina.\n\nTres patos.")),
                "effects": [sign()],
                "by": ana,
                "actor": "test",
                "at": at + number * HOUR,
                **given,
            }
        )

    change(1)
    change(2, up_to_date=True)
    amending.ask_amendment(
        proposal=of,
        against=3,
        words=words(text=Text(en="A.\n\nB.", es="A.\n\nB.")),
        why=Text(en="x", es=""),
        by=beto,
        actor="test",
        at=at + 4 * HOUR,
    )
    amending.accept_amendments(proposal=of, numbers=[1], by=ana, actor="test", at=at + 5 * HOUR)
    parts = [Part(title=PARTS[0].title, paragraphs=(0,), effects=(0,)), PARTS[1]]
    dividing.divide(proposal=of, against=4, parts=parts, by=ana, actor="test", at=at + 6 * HOUR)
    return Proposal.objects.get(pk=of.pk)


def test_what_was_written_by_the_operations_agrees(lived, at):
    assert list(proposal_differences()) == []
    Question.objects.filter(version__number=4, number__gt=0).update(end="deferred", ended_at=at)
    Question.objects.filter(version__number=4, number=0).update(end="deferred", ended_at=at)
    assert list(proposal_differences()) == []


def test_hours_that_do_not_follow_from_the_versions_are_named(lived, at):
    Proposal.objects.filter(pk=lived.pk).update(changed_at=at + 9 * HOUR)

    (found,) = proposal_differences()

    assert found.startswith(f"proposal {lived.code}: its hours of review begin 2016-07-15 21:00")
    assert "2016-07-15 17:00" in found


def test_parts_that_do_not_share_out_the_text_are_named(lived):
    Question.objects.filter(proposal=lived, number=2).update(paragraphs=[0])

    assert list(proposal_differences()) == [
        f"proposal {lived.code}, version 4: Paragraph 1 is in more than one part.",
        f"proposal {lived.code}, version 4: Paragraph 2 is in no part.",
    ]


def test_an_end_of_the_whole_that_does_not_follow_from_its_parts_is_named(lived, at):
    Question.objects.filter(proposal=lived, number__gt=0).update(end="not_approved", ended_at=at)
    missing = list(proposal_differences())
    Question.objects.filter(version__number=4, number=0).update(end="approved", ended_at=at)
    wrong = list(proposal_differences())
    Question.objects.filter(proposal=lived, number=2).update(end="")
    early = list(proposal_differences())

    name = f"proposal {lived.code}, version 4"
    assert missing == [f"{name}: it ended as nothing, not_approved follows from its parts"]
    assert wrong == [f"{name}: it ended as approved, not_approved follows from its parts"]
    assert early == [f"{name}: it ended as approved, and not all of its parts have"]


def test_an_effect_of_no_known_kind_and_an_amendment_taken_nowhere_are_named(lived, monkeypatch):
    from tequio.decisions.effects import registry

    monkeypatch.delitem(registry._kinds, "test.set_sign")
    Amendment.objects.update(into=None)

    assert list(proposal_differences()) == [
        f"proposal {lived.code}: there is no kind of effect test.set_sign",
        f"proposal {lived.code}: amendment 1 was taken into no version",
    ]


def test_a_version_without_its_question_is_named(drafted):
    of = drafted()
    Question.objects.all().delete()

    assert list(proposal_differences()) == [f"proposal {of.code}, version 1: it puts no question as a whole"]


def test_what_was_said_or_asked_is_never_deleted(lived, beto, at):
    discussing.comment(proposal=lived, text="x", language="es", by=beto, actor="test", at=at)
    discussing.take_position(
        question=lived.questions.first(), stance="for", words="x", language="es", by=beto, actor="test", at=at
    )
    Delay.objects.create(proposal=lived, user=beto, days=1, reason="x", at=at)

    for model in (Comment, Position, Amendment, Delay):
        with pytest.raises(IntegrityError, match="stays"), transaction.atomic():
            model.objects.all().delete()
    with pytest.raises(IntegrityError, match="stays"), transaction.atomic():
        Comment.objects.update(text="y")
    assert placing.place_all(actor="test", at=at) == 0
