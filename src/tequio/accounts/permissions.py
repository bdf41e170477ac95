"""Who may see and do what: predicates with scope, composed with |. Every page names the one that guards it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from tequio.accounts.models import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """A person as permissions see it: its roles, the centers it keeps the money of or calls for, its own members."""

    user_pk: int | None = None
    roles: frozenset[str] = frozenset()
    centers: frozenset[int] = frozenset()
    members: frozenset[int] = field(default=frozenset())
    calls_for: frozenset[int] = frozenset()

    @property
    def sees_others(self) -> bool:
        """Whether it can see other people's data, and so needs a second factor."""
        return bool(self.roles)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a permission is asked about; None where it does not matter. `body_pks`: bodies that share a meeting."""

    center_pk: int | None = None
    member_pk: int | None = None
    body_pk: int | None = None
    body_pks: frozenset[int] = frozenset()

    @property
    def bodies(self) -> frozenset[int]:
        """The bodies it is about, one or several: whoever belongs to any of them belongs."""
        return self.body_pks if self.body_pk is None else self.body_pks | {self.body_pk}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sits:
    """Where a person sits: the bodies it is an elector of, and those whose papers it keeps (chair, co-chair)."""

    on: frozenset[int] = frozenset()
    keeps: frozenset[int] = frozenset()


def _sits_nowhere(_: Viewer) -> Sits:
    return Sits()


# Who sits where is known to the topic `decisions`, which registers its answer here. It is asked only by the pages of
# a body, so that no other page pays for it.
sits: Callable[[Viewer], Sits] = _sits_nowhere


class Permission:
    """A question about a viewer and a scope; `a | b` holds where either does."""

    def __init__(self, holds: Callable[[Viewer, Scope], bool], /) -> None:
        self._holds = holds

    def __call__(self, viewer: Viewer, scope: Scope = Scope()) -> bool:
        """Whether it holds."""
        return self._holds(viewer, scope)

    def __or__(self, other: "Permission") -> "Permission":
        """Holds where either holds."""
        return Permission(lambda viewer, scope: self(viewer, scope) or other(viewer, scope))


is_signed_in = Permission(lambda viewer, _: viewer.user_pk is not None)
is_administrator = Permission(lambda viewer, _: Role.ADMINISTRATOR in viewer.roles)
is_auditor = Permission(lambda viewer, _: Role.AUDITOR in viewer.roles)
is_maintainer = Permission(lambda viewer, _: Role.MAINTAINER in viewer.roles)
is_treasurer_somewhere = Permission(lambda viewer, _: Role.TREASURER in viewer.roles)
is_treasurer_there = Permission(lambda viewer, scope: scope.center_pk is not None and scope.center_pk in viewer.centers)
is_caller_somewhere = Permission(lambda viewer, _: Role.CALLER in viewer.roles)
is_caller_there = Permission(lambda viewer, scope: scope.center_pk is not None and scope.center_pk in viewer.calls_for)
is_own_member = Permission(lambda viewer, scope: scope.member_pk is not None and scope.member_pk in viewer.members)
sits_there = Permission(lambda viewer, scope: bool(scope.bodies) and not scope.bodies.isdisjoint(sits(viewer).on))
keeps_there = Permission(lambda viewer, scope: bool(scope.bodies) and not scope.bodies.isdisjoint(sits(viewer).keeps))

# An auditor reads everything and changes nothing; a treasurer reads and changes its own center.
may_read_lists = is_administrator | is_auditor | is_treasurer_somewhere
may_read_center = is_administrator | is_auditor | is_treasurer_there
may_read_member = may_read_center | is_own_member
may_change_center = is_administrator | is_treasurer_there
may_read_everything = is_administrator | is_auditor
# A caller sees the call list of its center and nothing else.
may_call = is_caller_somewhere | is_treasurer_somewhere | is_administrator
may_call_there = is_caller_there | may_change_center
# The maintenance team sees servers, what waits and what failed, and mends it; nothing of what members owe or pay.
may_see_servers = is_administrator | is_auditor | is_maintainer
may_mend_servers = is_administrator | is_maintainer
# What a body does stays among those who sit on it until it is decided; its chair keeps its papers.
may_read_body = is_administrator | is_auditor | sits_there | keeps_there
may_keep_body = is_administrator | keeps_there
may_speak_there = sits_there | keeps_there
# Whoever signs in for a member may suggest what a body should take up; so may those who sit on it.
is_of_a_member = Permission(lambda viewer, _: bool(viewer.members))
may_suggest = is_of_a_member | may_speak_there | is_administrator
