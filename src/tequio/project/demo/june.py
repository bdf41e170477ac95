"""From spring on in the demonstration: the dues come back written out, are amended, voted and carried out."""

from datetime import date, datetime

from tequio.decisions.models import ActionItem
from tequio.decisions.operations import amending, carrying_out, opening, placing, proposing, voting
from tequio.decisions.operations.coming_back import come_back
from tequio.decisions.operations.parts import questions_of
from tequio.decisions.operations.tasks import close_task
from tequio.decisions.operations.versions import latest_version
from tequio.decisions.wordings import words_of
from tequio.project.demo import committee, effects, gatherings, motions
from tequio.project.demo.agenda import Agenda
from tequio.project.demo.story import ACTOR, JUNE, Story, words_of_motion
from tequio.rules.deciding import Choice
from tequio.rules.reasons import Text
from tequio.rules.wording import Field, Words

_BROUGHT_BACK, _CIRCULATED = date(2016, 5, 14), date(2016, 5, 26)
_AMENDED, _ACCEPTED, _CONFIRMED = date(2016, 5, 28), date(2016, 5, 30), date(2016, 6, 6)
_AWAY = ("hazel.petrov@example.org", "leobardo.cruz@example.org")
_VOTED_ONLINE = date(2016, 12, 26)


def write_agenda(*, agenda: Agenda, story: Story) -> None:
    """Put the rest of the year into the agenda."""
    summer = _Summer(story=story)
    agenda.add(on=_BROUGHT_BACK, scene=summer.bring_the_dues_back)
    agenda.add(on=_CIRCULATED, scene=summer.circulate)
    agenda.add(on=_AMENDED, scene=summer.ask_for_other_words)
    agenda.add(on=_ACCEPTED, scene=summer.take_the_words)
    agenda.add(on=JUNE, scene=summer.sit)
    agenda.add(on=_CONFIRMED, scene=summer.carry_out_the_dues)
    agenda.add(on=_VOTED_ONLINE, scene=summer.vote_online)


class _Summer:
    def __init__(self, *, story: Story) -> None:
        self.story = story

    def bring_the_dues_back(self, at: datetime) -> None:
        """What was approved in principle comes back, written out, with what it would do as effects."""
        sponsor = self.story.people[committee.SPONSOR]
        back = come_back(proposal=self.story.asked["dues"], by=sponsor, actor=ACTOR, at=at)
        proposing.change(
            proposal=back,
            against=1,
            words=words_of_motion(motions.DUES_OF_JUNE, original="es"),
            effects=[effects.THE_DUES, effects.THE_SERVICES],
            by=sponsor,
            actor=ACTOR,
            at=at,
        )
        proposing.set_priority(proposal=back, priority=self.story.priorities[0], by=sponsor, actor=ACTOR, at=at)
        self.story.asked["june"] = back

    def circulate(self, at: datetime) -> None:
        """The written structure circulates: the hours of review begin."""
        self.story.act(proposing.submit, proposal=self.story.asked["june"], by=committee.SPONSOR, at=at)
        written = ActionItem.objects.get(proposal=self.story.asked["dues"], closed_at__isnull=True)
        close_task(task=written, note=self.story.asked["june"].code, actor=ACTOR, at=at)
        placing.place_all(actor=ACTOR, at=at)

    def ask_for_other_words(self, at: datetime) -> None:
        """An amendment: nobody is being sold anything."""
        why, paragraph, better = motions.NOT_A_FEE
        version = latest_version(proposal=self.story.asked["june"])
        words = words_of(version=version)
        paragraphs = {language: words.text.to(language).split("\n\n") for language in ("en", "es")}
        for language, listed in paragraphs.items():
            listed[paragraph] = better.to(language)
        fields = {field: words.of(field) for field in Field}
        fields[Field.TEXT] = Text(en="\n\n".join(paragraphs["en"]), es="\n\n".join(paragraphs["es"]))
        amending.ask_amendment(
            proposal=self.story.asked["june"],
            against=version.number,
            words=Words.made_of(original=words.original, fields=fields),
            why=why,
            by=self.story.people["elias.marrow@example.org"],
            actor=ACTOR,
            at=at,
        )

    def take_the_words(self, at: datetime) -> None:
        """The sponsor takes them, and the hours start anew."""
        self.story.act(
            amending.accept_amendments,
            proposal=self.story.asked["june"],
            numbers=[1],
            up_to_date=True,
            by=committee.SPONSOR,
            at=at,
        )
        placing.place_all(actor=ACTOR, at=at)

    def sit(self, at: datetime) -> None:
        """It passes unanimously."""
        meeting = self.story.meeting(on=JUNE)
        gatherings.gather(story=self.story, meeting=meeting, absent=_AWAY, at=at)
        self.decided = self.story.vote(name="june", ballots=((Choice.FAVOR, 12),), at=at)

    def carry_out_the_dues(self, at: datetime) -> None:
        """The chair looks at what it does and confirms: the next invoices follow the vote."""
        carrying_out.confirm(decision=self.decided, by=self.story.chair, actor=ACTOR, at=at)

    def vote_online(self, at: datetime) -> None:
        """What was left open in February is voted online between the years: whoever comes in may still vote."""
        proposal, chair = self.story.asked["board"], self.story.chair
        vote = opening.open_vote(
            body=self.story.body,
            proposal=proposal,
            question=questions_of(version=latest_version(proposal=proposal))[0],
            how="online",
            by=chair,
            actor=ACTOR,
            at=at,
        )
        for email, choice, reason in motions.BALLOTS_ON_THE_BOARD:
            person = self.story.people[email]
            elector = vote.electors.get(user=person)
            voting.cast(vote=vote, elector=elector, choice=choice, reason=reason, by=person, actor=ACTOR, at=at)
