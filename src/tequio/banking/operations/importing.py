"""Taking in a bank's statement: read, hold against what is there, say whose money it is, post what is certain.

1. The file is read, and refused as a whole where its account or currency is not ours.
2. In one transaction that holds the account: which lines are new; whose each is, from the facts of that moment; all
   lines saved, the certain ones queued. A killed process leaves nothing, or all of it.
3. The queue is posted slice by slice (posting.py). Whatever kills the process, the same command again, any other
   import into the account, or the daily work goes on from the queue.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from django.db import transaction

from tequio.banking import hooks
from tequio.banking.identity import NEAR, Standing, standings
from tequio.banking.identity import Line as KnownLine
from tequio.banking.leads import Credit, Finder
from tequio.banking.models import BankAccount, BankLine, LineState, RowAside, StatementFile
from tequio.banking.operations.accounts import add_number, save_mapping
from tequio.banking.operations.belonging import belonging
from tequio.banking.operations.line_rows import Answer, save_lines
from tequio.banking.operations.posting import post_queued
from tequio.banking.queries.accounts import NoAccount, account_by_code
from tequio.banking.queries.money_known import known_through
from tequio.banking.statements.columns import Mapping_, mapping_from_json
from tequio.banking.statements.reading import ReadFile, read_bytes, read_file
from tequio.banking.statements.shapes import Movement, Section, SetAside
from tequio.banking.wording import shared_words, text_print
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.members.intake.dates import DateOrder
from tequio.rules.matching import Outcome
from tequio.rules.reasons import Text

_MONTH_FIRST = ("America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Phoenix")
LONGEST_FILE_NAME = 120


@dataclass(slots=True, kw_only=True)
class Imported:
    """What became of a file: counts of movements.

    `matched`, `suggested` and `unmatched` are those of money in that are new. `refused` says why the file, or some of
    its accounts, were not taken; `unrecorded` are numbers it names that a person may say are the account's.
    """

    account: str
    format: str  # empty where the file could not be read
    transactions: int = 0
    credits: int = 0
    debits: int = 0
    rejected: list[SetAside] = field(default_factory=list)
    refused: Text | None = None
    unrecorded: tuple[str, ...] = ()
    matched: int = 0
    suggested: int = 0
    unmatched: int = 0
    twins: int = 0
    already_known: int = 0
    taken: bool = True
    through: date | None = None
    notes: list[Text] = field(default_factory=list)
    mapping: Mapping_ | None = None
    statement_pk: int | None = None
    answers: list[tuple[Movement, Answer]] = field(default_factory=list)


def import_statement(
    *,
    account_code: str,
    actor: str,
    at: datetime,
    path: Path | str | None = None,
    raw: bytes | None = None,
    name: str = "",
    dry_run: bool = False,
    mapping: Mapping_ | None = None,
    number: str = "",
    post: bool = True,
) -> Imported:
    """Take in the statement at `path`, or in `raw`, and post what is certain; with `dry_run` only say what would be.

    Without `post` what is certain stays in the queue, for the daily work to post. `mapping` is how a person says the
    columns are to be read; it is remembered with the account. `number` is the account's number as the file names it,
    where a person says that it is: it is recorded with what is imported. The same file again, or one that overlaps it,
    adds nothing twice. Refuses what is no statement, an account nobody has and a closed one.
    """
    account = account_by_code(code=account_code)
    if account.closed_on is not None:
        raise NoAccount(
            en=f"The account {account.code} was closed on {account.closed_on}.",
            es=f"La cuenta {account.code} se cerró el {account.closed_on}.",
        )
    saved = mapping or mapping_from_json(account.mapping)
    if raw is None:
        assert path is not None  # noqa: S101 - CONFIG: one of both is given
        read, raw = read_file(path=path, saved=saved, usual=usual_order(account))
        name = name or Path(path).name
    else:
        read = read_bytes(raw, saved=saved, usual=usual_order(account))
    hash_ = hashlib.sha256(raw).hexdigest()
    return take_read(
        read=read,
        account=account,
        hash_=hash_,
        name=name,
        dry_run=dry_run,
        mapping=mapping,
        number=number,
        post=post,
        actor=actor,
        at=at,
    )


def only_counted(*, path: Path | str, account_code: str, refused: Text) -> Imported:
    """What the file at `path` holds, where there is no account to take it in, as `refused` says. Nothing is written."""
    read, _ = read_file(path=path)
    result = _counted(read, account_code=account_code)
    result.refused, result.taken = refused, False
    return result


def take_read(
    *,
    read: ReadFile,
    account: BankAccount,
    hash_: str,
    name: str,
    actor: str,
    at: datetime,
    dry_run: bool = False,
    mapping: Mapping_ | None = None,
    number: str = "",
    post: bool = True,
) -> Imported:
    """Take in what was read, from a file or from a provider's call (`hash_` recognizes it)."""
    result = _counted(read, account_code=account.code)
    found = belonging(read.statement.sections, account=account, number=number)
    sections, result.refused, result.unrecorded = found.ours, found.refused, found.unrecorded
    result.taken = bool(sections) or found.refused is None
    if not result.taken:
        return result
    if dry_run:
        with transaction.atomic():
            _resolve(sections, account=account, family=_family(read), result=result)
        return result
    with transaction.atomic():
        account = BankAccount.objects.select_for_update(of=("self",)).select_related("center").get(pk=account.pk)
        _resolve(sections, account=account, family=_family(read), result=result)
        made = _save(sections, account=account, read=read, hash_=hash_, name=name, result=result, actor=actor, at=at)
        if number:
            add_number(code=account.code, number=number, actor=actor, at=at)
        if mapping is not None and read.mapping is not None:
            # What nobody said is told by each file anew: how this one writes days need not be how the next one does.
            said = replace(read.mapping, dates=mapping.dates, mark=mapping.mark)
            save_mapping(account=account, mapping=said, actor=actor, at=at)
        if made:
            _note(account=account, result=result, hash_=hash_, actor=actor, at=at)
    if post:
        post_queued(account=account, actor=actor, at=at)
    through = known_through(center=account.center)
    if through is not None:
        hooks.money_known(center=account.center, through=through, actor=actor, at=at)
    return result


def usual_order(account: BankAccount) -> DateOrder:
    """How days are written where the account is, for files in which nothing tells."""
    return "mdy" if account.center.zone in _MONTH_FIRST else "dmy"


def _family(read: ReadFile) -> str:
    """Formats whose texts are alike: a table is the same as CSV and as a workbook."""
    return "csv" if read.statement.format == "xlsx" else read.statement.format


def _counted(read: ReadFile, *, account_code: str) -> Imported:
    movements = list(read.statement.movements())
    result = Imported(
        account=account_code,
        format=read.statement.format,
        transactions=read.statement.count,
        credits=sum(1 for movement in movements if movement.amount > 0),
        debits=sum(1 for movement in movements if movement.amount < 0),
        rejected=read.statement.aside(),
        notes=list(read.statement.notes),
        mapping=read.mapping,
    )
    back = [str(movement.row) for movement in movements if movement.reversal and movement.amount < 0]
    if back:
        places = ", ".join(back[:10])
        result.notes.append(
            Text(
                en=f"The bank took back money that had come (row {places}). Look for the payment made from it and "
                "void it.",
                es=f"El banco retiró dinero que había llegado (fila {places}). Busque el pago que se hizo con él y "
                "anúlelo.",
            )
        )
    if not read.statement.complete:
        result.notes.append(
            Text(
                en="The file stops before its end. What stood before was read; download it again for the rest.",
                es="El archivo se corta antes de su final. Se leyó lo anterior; descárguelo otra vez para el resto.",
            )
        )
    return result


def _resolve(sections: Sequence[Section], *, account: BankAccount, family: str, result: Imported) -> None:
    """Which lines are new, and whose each is. Reads only."""
    movements = [movement for section in sections for movement in section.movements]
    result.through = max((section.through for section in sections if section.through), default=None)
    found = _standings(movements, account=account, family=family)
    fresh: list[tuple[Movement, int | None]] = []
    for number, movement in enumerate(movements):
        standing, other = found[number]
        if standing is Standing.KNOWN:
            result.already_known += 1
        else:
            fresh.append((movement, other if standing is Standing.TWIN else None))
    verdicts = iter(Finder(account=account).verdicts(_credits(fresh)))
    for movement, twin in fresh:
        answer = Answer(twin=twin)
        if movement.amount > 0:
            answer.verdicts = [(part, next(verdicts)) for part in payments_of(movement)]
            answer.state = _state(movement, answer=answer)
        result.answers.append((movement, answer))
        if movement.amount > 0:
            result.matched += answer.state is LineState.QUEUED
            result.suggested += answer.state is LineState.SUGGESTED
            result.unmatched += answer.state in {LineState.OPEN, LineState.TWIN}
            result.twins += answer.state is LineState.TWIN


def payments_of(movement: Movement) -> list[Movement]:
    """The payments a line consists of: itself, or the parts of a batch, each as a movement."""
    if not movement.parts:
        return [movement]
    return [
        replace(
            movement, amount=part.amount, name=part.name, text=part.text, payer_account=part.payer_account, parts=()
        )
        for part in movement.parts
    ]


def _credits(fresh: Sequence[tuple[Movement, int | None]]) -> list[Credit]:
    return [
        Credit(
            on=part.on,
            amount=part.amount,
            name=part.name,
            text=part.text,
            payer_account=part.payer_account,
            doubtful=part.doubt is not None or part.amount <= 0,
        )
        for movement, _ in fresh
        if movement.amount > 0
        for part in payments_of(movement)
    ]


def _state(movement: Movement, *, answer: Answer) -> LineState:
    del movement
    if answer.twin is not None:
        return LineState.TWIN
    outcomes = {verdict.outcome for _, verdict in answer.verdicts}
    if outcomes == {Outcome.POST}:
        return LineState.QUEUED
    if Outcome.SUGGEST in outcomes or Outcome.POST in outcomes:
        return LineState.SUGGESTED
    return LineState.OPEN


def _standings(
    movements: Sequence[Movement], *, account: BankAccount, family: str
) -> dict[int, tuple[Standing, int | None]]:
    if not movements:
        return {}
    first, last = min(m.on for m in movements), max(m.on for m in movements)
    apart = timedelta(days=NEAR)
    rows = BankLine.objects.filter(account=account, on__gte=first - apart, on__lte=last + apart).order_by("pk")
    there = [
        KnownLine(
            number=pk,
            on=on,
            amount=amount,
            bank_id=bank_id,
            words=words,
            balance=balance,
            family="csv" if format_ == "xlsx" else format_,
        )
        for pk, on, amount, bank_id, words, balance, format_ in rows.values_list(
            "pk", "on", "amount", "bank_id", "text_print", "balance", "statement__format"
        )
    ]
    if not there:
        return dict.fromkeys(range(len(movements)), (Standing.NEW, None))
    fresh = [
        KnownLine(
            number=number,
            on=movement.on,
            amount=movement.amount,
            bank_id=movement.bank_id[:120],
            words=text_print(movement.text),
            balance=movement.balance,
            family=family,
        )
        for number, movement in enumerate(movements)
    ]

    def alike(number: int, pk: int) -> bool:
        return shared_words(movements[number].text, BankLine.objects.only("text").get(pk=pk).text)

    return dict(standings(fresh=fresh, known=there, alike=alike))


def _save(
    sections: Sequence[Section],
    *,
    account: BankAccount,
    read: ReadFile,
    hash_: str,
    name: str,
    result: Imported,
    actor: str,
    at: datetime,
) -> bool:
    """Put down the statement, its lines and what was set aside, in the caller's transaction.

    False where the same file is there already and brings nothing.
    """
    before = StatementFile.objects.filter(account=account, hash=hash_).first()
    if before is not None and not result.answers:
        result.statement_pk = before.pk
        return False
    days = [movement.on for section in sections for movement in section.movements]
    statement = StatementFile.objects.create(
        account=account,
        hash=hash_,
        format=read.statement.format,
        name=Path(name).name[:LONGEST_FILE_NAME],
        first_day=min(days, default=None),
        through=_day_not_to_come(result.through or max(days, default=None), days=days, at=at),
        proves=not result.rejected and read.statement.complete and read.statement.format != "calls",
        transactions=result.transactions,
        credits=result.credits,
        debits=result.debits,
        already_known=result.already_known,
        notes=[note.as_dict() for note in result.notes],
        imported_by=actor,
        imported_at=at,
    )
    RowAside.objects.bulk_create(
        RowAside(statement=statement, row=row.row, why_en=row.why.en[:400], why_es=row.why.es[:400])
        for row in result.rejected
    )
    result.statement_pk = statement.pk
    save_lines(result.answers, account=account, statement=statement)
    return True


def _day_not_to_come(through: date | None, *, days: Sequence[date], at: datetime) -> date | None:
    """The day a statement goes up to; some banks print one that has not come."""
    today = at.date()
    if through is None or through <= today:
        return through
    return min(max((day for day in days if day <= today), default=today), today)


def _note(*, account: BankAccount, result: Imported, hash_: str, actor: str, at: datetime) -> None:
    journal.append(
        kind=Kind.STATEMENT_IMPORTED,
        subject=f"account:{account.code}",
        actor=actor,
        at=at,
        payload={
            "statement": hash_[:12],
            "transactions": result.transactions,
            "matched": result.matched,
            "suggested": result.suggested,
            "unmatched": result.unmatched,
            "already_known": result.already_known,
            "set_aside": len(result.rejected),
        },
    )
