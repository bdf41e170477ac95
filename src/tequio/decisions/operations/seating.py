"""Who sits where: seats opened and closed, terms begun and ended, and the search while a seat stays open."""

from datetime import date, datetime

from django.db import transaction

from tequio.accounts.models import User
from tequio.centers.models import Center
from tequio.decisions.models import ActionItem, ActionKind, Body, Decision, Office, Seat, Term
from tequio.decisions.operations.tasks import close_task, open_task
from tequio.decisions.queries.sittings import next_sitting
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.kernel.texts import text_of
from tequio.rules.reasons import Text, long_date


def open_seat(
    *,
    body: Body,
    office: str,
    title: Text,
    center: Center | None,
    votes: bool,
    opened_on: date,
    decision: Decision | None,
    search: bool = True,
    actor: str,
    at: datetime,
) -> Seat:
    """Open a seat on a body; with `search`, somebody is looked for from the next sitting on.

    Refuses a body that has ended.
    """
    [seat] = open_seats(
        body=body,
        office=office,
        title=title,
        center=center,
        votes=votes,
        opened_on=opened_on,
        decision=decision,
        count=1,
        search=search,
        actor=actor,
        at=at,
    )
    return seat


@transaction.atomic
def open_seats(
    *,
    body: Body,
    office: str,
    title: Text,
    center: Center | None,
    votes: bool,
    opened_on: date,
    decision: Decision | None,
    count: int,
    search: bool,
    actor: str,
    at: datetime,
) -> list[Seat]:
    """Open so many seats on a body that are alike but for their numbers."""
    if body.ended_on is not None:
        raise Refusal(en=f"{body.name_en} has ended.", es=f"{body.name_es} ya terminó.")
    _hold(body)  # two seats opened at once get two numbers
    first = Seat.objects.filter(body=body, office=office).count() + 1
    seats = [
        Seat.objects.create(
            code=f"{body.code}-{office.replace('_', '-')}-{number}",
            body=body,
            office=office,
            title_en=title.en,
            title_es=title.es,
            center=center,
            votes=votes,
            opened_on=opened_on,
            decision=decision,
        )
        for number in range(first, first + count)
    ]
    if search:
        for seat in seats:
            look_for_somebody(seat=seat, decision=decision, actor=actor, at=at)
    payload = {"seats": [seat.code for seat in seats], "decision": decision.code if decision else None}
    journal.append(kind=Kind.SEAT_OPENED, subject=f"body:{body.code}", actor=actor, at=at, payload=payload)
    return seats


@transaction.atomic
def close_seat(*, seat: Seat, on: date, decision: Decision | None, actor: str, at: datetime) -> None:
    """Close a seat that nobody holds any more. Refuses one that somebody holds; the search for somebody ends."""
    _hold(seat.body)
    holder = Term.objects.select_related("user").filter(seat=seat, ended_on__isnull=True).first()
    if holder is not None:
        raise Refusal(
            en=f"{holder.user.name} holds that seat; the term ends first.",
            es=f"{holder.user.name} ocupa ese lugar; primero termina su periodo.",
        )
    seat.closed_on = max(on, seat.opened_on)
    seat.save(update_fields=["closed_on"])
    _end_search(seat=seat, note="", actor=actor, at=at)
    payload = {"seat": seat.code, "decision": decision.code if decision else None}
    journal.append(kind=Kind.SEAT_CLOSED, subject=f"body:{seat.body.code}", actor=actor, at=at, payload=payload)


@transaction.atomic
def appoint(
    *,
    seat: Seat,
    user: User,
    starts_on: date,
    ends_on: date | None,
    decision: Decision | None,
    replacing: bool = False,
    actor: str,
    at: datetime,
) -> Term:
    """Let somebody take a seat, until a planned day or for good; the search for somebody ends.

    A term before that has run out by then ends on its planned day; one that has not is ended where `replacing` says
    so. Refuses a seat that is closed or held by somebody else, a term that ends before it begins, a closed account,
    and a second voting seat of one person on one body: each has one ballot.
    """
    _hold(seat.body)
    why = why_not_appoint(seat=seat, user=user, starts_on=starts_on, ends_on=ends_on, replacing=replacing)
    if why is not None:
        raise Refusal(en=why.en, es=why.es)
    run_out = Term.objects.filter(seat=seat, ended_on__isnull=True, ends_on__lte=starts_on).first()
    if run_out is not None:
        run_out.ended_on = run_out.ends_on
        run_out.save(update_fields=["ended_on"])
    held = Term.objects.filter(seat=seat, ended_on__isnull=True).select_related("seat__body", "user").first()
    if held is not None:
        on = max(starts_on, held.starts_on)
        end_term(term=held, on=on, decision=decision, search=False, actor=actor, at=at)
    term = Term.objects.create(seat=seat, user=user, starts_on=starts_on, ends_on=ends_on, decision=decision)
    _end_search(seat=seat, note=user.actor, actor=actor, at=at)
    payload = {
        "seat": seat.code,
        "person": user.actor,
        "from": starts_on.isoformat(),
        "until": ends_on.isoformat() if ends_on else None,
        "decision": decision.code if decision else None,
    }
    journal.append(kind=Kind.TERM_BEGAN, subject=f"body:{seat.body.code}", actor=actor, at=at, payload=payload)
    return term


def why_not_appoint(
    *, seat: Seat, user: User, starts_on: date, ends_on: date | None, replacing: bool = False
) -> Text | None:
    """Why a person cannot take a seat from a day on; None where it can."""
    if not user.is_active:
        return Text(en=f"The account of {user.name} is closed.", es=f"La cuenta de {user.name} está cerrada.")
    if ends_on is not None and ends_on <= starts_on:
        return Text(en="A term ends after it begins.", es="Un periodo termina después de empezar.")
    return _why_not_there(seat=seat, starts_on=starts_on) or _why_taken(
        seat=seat, user=user, starts_on=starts_on, replacing=replacing
    )


def _why_not_there(*, seat: Seat, starts_on: date) -> Text | None:
    if seat.closed_on is not None and seat.closed_on <= starts_on:
        return Text(en="That seat was closed.", es="Ese lugar se cerró.")
    if starts_on < seat.opened_on:
        day = seat.opened_on
        return Text(
            en=f"That seat is there from {long_date(day=day, language='en')} on.",
            es=f"Ese lugar existe desde el {long_date(day=day, language='es')}.",
        )
    return None


def _why_taken(*, seat: Seat, user: User, starts_on: date, replacing: bool) -> Text | None:
    holder = (
        Term.objects.select_related("user")
        .filter(seat=seat, ended_on__isnull=True)
        .exclude(ends_on__isnull=False, ends_on__lte=starts_on)
        .first()
    )
    if holder is not None and (not replacing or holder.user_id == user.pk):
        return Text(
            en=f"{holder.user.name} holds that seat; the term ends first.",
            es=f"{holder.user.name} ocupa ese lugar; primero termina su periodo.",
        )
    if seat.votes and _votes_there(seat=seat, user=user, starts_on=starts_on):
        return Text(
            en=f"{user.name} votes on {seat.body.name_en} by another seat already.",
            es=f"{user.name} ya vota en {seat.body.name_es} por otro lugar.",
        )
    return None


def _votes_there(*, seat: Seat, user: User, starts_on: date) -> bool:
    others = Term.objects.filter(user=user, seat__body=seat.body_id, seat__votes=True, ended_on__isnull=True)
    return others.exclude(seat=seat).exclude(ends_on__isnull=False, ends_on__lte=starts_on).exists()


@transaction.atomic
def end_term(*, term: Term, on: date, decision: Decision | None, search: bool = True, actor: str, at: datetime) -> None:
    """End a term on a day: the first on which it is over. With `search`, somebody else is looked for.

    Refuses one that has ended, and a day before it began.
    """
    _hold(term.seat.body)
    if term.ended_on is not None:
        raise Refusal(en="That term has ended already.", es="Ese periodo ya terminó.")
    if on < term.starts_on:
        raise Refusal(en="A term ends after it begins.", es="Un periodo termina después de empezar.")
    changed = Term.objects.filter(pk=term.pk, ended_on__isnull=True).update(ended_on=on, ended_by=decision)
    if not changed:
        raise Refusal(en="That term has ended already.", es="Ese periodo ya terminó.")
    if search:
        look_for_somebody(seat=term.seat, decision=decision, actor=actor, at=at)
    payload = {
        "seat": term.seat.code,
        "person": term.user.actor,
        "on": on.isoformat(),
        "decision": decision.code if decision else None,
    }
    journal.append(kind=Kind.TERM_ENDED, subject=f"body:{term.seat.body.code}", actor=actor, at=at, payload=payload)


def _hold(body: Body, /) -> None:
    """Hold a body until the transaction ends: whatever is written about its seats comes one after the other."""
    Body.objects.select_for_update().get(pk=body.pk)


def end_terms_due(*, on: date, actor: str, at: datetime) -> int:
    """End the terms whose planned day has come, and look for who follows; returns how many. For the daily work."""
    due = Term.objects.filter(ended_on__isnull=True, ends_on__lte=on).select_related("seat__body", "user")
    ended = 0
    for term in due.order_by("pk"):
        assert term.ends_on is not None  # noqa: S101 - CONFIG: asked for above
        end_term(term=term, on=term.ends_on, decision=None, actor=actor, at=at)
        ended += 1
    return ended


def look_for_somebody(*, seat: Seat, decision: Decision | None, actor: str, at: datetime) -> ActionItem | None:
    """Open the search for somebody to take a seat, for the body's next sitting; None where one is open."""
    if ActionItem.objects.filter(seat=seat, kind=ActionKind.SEARCH, closed_at__isnull=True).exists():
        return None
    title = text_of(row=seat, name="title")
    return open_task(
        kind=ActionKind.SEARCH,
        title=Text(en=f"Find somebody: {title.en}"[:300], es=f"Buscar quien ocupe: {title.es}"[:300]),
        body=seat.body,
        seat=seat,
        decision=decision,
        sitting=next_sitting(body=seat.body, after=at),
        actor=actor,
        at=at,
    )


def _end_search(*, seat: Seat, note: str, actor: str, at: datetime) -> None:
    for task in ActionItem.objects.filter(seat=seat, kind=ActionKind.SEARCH, closed_at__isnull=True):
        close_task(task=task, note=note, actor=actor, at=at)


OFFICE_NAMES = {
    Office.MEMBER: Text(en="member", es="integrante"),
    Office.CHAIR: Text(en="chair", es="presidencia"),
    Office.CO_CHAIR: Text(en="co-chair", es="copresidencia"),
    Office.OTHER: Text(en="other office", es="otro cargo"),
}
