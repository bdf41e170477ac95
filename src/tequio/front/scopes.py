"""Finding which center a page is about from its address, for the permission that guards it."""

from typing import Any

from tequio.accounts.permissions import Scope
from tequio.centers.models import Center


def scope_of_center(*, code: str, **_: Any) -> Scope | None:
    """The scope of a center's pages. None where there is no center of that code."""
    pk = Center.objects.filter(code=code).values_list("pk", flat=True).first()
    return None if pk is None else Scope(center_pk=pk)
