"""What people say of a proposal."""

from datetime import timedelta

import pytest

from decisions.wording import words
from tequio.decisions.models import Comment, Position
from tequio.decisions.operations import discussing, proposing
from tequio.kernel.errors import Refusal
from tequio.kernel.journal.models import Event
from tequio.rules.reasons import Text

pytestmark = pytest.mark.django_db


@pytest.fixture
def stand(beto, at):
    """A function: Beto says how somebody stands to a question."""

    def make(question, **given):
        return discussing.take_position(
            **{
                "question": question,
                "stance": "concern",
                "words": "Me preocupa el ruido.",
                "language": "es",
                "by": beto,
                "actor": beto.actor,
                "at": at,
                **given,
            }
        )

    return make


def test_a_comment_is_about_the_version_that_is_there_and_restarts_nothing(circulated, ana, beto, at):
    proposal = circulated()
    proposing.change(
        proposal=proposal,
        against=1,
        words=words(in_favor=Text(en="", es="Huevos.")),
        effects=[],
        by=ana,
        actor=ana.actor,
        at=at,
    )

    made = discussing.comment(
        proposal=proposal,
        text=" ¿Y\u202e el gallo?\r\n",
        language="es",
        by=beto,
        actor=beto.actor,
        at=at + timedelta(hours=2),
    )

    proposal.refresh_from_db()
    assert (made.version.number, made.text, made.user, proposal.changed_at) == (2, "¿Y el gallo?", beto, at)
    assert Event.objects.order_by("-id").values_list("kind", "payload")[0] == (
        "proposal.commented",
        {"version": 2},
    )


@pytest.mark.parametrize(
    ("text", "language", "says"),
    [(" \u200b ", "es", "your own words"), ("x" * 5_001, "en", "5,001"), ("x", "fr", "English or in Spanish")],
)
def test_a_comment_that_says_nothing_or_too_much_is_refused(circulated, beto, at, text, language, says):
    proposal = circulated()

    with pytest.raises(Refusal, match=says):
        discussing.comment(proposal=proposal, text=text, language=language, by=beto, actor=beto.actor, at=at)
    assert Comment.objects.count() == 0


def test_a_position_is_a_persons_in_its_own_words(circulated, stand, beto, at):
    position = stand(circulated().questions.get())

    assert Position.objects.values("user", "said_by", "stance", "words", "language", "entered_by", "at").get() == {
        "user": beto.pk,
        "said_by": "",
        "stance": "concern",
        "words": "Me preocupa el ruido.",
        "language": "es",
        "entered_by": beto.pk,
        "at": at,
    }
    assert Event.objects.order_by("-id").values_list("kind", "payload")[0] == (
        "proposal.position_taken",
        {"part": 0, "person": f"user:{position.user_id}"},
    )


def test_a_position_of_somebody_without_an_account_has_a_name_that_stays_out_of_the_journal(circulated, stand):
    position = stand(circulated().questions.get(), said_by=" Doña\u202e Lupe ")

    assert (position.user, position.said_by) == (None, "Doña Lupe")
    assert Event.objects.order_by("-id").values_list("payload", flat=True)[0] == {"part": 0, "person": None}


def test_a_position_is_entered_for_somebody_who_has_an_account(circulated, stand, ana, beto):
    position = stand(circulated().questions.get(), of=ana)

    assert (position.user, position.entered_by) == (ana, beto)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"stance": "maybe"}, "for, against, concern, other"),
        ({"words": ""}, "your own words"),
        ({"words": "x" * 2_001}, "2,001"),
        ({"said_by": "x" * 121}, "at most 120"),
    ],
    ids=["stance", "nothing", "long", "name"],
)
def test_a_position_that_cannot_be_is_refused(circulated, stand, given, says):
    question = circulated().questions.get()

    with pytest.raises(Refusal, match=says):
        stand(question, **given)


def test_a_position_is_somebodys_with_an_account_or_without_one(circulated, stand, ana):
    with pytest.raises(Refusal, match="not both"):
        stand(circulated().questions.get(), of=ana, said_by="Lupe")
