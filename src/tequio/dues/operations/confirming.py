"""Confirming a preview on a page: by its number and hash, once, whoever else confirms at the same time."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from tequio.centers.models import Center
from tequio.dues.operations.billing import RUN_KIND, MovedError, claim, preview_dues, refuse_moved, terms_of_run
from tequio.kernel.errors import Refusal
from tequio.kernel.runs.models import Run, RunState
from tequio.ledger.operations import refuse_closed


def begin_confirmed(*, run_pk: int, preview_hash: str, actor: str, at: datetime) -> int:
    """Mark a confirmed preview as running and return the run to look at; whoever calls this then carries it out.

    Where it was confirmed before (a second click, or another treasurer), nothing happens and its own number comes
    back; where somebody else confirmed another preview of the very same invoices meanwhile, that run's number does.
    Raises MovedError where the facts moved since. Refuses a hash that is not the preview's, a preview of nothing, a
    day in closed books, and centers for which another run has not reached its end.
    """
    run = Run.objects.filter(pk=run_pk, kind=RUN_KIND).first()
    if run is None or run.preview_hash != preview_hash:
        raise Refusal(
            en="That is not the preview that was shown. Open the preview again and confirm from there.",
            es="Esa no es la vista previa que se mostró. Ábrala otra vez y confirme desde ahí.",
        )
    if run.state != RunState.PREVIEWED:
        return run.pk
    terms = terms_of_run(run=run)
    for center_pk in sorted(terms.centers):
        refuse_closed(center_pk=center_pk, on=terms.as_of)
    now = preview_dues(terms=terms)
    try:
        refuse_moved(run=run, now=now)
    except MovedError:
        same = _same_run(run=run, since=run.created_at)
        if same is not None:
            return same
        raise
    if not now.invoices:
        raise Refusal(
            en="There is nothing to bill: every period that has begun has its invoice.",
            es="No hay nada que cobrar: todo periodo que ha empezado tiene su aviso.",
        )
    return _claimed(run=run, center_pks=sorted(terms.centers), actor=actor, at=at)


@transaction.atomic
def _claimed(*, run: Run, center_pks: list[int], actor: str, at: datetime) -> int:
    """Take the preview for this confirmation, with the centers held so that two confirmations take turns."""
    list(Center.objects.select_for_update().filter(pk__in=center_pks).order_by("pk").values_list("pk"))
    same = _same_run(run=run, since=run.created_at)
    if same is not None:
        return same
    for other in Run.objects.filter(kind=RUN_KIND, state=RunState.RUNNING).exclude(pk=run.pk).order_by("pk"):
        if set(other.parameters["through"]) & set(run.parameters["through"]):
            raise Refusal(
                en=f"Run {other.pk} of the same center has not reached its end. Carry it on first, then look at a new "
                "preview.",
                es=f"La corrida {other.pk} del mismo centro no ha llegado al final. Continúela primero y después haga "
                "otra vista previa.",
            )
    claim(run=run, actor=actor, at=at)
    return run.pk


def _same_run(*, run: Run, since: datetime) -> int | None:
    """A run of the very same invoices, under way now or finished after a moment."""
    others = Run.objects.filter(kind=RUN_KIND, preview_hash=run.preview_hash).exclude(pk=run.pk)
    under_way = others.filter(Q(state=RunState.RUNNING) | Q(state=RunState.FINISHED, ended_at__gte=since))
    return next((other.pk for other in under_way.order_by("-pk") if other.parameters == run.parameters), None)
