"""Who is looking: the person of a request as permissions see it, read once in each request."""

from collections.abc import Callable, Sequence

from tequio.accounts.models import Grant, Role, User
from tequio.accounts.permissions import Viewer

NOBODY = Viewer()


def _no_members(_: int) -> frozenset[int]:
    return frozenset()


def _no_names(_: int) -> Sequence[tuple[int, str]]:
    return ()


# Which members a person is a contact of is known to the topic `members`, which registers its answers here.
members_of: Callable[[int], frozenset[int]] = _no_members
member_names: Callable[[int], Sequence[tuple[int, str]]] = _no_names


def viewer_of(*, user: User) -> Viewer:
    """What a person may see and do now: its grants and the members it is a contact of. Two queries."""
    grants = list(Grant.objects.filter(user=user).values_list("role", "center_id"))
    return Viewer(
        user_pk=user.pk,
        roles=frozenset(role for role, _ in grants),
        centers=frozenset(center for role, center in grants if role == Role.TREASURER and center is not None),
        members=members_of(user.pk),
        calls_for=frozenset(center for role, center in grants if role == Role.CALLER and center is not None),
    )
