"""The month in a few figures, with last year beside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, Sum

from tequio.centers.models import Center
from tequio.dues.models import Payment, PaymentMethod
from tequio.kernel.texts import text_of
from tequio.members.models import ContactAttempt, Member
from tequio.rules.periods import add_months
from tequio.rules.reasons import Text
from tequio.rules.standing import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure of the month: amounts in minor units where there is a currency, counts where there is none."""

    name: Text
    note: Text | None
    now: int
    before: int | None
    currency: str = ""


def figures(*, centers: Sequence[Center], on: date) -> list[Figure]:
    """Good standing today, and money and contacts of this month beside the same month of last year. Three queries."""
    pks = [center.pk for center in centers]
    month = on.replace(day=1)
    a_year_ago = add_months(day=month, months=-12)
    this = (month, add_months(day=month, months=1))
    then = (a_year_ago, add_months(day=a_year_ago, months=1))
    counts = Member.objects.filter(center__in=pks, merged_into__isnull=True).aggregate(
        good=Count("pk", filter=Q(standing=Standing.GOOD.value)), all=Count("pk")
    )
    found = [
        Figure(
            name=Text(en="In good standing today", es="Al corriente hoy"),
            note=Text(en=f"of {counts['all']} on the roll", es=f"de {counts['all']} en el padrón"),
            now=counts["good"],
            before=None,
        )
    ]
    received: dict[int, dict[str, Any]] = {
        row["center_id"]: dict(row)
        for row in Payment.objects.filter(center__in=pks, voided_on__isnull=True)
        .exclude(method=PaymentMethod.BROUGHT)
        .values("center_id")
        .order_by("center_id")
        .annotate(now=Sum("amount", filter=_within("on", this)), before=Sum("amount", filter=_within("on", then)))
    }
    for center in centers:
        sums = received.get(center.pk, {})
        name = text_of(row=center, name="name")
        found.append(
            Figure(
                name=Text(en=f"Received, {name.en}", es=f"Recibido, {name.es}"),
                note=None,
                now=sums.get("now") or 0,
                before=sums.get("before") or 0,
                currency=center.currency,
            )
        )
    tries = ContactAttempt.objects.filter(member__center__in=pks).aggregate(
        now=Count("pk", filter=_within("on", this)), before=Count("pk", filter=_within("on", then))
    )
    found.append(
        Figure(
            name=Text(en="Calls, letters and talks logged", es="Llamadas, cartas y pláticas anotadas"),
            note=None,
            now=tries["now"],
            before=tries["before"],
        )
    )
    return found


def _within(name: str, days: tuple[date, date]) -> Q:
    first, after = days
    return Q(**{f"{name}__gte": first, f"{name}__lt": after})
