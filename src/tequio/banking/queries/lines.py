"""The lines of bank statements, as pages and commands show them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from tequio.banking.models import BankAccount, BankLine, LineState, Match, MatchState
from tequio.kernel.errors import Refusal
from tequio.members.models import Member
from tequio.rules.reasons import Text

STATES = {
    "open": Text(en="not matched", es="sin asignar"),
    "suggested": Text(en="suggested", es="sugerido"),
    "twin": Text(en="maybe there twice", es="quizá repetido"),
    "matched": Text(en="matched", es="asignado"),
    "queued": Text(en="being posted", es="por registrar"),
    "aside": Text(en="set aside", es="apartado"),
    "out": Text(en="money out", es="salida"),
}
SHAPES = {
    "open": "at_risk",
    "suggested": "open",
    "twin": "at_risk",
    "matched": "done",
    "queued": "told",
    "aside": "ended",
    "out": "ended",
}
WAITING = (LineState.OPEN, LineState.SUGGESTED, LineState.TWIN)


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchRow:
    """An answer to whose a line is. `others` are members that could be meant too, as (id, code, name)."""

    pk: int
    member_pk: int
    member_code: str
    member_name: str
    amount: int
    invoice: str
    state: str
    why: Text
    by_hand: bool
    payment: str
    others: tuple[tuple[int, str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRow:
    """A line, what is left of it, and the answers there are. Amounts in minor units."""

    pk: int
    account: str
    center_pk: int
    on: date
    amount: int
    left: int
    currency: str
    name: str
    text: str
    payer_ending: str
    state: str
    why: Text
    twin: int | None
    statement: int
    matches: tuple[MatchRow, ...]


def lines_of(
    *, center_pks: Iterable[int], account_code: str = "", states: Sequence[str] = WAITING
) -> QuerySet[BankLine]:
    """The lines of the accounts of these centers in these states, the newest day first."""
    found = BankLine.objects.filter(account__center_id__in=list(center_pks), state__in=list(states))
    if account_code:
        found = found.filter(account__code=account_code)
    return found.order_by("-on", "-pk")


def line_rows(*, lines: Sequence[BankLine]) -> list[LineRow]:
    """Lines as they are shown, with their answers. Four queries, however many lines."""
    pks = [line.pk for line in lines]
    accounts = {a.pk: a for a in BankAccount.objects.filter(pk__in={line.account_id for line in lines})}
    matches: dict[int, list[Match]] = {}
    for match in (
        Match.objects.filter(line_id__in=pks)
        .exclude(state__in=[MatchState.REFUSED, MatchState.UNDONE])
        .select_related("member", "payment")
        .order_by("pk")
    ):
        matches.setdefault(match.line_id, []).append(match)
    others = {pk for listed in matches.values() for match in listed for pk in match.others}
    named = {
        pk: (pk, code, name)
        for pk, code, name in Member.objects.filter(pk__in=others).values_list("pk", "code", "name")
    }
    return [
        LineRow(
            pk=line.pk,
            account=accounts[line.account_id].code,
            center_pk=accounts[line.account_id].center_id,
            on=line.on,
            amount=line.amount,
            left=line.amount - sum(m.amount for m in matches.get(line.pk, ()) if m.state == MatchState.POSTED),
            currency=line.currency,
            name=line.name,
            text=line.text,
            payer_ending=line.payer_ending,
            state=line.state,
            why=Text(en=line.why_en, es=line.why_es),
            twin=line.twin_id,
            statement=line.statement_id,
            matches=tuple(_match_row(match, named=named) for match in matches.get(line.pk, ())),
        )
        for line in lines
    ]


def line_row(*, pk: int) -> LineRow:
    """One line. Refuses a number no line has."""
    line = BankLine.objects.filter(pk=pk).first()
    if line is None:
        raise Refusal(en=f"There is no bank line {pk}.", es=f"No existe el movimiento {pk}.")
    return line_rows(lines=[line])[0]


def _match_row(match: Match, *, named: dict[int, tuple[int, str, str]]) -> MatchRow:
    return MatchRow(
        pk=match.pk,
        member_pk=match.member.merged_into_id or match.member_id,
        member_code=match.member.code,
        member_name=match.member.name,
        amount=match.amount,
        invoice=match.invoice_number,
        state=match.state,
        why=Text(en=match.why_en, es=match.why_es),
        by_hand=not match.evidence,
        payment=match.payment.number if match.payment else "",
        others=tuple(named[pk] for pk in match.others if pk in named),
    )
