"""What the pages of a dues run read: the list of runs, totals of a preview, what changed, and how far a run is."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import CharField, Count, F, Q, QuerySet, Sum, Value
from django.db.models.functions import Concat

from tequio.centers.models import Center
from tequio.dues.exceptions import Seen, bills_before
from tequio.dues.models import DuesPolicy, Invoice, InvoiceLine
from tequio.dues.operations.billing import RUN_KIND
from tequio.dues.previewed import PreviewedInvoice, unpack
from tequio.kernel.mail.models import MailState, OutgoingMail
from tequio.kernel.runs.models import Run, RunItem, RunState
from tequio.kernel.texts import text_of
from tequio.kernel.web.lists import PER_PAGE
from tequio.members.models import Member
from tequio.rules.dues import Kind, Part
from tequio.rules.money import whole_units
from tequio.rules.reasons import Text

MOST_SHOWN = 20  # lines of a difference; the rest is counted


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedRun:
    """One run of the list; `through` names each center's last period start."""

    pk: int
    state: str
    as_of: date
    through: dict[str, date]
    actor: str
    created_at: datetime
    invoices: int


def runs_page(*, center_codes: Collection[str], number: int) -> tuple[list[ListedRun], int]:
    """One page of the runs that bill any of these centers, newest first, previews left out; and how many there are."""
    runs = _of_centers(center_codes).exclude(state=RunState.PREVIEWED)
    first = (number - 1) * PER_PAGE
    return _listed(runs.order_by("-pk")[first : first + PER_PAGE]), runs.count()


def waiting_previews(*, center_codes: Collection[str], first: int = 5) -> list[ListedRun]:
    """The latest previews nobody has confirmed."""
    return _listed(_of_centers(center_codes).filter(state=RunState.PREVIEWED).order_by("-pk")[:first])


def _of_centers(center_codes: Collection[str]) -> QuerySet[Run]:
    wanted = Q(pk__in=())
    for code in center_codes:
        wanted |= Q(parameters__through__has_key=code)
    return Run.objects.filter(wanted, kind=RUN_KIND)


def _listed(runs: QuerySet[Run]) -> list[ListedRun]:
    rows = list(runs.values_list("pk", "state", "parameters", "actor", "created_at"))
    made = Invoice.objects.filter(run_id__in=[row[0] for row in rows]).order_by().values_list("run_id")
    counts: dict[int | None, int] = dict(made.annotate(count=Count("pk")))
    return [
        ListedRun(
            pk=pk,
            state=state,
            as_of=date.fromisoformat(parameters["as_of"]),
            through={code: date.fromisoformat(day) for code, day in parameters["through"].items()},
            actor=actor,
            created_at=created_at,
            invoices=counts.get(pk, 0),
        )
        for pk, state, parameters, actor, created_at in rows
    ]


def seen_preview(*, run: Run, centers: Sequence[Center]) -> Seen:
    """A preview as somebody sees it who may see these centers."""
    return Seen(
        plan=unpack(bytes(run.previewed_plan or b"")),
        as_of=date.fromisoformat(run.parameters["as_of"]),
        currencies={center.code: center.currency for center in centers if center.code in run.parameters["through"]},
    )


@dataclass(slots=True, kw_only=True)
class Sums:
    """Invoices and their parts in minor units, of one kind of member or of a whole center."""

    invoices: int = 0
    membership: int = 0
    operations: int = 0

    @property
    def total(self) -> int:
        """Both parts."""
        return self.membership + self.operations

    def add(self, invoice: PreviewedInvoice) -> None:
        """Count one invoice more."""
        self.invoices += 1
        self.membership += invoice.membership
        self.operations += invoice.operations


@dataclass(slots=True, kw_only=True)
class CenterSums:
    """What a preview comes to in one center: by kind of member, and in all."""

    code: str
    name: Text
    currency: str
    kinds: dict[str, Sums] = field(default_factory=lambda: {kind.value: Sums() for kind in Kind})
    all: Sums = field(default_factory=Sums)


def preview_sums(*, seen: Seen, centers: Sequence[Center]) -> list[CenterSums]:
    """The totals of a preview by center and kind of member. No query."""
    found = {
        center.code: CenterSums(code=center.code, name=text_of(row=center, name="name"), currency=center.currency)
        for center in centers
        if center.code in seen.currencies
    }
    for invoice in seen.plan.invoices:
        if invoice.center_code in found:
            found[invoice.center_code].kinds[invoice.kind].add(invoice)
            found[invoice.center_code].all.add(invoice)
    return list(found.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """How the bills of one center compare with each member's bill of the period before, in numbers of invoices."""

    name: Text
    more: int
    less: int
    same: int
    first: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """What changed since the last run of any of these centers; `run_pk` None where this is the first.

    `policies` are the dues policies adopted in between: code, title, first day.
    """

    run_pk: int | None
    as_of: date | None
    policies: list[tuple[str, Text, date]]
    compared: list[Compared]


def since_last_run(*, run: Run, seen: Seen, centers: Sequence[Center]) -> Since:
    """What changed since the last finished run: policies adopted, and how bills compare. Three queries."""
    last = (
        _of_centers(list(seen.currencies))
        .filter(state=RunState.FINISHED, pk__lt=run.pk)
        .order_by("-pk")
        .values_list("pk", "parameters")
        .first()
    )
    as_of = date.fromisoformat(last[1]["as_of"]) if last else None
    adopted = DuesPolicy.objects.filter(center__code__in=seen.currencies, valid_from__lte=seen.as_of)
    policies = adopted.filter(valid_from__gt=as_of).order_by("valid_from", "code") if as_of else adopted.none()
    return Since(
        run_pk=last[0] if last else None,
        as_of=as_of,
        policies=[(row.code, text_of(row=row, name="title"), row.valid_from) for row in policies],
        compared=_compared(seen=seen, centers=centers),
    )


def _compared(*, seen: Seen, centers: Sequence[Center]) -> list[Compared]:
    billed: dict[str, list[PreviewedInvoice]] = {}
    for invoice in seen.plan.invoices:
        if invoice.center_code in seen.currencies:
            billed.setdefault(invoice.member_code, []).append(invoice)
    if not billed:
        return []
    before = bills_before(seen=seen, billed=billed)
    counts = {code: {"more": 0, "less": 0, "same": 0, "first": 0} for code in seen.currencies}
    for code, invoices in billed.items():
        total = before[code][2] if code in before else None
        for invoice in invoices:
            how = "first" if total is None else "same"
            if total is not None and invoice.total != total:
                how = "more" if invoice.total > total else "less"
            counts[invoice.center_code][how] += 1
    return [
        Compared(name=text_of(row=center, name="name"), **counts[center.code])
        for center in centers
        if center.code in counts
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What a newer preview no longer makes, and newly makes; at most so many shown, the rest counted."""

    gone: list[PreviewedInvoice]
    fresh: list[PreviewedInvoice]
    gone_count: int
    fresh_count: int


def difference(*, before: Seen, now: Seen) -> Difference:
    """What moved between two previews, by member, period, due day and total."""
    earlier = {row.fingerprint: row for row in before.plan.invoices if row.center_code in now.currencies}
    later = {row.fingerprint: row for row in now.plan.invoices if row.center_code in now.currencies}
    gone = [earlier[key] for key in sorted(earlier.keys() - later.keys())]
    fresh = [later[key] for key in sorted(later.keys() - earlier.keys())]
    return Difference(gone=gone[:MOST_SHOWN], fresh=fresh[:MOST_SHOWN], gone_count=len(gone), fresh_count=len(fresh))


def members_by_code(*, codes: Collection[str]) -> dict[str, tuple[int, str]]:
    """The number and name of the members of a page's rows, by code."""
    return {code: (pk, name) for code, pk, name in _members(codes)}


def _members(codes: Collection[str]) -> QuerySet[Member, tuple[str, int, str]]:
    return Member.objects.filter(code__in=set(codes)).values_list("code", "pk", "name")


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a run is: invoices made, of how many that were previewed (None where it began without a preview)."""

    made: int
    total: int | None


def progress(*, run: Run) -> Progress:
    """How far a run is, in all its centers."""
    planned = unpack(bytes(run.previewed_plan or b"")).invoices
    return Progress(made=Invoice.objects.filter(run=run).count(), total=len(planned) or None)


def made_by(*, run: Run, centers: Sequence[Center]) -> QuerySet[Invoice]:
    """The invoices a run made in these centers, by center and number."""
    return Invoice.objects.filter(run=run, center__in=[center.pk for center in centers]).order_by("center_id", "number")


def made_sums(*, run: Run, centers: Sequence[Center]) -> list[CenterSums]:
    """What a run made in these centers, by center and part, cancelled ones included. Two queries."""
    found = {
        center.pk: CenterSums(code=center.code, name=text_of(row=center, name="name"), currency=center.currency)
        for center in centers
    }
    made = made_by(run=run, centers=centers).order_by()
    for center_pk, count in made.values_list("center_id").annotate(Count("pk")):
        found[center_pk].all.invoices = count
    lines = InvoiceLine.objects.filter(invoice__run=run, invoice__center__in=list(found)).order_by()
    for center_pk, part, amount in lines.values_list("invoice__center_id", "part").annotate(Sum("amount")):
        if part == Part.OPERATIONS:
            found[center_pk].all.operations = amount
        else:
            found[center_pk].all.membership = amount
    return list(found.values())


def set_aside_by(*, run: Run, centers: Sequence[Center], number: int) -> tuple[list[tuple[int, str, Text]], int]:
    """Whom a run passed over in these centers, one page: (member, name, why); and how many there are."""
    mine = Member.objects.filter(center__in=[center.pk for center in centers]).annotate(
        as_subject=Concat(Value("member:"), F("code"), output_field=CharField())
    )
    listed = RunItem.objects.filter(run=run, subject__in=mine.values("as_subject")).order_by("pk")
    first = (number - 1) * PER_PAGE
    page = list(listed[first : first + PER_PAGE])
    named = members_by_code(codes=[item.subject.removeprefix("member:") for item in page])
    rows = []
    for item in page:
        pk, name = named[item.subject.removeprefix("member:")]
        rows.append((pk, name, Text(en=item.text_en, es=item.text_es)))
    return rows, listed.count()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailed:
    """How many invoices of a run have a mail: waiting, sent, or failed."""

    waiting: int
    sent: int
    failed: int


def mailed(*, run: Run, centers: Sequence[Center]) -> Mailed:
    """What became of the mails of a run's invoices. One query."""
    numbers = made_by(run=run, centers=centers).order_by().annotate(about=Concat(Value("invoice:"), F("number")))
    mails = OutgoingMail.objects.filter(kind="dues.invoice", subject__in=numbers.values("about"))
    counts = dict(mails.order_by().values_list("state").annotate(Count("pk")))
    return Mailed(
        waiting=counts.get(MailState.WAITING, 0),
        sent=counts.get(MailState.SENT, 0),
        failed=counts.get(MailState.FAILED, 0),
    )


PREVIEW_COLUMNS = (
    *("member_id", "center", "kind", "period_start", "period_end", "due_on"),
    *("membership", "operations", "total", "currency"),
)


def preview_rows(*, seen: Seen) -> Iterator[tuple[Any, ...]]:
    """Every invoice of a preview, for a spreadsheet."""
    for row in seen.plan.invoices:
        if row.center_code in seen.currencies:
            amounts = [whole_units(minor=minor) for minor in (row.membership, row.operations, row.total)]
            yield (
                *(row.member_code, row.center_code, row.kind, row.period_start, row.period_end, row.due_on),
                *amounts,
                seen.currencies[row.center_code],
            )


RESULT_COLUMNS = (
    *("invoice", "member_id", "member_name", "center", "period_start", "period_end", "due_on"),
    *("total", "open", "currency", "cancelled_on"),
)


def result_rows(*, run: Run, centers: Sequence[Center]) -> Iterator[tuple[Any, ...]]:
    """Every invoice a run made, for a spreadsheet."""
    values = made_by(run=run, centers=centers).values_list(
        *("number", "member__code", "member__name", "center__code", "period_start", "period_end", "due_on"),
        *("total", "rest", "currency", "cancelled_on"),
    )
    for *cells, total, rest, currency, cancelled_on in values.iterator(chunk_size=2000):
        yield (*cells, whole_units(minor=total), whole_units(minor=rest), currency, cancelled_on)
