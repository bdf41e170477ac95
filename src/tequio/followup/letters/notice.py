"""The mail about late dues: what is owed on the day it goes out, what happens next, how to pay, how to ask for time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tequio.dues.letters import wording
from tequio.dues.letters.about import Account, Addressee
from tequio.dues.letters.facts import readers
from tequio.followup.facts import is_quiet, money_known_on
from tequio.followup.models import Dispatch, DispatchState, FollowUpPolicy
from tequio.followup.names import dispatch_pk_of
from tequio.followup.operations.sweeping import why_not
from tequio.followup.policies_in_force import StepText, ladder_on, ladders, step_texts
from tequio.followup.reach import reaches
from tequio.kernel.clock import day_in
from tequio.kernel.mail.composing import Block, Composed, Facts, Heading, Paragraph, Wording
from tequio.kernel.mail.kinds import Ready
from tequio.kernel.texts import text_of
from tequio.members.models import Contact
from tequio.members.queries import families
from tequio.rules.ladder import Channel
from tequio.rules.reasons import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeFacts:
    """A step of the ladder as its mail or letter tells it. `needs_address`: nobody knows where to write on paper.

    `address` is the contact's own e-mail address.
    """

    to: Addressee
    account: Account
    step: StepText
    policy: Text
    decided_on: date
    address: str = ""
    needs_address: bool = False


def compose(*, facts: NoticeFacts) -> Composed:
    """Write the mail: why it comes, everything that is owed and since when, what follows, how to pay, how to ask."""
    word = Wording(language=facts.to.language)
    return wording.letter(
        to=facts.to,
        account=facts.account,
        subject=facts.step.title.to(word.language),
        blocks=[
            *(Paragraph(text=part) for part in paragraphs(text=facts.step.opening.to(word.language))),
            Facts(rows=(wording.member_fact(to=facts.to, word=word),)),
            *wording.balance(account=facts.account, word=word),
            *wording.on_line(link=facts.account.owed[0].link, word=word),
            Paragraph(text=why(facts=facts, word=word)),
            *_address_asked(facts=facts, word=word),
            *wording.ending(account=facts.account, word=word, first=_crossed(word=word)),
        ],
    )


def paragraphs(*, text: str) -> list[str]:
    """A text in its paragraphs, which blank lines part."""
    return [part for part in (" ".join(p.split()) for p in text.split("\n\n")) if part]


def why(*, facts: NoticeFacts, word: Wording) -> str:
    """Which rule sends this, and when it was decided."""
    policy, day = facts.policy.to(word.language), wording.on_day(day=facts.decided_on, word=word)
    return word(
        en=f"Why you receive this: {policy}, decided on {day}.",
        es=f"Por qué recibe esto: {policy}, acuerdo del {day}.",
    )


def _crossed(*, word: Wording) -> list[str]:
    return [
        word(
            en="If you have paid in these days, thank you: our messages crossed, and nothing is left to do.",
            es="Si pagó en estos días, gracias: los mensajes se cruzaron y ya no tiene que hacer nada.",
        )
    ]


def _address_asked(*, facts: NoticeFacts, word: Wording) -> list[Block]:
    if not facts.needs_address:
        return []
    return [
        Heading(text=word(en="Your postal address", es="Su domicilio")),
        Paragraph(
            text=word(
                en="We have no postal address of yours. Please answer with it, so that a letter can reach you when "
                "e-mail does not.",
                es="No tenemos su domicilio. Por favor responda con él, para que le llegue una carta cuando el correo "
                "electrónico falle.",
            )
        ),
    ]


def notice_facts(*, dispatches: Sequence[Dispatch], channel: Channel, at: datetime) -> dict[int, NoticeFacts]:
    """What dispatches say on the day it is, by their id, to the contact that the channel reaches; others are absent.

    A number of queries that does not grow with them; give some hundreds at a time. What is no longer due says
    nothing. The dispatches come with `member` and `center`.
    """
    due = _still_due(dispatches=dispatches, at=at)
    heads = {row.pk: row.member.merged_into_id or row.member_id for row in due}
    counted = families(heads=set(heads.values()))
    reached = reaches(counted=counted)
    wanted = {head: reach.contacts[channel] for head, reach in reached.items() if channel in reach.contacts}
    contacts = {contact.pk: contact for contact in Contact.objects.filter(pk__in=list(wanted.values()))}
    known = readers(heads=sorted(wanted), at=at)
    texts = step_texts(policy_pks={row.policy_id for row in due})
    policies = {
        row.pk: row
        for row in FollowUpPolicy.objects.select_related("decision").filter(pk__in={row.policy_id for row in due})
    }
    found = {}
    for row in due:
        head = heads[row.pk]
        if head not in wanted or not known[head].account.owed:
            continue
        contact, reader, policy = contacts[wanted[head]], known[head], policies[row.policy_id]
        found[row.pk] = NoticeFacts(
            to=Addressee(name=contact.name, member=reader.head.name, code=reader.head.code, language=contact.language),
            account=reader.account,
            step=texts[(row.policy_id, row.step)],
            policy=text_of(row=policy, name="title"),
            decided_on=policy.decision.decided_on,
            address=contact.email,
            needs_address=Channel.LETTER not in reached[head].contacts,
        )
    return found


def _still_due(*, dispatches: Sequence[Dispatch], at: datetime) -> list[Dispatch]:
    days: dict[date, list[int]] = {}
    for row in dispatches:
        days.setdefault(day_in(zone=row.center.zone, at=at), []).append(row.pk)
    gone = {pk for on, pks in days.items() for pk in why_not(dispatch_pks=pks, on=on)}
    return [row for row in dispatches if row.pk not in gone]


def write_notices(*, subjects: Sequence[str], at: datetime) -> dict[str, Ready | None]:
    """Write the notices of a round of mail, as of this moment; what is no longer due gets none and is not sent.

    Nor is what has waited in the queue until a holiday, or until the center's money is not known any more: it is due
    again on the first day on which it may go.
    """
    pks = [dispatch_pk_of(subject=subject) for subject in subjects]
    rows = list(
        Dispatch.objects.select_related("member", "center")
        .filter(pk__in=pks, state=DispatchState.WAITING)
        .order_by("pk")
    )
    waiting = _centers_that_wait(rows=rows, at=at)
    rows = [row for row in rows if row.center_id not in waiting]
    facts = notice_facts(dispatches=rows, channel=Channel.MAIL, at=at)
    answers: dict[str, Ready | None] = {}
    for pk, subject in zip(pks, subjects, strict=True):
        if pk not in facts:
            answers[subject] = None
            continue
        composed = compose(facts=facts[pk])
        answers[subject] = Ready(
            to_address=facts[pk].address,
            language=composed.language,
            subject=composed.subject,
            text=composed.text,
            html=composed.html,
            reply_to=facts[pk].account.ways.reply_to,
        )
    return answers


def _centers_that_wait(*, rows: Sequence[Dispatch], at: datetime) -> set[int]:
    """The centers in which nobody is written to today: a holiday, or money that was not entered for too long."""
    policies = ladders()
    found = set()
    for center in {row.center_id: row.center for row in rows}.values():
        on, known = day_in(zone=center.zone, at=at), money_known_on(center=center)
        policy = ladder_on(policies=policies.get(center.pk, []), on=on)
        unknown = policy is None or known is None or (on - known).days > policy.ladder.money_known_days
        if unknown or is_quiet(center=center, on=on):
            found.add(center.pk)
    return found
