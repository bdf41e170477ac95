"""Whose money is this? A reference with check digits first, then a payer known before; the rest a person decides.

What a program posts by itself must be right every time. A name, an amount and a day are right most of the time: they
make a suggestion, which waits for a person.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tequio.rules.reasons import Text

LIKE_ENOUGH = 72  # of 100: a name that is suggested where the amount fits too
ALMOST_THE_SAME = 90  # of 100: a name that is suggested whatever the amount
NEAR = 75  # days between the day money is due and the day it comes, on which the day speaks for it
SAME_MONEY = 10  # days between a payment entered by hand and the bank's line of it
MOST_OTHERS = 2


class Evidence(StrEnum):
    """What makes a member the one who paid, strongest first."""

    REFERENCE = "reference"
    SHORT_REFERENCE = "short_reference"
    PAYER_ACCOUNT = "payer_account"
    PAYER_NAME = "payer_name"
    NUMBER = "number"
    NAME = "name"
    AMOUNT = "amount"


class Outcome(StrEnum):
    """What is to be done with money that came."""

    POST = "post"
    SUGGEST = "suggest"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """Something that points to a member. Amounts in minor units.

    `fits` are the amounts that would be just right: what is open of a charge, of all of them, an instalment.
    `likeness` is how alike the names are, of 100. `due_on` is when the charge that fits best is due.
    """

    member: int
    evidence: Evidence
    invoice: str = ""
    owed: int = 0
    fits: frozenset[int] = frozenset()
    likeness: int = 0
    due_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What to do, with whom, and why. `others` are members that could be meant too, the likeliest first."""

    outcome: Outcome
    why: Text
    lead: Lead | None = None
    others: tuple[int, ...] = ()


def decide(*, amount: int, on: date, leads: Iterable[Lead], doubtful: bool = False) -> Verdict:
    """Whose money it is, and whether a program may post it by itself.

    Posted: a reference with check digits that names one member, whatever the amount; a short one (seven digits prove
    less) where the amount is just right; an account a person confirmed before, of one member that owes at least as
    much; a name confirmed before, where the amount is just right. Whatever else points to another member, and a line
    the bank's own file makes doubtful, takes that back: then it is a suggestion.
    """
    found = list(leads)
    for evidence, test in _AUTOMATIC:
        sure = [lead for lead in found if lead.evidence is evidence and test(lead, amount)]
        members = {lead.member for lead in sure}
        if len(members) > 1:
            return _suggestion(amount=amount, on=on, leads=sure, why=_SEVERAL)
        if members:
            lead = max(sure, key=lambda one: (amount in one.fits, one.invoice))
            against = _contradicted(lead, leads=found)
            if doubtful or against:
                return _suggestion(amount=amount, on=on, leads=found, why=_DOUBTFUL if doubtful else _CONTRADICTED)
            return Verdict(outcome=Outcome.POST, lead=lead, why=_why(lead, amount=amount))
    worth = [lead for lead in found if _worth_asking(lead, amount=amount)]
    if worth:
        return _suggestion(amount=amount, on=on, leads=worth)
    return Verdict(outcome=Outcome.NONE, why=_NOBODY)


def unless_entered(verdict: Verdict, /, *, amount: int, on: date, entered: Iterable[date]) -> Verdict:
    """The verdict, unless somebody entered this money by hand: then a person says whether it is the same.

    `entered` are the days of the payments of that member and amount that no line of a bank stands behind. Ten days
    apart or less they may be one and the same.
    """
    near = [day for day in entered if abs((day - on).days) <= SAME_MONEY]
    if verdict.outcome is not Outcome.POST or verdict.lead is None or not near:
        return verdict
    why = Text(
        en=f"A payment of this amount was entered by hand on {near[0]}: it may be the same money.",
        es=f"El {near[0]} se registró a mano un pago de esta cantidad: puede ser el mismo dinero.",
    )
    return _suggestion(amount=amount, on=on, leads=[verdict.lead], why=why)


def _just_right(lead: Lead, amount: int) -> bool:
    return amount in lead.fits


_AUTOMATIC = (
    (Evidence.REFERENCE, lambda _lead, _amount: True),
    (Evidence.SHORT_REFERENCE, _just_right),
    (Evidence.PAYER_ACCOUNT, lambda lead, amount: 0 < amount <= lead.owed),
    (Evidence.PAYER_NAME, _just_right),
)
_PROVES = (Evidence.REFERENCE, Evidence.SHORT_REFERENCE, Evidence.PAYER_ACCOUNT, Evidence.NUMBER)


def _contradicted(lead: Lead, *, leads: Sequence[Lead]) -> bool:
    """Whether something that proves as much or nearly points to somebody else. Check digits of 97 outweigh all."""
    if lead.evidence is Evidence.REFERENCE:
        return False
    return any(other.member != lead.member and other.evidence in _PROVES for other in leads)


def _worth_asking(lead: Lead, *, amount: int) -> bool:
    if lead.evidence is Evidence.NAME:
        return lead.likeness >= ALMOST_THE_SAME or (lead.likeness >= LIKE_ENOUGH and amount in lead.fits)
    if lead.evidence is Evidence.AMOUNT:
        return amount in lead.fits
    return True


def _points(lead: Lead, *, amount: int, on: date) -> tuple[int, int, int]:
    order = list(Evidence)
    points = 10 * (len(order) - order.index(lead.evidence)) + (25 if amount in lead.fits else 0) + lead.likeness // 10
    if lead.due_on is not None and abs((on - lead.due_on).days) <= NEAR:
        points += 5
    return points, lead.likeness, -lead.member


def _suggestion(*, amount: int, on: date, leads: Sequence[Lead], why: Text | None = None) -> Verdict:
    ranked = sorted(leads, key=lambda lead: _points(lead, amount=amount, on=on), reverse=True)
    best = ranked[0]
    others = tuple(dict.fromkeys(lead.member for lead in ranked if lead.member != best.member))[:MOST_OTHERS]
    return Verdict(outcome=Outcome.SUGGEST, lead=best, others=others, why=why or _why(best, amount=amount))


_NOBODY = Text(en="Nothing in it tells whose it is.", es="Nada dice de quién es.")
_SEVERAL = Text(en="It names more than one member.", es="Menciona a más de una membresía.")
_DOUBTFUL = Text(
    en="It names a member, but the bank’s file leaves a doubt about the amount.",
    es="Menciona a una membresía, pero el archivo del banco deja dudas sobre la cantidad.",
)
_CONTRADICTED = Text(
    en="One thing in it points to one member, another to somebody else.",
    es="Una cosa apunta a una membresía y otra a alguien más.",
)


def _why(lead: Lead, *, amount: int) -> Text:
    said = _SAID[lead.evidence]
    right = amount in lead.fits
    if lead.evidence in {Evidence.REFERENCE, Evidence.AMOUNT} or (
        lead.evidence is Evidence.PAYER_ACCOUNT and not right
    ):
        return said if not lead.invoice else Text(en=f"{said.en} ({lead.invoice})", es=f"{said.es} ({lead.invoice})")
    about = Text(en=f"{said.en} ({lead.invoice})", es=f"{said.es} ({lead.invoice})") if lead.invoice else said
    if lead.evidence is Evidence.NAME:
        about = Text(en=f"{said.en} ({lead.likeness} of 100)", es=f"{said.es} ({lead.likeness} de 100)")
    if right:
        return Text(
            en=f"{about.en}, and the amount is just what is open", es=f"{about.es}, y la cantidad es lo que debe"
        )
    return Text(en=f"{about.en}, but the amount is another", es=f"{about.es}, pero la cantidad es otra")


_SAID = {
    Evidence.REFERENCE: Text(
        en="The reference names the invoice, and its check digits are right",
        es="La referencia señala el aviso, y sus dígitos verificadores son correctos",
    ),
    Evidence.SHORT_REFERENCE: Text(
        en="The numeric reference is the invoice’s, with its check digit",
        es="La referencia numérica es la del aviso, con su dígito verificador",
    ),
    Evidence.PAYER_ACCOUNT: Text(
        en="It came from an account that paid for this member before",
        es="Llegó de una cuenta que ya pagó por esta membresía",
    ),
    Evidence.PAYER_NAME: Text(
        en="Who sent it paid for this member before", es="Quien lo envió ya pagó por esta membresía"
    ),
    Evidence.NUMBER: Text(
        en="It names the invoice, without check digits", es="Menciona el aviso, sin dígitos verificadores"
    ),
    Evidence.NAME: Text(en="The name is like the member’s", es="El nombre se parece al de la membresía"),
    Evidence.AMOUNT: Text(
        en="No other open charge has this amount", es="Ningún otro cargo abierto tiene esta cantidad"
    ),
}
