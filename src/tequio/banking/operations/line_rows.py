"""Putting down the lines of a statement and who they point to, many at once."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from tequio.banking.account_numbers import ending_of
from tequio.banking.models import BankAccount, BankLine, LineState, Match, MatchState, StatementFile
from tequio.banking.statements.shapes import Movement
from tequio.banking.wording import account_print, name_print, text_print
from tequio.kernel import bulk
from tequio.kernel.bulk import stored_day
from tequio.kernel.encryption import encrypted, fingerprint
from tequio.rules.matching import Outcome, Verdict

LONGEST_TEXT, LONGEST_NAME, LONGEST_ID, LONGEST_WHY = 2_000, 300, 120, 400


@dataclass(slots=True, kw_only=True)
class Answer:
    """What a new line is: its state, the line it may be a twin of, and the verdict on each payment it consists of."""

    state: LineState = LineState.OUT
    twin: int | None = None
    verdicts: list[tuple[Movement, Verdict]] = field(default_factory=list)


def save_lines(answers: Sequence[tuple[Movement, Answer]], *, account: BankAccount, statement: StatementFile) -> None:
    """Put down new lines and their matches, in the caller's transaction, which holds the account."""
    pks = bulk.reserve_ids(model=BankLine, count=len(answers))
    keys = _keys(answers, account=account)
    lines, matches = [], []
    for pk, key, (movement, answer) in zip(pks, keys, answers, strict=True):
        why = _why(movement, answer=answer)
        lines.append(
            (pk, account.pk, statement.pk, movement.row, stored_day(movement.on), movement.amount, account.currency)
            + (movement.balance, movement.bank_id[:LONGEST_ID], encrypted(movement.name[:LONGEST_NAME]))
            + (encrypted(movement.text[:LONGEST_TEXT]), _ending(movement), text_print(movement.text))
            + (account_print(movement.payer_account), name_print(movement.name), key, answer.state.value)
            + (why[0][:LONGEST_WHY], why[1][:LONGEST_WHY], answer.twin)
        )
        for part, verdict in answer.verdicts:
            if verdict.lead is None or answer.twin is not None or part.amount <= 0:
                continue
            state = MatchState.SUGGESTED
            if verdict.outcome is Outcome.POST and answer.state is LineState.QUEUED:
                state = MatchState.QUEUED
            matches.append(
                (pk, verdict.lead.member, verdict.lead.invoice, part.amount, verdict.lead.evidence.value, state.value)
                + (verdict.why.en[:LONGEST_WHY], verdict.why.es[:LONGEST_WHY])
                + (str(list(verdict.others)), "")
            )
    bulk.insert(
        model=BankLine,
        columns=("id", "account_id", "statement_id", "row", "on", "amount", "currency", "balance", "bank_id", "name")
        + ("text", "payer_ending", "text_print", "payer_print", "name_print", "key", "state", "why_en", "why_es")
        + ("twin_id",),
        rows=lines,
    )
    bulk.insert(
        model=Match,
        columns=("line_id", "member_id", "invoice_number", "amount", "evidence", "state", "why_en", "why_es")
        + ("others", "decided_by"),
        rows=matches,
    )


def _keys(answers: Sequence[tuple[Movement, Answer]], *, account: BankAccount) -> list[str]:
    """What makes each line one of its kind: day, amount, words, and which of its equals it is."""
    bases = [
        fingerprint("bank line", movement.on.isoformat(), str(movement.amount), " ".join(movement.text.split()))
        for movement, _ in answers
    ]
    equals: Counter[str] = Counter()
    if bases:
        days = [movement.on for movement, _ in answers]
        there = BankLine.objects.filter(account=account, on__gte=min(days), on__lte=max(days))
        equals.update(key[:24] for key in there.values_list("key", flat=True))
    keys = []
    for base in bases:
        equals[base[:24]] += 1
        keys.append(f"{base[:24]}{equals[base[:24]]:08d}")
    return keys


def _ending(movement: Movement) -> str:
    number = movement.payer_account
    return ending_of(number) if sum(character.isdigit() for character in number) >= 4 else ""  # noqa: PLR2004


def _why(movement: Movement, *, answer: Answer) -> tuple[str, str]:
    if answer.state is LineState.OUT:
        return "", ""
    if answer.twin is not None:
        return (
            "A line of the same day and amount is there already; it may be the same one.",
            "Ya hay un movimiento del mismo día y cantidad; puede ser el mismo.",
        )
    if movement.doubt is not None:
        return movement.doubt.en, movement.doubt.es
    if len(answer.verdicts) == 1:
        return answer.verdicts[0][1].why.en, answer.verdicts[0][1].why.es
    return "The bank booked several payments as one.", "El banco registró varios pagos como uno solo."
