"""`tequio bench pdf`: a batch of invoices as one PDF, on one core and on two."""

import multiprocessing
import os
import resource
import time
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from typing import Any

from tequio.project.bench.dues import AS_OF, AT

_PATIENCE = 600  # seconds a process may take


def measure(*, invoices: int, seed: int) -> dict[str, Any]:
    """Typeset a batch of invoices with addresses: from reading the database to the finished bytes.

    Seconds of the wall clock, taken in a process bound to one core that has typeset a page before, as one that serves
    has; the seconds at work tell what other programs took of the core. On two cores two such processes take half
    each, from their common start to the end of the slower one.
    """
    numbers = _make(invoices=invoices, seed=seed)
    os.environ["RAYON_NUM_THREADS"] = "1"  # the typesetter would use every core there is
    cores = sorted(os.sched_getaffinity(0))
    seconds, cpu = _timed(shares=[numbers], cores=cores[-1:])
    half = len(numbers) // 2
    both, _ = _timed(shares=[numbers[:half], numbers[half:]], cores=cores[-2:])
    return {
        "pages": len(numbers),
        "seconds": round(seconds, 3),
        "cpu_seconds": round(cpu, 3),
        "pages_per_second": round(len(numbers) / seconds, 1),
        "pages_per_second_two_cores": round(len(numbers) / both, 1),
    }


def _make(*, invoices: int, seed: int) -> list[str]:
    """Make invoices to print and return their numbers."""
    from django.db import connections

    from tequio.dues.models import Invoice
    from tequio.dues.operations import billing
    from tequio.members.models import Contact
    from tequio.project.bench.members import make_members
    from tequio.project.rulebook import SAMPLE, load_rules

    load_rules(path=SAMPLE, actor="bench", at=AT)
    make_members(count=invoices + invoices // 5 + 10, seed=seed, year=AS_OF.year)
    contacts = list(Contact.objects.select_related("member__center"))
    for contact in contacts:
        mexican = contact.member.center.code == "mx"
        contact.street = f"Calle Hidalgo {contact.pk}, Col. Centro" if mexican else f"{contact.pk} Far Creek Road"
        contact.city, contact.state = ("Oaxaca de Juárez", "Oax.") if mexican else ("Kingston", "NY")
        contact.postal_code, contact.country = ("68000", "MX") if mexican else ("12401", "US")
    Contact.objects.bulk_update(contacts, ["street", "city", "state", "postal_code", "country"], batch_size=500)
    billing.run_dues(terms=billing.terms_of(as_of=AS_OF), actor="bench", at=AT)
    numbers = list(Invoice.objects.order_by("number").values_list("number", flat=True)[:invoices])
    connections.close_all()
    return numbers


def _timed(*, shares: list[list[str]], cores: list[int]) -> tuple[float, float]:
    """Seconds from the common start of one process for each share to the end of the last, and those at work."""
    context = multiprocessing.get_context("spawn")
    start, spans = context.Barrier(len(shares)), context.Queue()
    workers = [
        context.Process(target=_work, args=(share, cores[position % len(cores)], start, spans), daemon=True)
        for position, share in enumerate(shares)
    ]
    for worker in workers:
        worker.start()
    began, ended, worked = zip(*(spans.get(timeout=_PATIENCE) for _ in workers), strict=True)
    for worker in workers:
        worker.join()
    return max(ended) - min(began), sum(worked)


def _work(numbers: list[str], core: int, start: Barrier, spans: "Queue[tuple[float, float, float]]") -> None:
    import django

    os.sched_setaffinity(0, {core})
    django.setup()
    from tequio.dues.paper import batch_pdf

    batch_pdf(numbers=numbers[:1])
    start.wait(timeout=_PATIENCE)
    began, cpu = time.perf_counter(), _at_work()
    made = batch_pdf(numbers=numbers)
    ended, cpu = time.perf_counter(), _at_work() - cpu
    if not made.startswith(b"%PDF"):
        raise RuntimeError("no PDF came out")
    spans.put((began, ended, cpu))  # one clock for all processes of a machine


def _at_work() -> float:
    """Seconds this process and those it waited for were at work; large batches are typeset apart."""
    return sum(
        used.ru_utime + used.ru_stime
        for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )
