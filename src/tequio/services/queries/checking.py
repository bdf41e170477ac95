"""Whether all is well with the services: each connector, what waits, what failed, what differs.

Fine is only what was looked at lately and found so. A look that failed, is too old or never was is said as such.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q

from tequio.kernel.errors import Refusal
from tequio.rules.reasons import Text
from tequio.services.connectors import registry
from tequio.services.models import (
    BulkState,
    BulkSuspension,
    Comparison,
    Drift,
    DriftKind,
    Job,
    JobState,
    ServiceAccount,
)

LATELY = timedelta(hours=26)  # a comparison a night, and two hours for one that is late
WAITS_LONG = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectorState:
    """How one connector is: its last full comparison, and what is open of its services."""

    name: str
    services: tuple[str, ...]
    fine: bool
    said: Text
    compared_at: datetime | None
    failed: str
    accounts: int
    missing: int
    different: int
    extra: int

    def as_dict(self) -> dict[str, Any]:
        """The connector as JSON output carries it."""
        return {
            "name": self.name,
            "services": list(self.services),
            "fine": self.fine,
            "said": self.said.as_dict(),
            "compared_at": self.compared_at,
            "failed": self.failed,
            "accounts": self.accounts,
            "missing": self.missing,
            "different": self.different,
            "extra": self.extra,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicesState:
    """How the services are at a moment. `problems` are sentences; without any all is fine."""

    connectors: tuple[ConnectorState, ...]
    accounts: int
    waiting: int
    oldest_waiting: datetime | None
    by_hand: int
    dead: int
    oldest_dead: datetime | None
    stopped: int | None
    problems: tuple[Text, ...]

    @property
    def fine(self) -> bool:
        """Whether nothing needs a person."""
        return not self.problems

    def as_dict(self) -> dict[str, Any]:
        """The state as JSON output carries it."""
        return {
            "fine": self.fine,
            "accounts": self.accounts,
            "waiting": self.waiting,
            "oldest_waiting": self.oldest_waiting,
            "by_hand": self.by_hand,
            "dead": self.dead,
            "oldest_dead": self.oldest_dead,
            "stopped_suspension": self.stopped,
            "connectors": [c.as_dict() for c in self.connectors],
            "problems": [p.as_dict() for p in self.problems],
        }


def services_state(*, at: datetime) -> ServicesState:
    """How the services are at a moment, for the command and the page of the maintenance team."""
    problems: list[Text] = []
    try:
        found = registry.connectors()
    except Refusal as refusal:
        found = {}
        problems.append(refusal.text)
    connectors = tuple(_connector(name=c.name, services=c.services, at=at) for c in found.values())
    problems += [c.said for c in connectors if not c.fine]
    tied = sorted({service for c in found.values() for service in c.services})
    waiting = Job.objects.filter(state=JobState.WAITING)
    counts = waiting.aggregate(
        tied=Count("pk", filter=Q(account__kind__code__in=tied)),
        by_hand=Count("pk", filter=~Q(account__kind__code__in=tied)),
    )
    oldest = waiting.filter(account__kind__code__in=tied).order_by("made_at").values_list("made_at", flat=True).first()
    dead = Job.objects.filter(state=JobState.DEAD)
    n_dead = dead.count()
    oldest_dead = dead.order_by("made_at").values_list("made_at", flat=True).first()
    stopped = BulkSuspension.objects.filter(state=BulkState.WAITING).values_list("pk", flat=True).first()
    if oldest is not None and oldest < at - WAITS_LONG:
        problems.append(
            Text(
                en=f"{counts['tied']} changes wait for servers, the oldest for more than five minutes.",
                es=f"{counts['tied']} cambios esperan a servidores, el más antiguo desde hace más de cinco minutos.",
            )
        )
    if n_dead:
        problems.append(
            Text(
                en=f"{n_dead} changes failed too often and wait for a person.",
                es=f"{n_dead} cambios fallaron demasiadas veces y esperan a una persona.",
            )
        )
    if stopped is not None:
        problems.append(
            Text(
                en="A suspension of many was stopped and waits for two people.",
                es="Se detuvo una suspensión de muchas y espera a dos personas.",
            )
        )
    return ServicesState(
        connectors=connectors,
        accounts=ServiceAccount.objects.exclude(wanted="removed").count(),
        waiting=counts["tied"],
        oldest_waiting=oldest,
        by_hand=counts["by_hand"],
        dead=n_dead,
        oldest_dead=oldest_dead,
        stopped=stopped,
        problems=tuple(problems),
    )


def _connector(*, name: str, services: frozenset[str], at: datetime) -> ConnectorState:
    last = Comparison.objects.filter(connector=name).order_by("-began_at", "-pk").first()
    drift = {
        row["what"]: row["n"]
        for row in Drift.objects.filter(connector=name, ended_at__isnull=True, set_aside="")
        .values("what")
        .annotate(n=Count("pk"))
        .order_by()
    }
    said, fine = _said(name=name, last=last, drift=drift, at=at)
    return ConnectorState(
        name=name,
        services=tuple(sorted(services)),
        fine=fine,
        said=said,
        compared_at=last.ended_at if last else None,
        failed=last.failed if last else "",
        accounts=last.accounts if last else 0,
        missing=drift.get(DriftKind.MISSING, 0),
        different=drift.get(DriftKind.DIFFERENT, 0),
        extra=drift.get(DriftKind.EXTRA, 0),
    )


def _said(*, name: str, last: Comparison | None, drift: dict[str, int], at: datetime) -> tuple[Text, bool]:
    if last is None:
        return Text(
            en=f"{name}: never compared; nothing is known.", es=f"{name}: nunca se comparó; no se sabe nada."
        ), False
    if last.failed:
        return Text(
            en=f"{name}: the last comparison failed ({last.failed}); nothing is known.",
            es=f"{name}: la última comparación falló ({last.failed}); no se sabe nada.",
        ), False
    if last.ended_at is None:
        return Text(
            en=f"{name}: the last comparison never came to its end.",
            es=f"{name}: la última comparación nunca llegó a su fin.",
        ), False
    if not at - LATELY <= last.ended_at <= at + LATELY:
        return Text(
            en=f"{name}: the last comparison is too old to say anything of today.",
            es=f"{name}: la última comparación es muy vieja para decir algo de hoy.",
        ), False
    if drift:
        figures = [drift.get(kind, 0) for kind in (DriftKind.MISSING, DriftKind.DIFFERENT, DriftKind.EXTRA)]
        return Text(
            en=f"{name}: {figures[0]} missing, {figures[1]} different, {figures[2]} nobody knows of.",
            es=f"{name}: faltan {figures[0]}, difieren {figures[1]}, {figures[2]} que nadie conoce.",
        ), False
    return Text(
        en=f"{name}: as wanted; accounts: {last.accounts}.", es=f"{name}: como debe; cuentas: {last.accounts}."
    ), True
