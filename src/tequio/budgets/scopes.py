"""Finding what a page of the budgets is about from its address, for the permission that guards it."""

from typing import Any

from tequio.accounts.permissions import Scope
from tequio.budgets.models import Booking, Budget, ExpectedIncome, Receipt
from tequio.centers.models import Center


def scope_of_budget(*, code: str, year: int, **_: Any) -> Scope | None:
    """The scope of a budget: its center."""
    return _of(Budget.objects.filter(center__code=code, year=year))


def scope_of_center(*, code: str, **_: Any) -> Scope | None:
    """The scope of a center's bookings and expected income."""
    center = Center.objects.filter(code=code).values_list("pk", flat=True).first()
    return None if center is None else Scope(center_pk=center)


def scope_of_booking(*, booking_pk: int, **_: Any) -> Scope | None:
    """The scope of a booking: its center."""
    return _of(Booking.objects.filter(pk=booking_pk))


def scope_of_expected(*, expected_pk: int, **_: Any) -> Scope | None:
    """The scope of expected income: its center."""
    return _of(ExpectedIncome.objects.filter(pk=expected_pk))


def scope_of_receipt(*, receipt_pk: int, **_: Any) -> Scope | None:
    """The scope of a receipt: the center of its booking."""
    center = Receipt.objects.filter(pk=receipt_pk).values_list("booking__center_id", flat=True).first()
    return None if center is None else Scope(center_pk=center)


def _of(rows: Any) -> Scope | None:
    center = rows.values_list("center_id", flat=True).first()
    return None if center is None else Scope(center_pk=center)
