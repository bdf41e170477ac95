"""Who may look at a dues run, carry it out, or carry it on: a run is about one center or several."""

from dataclasses import dataclass
from typing import Any

from tequio.accounts.permissions import Permission, Scope, Viewer, is_administrator, may_read_everything
from tequio.centers.models import Center
from tequio.dues.operations.billing import RUN_KIND
from tequio.kernel.runs.models import Run


@dataclass(frozen=True, slots=True, kw_only=True)
class RunScope(Scope):
    """What a run's pages are about: the centers it bills."""

    centers: frozenset[int] = frozenset()


def scope_of_run(*, run_pk: int, **_: Any) -> Scope | None:
    """The scope of a dues run's pages; None where there is no run of that number."""
    run = Run.objects.filter(pk=run_pk, kind=RUN_KIND).values_list("parameters", flat=True).first()
    if run is None:
        return None
    centers = Center.objects.filter(code__in=list(run["through"])).values_list("pk", flat=True)
    return RunScope(centers=frozenset(centers))


def _keeps_one(viewer: Viewer, scope: Scope) -> bool:
    return isinstance(scope, RunScope) and bool(scope.centers & viewer.centers)


def _keeps_all(viewer: Viewer, scope: Scope) -> bool:
    return isinstance(scope, RunScope) and bool(scope.centers) and scope.centers <= viewer.centers


is_treasurer_of_one = Permission(_keeps_one)
is_treasurer_of_all = Permission(_keeps_all)

# A treasurer sees its own center's part of any run, and decides only about runs of its own centers alone.
may_read_run = may_read_everything | is_treasurer_of_one
may_decide_run = is_administrator | is_treasurer_of_all
# Carrying on what was confirmed and cut off decides nothing: whoever keeps one of the centers may.
may_carry_on_run = is_administrator | is_treasurer_of_one


def seen_centers(*, viewer: Viewer) -> list[Center]:
    """The centers whose money a person may see, in the order of codes."""
    centers = Center.objects.order_by("code")
    return list(centers if may_read_everything(viewer) else centers.filter(pk__in=viewer.centers))


def kept_centers(*, viewer: Viewer) -> list[Center]:
    """The centers a person may bill, in the order of codes."""
    centers = Center.objects.order_by("code")
    return list(centers if is_administrator(viewer) else centers.filter(pk__in=viewer.centers))
