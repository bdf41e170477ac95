"""The dues run: preview, confirm, write in chunks, continue after a kill.

How a run can be killed at any instant and nothing is doubled or lost:
1. The members are taken in slices. Each slice is planned and written in one transaction, which also moves the
   run's cursor; so a slice is written whole or not at all.
2. Inside the transaction the centers' rows are locked first, then the run is looked up and the slice after its
   cursor is planned from the facts of that moment. Two processes on one run take slices in turns.
3. A period of a member is billed once: the database has a UNIQUE key for it.
4. Whoever starts the same run again finds it unfinished and goes on from its cursor.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from hashlib import sha256

from django.db import transaction

from tequio.centers.models import Center
from tequio.centers.queries import all_centers, center_by_code
from tequio.dues import billing_facts
from tequio.dues.billing_plan import PlannedInvoice, Pricer, SetAside, SlicePlan, Terms, plan_slice
from tequio.dues.models import Invoice
from tequio.dues.operations.billing_rows import write_slice
from tequio.dues.operations.standings import refresh_standings
from tequio.dues.previewed import pack, unpack
from tequio.dues.rules_in_force import dues_on, payment_policies
from tequio.dues.waivers import WaiversNamed
from tequio.kernel.clock import day_in
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.kernel.runs.models import Run, RunItem, RunState
from tequio.ledger.operations import Books, books_of, refuse_closed
from tequio.rules.account import policy_on
from tequio.rules.reasons import Text

RUN_KIND = "dues"
STATE_NAMES = {RunState.UNDONE.value: "deshecha", RunState.STOPPED.value: "detenida"}
SLICE = 10_000  # memberships in one transaction: about a second of work, so others wait no longer than that
SHORTEST_HASH = 12  # hexadecimal digits a person may type instead of all 64

Progress = Callable[[int], None]


@dataclass(slots=True, kw_only=True)
class Preview:
    """What a run would make, all of it, and the hash that a confirmation carries."""

    terms: Terms
    hash: str
    invoices: list[PlannedInvoice]
    set_aside: list[SetAside]
    chunks: list[tuple[int, str]]
    run_pk: int | None = None


class MovedError(Refusal):
    """The facts moved since the preview; `gone` and `fresh` are what no longer, and what newly, would be made."""

    def __init__(self, *, preview: Preview, gone: Sequence[str], fresh: Sequence[str]) -> None:
        super().__init__(
            en=f"The facts moved since that preview. Invoices no longer made as shown: {len(gone)}; new or different "
            f"ones: {len(fresh)}. Nothing was made. Look at the new preview and confirm it.",
            es=f"Los datos cambiaron desde esa vista previa. Avisos que ya no se harían como se mostraron: {len(gone)};"
            f" nuevos o distintos: {len(fresh)}. No se hizo nada. Revise la nueva vista previa y confírmela.",
        )
        self.preview = preview
        self.gone = gone
        self.fresh = fresh


@dataclass(slots=True, kw_only=True)
class Outcome:
    """What a run did; `run_pk` None means there was nothing to do."""

    run_pk: int | None
    set_aside: list[SetAside] = field(default_factory=list)
    resumed: bool = False
    stopped: bool = False


def terms_of(
    *,
    as_of: date,
    through: date | Mapping[int, date] | None = None,
    center_code: str | None = None,
    center_codes: Collection[str] | None = None,
) -> Terms:
    """The terms of a run: the dues in force on its day, and which periods it takes.

    `as_of` is the invoice date and picks the rule; every period starting on or before `through` (the same day
    unless said otherwise) is taken, of one center, of several (`center_codes`), or of all. Refuses a center without a
    dues policy on that day.
    """
    centers = [center_by_code(code=center_code)] if center_code else all_centers()
    if center_codes is not None:
        centers = [center for center in centers if center.code in center_codes]
    dues = dues_on(on=as_of)
    policies = payment_policies()
    notice: dict[int, int] = {}
    for center in centers:
        if center.pk not in dues:
            raise Refusal(
                en=f"No dues policy is in force in {center.code} on {as_of}: there is nothing to bill by.",
                es=f"El {as_of} no hay política de cuotas vigente en {center.code}: no hay con qué cobrar.",
            )
        policy = policy_on(policies=policies.get(center.pk, []), on=as_of)
        notice[center.pk] = policy.notice_days if policy else 0
    days = through if isinstance(through, Mapping) else dict.fromkeys((c.pk for c in centers), through or as_of)
    return Terms(as_of=as_of, through=days, centers={c.pk: c for c in centers}, dues=dues, notice_days=notice)


def preview_dues(*, terms: Terms) -> Preview:
    """Plan a whole run without writing anything."""
    pricer = Pricer(terms=terms)
    found = Preview(terms=terms, hash="", invoices=[], set_aside=[], chunks=[])
    total, after = sha256(), 0
    while True:
        plan = _plan(terms=terms, pricer=pricer, after=after, through_id=None)
        if plan is None:
            break
        after = plan.last_id
        found.invoices += plan.invoices
        found.set_aside += plan.set_aside
        found.chunks.append((plan.last_id, plan.digest()))
        total.update(found.chunks[-1][1].encode())
    found.hash = total.hexdigest()
    return found


@transaction.atomic
def save_preview(*, preview: Preview, actor: str, at: datetime) -> int:
    """Keep a preview so that it can be confirmed, and compared with what the facts say by then."""
    Run.objects.filter(kind=RUN_KIND, state=RunState.PREVIEWED, created_at__lt=at - timedelta(days=30)).delete()
    run = Run.objects.create(
        kind=RUN_KIND,
        parameters=_parameters(terms=preview.terms),
        state=RunState.PREVIEWED,
        preview_hash=preview.hash,
        chunks=[list(chunk) for chunk in preview.chunks],
        previewed_plan=pack(terms=preview.terms, invoices=preview.invoices, set_aside=preview.set_aside),
        actor=actor,
        created_at=at,
    )
    preview.run_pk = run.pk
    return run.pk


def confirm_dues(
    *, terms: Terms, preview_hash: str, actor: str, at: datetime, progress: Progress | None = None
) -> Outcome:
    """Carry out a previewed run, if what it would make is still what was previewed.

    Raises MovedError with the new preview and the difference where it is not; a run whose facts move while it is
    being written stops at the first slice that differs. Refuses a hash nobody previewed.
    """
    run = (
        Run.objects.filter(kind=RUN_KIND, preview_hash__startswith=preview_hash, parameters=_parameters(terms=terms))
        .order_by("-pk")
        .first()
    )
    if run is None or len(preview_hash) < SHORTEST_HASH:
        raise Refusal(
            en="There is no preview with that hash for these dates. Make one with “tequio dues preview”.",
            es="No hay ninguna vista previa con esa clave para esas fechas. Haga una con «tequio dues preview».",
        )
    if run.state in {RunState.UNDONE, RunState.STOPPED}:
        raise Refusal(
            en=f"That preview was carried out as run {run.pk}, which is {run.state}. Make a new one.",
            es=f"Esa vista previa ya se llevó a cabo en la corrida {run.pk}, que está {STATE_NAMES[run.state]}. "
            "Haga otra.",
        )
    if run.state == RunState.PREVIEWED:
        now = preview_dues(terms=terms)
        refuse_moved(run=run, now=now)
        if not now.invoices:
            return Outcome(run_pk=None, set_aside=now.set_aside)
        claim(run=run, actor=actor, at=at)
    return _carry_out(terms=terms, run_pk=run.pk, actor=actor, at=at, progress=progress)


def refuse_moved(*, run: Run, now: Preview) -> None:
    """Raise MovedError where what a run would make `now` is not what was previewed."""
    if now.hash != run.preview_hash:
        before = {invoice.fingerprint for invoice in unpack(bytes(run.previewed_plan or b"")).invoices}
        today = set(_fingerprints(now.invoices))
        raise MovedError(preview=now, gone=sorted(before - today), fresh=sorted(today - before))


@transaction.atomic
def claim(*, run: Run, actor: str, at: datetime) -> bool:
    """Mark a confirmed preview as running; False where somebody else has just done so."""
    claimed = Run.objects.filter(pk=run.pk, state=RunState.PREVIEWED).update(state=RunState.RUNNING, actor=actor)
    if claimed:
        _note(kind=Kind.DUES_RUN_STARTED, run=run, actor=actor, at=at)
    return bool(claimed)


def run_dues(*, terms: Terms, actor: str, at: datetime, progress: Progress | None = None) -> Outcome:
    """Bill every period the terms take that has no invoice, confirmed beforehand by whoever calls this.

    A run of the same terms that was cut off is continued; the same run again does nothing.
    """
    return _carry_out(terms=terms, run_pk=None, actor=actor, at=at, progress=progress)


def resume_unfinished(
    *, actor: str, at: datetime, progress: Progress | None = None, except_terms: Terms | None = None
) -> list[Outcome]:
    """Carry on every run that was cut off, oldest first, under its own terms; `except_terms` are about to be run.

    A run whose day lies in books that were closed since cannot go on: it is stopped, and what it made stays.
    """
    done = []
    spared = _parameters(terms=except_terms) if except_terms else None
    for run in Run.objects.filter(kind=RUN_KIND, state=RunState.RUNNING).order_by("pk"):
        if run.parameters == spared:
            continue
        outcome = carry_on(run=run, actor=actor, at=at, progress=progress)
        outcome.resumed = True
        done.append(outcome)
    return done


def carry_on(*, run: Run, actor: str, at: datetime, progress: Progress | None = None) -> Outcome:
    """Carry a run that is marked running on to its end, under its own terms; stops one that cannot go on."""
    terms = terms_of_run(run=run)
    try:
        return _carry_out(terms=terms, run_pk=run.pk, actor=actor, at=at, progress=progress)
    except Refusal:
        with transaction.atomic():
            _stop(run=run, actor=actor, at=at)
        return Outcome(run_pk=run.pk, stopped=True)


@dataclass(slots=True, kw_only=True)
class _Work:
    """One process at work on a run: its terms, what it has worked out once, and how far it is."""

    terms: Terms
    books: Mapping[int, Books]
    pricer: Pricer
    outcome: Outcome
    actor: str
    at: datetime
    named: WaiversNamed
    after: int = 0
    made: int = 0
    unwritten: list[SetAside] = field(default_factory=list)  # of slices before the run's first invoice


def _carry_out(*, terms: Terms, run_pk: int | None, actor: str, at: datetime, progress: Progress | None) -> Outcome:
    for center_pk in terms.centers:
        refuse_closed(center_pk=center_pk, on=terms.as_of)
    work = _Work(
        terms=terms,
        books={pk: books_of(center=center) for pk, center in terms.centers.items()},
        pricer=Pricer(terms=terms),
        outcome=Outcome(run_pk=run_pk),
        actor=actor,
        at=at,
        named=WaiversNamed(kind=RUN_KIND),
    )
    while _next_slice(work=work):
        if progress is not None:
            progress(work.made)
    work.outcome.set_aside = _set_aside(run_pk=work.outcome.run_pk) or work.unwritten
    return work.outcome


@transaction.atomic
def _next_slice(*, work: _Work) -> bool:
    """Plan and write the next slice in one transaction; False when there is none left."""
    terms, outcome = work.terms, work.outcome
    list(Center.objects.select_for_update().filter(pk__in=terms.centers).order_by("pk").values_list("pk"))
    run = _running(terms=terms, run_pk=outcome.run_pk)
    if run is None and outcome.run_pk is not None:
        return False  # another process finished it meanwhile
    if run is not None:
        outcome.run_pk = run.pk  # also where it was cut off after its last slice and only its end is missing
    chunks: dict[int, str] = dict(run.chunks) if run else {}
    after = run.cursor if run else work.after
    through_id = min((last for last in chunks if last > after), default=None)
    plan = None
    if not chunks or through_id is not None:
        plan = _plan(terms=terms, pricer=work.pricer, after=after, through_id=through_id)
    if plan is None:
        if run is not None:
            _finish(run=run, actor=work.actor, at=work.at)
        return False
    if run is not None and chunks and plan.digest() != chunks[plan.last_id]:
        _stop(run=run, actor=work.actor, at=work.at)
        outcome.stopped = True
        return False
    if run is None and plan.invoices:
        run = _begin(terms=terms, actor=work.actor, at=work.at)
    work.unwritten += [aside for aside in plan.set_aside if not work.named.cover(aside=aside)]
    if run is not None:
        _write(run=run, plan=plan, work=work)
        work.unwritten = []
    work.after = plan.last_id
    work.made += len(plan.invoices)
    return True


def _write(*, run: Run, plan: SlicePlan, work: _Work) -> None:
    """Write what a slice comes to, and move the run's cursor behind it."""
    work.outcome.run_pk = run.pk
    if plan.invoices:
        write_slice(plan=plan, terms=work.terms, books=work.books, run_pk=run.pk)
        today = max(day_in(zone=center.zone, at=work.at) for center in work.terms.centers.values())
        overdue = sorted({i.member_pk for i in plan.invoices if i.due_on < today})
        refresh_standings(member_pks=overdue, actor=work.actor, at=work.at)
    RunItem.objects.bulk_create(
        RunItem(run=run, subject=f"member:{s.member_code}", code=s.code, text_en=s.text.en, text_es=s.text.es)
        for s in work.unwritten
    )
    Run.objects.filter(pk=run.pk).update(cursor=plan.last_id)


def _set_aside(*, run_pk: int | None) -> list[SetAside]:
    """Whom a run passed over, also before it was cut off and continued."""
    if run_pk is None:
        return []
    return [
        SetAside(
            member_code=item.subject.removeprefix("member:"),
            code=item.code,
            text=Text(en=item.text_en, es=item.text_es),
        )
        for item in RunItem.objects.filter(run_id=run_pk).order_by("pk")
    ]


def _plan(*, terms: Terms, pricer: Pricer, after: int, through_id: int | None) -> SlicePlan | None:
    """The plan of the next slice, None when there are no more members."""
    facts = billing_facts.read_slice(
        after=after,
        through_id=through_id,
        size=SLICE,
        center_pks=sorted(terms.centers),
        through=terms.last_through,
    )
    if facts.last_id == after:
        return None
    return plan_slice(facts=facts, terms=terms, pricer=pricer)


def _parameters(*, terms: Terms) -> dict[str, object]:
    return {
        "as_of": terms.as_of.isoformat(),
        "through": {terms.centers[pk].code: day.isoformat() for pk, day in sorted(terms.through.items())},
    }


def terms_of_run(*, run: Run) -> Terms:
    """The terms a run was previewed or begun under."""
    codes = run.parameters["through"]
    through = {center.pk: date.fromisoformat(codes[center.code]) for center in all_centers() if center.code in codes}
    return terms_of(as_of=date.fromisoformat(run.parameters["as_of"]), through=through, center_codes=codes)


def _running(*, terms: Terms, run_pk: int | None) -> Run | None:
    runs = Run.objects.select_for_update().filter(kind=RUN_KIND, state=RunState.RUNNING)
    if run_pk is not None:
        return runs.filter(pk=run_pk).first()
    wanted = _parameters(terms=terms)
    return next((run for run in runs.order_by("pk") if run.parameters == wanted), None)


def _begin(*, terms: Terms, actor: str, at: datetime) -> Run:
    run = Run.objects.create(
        kind=RUN_KIND, parameters=_parameters(terms=terms), state=RunState.RUNNING, actor=actor, created_at=at
    )
    _note(kind=Kind.DUES_RUN_STARTED, run=run, actor=actor, at=at)
    return run


def _finish(*, run: Run, actor: str, at: datetime) -> None:
    Run.objects.filter(pk=run.pk).update(state=RunState.FINISHED, ended_at=at, previewed_plan=None)
    made = Invoice.objects.filter(run=run).count()
    _note(kind=Kind.DUES_RUN_FINISHED, run=run, actor=actor, at=at, payload={"invoices": made})


def _stop(*, run: Run, actor: str, at: datetime) -> None:
    Run.objects.filter(pk=run.pk).update(state=RunState.STOPPED, ended_at=at)
    _note(kind=Kind.DUES_RUN_STOPPED, run=run, actor=actor, at=at, payload={"cursor": run.cursor})


def _note(*, kind: Kind, run: Run, actor: str, at: datetime, payload: dict[str, object] | None = None) -> None:
    journal.append(
        kind=kind,
        subject=f"run:{run.pk}",
        actor=actor,
        at=at,
        payload={**run.parameters, "preview": run.preview_hash, **(payload or {})},
    )


def _fingerprints(invoices: Sequence[PlannedInvoice]) -> list[str]:
    return [f"{i.member_code}\t{i.period_start}\t{i.due_on}\t{i.total}" for i in invoices]
