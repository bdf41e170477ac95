"""Up to which day a center's money is known by its statements."""

from datetime import date

from django.db.models import Max, Q

from tequio.banking.models import BankAccount, StatementFile
from tequio.centers.models import Center


def known_through(*, center: Center) -> date | None:
    """The day up to which the statements of every open account of a center prove its money.

    The earliest of their newest days: an account whose statement is old may hold the payment somebody would be
    reminded of. An account that never had a statement is not asked, nor one that only hears a provider's calls, which
    prove nothing of what was not called. None where nothing is proved.
    """
    with_statements = StatementFile.objects.filter(account__center=center).exclude(format="calls").values("account_id")
    newest = (
        BankAccount.objects.filter(pk__in=with_statements, closed_on__isnull=True)
        .order_by("pk")
        .annotate(proved=Max("statements__through", filter=Q(statements__proves=True)))
        .values_list("proved", flat=True)
    )
    days: list[date | None] = list(newest)
    proved = [day for day in days if day is not None]
    return min(proved) if proved and len(proved) == len(days) else None
