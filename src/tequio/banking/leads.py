"""What points to whose money a line is: references, payers known before, names and amounts. Few queries, many lines."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tequio.banking.likeness import NameBook
from tequio.banking.models import BankAccount, KnownPayer
from tequio.banking.wording import account_print, name_print
from tequio.dues.models import Invoice, Payment, PaymentMethod, PlanInstalment
from tequio.kernel import bulk
from tequio.members.models import Contact, Member
from tequio.rules.matching import SAME_MONEY, Evidence, Lead, Outcome, Verdict, decide, unless_entered
from tequio.rules.payment_references import Named, named_in

_CHUNK = 800  # values of one IN list
_LIKELY = 3  # members whose names are looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """Money that came, as matching sees it."""

    on: date
    amount: int
    name: str
    text: str
    payer_account: str
    doubtful: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Owed:
    """What a member has open: each charge, their sum, and the amounts that would be just right."""

    total: int
    fits: frozenset[int]
    due_on: dict[int, date]


class Finder:
    """Answers for the lines of one account, from the facts of one moment. The facts are read once."""

    def __init__(self, *, account: BankAccount) -> None:
        self._center = account.center
        merged = Member.objects.filter(merged_into__isnull=False, center=self._center)
        self._heads: dict[int, int] = dict(bulk.rows(queryset=merged.values_list("pk", "merged_into_id")))
        open_ = Invoice.objects.filter(center=self._center, rest__gt=0, cancelled_on__isnull=True).order_by(
            "due_on", "pk"
        )
        self._open: dict[str, tuple[int, int, date]] = {}
        self._numbers_of: dict[int, list[str]] = defaultdict(list)
        self._by_serial: dict[str, list[str]] = defaultdict(list)
        self._by_amount: dict[int, list[str]] = defaultdict(list)
        for number, member_pk, rest, due_on in bulk.rows(
            queryset=open_.values_list("number", "member_id", "rest", "due_on")
        ):
            head = self._heads[member_pk] if member_pk in self._heads else int(member_pk)
            self._open[number] = head, rest, bulk.day(due_on)
            self._numbers_of[head].append(number)
            self._by_serial[number.rsplit("-", 1)[1][-6:].zfill(6)].append(number)
            self._by_amount[rest].append(number)
        self._instalments = self._next_instalments()
        self._names: NameBook | None = None
        self._owed: dict[int, _Owed] = {}

    def verdicts(self, credits: Sequence[Credit]) -> list[Verdict]:
        """Whose each is, in the same order."""
        code, short = self._center.code, self._center.short_references
        named = [named_in(text=credit.text, codes=[code], short=short) for credit in credits]
        heads = self._heads_of_numbers({number for one in named for number in (*one.checked, *one.bare)})
        payers = self._payers(credits)
        typed = self._typed(credits)
        answers: list[Verdict] = []
        for credit, one in zip(credits, named, strict=True):
            leads = self._leads(credit, named=one, heads=heads, payers=payers)
            verdict = decide(amount=credit.amount, on=credit.on, leads=leads, doubtful=credit.doubtful)
            if verdict.outcome is not Outcome.POST:
                leads += self._guesses(credit, named=one)
                verdict = decide(amount=credit.amount, on=credit.on, leads=leads, doubtful=credit.doubtful)
            if verdict.outcome is Outcome.POST and verdict.lead is not None:
                entered = typed.get((verdict.lead.member, credit.amount), ())
                verdict = unless_entered(verdict, amount=credit.amount, on=credit.on, entered=entered)
            answers.append(verdict)
        return answers

    def _typed(self, credits: Sequence[Credit]) -> dict[tuple[int, int], list[date]]:
        """The days of payments around those of the lines that somebody entered by hand, by member and amount."""
        found: dict[tuple[int, int], list[date]] = defaultdict(list)
        if not credits:
            return found
        apart = timedelta(days=SAME_MONEY)
        first, last = min(c.on for c in credits) - apart, max(c.on for c in credits) + apart
        rows = Payment.objects.filter(
            member__center=self._center, on__gte=first, on__lte=last, voided_on__isnull=True, bank_match__isnull=True
        ).exclude(method__in=[PaymentMethod.CASH, PaymentMethod.BROUGHT])
        for member_pk, amount, on in rows.values_list("member_id", "amount", "on"):
            found[self._heads.get(member_pk, member_pk), amount].append(on)
        return found

    def _next_instalments(self) -> dict[int, set[int]]:
        found: dict[int, set[int]] = defaultdict(set)
        rows = PlanInstalment.objects.filter(plan__member__center=self._center).values_list("plan__member_id", "amount")
        for member_pk, amount in rows:
            found[self._heads.get(member_pk, member_pk)].add(amount)
        return found

    def _heads_of_numbers(self, numbers: set[str]) -> dict[str, int]:
        """The member behind each invoice number that exists, also of invoices with nothing left to pay."""
        found = {number: self._open[number][0] for number in numbers if number in self._open}
        missing = sorted(numbers - set(found))
        for at in range(0, len(missing), _CHUNK):
            rows = Invoice.objects.filter(number__in=missing[at : at + _CHUNK], center=self._center)
            for number, member_pk in rows.values_list("number", "member_id"):
                found[number] = self._heads.get(member_pk, member_pk)
        return found

    def _payers(self, credits: Iterable[Credit]) -> dict[tuple[str, bool], set[int]]:
        """The members each payer has paid for before, by the hash of its account or name."""
        found: dict[tuple[str, bool], set[int]] = defaultdict(set)
        if not KnownPayer.objects.filter(center=self._center).exists():
            return found
        prints = {p for c in credits for p in (account_print(c.payer_account), name_print(c.name)) if p}
        listed = sorted(prints)
        for at in range(0, len(listed), _CHUNK):
            rows = KnownPayer.objects.filter(center=self._center, print__in=listed[at : at + _CHUNK])
            for print_, by_account, member_pk in rows.values_list("print", "by_account", "member_id"):
                found[print_, by_account].add(self._heads.get(member_pk, member_pk))
        return found

    def _leads(
        self, credit: Credit, *, named: Named, heads: dict[str, int], payers: dict[tuple[str, bool], set[int]]
    ) -> list[Lead]:
        leads = [
            self._lead(heads[number], evidence=Evidence.REFERENCE, invoice=number, amount=credit.amount)
            for number in named.checked
            if number in heads
        ]
        for serial in named.short:
            numbers = self._by_serial.get(serial, [])
            leads += [
                self._lead(
                    self._open[number][0], evidence=Evidence.SHORT_REFERENCE, invoice=number, amount=credit.amount
                )
                for number in numbers
            ]
        leads += [
            self._lead(heads[number], evidence=Evidence.NUMBER, invoice=number, amount=credit.amount)
            for number in named.bare
            if number in heads
        ]
        if payers:
            for print_, by_account in ((account_print(credit.payer_account), True), (name_print(credit.name), False)):
                evidence = Evidence.PAYER_ACCOUNT if by_account else Evidence.PAYER_NAME
                members = payers.get((print_, by_account), set()) if print_ else set()
                leads += [self._lead(member, evidence=evidence, amount=credit.amount) for member in sorted(members)]
        return leads

    def _guesses(self, credit: Credit, *, named: Named) -> list[Lead]:
        """What a person may want to look at: names that are alike, and an amount nobody else owes."""
        if self._names is None:
            self._names = self._name_book()
        leads = [
            self._lead(member, evidence=Evidence.NAME, amount=credit.amount, likeness=likeness)
            for member, likeness in self._names.likely(credit.text, limit=_LIKELY)
        ]
        leads += [
            self._lead(self._open[number][0], evidence=Evidence.NUMBER, invoice=number, amount=credit.amount)
            for serial in named.clipped
            for number in self._by_serial.get(serial, [])
            if self._open[number][1] == credit.amount
        ]
        alone = self._by_amount.get(credit.amount, [])
        if len(alone) == 1:
            number = alone[0]
            leads.append(
                self._lead(self._open[number][0], evidence=Evidence.AMOUNT, invoice=number, amount=credit.amount)
            )
        return leads

    def _lead(self, member: int, *, evidence: Evidence, amount: int, invoice: str = "", likeness: int = 0) -> Lead:
        owed = self._owed_by(member)
        fits = owed.fits
        if invoice and evidence is Evidence.SHORT_REFERENCE:
            # Seven digits prove this charge only with the amount of this charge, or of all there is.
            fits = frozenset({self._open[invoice][1], owed.total})
        return Lead(
            member=member,
            evidence=evidence,
            invoice=invoice,
            owed=owed.total,
            fits=fits,
            likeness=likeness,
            due_on=owed.due_on.get(amount) or (self._open[invoice][2] if invoice in self._open else None),
        )

    def _owed_by(self, member: int) -> _Owed:
        found = self._owed.get(member)
        if found is not None:
            return found
        charges = [self._open[number] for number in self._numbers_of.get(member, ())]
        fits: set[int] = set(self._instalments.get(member, ())) if charges else set()
        due_on: dict[int, date] = {}
        running = 0
        for _, rest, due in charges:
            running += rest
            for amount in (rest, running):
                fits.add(amount)
                due_on.setdefault(amount, due)
        found = self._owed[member] = _Owed(total=running, fits=frozenset(fits), due_on=due_on)
        return found

    def _name_book(self) -> NameBook:
        book = NameBook()
        members: Any = Member.objects.filter(center=self._center).values_list("pk", "name")
        for pk, name in members:
            book.add(self._heads.get(pk, pk), name)
        contacts: Any = Contact.objects.filter(member__center=self._center).values_list("member_id", "name")
        for member_pk, name in contacts:
            book.add(self._heads.get(member_pk, member_pk), name)
        return book
