"""Every letter in both languages with invented facts, for a page where people look at what members are sent."""

from dataclasses import replace
from datetime import date

from tequio.dues.letters import about
from tequio.dues.letters.writing import compose
from tequio.dues.references import iso_reference, short_reference
from tequio.kernel.mail.composing import Composed
from tequio.rules.dues import PART_NAMES, Part
from tequio.rules.reasons import Text
from tequio.rules.standing import Standing

_TODAY = date(2016, 7, 15)
_DUE = date(2016, 7, 29)
_CENTERS = {
    "en": Text(en="Center in New York", es="Centro en Nueva York"),
    "es": Text(en="Center in Mexico City", es="Centro en la Ciudad de México"),
}
_NUMBERS = {"en": ("US-000412", "US-000388", "US-P-000731"), "es": ("MX-000157", "MX-000131", "MX-P-000209")}
_FULL = {"en": (5_000, 15_000), "es": (102_500, 307_500)}
_POLICY = Text(en="Dues of 2016, in two parts", es="Cuotas de 2016, en dos partes")
_BODY = Text(en="Leadership Committee", es="Comité de Dirección")
_STEPS = (
    about.Step(on=date(2016, 8, 29), standing=Standing.AT_RISK, all_works=True),
    about.Step(on=date(2016, 10, 28), standing=Standing.DISABLED, needs_attempt=True, mail_kept=True, return_days=14),
)


def samples() -> list[tuple[str, str, Composed]]:
    """(kind, language, letter) of every letter in every form it takes, in both languages; nobody in them exists."""
    found = []
    for language in ("en", "es"):
        for facts in _facts(language=language):
            kind, composed = compose(facts=facts)
            found.append((kind, language, composed))
    return found


def _facts(*, language: str) -> list[about.AnyFacts]:
    """The invented facts of one language, each letter in each of its forms."""
    number, older, payment = _NUMBERS[language]
    membership, operations = _FULL[language]
    total = membership + operations
    new, old = _owed(number=number, due_on=_DUE, rest=total), _owed(number=older, due_on=date(2016, 5, 2), rest=total)
    owing = _account(language=language, owed=(new,), steps=_STEPS)
    settled = replace(owing, owed=(), steps=())
    to = _to(language=language)
    invoice = _invoice(language=language, to=to, account=owing)
    receipt = about.ReceiptFacts(
        to=to,
        account=settled,
        number=payment,
        on=_TODAY,
        amount=total,
        method="transfer",
        settled=(about.Settled(number=number, amount=total, rest=0),),
        unused=0,
    )
    part = total // 4
    plan_parts = tuple(
        about.Part(due_on=date(2016 + (7 + n) // 12, (7 + n) % 12 + 1, 15), amount=total // 12 + (n < total % 12))
        for n in range(12)
    )
    planned = replace(owing, steps=(), plan_next=(plan_parts[0].due_on, plan_parts[0].amount))
    return [
        invoice,
        replace(
            invoice,
            account=replace(owing, owed=(old, replace(new, rest=total // 2))),
            lines=tuple(replace(line, amount=line.amount // 2) for line in invoice.lines),
            total=total // 2,
            rest=total // 2,
            own_rate=("reduced", 5_000),
        ),
        replace(invoice, rest=0, account=settled),
        receipt,
        replace(
            receipt,
            amount=part,
            settled=(about.Settled(number=number, amount=part, rest=total - part),),
            account=replace(owing, owed=(replace(new, rest=total - part),)),
        ),
        replace(receipt, amount=total + part, unused=part, account=replace(settled, credit=part)),
        about.WrittenOffFacts(to=to, account=settled, number=number, on=_TODAY, amount=total, rest=0),
        about.WrittenOffFacts(
            to=to,
            account=replace(owing, owed=(replace(new, rest=total - part),)),
            number=number,
            on=_TODAY,
            amount=part,
            rest=total - part,
        ),
        _rate(to=to, account=settled, kind="comped", basis_points=0, until=date(2017, 7, 14)),
        _rate(to=to, account=settled, kind="reduced", basis_points=5_000, until=date(2017, 7, 14)),
        _rate(to=to, account=settled, kind="solidarity", basis_points=15_000, until=None),
        about.PlanFacts(to=to, account=planned, starts_on=_TODAY, parts=plan_parts, numbers=(number,)),
        about.HoldFacts(
            to=to,
            account=replace(owing, held_until=date(2016, 9, 30)),
            first_day=_TODAY,
            last_day=date(2016, 9, 30),
        ),
        about.CancelledFacts(
            to=to,
            account=settled,
            number=number,
            total=total,
            cancelled_on=_TODAY,
            period_start=_DUE,
            period_end=date(2017, 7, 28),
        ),
    ]


def _to(*, language: str) -> about.Addressee:
    if language == "es":
        return about.Addressee(
            name="Itzel Barragán", member="Imprenta Las Tres Prensas", code="MX-0157", language=language
        )
    return about.Addressee(name="Dolores Whitfield", member="Harbor Street Tenants", code="NY-0412", language=language)


def _owed(*, number: str, due_on: date, rest: int) -> about.Owed:
    short = short_reference(number=number) if number.startswith("MX") else None
    reference = iso_reference(number=number)
    return about.Owed(number=number, due_on=due_on, rest=rest, reference=reference, short_reference=short)


def _account(*, language: str, owed: tuple[about.Owed, ...], steps: tuple[about.Step, ...]) -> about.Account:
    center = _CENTERS[language]
    return about.Account(
        on=_TODAY,
        center=center,
        currency="MXN" if language == "es" else "USD",
        owed=owed,
        credit=0,
        steps=steps,
        ways=about.Ways(payee=center),
    )


def _invoice(*, language: str, to: about.Addressee, account: about.Account) -> about.InvoiceFacts:
    membership, operations = _FULL[language]
    return about.InvoiceFacts(
        to=to,
        account=account,
        number=_NUMBERS[language][0],
        due_on=_DUE,
        period_start=_DUE,
        period_end=date(2017, 7, 28),
        lines=(
            about.Line(name=PART_NAMES[Part.MEMBERSHIP], amount=membership),
            about.Line(name=PART_NAMES[Part.OPERATIONS], amount=operations, optional=True),
        ),
        total=membership + operations,
        rest=membership + operations,
        opening=False,
        policy=_POLICY,
        decided_by=_BODY,
        decided_on=date(2016, 6, 4),
        own_rate=None,
    )


def _rate(
    *, to: about.Addressee, account: about.Account, kind: str, basis_points: int, until: date | None
) -> about.RateFacts:
    return about.RateFacts(
        to=to, account=account, kind=kind, basis_points=basis_points, valid_from=_TODAY, valid_until=until
    )
