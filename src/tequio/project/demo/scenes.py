"""The scenes of the demo's year that are written out: agreements, mistakes, goodbyes. Everything else is habit."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, Sum

from tequio.dues.models import Invoice, Payment
from tequio.dues.operations import agreeing, paying
from tequio.dues.queries import open_invoices, plan_parts
from tequio.members import operations as members
from tequio.members.queries import member_by_code
from tequio.project.demo.agenda import Agenda
from tequio.project.demo.cast import Cast, Person
from tequio.project.demo.roll import PLANTED
from tequio.rules.reasons import Text

OFFICE = {"us": "Beatrix Onwudiwe", "mx": "Eréndira Solís"}
CALLERS = {"us": "Tobias Lindqvist", "mx": "Nayeli Cordero"}

MERGED = next(p for p in PLANTED if p.code == "duplicate" and p.member_id.startswith("NY"))
MERGED_ON = date(2016, 1, 11)
_HOLD = timedelta(days=60)
_PAID_AFTER_RETURN = date(2016, 5, 6)
PAID_AFTER_THE_CALL = date(2016, 10, 17)  # a Monday; doors.py tells of it

_REASONS = {
    "hold": Text(
        en="The office was flooded; they asked for time until the insurance pays.",
        es="Se inundó la oficina; pidieron tiempo hasta que pague el seguro.",
    ),
    "reduced": Text(en="Lost its main grant this year.", es="Este año perdió su principal apoyo."),
    "solidarity": Text(en="Asked to carry part of another member's dues.", es="Quiso cubrir parte de otra cuota."),
    "comped": Text(en="Interprets at every assembly.", es="Interpreta en todas las asambleas."),
    "refund": Text(en="Two people paid the same invoice.", es="Dos personas pagaron el mismo aviso."),
    "void": Text(en="The same transfer, entered twice.", es="La misma transferencia, registrada dos veces."),
    "dissolved": Text(
        en="The group dissolved last winter; its last treasurer was asked.",
        es="El grupo se disolvió el invierno pasado; se consultó a su última tesorera.",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Where scenes are played: the agenda they are written into, and the cast."""

    agenda: Agenda
    cast: Cast


def owed(*, code: str) -> int:
    """What a member has open in minor units, what was merged into it included. One query: it is asked very often."""
    own = Invoice.objects.filter(Q(member__code=code) | Q(member__merged_into__code=code), rest__gt=0)
    return int(own.aggregate(rest=Sum("rest"))["rest"] or 0)


def pay(*, person: Person, amount: int, at: datetime, method: str) -> Payment | None:
    """Enter a payment that came today; None where there is nothing to enter."""
    if amount <= 0:
        return None
    return paying.add_payment(
        code=person.code,
        amount=amount,
        currency=person.currency,
        on=at.date(),
        method=method,
        actor=OFFICE[person.center],
        at=at,
    )


def write_agenda(*, stage: Stage) -> None:
    """Put the scenes whose days are known in January into the agenda."""
    agenda, cast = stage.agenda, stage.cast
    kept = MERGED.same_as
    agenda.add(
        on=MERGED_ON,
        scene=lambda at: members.merge_members(kept=kept, merged=MERGED.member_id, actor=OFFICE["us"], at=at),
    )
    _holds(agenda=agenda, cast=cast)
    _rates(agenda=agenda, cast=cast)
    _plan(agenda=agenda, person=cast.keeps_plan, paid=6)
    _plan(agenda=agenda, person=cast.breaks_plan, paid=2)
    _back_on_contact(agenda=agenda, person=cast.comes_back_on_contact)
    agenda.add(on=date(2016, 5, 12), scene=lambda at: _dissolve(person=cast.dissolved, at=at))
    _goodbyes(agenda=agenda, cast=cast)


def on_invoice(*, stage: Stage, person: Person, invoice: Invoice) -> bool:
    """Play the scenes that begin with an invoice; returns whether the invoice belonged to one."""
    agenda, cast = stage.agenda, stage.cast
    on = invoice.invoiced_on + timedelta(days=5)
    if person == cast.paid_double:
        agenda.add(on=on, scene=lambda at: _pay_double(agenda=agenda, person=person, at=at))
    elif person == cast.entered_twice:
        agenda.add(on=on, scene=lambda at: _enter_twice(agenda=agenda, person=person, at=at))
    else:
        return _pays_in_a_scene(cast=cast, person=person, on=invoice.invoiced_on)
    return True


def _pays_in_a_scene(*, cast: Cast, person: Person, on: date) -> bool:
    """Whether a member pays what is billed on a day in a scene of its own, or never, and so not by habit."""
    until = {
        cast.breaks_plan: date.max,
        cast.dissolved: date.max,
        cast.comes_back_on_contact: _PAID_AFTER_RETURN,
        cast.limited_and_back: PAID_AFTER_THE_CALL,
        **{member: begins + _HOLD for member, begins in _holders(cast=cast)},
    }
    return person in until and on < until[person] - timedelta(days=2)


def _reason(*, name: str, person: Person) -> str:
    return _REASONS[name].to(person.language)


def _holders(*, cast: Cast) -> tuple[tuple[Person, date], ...]:
    """Who is on hold from which day."""
    return (cast.hold_in_new_york, date(2016, 2, 3)), (cast.hold_in_mexico, date(2016, 2, 10))


def _holds(*, agenda: Agenda, cast: Cast) -> None:
    for person, begins in _holders(cast=cast):
        until = begins + _HOLD

        def grant(at: datetime, person: Person = person, until: date = until) -> None:
            reason = _reason(name="hold", person=person)
            agreeing.grant_hold(code=person.code, until=until, reason=reason, actor=OFFICE[person.center], at=at)

        def settle(at: datetime, person: Person = person) -> None:
            pay(person=person, amount=owed(code=person.code), at=at, method="transfer")

        agenda.add(on=begins, scene=grant)
        agenda.add(on=until - timedelta(days=2), scene=settle)


def _rates(*, agenda: Agenda, cast: Cast) -> None:
    for person, kind, basis_points in (
        (cast.reduced, "reduced", 5_000),
        (cast.solidarity, "solidarity", 15_000),
        (cast.comped, "comped", 0),
    ):

        def grant(at: datetime, person: Person = person, kind: str = kind, basis_points: int = basis_points) -> None:
            agreeing.grant_rate(
                code=person.code,
                kind=kind,
                basis_points=basis_points,
                valid_from=at.date(),
                valid_until=None,
                reason=_reason(name=kind, person=person),
                actor=OFFICE[person.center],
                at=at,
            )

        agenda.add(on=date(2016, 2, 16), scene=grant)


def _plan(*, agenda: Agenda, person: Person, paid: int) -> None:
    """A plan of six instalments, of which the first `paid` are paid on their day."""

    def agree(at: datetime) -> None:
        plan = agreeing.agree_plan(
            code=person.code, first_on=date(2016, 3, 1), count=6, actor=OFFICE[person.center], at=at
        )
        parts, _ = plan_parts(plan=plan)
        for part in parts[:paid]:

            def pay_part(at: datetime, amount: int = part.amount) -> None:
                pay(person=person, amount=min(amount, owed(code=person.code)), at=at, method="check")

            agenda.add(on=part.due_on, scene=pay_part)

    agenda.add(on=date(2016, 2, 9), scene=agree)


def _back_on_contact(*, agenda: Agenda, person: Person) -> None:
    """Tried in February, disabled by April, reached and back for its days, disabled again, then paid.

    Half of the oldest debt comes meanwhile: a part payment alone changes nothing.
    """

    def call(at: datetime, outcome: str) -> None:
        members.log_contact(
            code=person.code,
            on=at.date(),
            by=CALLERS[person.center],
            outcome=outcome,
            actor=CALLERS[person.center],
            at=at,
        )

    agenda.add(on=date(2016, 2, 17), scene=lambda at: call(at, "attempted"))
    agenda.add(on=date(2016, 4, 13), scene=lambda at: call(at, "reached"))
    agenda.add(
        on=date(2016, 4, 20),
        scene=lambda at: pay(person=person, amount=_half_of_oldest(person=person), at=at, method="cash"),
    )
    agenda.add(
        on=_PAID_AFTER_RETURN, scene=lambda at: pay(person=person, amount=owed(code=person.code), at=at, method="check")
    )


def _half_of_oldest(*, person: Person) -> int:
    return open_invoices(member=member_by_code(code=person.code))[0].rest // 2


def _dissolve(*, person: Person, at: datetime) -> None:
    reason = _reason(name="dissolved", person=person)
    for invoice in open_invoices(member=member_by_code(code=person.code)):
        paying.write_off(number=invoice.number, on=at.date(), reason=reason, actor=OFFICE[person.center], at=at)
    members.leave(code=person.code, on=at.date(), actor=OFFICE[person.center], at=at)


def _goodbyes(*, agenda: Agenda, cast: Cast) -> None:
    for person, on in ((cast.leaves, date(2016, 9, 1)), (cast.leaves_and_returns, date(2016, 3, 14))):

        def leave(at: datetime, person: Person = person) -> None:
            members.leave(code=person.code, on=at.date(), actor=OFFICE[person.center], at=at)

        agenda.add(on=on, scene=leave)
    back = cast.leaves_and_returns
    agenda.add(
        on=date(2016, 10, 3),
        scene=lambda at: members.rejoin(code=back.code, on=at.date(), actor=OFFICE[back.center], at=at),
    )


def _pay_double(*, agenda: Agenda, person: Person, at: datetime) -> None:
    """Twice what is owed comes in one payment; the half too much goes back a week later."""
    surplus = owed(code=person.code)
    payment = pay(person=person, amount=2 * surplus, at=at, method="transfer")
    if payment is None:
        return

    def give_back(at: datetime) -> None:
        paying.refund_payment(
            number=payment.number,
            amount=surplus,
            on=at.date(),
            method="transfer",
            reason=_reason(name="refund", person=person),
            actor=OFFICE[person.center],
            at=at,
        )

    agenda.add(on=at.date() + timedelta(days=7), scene=give_back)


def _enter_twice(*, agenda: Agenda, person: Person, at: datetime) -> None:
    """One transfer is entered twice; the second is voided the day after."""
    amount = owed(code=person.code)
    pay(person=person, amount=amount, at=at, method="transfer")
    again = pay(person=person, amount=amount, at=at, method="transfer")
    if again is None:
        return
    reason = _reason(name="void", person=person)
    agenda.add(
        on=at.date() + timedelta(days=1),
        scene=lambda at: paying.void_payment(number=again.number, reason=reason, actor=OFFICE[person.center], at=at),
    )
