"""What is done again and again: doors opened and closed as standing says, what waits worked off, nightly looks."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from tequio.rules.reasons import Text
from tequio.services.connectors import registry
from tequio.services.models import Comparison, ServiceAccount
from tequio.services.operations.comparing import compare_all
from tequio.services.operations.moving import remind
from tequio.services.operations.reconciling import Worked, work_off
from tequio.services.operations.removing import end_offers
from tequio.services.operations.suspending import Aligned, align


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciled:
    """What became of it: how accounts are wanted now, what servers did, and what the comparisons found."""

    aligned: Aligned
    worked: Worked
    compared: tuple[Comparison, ...] = ()

    def said(self) -> list[Text]:
        """What became of it in sentences; nothing where nothing was to be done."""
        a, w = self.aligned, self.worked
        said = []
        if a.opened or a.limited or a.suspended or w.done or w.failed:
            said.append(
                Text(
                    en=f"Services: {a.opened} opened, {a.limited} limited, {a.suspended} suspended; on servers "
                    f"{w.done} done, {w.failed} failed.",
                    es=f"Servicios: {a.opened} abiertos, {a.limited} limitados, {a.suspended} suspendidos; en "
                    f"servidores {w.done} hechos, {w.failed} fallaron.",
                )
            )
        if w.unreachable:
            names = ", ".join(w.unreachable)
            said.append(Text(en=f"Could not be asked: {names}.", es=f"No se pudo preguntar a: {names}."))
        if a.stopped is not None:
            said.append(
                Text(
                    en="A suspension of many was stopped; two people have to look at it.",
                    es="Se detuvo una suspensión de muchas; dos personas deben revisarla.",
                )
            )
        said += [
            Text(
                en=f"{c.connector}: the comparison failed; nothing is known of it.",
                es=f"{c.connector}: la comparación falló; no se sabe nada de él.",
            )
            for c in self.compared
            if c.failed
        ]
        return said


def reconcile(*, now: Callable[[], datetime], actor: str, full: bool) -> Reconciled:
    """Bring what is to what is wanted, once; with `full` everything every server has is compared, too.

    Safe at any hour, as often as one likes, and several at once. Without any account nothing is asked of anybody.
    """
    at = now()
    if full:
        remind(actor=actor, at=at)
    if not ServiceAccount.objects.exists() and not registry.path().exists() and not registry.instead_of_file():
        return Reconciled(aligned=Aligned(), worked=Worked())
    end_offers(at=at)
    aligned = align(actor=actor, at=at)
    worked = work_off(now=now, actor=actor)
    compared: tuple[Comparison, ...] = ()
    if full:
        compared = tuple(compare_all(now=now, actor=actor))
        again = work_off(now=now, actor=actor)
        worked = Worked(
            done=worked.done + again.done,
            failed=worked.failed + again.failed,
            dead=worked.dead + again.dead,
            unreachable=tuple(sorted({*worked.unreachable, *again.unreachable})),
        )
    return Reconciled(aligned=aligned, worked=worked, compared=compared)
