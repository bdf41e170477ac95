"""What of the budgets needs a person, for home: each counted in one query."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse

from tequio.budgets.models import AmendmentState, Booking, BookingState, BudgetAmendment, ExpectedIncome, ExpectedState
from tequio.centers.models import Center
from tequio.front.queries.follow_up_needs import Need
from tequio.rules.reasons import Text


def budget_needs(*, centers: Sequence[Center], on: date) -> list[Need]:
    """What waits of expenses, expected income and amendments in these centers; none of it for nobody."""
    if not centers:
        return []
    pks = [center.pk for center in centers]
    code = centers[0].code
    waiting = list(
        Booking.objects.filter(center__in=pks, state=BookingState.WAITING)
        .order_by("center__code")
        .values_list("center__code", flat=True)
    )
    unsettled = list(
        ExpectedIncome.objects.filter(
            center__in=pks, currency="", state__in=(ExpectedState.PROMISED, ExpectedState.CONFIRMED)
        ).values_list("center__code", flat=True)
    )
    overdue = list(
        ExpectedIncome.objects.filter(
            center__in=pks, expected_on__lt=on, state__in=(ExpectedState.PROMISED, ExpectedState.CONFIRMED)
        )
        .exclude(currency="")
        .values_list("center__code", flat=True)
    )
    asked = BudgetAmendment.objects.filter(budget__center__in=pks, state=AmendmentState.OPEN).count()
    return [
        Need(
            count=len(waiting),
            one=Text(en="expense waits for a second person", es="gasto espera a una segunda persona"),
            many=Text(en="expenses wait for a second person", es="gastos esperan a una segunda persona"),
            note=Text(en="Whoever entered it does not approve it.", es="Quien lo registró no lo aprueba."),
            url=reverse("bookings", kwargs={"code": waiting[0] if waiting else code}),
        ),
        Need(
            count=len(unsettled),
            one=Text(en="income expected in nobody knows which currency", es="ingreso esperado sin moneda precisada"),
            many=Text(
                en="incomes expected in nobody knows which currency", es="ingresos esperados sin moneda precisada"
            ),
            note=Text(en="Ask; it cannot be booked before.", es="Pregunte; antes no se puede registrar."),
            url=reverse("expected_income", kwargs={"code": unsettled[0] if unsettled else code}),
        ),
        Need(
            count=len(overdue),
            one=Text(en="expected income whose day has passed", es="ingreso esperado cuya fecha ya pasó"),
            many=Text(en="expected incomes whose day has passed", es="ingresos esperados cuya fecha ya pasó"),
            note=Text(
                en="It came, it comes later, or it is lost: the forecast wants to know.",
                es="Llegó, llega después o se perdió: el pronóstico lo necesita.",
            ),
            url=reverse("expected_income", kwargs={"code": overdue[0] if overdue else code}),
        ),
        Need(
            count=asked,
            one=Text(en="change of a budget is asked for", es="cambio de presupuesto por decidir"),
            many=Text(en="changes of budgets are asked for", es="cambios de presupuesto por decidir"),
            note=Text(en="They wait for a decision.", es="Esperan un acuerdo."),
            url=reverse("budgets"),
        ),
    ]
