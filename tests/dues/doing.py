"""What tests do to an organization: one short word for each operation, amounts in whole units, days as text."""

from datetime import UTC, date, datetime, time

from django.db import connection

from tequio.dues.models import Invoice
from tequio.dues.operations import agreeing, billing, paying, undoing
from tequio.members.operations import log_contact
from tequio.project.checking import differences

TODAY = "2016-07-15"


def day(text):
    return text if isinstance(text, date) else date.fromisoformat(text)


def moment(text):
    """Noon in UTC of a day: the same day in both cities."""
    return datetime.combine(day(text), time(12), UTC)


def terms(as_of=TODAY, through=None, center=None):
    return billing.terms_of(as_of=day(as_of), through=day(through) if through else None, center_code=center)


def run(as_of=TODAY, through=None, center=None, at=None, **more):
    wanted = terms(as_of, through, center)
    return billing.run_dues(terms=wanted, actor="test", at=moment(at or max(as_of, TODAY)), **more)


def pay(code, amount, on=TODAY, currency="USD", method="transfer", at=None, **more):
    return paying.add_payment(
        code=code,
        amount=round(amount * 100),
        currency=currency,
        on=day(on),
        method=method,
        actor="test",
        at=moment(at or max(on, TODAY)),
        **more,
    )


def refund(payment, amount, on=TODAY, at=None, method="transfer"):
    return paying.refund_payment(
        number=payment.number,
        amount=round(amount * 100),
        on=day(on),
        method=method,
        reason="moved away",
        actor="test",
        at=moment(at or max(on, TODAY)),
    )


def void(payment, at=TODAY):
    paying.void_payment(number=payment.number, reason="typed twice", actor="test", at=moment(at))


def let_go(number, amount=None, on=TODAY, at=None):
    minor = None if amount is None else round(amount * 100)
    return paying.write_off(
        number=number, on=day(on), reason="flooded", amount=minor, actor="test", at=moment(at or max(on, TODAY))
    )


def cancel(number, at=TODAY):
    undoing.cancel_invoice(number=number, reason="wrong member", actor="test", at=moment(at))


def undo(outcome, at=TODAY):
    return undoing.undo_run(run_pk=outcome.run_pk, reason="wrong day", actor="test", at=moment(at))


def hold(code, until, at=TODAY, first_day=None):
    return agreeing.grant_hold(
        code=code,
        until=day(until),
        reason="waiting for a grant",
        actor="test",
        at=moment(at),
        first_day=day(first_day) if first_day else None,
    )


def plan(code, first_on, at=TODAY, count=12, **more):
    return agreeing.agree_plan(code=code, first_on=day(first_on), count=count, actor="test", at=moment(at), **more)


def rate(code, kind, basis_points, valid_from="2016-01-01", until=None, at=TODAY):
    return agreeing.grant_rate(
        code=code,
        kind=kind,
        basis_points=basis_points,
        valid_from=day(valid_from),
        valid_until=day(until) if until else None,
        reason="lost its office",
        actor="test",
        at=moment(at),
    )


def tried(code, on, outcome="attempted", at=None):
    log_contact(code=code, on=day(on), by="Noé", outcome=outcome, actor="test", at=moment(at or max(on, TODAY)))


def asked(*codes, kind="dues"):
    """What stands invoiced, as (member, first day of the period, due day, whole units), by number."""
    rows = Invoice.objects.filter(kind=kind, cancelled_on__isnull=True).order_by("number")
    return [
        (i.member.code, i.period_start.isoformat(), i.due_on.isoformat(), i.total / 100)
        for i in rows.select_related("member")
        if not codes or i.member.code in codes
    ]


def rests(code):
    """Number, whole units left and settled day of each invoice that stands, in the order of numbers."""
    rows = Invoice.objects.filter(member__code=code, cancelled_on__isnull=True).order_by("number")
    return [(i.number, i.rest / 100, i.settled_on and i.settled_on.isoformat()) for i in rows]


def disagreements():
    return list(differences())


def everything(*, without=("journal_event", "journal_tip")):
    """Every row of every table of the program, as the database holds it."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            if table.startswith(("django_", "sqlite_")) or table in without:
                continue
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found[table] = sorted(cursor.fetchall(), key=repr)
    return found
