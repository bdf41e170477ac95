"""What a person decides about a line: a suggestion confirmed or refused, money given to members by hand, set aside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Sum

from tequio.banking.models import BankLine, KnownPayer, LineState, Match, MatchState
from tequio.banking.operations.posting import post_match
from tequio.centers.models import Center
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.members.queries import head_of, member_by_code
from tequio.rules.money import printed

WAITING = (LineState.OPEN, LineState.SUGGESTED, LineState.TWIN, LineState.ASIDE)
MOST_PARTS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """Part of a line: whose, how much in minor units, and the invoice it is meant for, if a person says so."""

    member_code: str
    amount: int
    invoice_number: str = ""


@transaction.atomic
def confirm(*, match_pk: int, actor: str, at: datetime) -> Match:
    """Say that a suggestion is right: the payment is made, and its payer is known from now on.

    Refuses a suggestion that is none any more, or that asks for more than is left of its line.
    """
    line, match = _held(match_pk=match_pk)
    if match.state != MatchState.SUGGESTED:
        raise _answered()
    _refuse_too_much(line=line, amount=match.amount)
    post_match(match=match, line=line, actor=actor, at=at)
    if match.amount == line.amount:
        _learn(match=match, line=line)
    _settle(line=line)
    _journal(
        Kind.LINE_MATCHED, line=line, actor=actor, at=at, payload={"member": match.member.code, "by": "suggestion"}
    )
    return match


@transaction.atomic
def refuse(*, match_pk: int, actor: str, at: datetime) -> None:
    """Say that a suggestion is wrong; the line waits for somebody who knows."""
    line, match = _held(match_pk=match_pk)
    if match.state != MatchState.SUGGESTED:
        raise _answered()
    Match.objects.filter(pk=match.pk).update(state=MatchState.REFUSED, decided_by=actor, decided_at=at)
    _settle(line=line)
    _journal(Kind.MATCH_REFUSED, line=line, actor=actor, at=at, payload={"member": match.member.code})


@transaction.atomic
def assign(*, line_pk: int, shares: Sequence[Share], actor: str, at: datetime) -> list[Match]:
    """Give what is left of a line to members, by hand: whole, or split over members or invoices.

    What the shares leave stays open. Refuses more than is left, no share at all, and an invoice of somebody else. A
    line given whole to one member makes its payer known.
    """
    line = _held_line(line_pk=line_pk)
    if line.state not in WAITING:
        raise _answered()
    if not 0 < len(shares) <= MOST_PARTS:
        raise Refusal(en="Say whose money it is.", es="Diga de quién es el dinero.")
    if any(share.amount <= 0 for share in shares):
        raise Refusal(en="Each part must be more than nothing.", es="Cada parte debe ser mayor que cero.")
    _refuse_too_much(line=line, amount=sum(share.amount for share in shares))
    Match.objects.filter(line=line, state=MatchState.SUGGESTED).update(
        state=MatchState.REFUSED, decided_by=actor, decided_at=at
    )
    made = []
    for share in shares:
        member = head_of(member=member_by_code(code=share.member_code))
        match = Match.objects.create(
            line=line, member=member, invoice_number=share.invoice_number, amount=share.amount, state=MatchState.QUEUED
        )
        post_match(match=match, line=line, actor=actor, at=at, toward=share.invoice_number)
        made.append(match)
    if len({match.member_id for match in made}) == 1 and sum(match.amount for match in made) == line.amount:
        _learn(match=made[0], line=line)
    _settle(line=line)
    members = sorted({match.member.code for match in made})
    _journal(Kind.LINE_MATCHED, line=line, actor=actor, at=at, payload={"members": members, "by": "hand"})
    return made


@transaction.atomic
def set_aside(*, line_pk: int, reason: str, actor: str, at: datetime) -> None:
    """Say that a line is nobody's dues, or is there already; suggestions about it fall away."""
    line = _held_line(line_pk=line_pk)
    if line.state not in WAITING or line.state == LineState.ASIDE or left_of(line=line) != line.amount:
        raise _answered()
    if not reason.strip():
        raise Refusal(en="Give the reason, in a few words.", es="Indique el motivo, en pocas palabras.")
    Match.objects.filter(line=line, state=MatchState.SUGGESTED).update(
        state=MatchState.REFUSED, decided_by=actor, decided_at=at
    )
    said = reason.strip()[:400]
    BankLine.objects.filter(pk=line.pk).update(state=LineState.ASIDE, why_en=said, why_es=said)
    _journal(Kind.LINE_SET_ASIDE, line=line, actor=actor, at=at, payload={})


@transaction.atomic
def bring_back(*, line_pk: int, actor: str, at: datetime) -> None:
    """Let a line that was set aside, or taken for a twin, wait for an answer again."""
    line = _held_line(line_pk=line_pk)
    if line.state not in {LineState.ASIDE, LineState.TWIN}:
        raise _answered()
    BankLine.objects.filter(pk=line.pk).update(state=LineState.OPEN, why_en="", why_es="", twin=None)
    _journal(Kind.LINE_BROUGHT_BACK, line=line, actor=actor, at=at, payload={})


def left_of(*, line: BankLine) -> int:
    """What of a line is nobody's yet, in minor units."""
    posted = Match.objects.filter(line=line, state=MatchState.POSTED).aggregate(sum=Sum("amount"))["sum"] or 0
    return line.amount - int(posted)


def settle_line(*, line: BankLine) -> None:
    """Put a line in the state that follows from its matches, in the caller's transaction."""
    _settle(line=line)


def _settle(*, line: BankLine) -> None:
    if left_of(line=line) == 0:
        state = LineState.MATCHED
    elif Match.objects.filter(line=line, state=MatchState.SUGGESTED).exists():
        state = LineState.SUGGESTED
    else:
        state = LineState.OPEN
    BankLine.objects.filter(pk=line.pk).update(state=state)
    line.state = state


def _learn(*, match: Match, line: BankLine) -> None:
    """Know the payer of a line from now on: by its account, and by a name that tells it from others."""
    for print_, by_account in ((line.payer_print, True), (line.name_print, False)):
        if print_:
            KnownPayer.objects.get_or_create(
                center_id=line.account.center_id,
                print=print_,
                by_account=by_account,
                member_id=match.member_id,
                defaults={"match": match},
            )


def _held(*, match_pk: int) -> tuple[BankLine, Match]:
    found = Match.objects.filter(pk=match_pk).values_list("line_id", flat=True).first()
    if found is None:
        raise _answered()
    line = _held_line(line_pk=found)
    return line, Match.objects.select_related("member").get(pk=match_pk)


def _held_line(*, line_pk: int) -> BankLine:
    """A line, its center held as everything holds it that touches money."""
    found = BankLine.objects.select_related("account").filter(pk=line_pk).first()
    if found is None:
        raise Refusal(en="There is no such line.", es="No existe ese movimiento.")
    Center.objects.select_for_update().get(pk=found.account.center_id)
    return BankLine.objects.select_related("account").get(pk=line_pk)


def _refuse_too_much(*, line: BankLine, amount: int) -> None:
    left = left_of(line=line)
    if amount > left:
        shown = printed(minor=left, currency=line.currency)
        raise Refusal(en=f"Only {shown} of this line is left.", es=f"De este movimiento solo quedan {shown}.")


def _answered() -> Refusal:
    return Refusal(
        en="Somebody has answered this already. Look at it again.", es="Alguien ya respondió esto. Véalo de nuevo."
    )


def _journal(kind: Kind, *, line: BankLine, actor: str, at: datetime, payload: dict[str, object]) -> None:
    journal.append(kind=kind, subject=f"bank-line:{line.pk}", actor=actor, at=at, payload=payload)
