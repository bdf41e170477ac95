"""What writes bodies: founding and ending one, its mandate, its rule of decision, its sittings, the priorities."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import transaction

from tequio.decisions.models import (
    ActionItem,
    ActionKind,
    Body,
    BodyKind,
    Decision,
    DecisionRule,
    Mandate,
    Priority,
    Seat,
    Sitting,
    Slot,
    Term,
    Vote,
    Voters,
)
from tequio.decisions.operations.placing import place_all
from tequio.decisions.operations.seating import end_term
from tequio.decisions.operations.tasks import bring_up, close_task
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.rules.decision_terms import MEMBERS, PERSON, TermsError, rule_from_terms, terms_of
from tequio.rules.reasons import Text, long_date


@transaction.atomic
def found_body(
    *,
    code: str,
    name: Text,
    kind: str = BodyKind.COMMITTEE,
    voters: str = Voters.PEOPLE,
    access_scopes: Sequence[str] = (),
    publishes_positions: bool = False,
    founded_on: date | None = None,
    decision: Decision | None = None,
    actor: str = "",
    at: datetime | None = None,
) -> Body:
    """The body of a code, made if it is not there yet. One made by a decision is written in the journal."""
    body, made = Body.objects.get_or_create(
        code=code,
        defaults={
            "name_en": name.en,
            "name_es": name.es,
            "kind": kind,
            "voters": voters,
            "access_scopes": list(access_scopes),
            "publishes_positions": publishes_positions,
            "founded_on": founded_on,
            "decision": decision,
        },
    )
    if made and at is not None:
        payload = {"kind": str(kind), "decision": decision.code if decision else None}
        journal.append(kind=Kind.BODY_FOUNDED, subject=f"body:{code}", actor=actor, at=at, payload=payload)
    return body


@transaction.atomic
def change_body(*, body: Body, name: Text, access_scopes: Sequence[str], actor: str, at: datetime) -> None:
    """Call a body by another name, or let those who sit on it reach other things."""
    if (name, list(access_scopes)) == (Text(en=body.name_en, es=body.name_es), body.access_scopes):
        return
    body.name_en, body.name_es, body.access_scopes = name.en, name.es, list(access_scopes)
    body.save(update_fields=["name_en", "name_es", "access_scopes"])
    payload = {"access_scopes": body.access_scopes}
    journal.append(kind=Kind.BODY_CHANGED, subject=f"body:{body.code}", actor=actor, at=at, payload=payload)


@transaction.atomic
def end_body(*, body: Body, on: date, decision: Decision, actor: str, at: datetime) -> None:
    """End a body, with the terms of those who sit on it and their seats. Refuses one that has ended or is voting."""
    if body.ended_on is not None:
        raise Refusal(en=f"{body.name_en} has ended already.", es=f"{body.name_es} ya terminó.")
    if Vote.objects.filter(body=body, closed_at__isnull=True).exists():
        raise Refusal(en=f"{body.name_en} is voting now.", es=f"{body.name_es} está votando ahora.")
    for term in Term.objects.filter(seat__body=body, ended_on__isnull=True).select_related("seat__body", "user"):
        end_term(term=term, on=max(on, term.starts_on), decision=decision, search=False, actor=actor, at=at)
    for task in ActionItem.objects.filter(body=body, kind=ActionKind.SEARCH, closed_at__isnull=True):
        close_task(task=task, note="", actor=actor, at=at)
    Seat.objects.filter(body=body, closed_on__isnull=True).update(closed_on=on)
    body.ended_on = on
    body.save(update_fields=["ended_on"])
    journal.append(
        kind=Kind.BODY_ENDED,
        subject=f"body:{body.code}",
        actor=actor,
        at=at,
        payload={"on": on.isoformat(), "decision": decision.code},
    )


@transaction.atomic
def adopt_mandate(*, body: Body, text: Text, valid_from: date, decision: Decision, actor: str, at: datetime) -> Mandate:
    """Say what a body is for, from a day on. The same words from the same day are the mandate there is.

    Refuses other words for a day that has its mandate.
    """
    there = Mandate.objects.filter(body=body, valid_from=valid_from).first()
    if there is not None:
        if (there.text_en, there.text_es) == (text.en, text.es):
            return there
        raise Refusal(
            en=f"{body.name_en} has a mandate from {long_date(day=valid_from, language='en')} already.",
            es=f"{body.name_es} ya tiene un mandato desde el {long_date(day=valid_from, language='es')}.",
        )
    mandate = Mandate.objects.create(
        body=body, text_en=text.en, text_es=text.es, valid_from=valid_from, decision=decision
    )
    journal.append(
        kind=Kind.MANDATE_ADOPTED,
        subject=f"body:{body.code}",
        actor=actor,
        at=at,
        payload={"valid_from": valid_from.isoformat(), "decision": decision.code},
    )
    return mandate


@transaction.atomic
def adopt_rule(
    *,
    body: Body,
    code: str,
    title: Text,
    valid_from: date,
    decision: Decision,
    terms: Mapping[str, Any],
    assumed: Sequence[str] = (),
    actor: str,
    at: datetime,
) -> DecisionRule:
    """Put a rule of decision in force from a day. The same code again returns the rule there is, unchanged.

    Refuses terms that make no rule, weights for other voters than the body's, and a second rule for one day.
    """
    there = DecisionRule.objects.filter(code=code).first()
    if there is not None and there.body_id == body.pk:
        return there
    if there is not None:
        raise Refusal(en=f"“{code}” is a rule of another body.", es=f"«{code}» es una regla de otra instancia.")
    full = checked_terms(voters=body.voters, code=code, title=title, valid_from=valid_from, terms=terms)
    taken = DecisionRule.objects.filter(body=body, valid_from=valid_from).first()
    if taken is not None:
        raise Refusal(
            en=f"{taken.code} is in force in {body.name_en} from {long_date(day=valid_from, language='en')} already.",
            es=f"{taken.code} ya rige en {body.name_es} desde el {long_date(day=valid_from, language='es')}.",
        )
    rule = DecisionRule.objects.create(
        body=body,
        code=code,
        title_en=title.en,
        title_es=title.es,
        valid_from=valid_from,
        decision=decision,
        terms=full,
        assumed=list(assumed),
    )
    journal.append(
        kind=Kind.DECISION_RULE_ADOPTED,
        subject=f"body:{body.code}",
        actor=actor,
        at=at,
        payload={"rule": code, "valid_from": valid_from.isoformat(), "decision": decision.code},
    )
    return rule


def checked_terms(*, voters: str, code: str, title: Text, valid_from: date, terms: Mapping[str, Any]) -> dict[str, Any]:
    """The terms of a rule as they are kept, all of them. Refuses what makes no rule for these voters."""
    try:
        rule = rule_from_terms(code=code, title=title, decision="", valid_from=valid_from, terms=terms)
    except TermsError as error:
        raise Refusal(en=error.text.en, es=error.text.es) from error
    if set(rule.weights) != (MEMBERS if voters == Voters.MEMBERS else PERSON):
        raise Refusal(
            en="Where members vote, the rule weighs an organization and an individual; where people sit, a person.",
            es="Donde votan las membresías, la regla pesa organización y persona física; donde hay lugares, persona.",
        )
    return terms_of(rule)


def plan_sitting(
    *, body: Body, starts_at: datetime, zone: str, title: Text | None = None, actor: str, at: datetime
) -> Sitting:
    """Put a sitting of a body on its list; proposals that are ready by then come on its agenda.

    Refuses a zone nobody knows, one that began already, and one twice.
    """
    if not is_zone(zone):
        raise _no_zone(zone)
    if starts_at < at:
        raise Refusal(en="That hour is over.", es="Esa hora ya pasó.")
    with transaction.atomic():
        if _sits_at(body=body, starts_at=starts_at):
            raise _sits_already(body)
        title = title or Text(en="", es="")
        sitting = Sitting.objects.create(
            body=body, starts_at=starts_at, zone=zone, title_en=title.en, title_es=title.es
        )
        payload = {"sitting": sitting.pk, "starts_at": starts_at.isoformat(), "zone": zone}
        journal.append(kind=Kind.SITTING_PLANNED, subject=f"body:{body.code}", actor=actor, at=at, payload=payload)
    bring_up(body=body, actor=actor, at=at)
    place_all(body=body, actor=actor, at=at)
    return sitting


def cancel_sitting(*, sitting: Sitting, actor: str, at: datetime) -> bool:
    """Cancel a sitting; False where it was before. What stood on its agenda comes before the one after, if any.

    Refuses one in which a vote was taken.
    """
    with transaction.atomic():
        if Vote.objects.filter(sitting=sitting).exists():
            raise Refusal(
                en="A vote was taken in that sitting; it cannot be cancelled.",
                es="En esa sesión se votó; ya no se puede cancelar.",
            )
        changed = Sitting.objects.filter(pk=sitting.pk, cancelled_at__isnull=True).update(cancelled_at=at)
        if changed:
            Slot.objects.filter(sitting=sitting, ended_at__isnull=True).update(ended_at=at)
            payload = {"sitting": sitting.pk}
            journal.append(
                kind=Kind.SITTING_CANCELLED, subject=f"body:{sitting.body.code}", actor=actor, at=at, payload=payload
            )
    bring_up(body=sitting.body, actor=actor, at=at)
    place_all(body=sitting.body, actor=actor, at=at)
    return bool(changed)


def move_sitting(*, sitting: Sitting, starts_at: datetime, zone: str, actor: str, at: datetime) -> bool:
    """Put a sitting to another hour; False where it has that hour already. Proposals are placed anew.

    Refuses one that began, in which a vote was taken, or that was cancelled; an hour that is over; an hour at which
    the body has another sitting; a zone nobody knows.
    """
    if not is_zone(zone):
        raise _no_zone(zone)
    if starts_at < at:
        raise Refusal(en="That hour is over.", es="Esa hora ya pasó.")
    with transaction.atomic():
        held = Sitting.objects.select_for_update().select_related("body").get(pk=sitting.pk)
        if (held.starts_at, held.zone) == (starts_at, zone):
            return False
        _refuse_immovable(held=held, at=at)
        if _sits_at(body=held.body, starts_at=starts_at, but=held.pk):
            raise _sits_already(held.body)
        Sitting.objects.filter(pk=held.pk).update(starts_at=starts_at, zone=zone)
        payload = {"sitting": held.pk, "starts_at": starts_at.isoformat(), "zone": zone}
        journal.append(kind=Kind.SITTING_MOVED, subject=f"body:{held.body.code}", actor=actor, at=at, payload=payload)
    bring_up(body=held.body, actor=actor, at=at)
    place_all(body=held.body, actor=actor, at=at)
    return True


def _refuse_immovable(*, held: Sitting, at: datetime) -> None:
    if held.cancelled_at is not None:
        raise Refusal(en="That sitting was cancelled.", es="Esa sesión se canceló.")
    if held.starts_at <= at or Vote.objects.filter(sitting=held).exists():
        raise Refusal(
            en="That sitting began, or a vote was taken in it; it cannot be moved.",
            es="Esa sesión ya empezó o en ella se votó; ya no se puede mover.",
        )


def _sits_at(*, body: Body, starts_at: datetime, but: int = 0) -> bool:
    return Sitting.objects.filter(body=body, starts_at=starts_at, cancelled_at__isnull=True).exclude(pk=but).exists()


def _sits_already(body: Body) -> Refusal:
    return Refusal(
        en=f"{body.name_en} has a sitting at that hour already.",
        es=f"{body.name_es} ya tiene sesión a esa hora.",
    )


def _no_zone(zone: str) -> Refusal:
    return Refusal(
        en=f"“{zone[:60]}” is no zone. Write it like America/Mexico_City.",
        es=f"«{zone[:60]}» no es una zona. Escríbala como America/Mexico_City.",
    )


@transaction.atomic
def rank_priorities(
    *, year: int, texts: Sequence[Text], decision: Decision | None, actor: str, at: datetime
) -> list[Priority]:
    """Put down what the members ranked for a year, the first first. The same again is what is there.

    Refuses a year that has others: proposals rest on them.
    """
    there = list(Priority.objects.filter(year=year).order_by("number"))
    if there:
        if [(row.text_en, row.text_es) for row in there] == [(text.en, text.es) for text in texts]:
            return there
        raise Refusal(en=f"{year} has its priorities already.", es=f"{year} ya tiene sus prioridades.")
    made = Priority.objects.bulk_create(
        Priority(year=year, number=number, text_en=text.en, text_es=text.es, decision=decision)
        for number, text in enumerate(texts, start=1)
    )
    payload = {"year": year, "count": len(made), "decision": decision.code if decision else None}
    journal.append(kind=Kind.PRIORITIES_RANKED, subject=f"priorities:{year}", actor=actor, at=at, payload=payload)
    return made


def is_zone(zone: str, /) -> bool:
    """Whether a zone is one of the world's."""
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return "/" in zone or zone == "UTC"
