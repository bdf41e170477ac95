"""What a center was owed at the end of a day, by age and by standing: worked out for any day, never stored."""

from collections import defaultdict
from datetime import date

from django.db.models import Q, Sum
from django.db.models.functions import Coalesce

from tequio.centers.models import Center
from tequio.dues.accounts import accounts_of
from tequio.dues.models import Allocation, Invoice, WriteOff
from tequio.dues.rules_in_force import payment_policies
from tequio.rules.reasons import Text
from tequio.rules.standing import STANDING_NAMES, Standing, standing_on

AGES = (30, 60, 90)
Owed = tuple[Text, int, int]  # what is told apart, members, minor units


def owed_on(*, center: Center, on: date) -> tuple[list[Owed], list[Owed]]:
    """What was open at the end of a day, by how long it had been due and by the member's standing that day."""
    rows = Invoice.objects.filter(center=center, invoiced_on__lte=on).filter(
        Q(cancelled_on__isnull=True) | Q(cancelled_on__gt=on), Q(settled_on__isnull=True) | Q(settled_on__gt=on)
    )
    settled: dict[int, int] = defaultdict(int)
    paid = Allocation.objects.filter(invoice__in=rows, on__lte=on, payment__voided_on__isnull=True)
    for pk, amount in paid.order_by().values_list("invoice_id").annotate(sum=Sum("amount")):
        settled[pk] += amount
    let_go = WriteOff.objects.filter(invoice__in=rows, on__lte=on)
    for pk, amount in let_go.order_by().values_list("invoice_id").annotate(sum=Sum("amount")):
        settled[pk] += amount
    by_age: dict[int, list[tuple[int, int]]] = defaultdict(list)
    by_head: dict[int, int] = defaultdict(int)
    listed = rows.annotate(head=Coalesce("member__merged_into_id", "member_id")).order_by("pk")
    for pk, head, due_on, total in listed.values_list("pk", "head", "due_on", "total"):
        rest = total - settled[pk]
        if rest > 0:
            days = (on - due_on).days
            by_age[-1 if days <= 0 else sum(days > limit for limit in AGES)].append((head, rest))
            by_head[head] += rest
    ages = [
        (_age_name(key), len({head for head, _ in some}), sum(rest for _, rest in some))
        for key, some in sorted(by_age.items())
    ]
    by_standing: dict[Standing, list[int]] = defaultdict(list)
    policies = payment_policies().get(center.pk, [])
    for head, account in accounts_of(heads=sorted(by_head)).items():
        by_standing[standing_on(account=account, policies=policies, on=on).standing].append(by_head[head])
    standings = [
        (STANDING_NAMES[standing], len(by_standing[standing]), sum(by_standing[standing]))
        for standing in Standing
        if standing in by_standing
    ]
    return ages, standings


def _age_name(key: int) -> Text:
    if key < 0:
        return Text(en="not yet due", es="por vencer")
    if key == len(AGES):
        return Text(en=f"more than {AGES[-1]} days", es=f"más de {AGES[-1]} días")
    low = AGES[key - 1] + 1 if key else 1
    return Text(en=f"{low} to {AGES[key]} days", es=f"de {low} a {AGES[key]} días")
