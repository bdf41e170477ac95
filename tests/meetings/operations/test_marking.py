"""A line of the notes made a record: a real one, linked both ways, once; and the link taken away again."""

from datetime import date

import pytest

from committees import ACTOR, AT, DAY, committee, fresh, proposal, seat, sitting, whole, words
from gatherings import item, meeting, two_cities
from tequio.accounts.permissions import Viewer
from tequio.decisions.models import Slot
from tequio.decisions.operations.recording import Counts
from tequio.kernel.errors import Refusal
from tequio.kernel.journal.models import Event
from tequio.meetings.making import line_of
from tequio.meetings.models import AgendaItem, NoteMark
from tequio.meetings.operations import marking
from tequio.meetings.operations.notes import write_note
from tequio.meetings.page_queries.marks import marks_of
from tequio.meetings.page_queries.origins import came_from
from tequio.meetings.queries.latest import latest_revisions
from tequio.rules.dividing import End
from tequio.rules.reasons import Text

pytestmark = pytest.mark.django_db
TITLE = Text(en="Raise the dues", es="Subir las cuotas")
NOTES = "- We do not raise the dues\n- Tomás writes it\n- Ana: not now\n- put off"


@pytest.fixture
def held():
    """A committee's notes of an item with four lines."""
    body, people = committee(3)
    york, _ = two_cities()
    met = meeting(body, places=[york], starts_at=AT + DAY)
    one = item(met.parts.get())
    note = write_note(item=one, place=york, text=NOTES, base=0, by=people[0], actor=ACTOR, at=AT).note
    made = {"by": people[0], "actor": ACTOR, "at": AT + DAY}
    return {"body": body, "people": people, "item": one, "note": note, "made": made, "place": york}


def line(held, number=1):
    return line_of(note=held["note"], line=number)


def shown(held):
    latest = {row.note_id: row for row in latest_revisions(note_pks=[held["note"].pk])}
    return marks_of(notes=[held["note"]], latest=latest, viewer=Viewer(user_pk=1))[held["note"].pk]


def test_a_line_becomes_a_decision_of_that_day_with_the_notes_as_its_source_and_leads_back(held):
    counts = Counts(in_favor=3, against=7, abstained=1)
    mark = marking.make_decision(line=line(held), title=TITLE, end=End.NOT_APPROVED, counts=counts, **held["made"])
    decision = mark.decision
    assert (decision.code, decision.end, decision.decided_on) == (
        "committee-2016-07-16-1",
        "not_approved",
        date(2016, 7, 16),
    )
    assert (decision.in_favor, decision.against, decision.recorded) == (3, 7, True)
    assert decision.source_es == "Notas de York (es), 16 de julio de 2016: Reports (es)"
    assert [(one.code, one.line, one.outcome.en) for one in shown(held)] == [(decision.code, 1, "not approved")]
    back = came_from(kind="decision", pks=[decision.pk], viewer=Viewer(user_pk=9, roles=frozenset({"auditor"})))
    assert back[decision.pk][0].name.en == "notes of York, 16 July 2016"
    assert came_from(kind="decision", pks=[decision.pk], viewer=Viewer()) == {}
    assert "raise" not in str(Event.objects.order_by("-pk").first().payload).casefold()


def test_the_same_line_becomes_the_same_thing_once_and_again_once_the_link_is_taken_away(held):
    first = marking.make_decision(line=line(held), title=TITLE, end=End.APPROVED, **held["made"])
    with pytest.raises(Refusal, match="was made that already"):
        marking.make_decision(line=line(held), title=TITLE, end=End.APPROVED, **held["made"])
    assert marking.unlink(mark=first, **held["made"]) is True
    assert marking.unlink(mark=first, **held["made"]) is False
    again = marking.make_decision(line=line(held), title=TITLE, end=End.APPROVED, **held["made"])
    assert (again.decision.code, first.decision.code) == ("committee-2016-07-16-2", "committee-2016-07-16-1")


def test_a_mark_finds_its_line_when_the_notes_are_revised_and_says_so_when_it_is_gone(held):
    marking.make_task(line=line(held, 2), title=TITLE, owner=None, due_on=date(2016, 8, 1), **held["made"])
    again = {"item": held["item"], "place": held["place"], "actor": ACTOR, "at": AT, "by": held["people"][0]}
    write_note(text=f"- First\n{NOTES}", base=1, **again)
    assert [one.line for one in shown(held)] == [3]
    write_note(text="- All new", base=2, **again)
    assert [(one.line, one.text) for one in shown(held)] == [(0, "Tomás writes it")]


def test_a_vote_needs_its_numbers(held):
    with pytest.raises(Refusal, match="A vote has numbers"):
        marking.make_decision(line=line(held), title=TITLE, end=End.APPROVED, kind="vote", **held["made"])


def test_a_task_is_due_at_the_next_meeting_if_one_is_planned(held):
    with pytest.raises(Refusal, match="No later meeting of this body is planned"):
        marking.make_task(line=line(held, 2), title=TITLE, owner=None, due_on=None, at_next=True, **held["made"])
    later = sitting(held["body"], starts_at=AT + 30 * DAY)
    decided = marking.make_decision(line=line(held), title=TITLE, end=End.IN_PRINCIPLE, **held["made"]).decision
    task = marking.make_task(
        line=line(held, 2),
        title=TITLE,
        owner=held["people"][1],
        due_on=None,
        at_next=True,
        decision=decided,
        **held["made"],
    ).task
    assert (task.sitting, task.owner, task.decision) == (later, held["people"][1], decided)
    assert task.pk in came_from(kind="task", pks=[task.pk], viewer=Viewer(user_pk=1, roles=frozenset({"auditor"})))


def test_what_is_put_off_goes_on_the_next_agenda_with_its_proposal_or_alone(held):
    later = meeting(held["body"], places=[held["place"]], starts_at=AT + 30 * DAY)
    asked = proposal(held["body"], held["people"][0])
    slot = marking.make_deferral(line=line(held, 4), title=TITLE, proposal=asked, **held["made"]).slot
    assert (slot.sitting, slot.reason) == (later.parts.get().sitting, "deferred")
    assert Slot.objects.filter(proposal=asked, ended_at__isnull=True).get() == slot
    alone = marking.make_deferral(line=line(held, 3), title=TITLE, proposal=None, **held["made"])
    assert alone.decision.end == End.DEFERRED
    carried = AgendaItem.objects.get(part=later.parts.get())
    assert (carried.title_en, carried.carried_from) == ("Raise the dues", held["item"])


def test_a_position_is_kept_in_their_words_for_somebody_without_an_account(held):
    asked = proposal(held["body"], held["people"][0])
    mark = marking.make_position(
        line=line(held, 3), question=whole(asked), stance="concern", words="not now", said_by="Ana", **held["made"]
    )
    position = mark.position
    assert (position.said_by, position.words, position.language, position.user) == ("Ana", "not now", "en", None)
    assert shown(held)[0].name.es == f"Ana, sobre {asked.code}"
    other, people = committee(1, code="other")
    wrong = {"question": whole(proposal(other, people[0])), "stance": "for", "words": "x", "said_by": "Ana"}
    with pytest.raises(Refusal, match="another body's"):
        marking.make_position(line=line(held, 4), **wrong, **held["made"])


def test_a_line_becomes_an_amendment_a_proposal_or_leads_to_what_is_there(held):
    asked = proposal(held["body"], held["people"][0])
    changed = words("Do it otherwise")
    amended = marking.make_amendment(
        line=line(held), proposal=asked, words=changed, why=TITLE, against=1, **held["made"]
    )
    assert (amended.amendment.number, amended.amendment.proposal) == (1, asked)
    drafted = marking.make_proposal(line=line(held, 2), ask=TITLE, **held["made"]).proposal
    assert (drafted.stage, drafted.sponsor) == ("draft", held["people"][0])
    there = marking.link_there(line=line(held, 3), kind="proposal", proposal=asked, **held["made"])
    assert there.proposal == asked
    assert {one.name.en for one in shown(held)} == {
        f"Amendment 1 of {asked.code}",
        f"Proposal {drafted.code}",
        f"Proposal {asked.code}",
    }


def test_an_election_seats_whom_it_chose(held):
    chair = seat(held["body"], office="chair", votes=False)
    chosen = marking.Chosen(seat=chair, user=held["people"][2], starts_on=date(2016, 7, 16), ends_on=None)
    mark = marking.make_decision(
        line=line(held), title=TITLE, end=End.APPROVED, kind="election", chosen=chosen, **held["made"]
    )
    term = chair.terms.get()
    assert (term.user, term.decision) == (held["people"][2], mark.decision)


def test_a_change_asked_of_a_budget_becomes_its_amendment_or_a_task(held, sample_rules):
    from tests.budgets.planning import presented

    from tequio.budgets.models import BudgetAmendment
    from tequio.meetings import hooks

    budget = presented(at=AT)
    offered = hooks.budget_changes.offered(body=held["body"])
    assert [(one.pk, one.currency) for one in offered] == [(budget.pk, "USD")]
    change = hooks.ChangeAsked(
        budget_pk=budget.pk,
        name=Text(en="Caller for late dues", es="Quien llame por cuotas atrasadas"),
        account="expense-calling",
        amount=240_000,
        why=TITLE,
        asked_by="Oren",
        source=line(held).source().en,
    )
    mark = marking.make_budget_change(line=line(held), change=change, **held["made"])
    amendment = BudgetAmendment.objects.get()
    assert (amendment.name, amendment.asked_by, amendment.source) == (
        "calling",
        "Oren",
        "Notes of York, 16 July 2016: Reports",
    )
    assert (mark.elsewhere, mark.task) == (f"budget-amendment:{amendment.pk}", None)
    assert shown(held)[0].name.en.startswith("Amendment 1 of the budget of")
    assert shown(held)[0].url == "/budgets/us/2016/#amendments"
    task = marking.make_task(
        line=line(held, 2), kind="budget_change", title=TITLE, owner=None, due_on=None, **held["made"]
    )
    assert fresh(task).task.title_es == "Subir las cuotas"
    assert NoteMark.objects.count() == 2
