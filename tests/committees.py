"""Committees, assemblies and circulated proposals for tests of decisions."""

from datetime import UTC, date, datetime, timedelta
from itertools import count

from tequio.accounts.models import User
from tequio.decisions.models import Office, Question, Sitting
from tequio.decisions.operations import found_body, record_decision
from tequio.decisions.operations.closing import close
from tequio.decisions.operations.founding import adopt_rule, plan_sitting
from tequio.decisions.operations.opening import open_vote
from tequio.decisions.operations.proposing import draft, submit
from tequio.decisions.operations.seating import appoint, open_seat
from tequio.decisions.operations.voting import Said, enter_ballots
from tequio.rules.reasons import Text
from tequio.rules.wording import Words

ACTOR = "test"
FOUNDED = datetime(2013, 1, 1, 12, tzinfo=UTC)
AT = datetime(2016, 7, 15, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TERMS = {"quorum": "1/2", "majority": ">2/3", "review_hours": 72, "delay_days": 5, "consensus_first": True}
_numbers = count(1)


def both(words):
    return Text(en=words, es=f"{words} (es)")


def person(name=None, *, language="en"):
    name = name or f"Person {next(_numbers)}"
    email = f"{name.casefold().replace(' ', '.')}@example.org"
    return User.objects.create_user(email=email, name=name, language=language)


def body(code="committee", *, terms=None, **given):
    """A body with its rule of decision of 2013."""
    made = found_body(code=code, name=both(code), founded_on=date(2013, 1, 1), **given)
    decision = record_decision(
        code=f"2013-{code}",
        body=made,
        title=both("Rules"),
        decided_on=date(2013, 1, 1),
        source=both("minutes"),
        actor=ACTOR,
        at=FOUNDED,
    )
    adopt_rule(
        body=made,
        code=f"{code}-rules-2013",
        title=both("Rules of 2013"),
        valid_from=date(2013, 1, 1),
        decision=decision,
        terms={**TERMS, **(terms or {})},
        actor=ACTOR,
        at=FOUNDED,
    )
    return made


def seat(of, *, office=Office.MEMBER, center=None, votes=True, search=False):
    return open_seat(
        body=of,
        office=office,
        title=both(office),
        center=center,
        votes=votes,
        opened_on=date(2013, 1, 1),
        decision=None,
        search=search,
        actor=ACTOR,
        at=FOUNDED,
    )


def sits(of, user, **how):
    """Let a person sit on a body since 2015."""
    return appoint(
        seat=seat(of, **how),
        user=user,
        starts_on=date(2015, 1, 1),
        ends_on=None,
        decision=None,
        actor=ACTOR,
        at=FOUNDED,
    )


def committee(number=6, *, code="committee", terms=None, centers=(None,), **given):
    """A body and the people who sit on it and vote, their centers in turn."""
    made = body(code, terms=terms, **given)
    people = [person(f"{code} {n}") for n in range(1, number + 1)]
    for n, user in enumerate(people):
        sits(made, user, center=centers[n % len(centers)])
    return made, people


def words(ask="Do it", *, translated=True):
    text = "First what.\n\nThen how."
    return Words(
        original="en",
        ask=Text(en=ask, es=f"{ask} (es)" if translated else ""),
        text=Text(en=text, es="Primero qué.\n\nLuego cómo." if translated else ""),
        resources=Text(en="None.", es="Ninguno." if translated else ""),
    )


def proposal(of, sponsor, *, ask="Do it", effects=(), translated=True, at=AT - 4 * DAY):
    """A proposal that was circulated four days before noon of 15 July, unless said otherwise."""
    made = draft(
        body=of,
        sponsor=sponsor,
        words=words(ask, translated=translated),
        effects=effects,
        no_priority_because="it is a test",
        actor=ACTOR,
        at=at,
    )
    return submit(proposal=made, by=sponsor, actor=ACTOR, at=at)


def whole(of):
    """The question a proposal puts as a whole, in its last version."""
    return Question.objects.filter(proposal=of, number=0).order_by("-version__number").first()


def sitting(of, *, starts_at=AT, zone="America/Mexico_City", at=FOUNDED):
    """A sitting of a body that begins at a moment; the one there is, if there is one."""
    there = Sitting.objects.filter(body=of, starts_at=starts_at, cancelled_at__isnull=True).first()
    return there or plan_sitting(body=of, starts_at=starts_at, zone=zone, actor=ACTOR, at=at)


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def voted(of, people, *choices, question=None, at=AT, **given):
    """A vote on a proposal in a sitting that begins at that moment: opened, entered for the people in turn, closed."""
    made = of.body
    there = sitting(made, starts_at=at)
    vote = open_vote(
        body=made,
        proposal=of,
        question=question or whole(of),
        how="sitting",
        sitting=there,
        by=people[0],
        actor=ACTOR,
        at=at,
        **given,
    )
    said_in(vote, people, *choices)
    return close(vote=vote, actor=ACTOR, at=at + HOUR)


def said_in(vote, people, *choices):
    """What people said in a sitting, entered by the first of them."""
    electors = {e.user_id: e.pk for e in vote.electors.all()}
    said = {electors[user.pk]: Said(choice=choice) for user, choice in zip(people, choices, strict=False)}
    return enter_ballots(vote=vote, said=said, by=people[0], actor=ACTOR, at=vote.opened_at)
