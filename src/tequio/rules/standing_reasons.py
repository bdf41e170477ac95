"""The sentences behind each standing, in both languages: which charge, how many days, which rule."""

from datetime import date

from tequio.rules.account import Charge, PaymentPolicy
from tequio.rules.reasons import Language, Text, both, days_text, long_date


def _day(day: date | None, language: Language) -> str:
    return long_date(day=day, language=language) if day is not None else ""


def nothing_overdue() -> Text:
    """Good standing: nothing that was due is unpaid."""
    return Text(en="Everything that was due is paid.", es="Todo lo que ya venció está pagado.")


def no_policy() -> Text:
    """Good standing: no rule in force says otherwise."""
    return Text(
        en="No payment policy was in force on this day, so nothing follows from what is owed.",
        es="Ese día no había política de pago vigente, así que lo que se debe no tiene consecuencias.",
    )


def not_yet() -> Text:
    """Inactive: asked about a day before the member joined."""
    return Text(en="Not a member yet on this day.", es="Ese día todavía no era miembro.")


def comped(*, until: date | None) -> Text:
    """Good standing: nothing is asked of this member."""
    if until is None:
        return Text(en="Dues are waived for this member.", es="Esta membresía está exenta de cuota.")
    return both(
        sentence=lambda x: (
            f"Esta membresía está exenta de cuota hasta el {_day(until, x)}."
            if x == "es"
            else f"Dues are waived for this member through {_day(until, x)}."
        )
    )


def left(*, on: date | None) -> Text:
    """Inactive: the membership ended."""
    return both(
        sentence=lambda x: (
            f"La membresía terminó el {_day(on, x)}." if x == "es" else f"The membership ended on {_day(on, x)}."
        )
    )


def overdue(*, charge: Charge, zero: date, days: int) -> Text:
    """The clause every reason about a debt begins with: what was due, when, which day this is.

    `zero` is the day that counts as day 0: the due date, unless a transitional rule has moved it.
    """

    def sentence(language: Language) -> str:
        day, moved = long_date(day=charge.due_on, language=language), long_date(day=zero, language=language)
        if language == "es":
            subject = "El saldo inicial" if charge.opening else "El aviso de cuota"
            counted = f", y por la regla de transición cuenta desde el {moved}" if zero != charge.due_on else ""
            return f"{subject} {charge.number} venció el {day}{counted}; va en el día {days}."
        subject = "Opening balance" if charge.opening else "Invoice"
        counted = f", and by the transitional rule counts as due on {moved}" if zero != charge.due_on else ""
        return f"{subject} {charge.number} was due on {day}{counted}; this is day {days}."

    return both(sentence=sentence)


def _after(clause: Text, *, en: str, es: str) -> Text:
    return Text(en=f"{clause.en} {en}", es=f"{clause.es} {es}")


def _first_worse_day(policy: PaymentPolicy) -> int | None:
    days = [n for n in (policy.at_risk_from, policy.limited_from, policy.disabled_from) if n is not None]
    return min(days) if days else None


def still_good(*, overdue: Text, policy: PaymentPolicy) -> Text:
    """Good standing: late, within the days the policy gives."""
    worse = _first_worse_day(policy)
    if worse is None:
        return _after(
            overdue,
            en=f"{policy.title.en} draws no consequence from that.",
            es=f"{policy.title.es} no prevé consecuencias.",
        )
    return _after(
        overdue,
        en=f"Standing stays good through day {worse - 1} ({policy.title.en}).",
        es=f"Sigue al corriente hasta el día {worse - 1} ({policy.title.es}).",
    )


def at_risk(*, overdue: Text, policy: PaymentPolicy) -> Text:
    """At risk by age."""
    return _after(
        overdue,
        en=f"At risk from day {policy.at_risk_from} ({policy.title.en}).",
        es=f"En riesgo desde el día {policy.at_risk_from} ({policy.title.es}).",
    )


def limited(*, overdue: Text, policy: PaymentPolicy) -> Text:
    """Limited by age."""
    return _after(
        overdue,
        en=f"Limited from day {policy.limited_from} until what is owed is paid ({policy.title.en}).",
        es=f"Limitada desde el día {policy.limited_from} hasta que se pague lo que se debe ({policy.title.es}).",
    )


def disabled(*, overdue: Text, policy: PaymentPolicy) -> Text:
    """Disabled by age, after somebody tried."""
    tried = policy.attempt_required
    return _after(
        overdue,
        en=f"Disabled from day {policy.disabled_from}{', after an attempt to reach the member' if tried else ''} "
        f"({policy.title.en}).",
        es=f"Suspendida desde el día {policy.disabled_from}"
        f"{', tras intentar contactar a la membresía' if tried else ''} ({policy.title.es}).",
    )


def attempt_missing(*, overdue: Text, policy: PaymentPolicy, limited: bool, tried_today: bool) -> Text:
    """Late enough to be disabled, but nobody has tried to reach the member before this day."""
    stays_en, stays_es = ("limited", "limitada") if limited else ("at risk", "en riesgo")
    if tried_today:
        return _after(
            overdue,
            en=f"Disabled from day {policy.disabled_from}, but somebody tried to reach the member only today, so it "
            f"stays {stays_en} until tomorrow ({policy.title.en}).",
            es=f"Suspendida desde el día {policy.disabled_from}, pero apenas hoy alguien trató de contactar a la "
            f"membresía, así que sigue {stays_es} hasta mañana ({policy.title.es}).",
        )
    return _after(
        overdue,
        en=f"It would be disabled from day {policy.disabled_from}, but the attempt is missing: nobody has tried to "
        f"reach the member since it was due, so it stays {stays_en} ({policy.title.en}).",
        es=f"Estaría suspendida desde el día {policy.disabled_from}, pero falta el intento: nadie ha tratado de "
        f"contactar a la membresía desde que venció, así que sigue {stays_es} ({policy.title.es}).",
    )


def held(*, overdue: Text, until: date | None) -> Text:
    """At risk at worst while a hold lasts."""
    return _after(
        overdue,
        en=f"A hold through {_day(until, 'en')} keeps it at risk and no worse; the days go on counting.",
        es=f"Una prórroga hasta el {_day(until, 'es')} la mantiene en riesgo y no peor; los días siguen contando.",
    )


def planned(*, overdue: Text) -> Text:
    """At risk at worst while a plan is kept."""
    return _after(
        overdue,
        en="A payment plan in good order keeps it at risk and no worse; the days go on counting.",
        es="Un plan de pagos que se cumple la mantiene en riesgo y no peor; los días siguen contando.",
    )


def returned(*, overdue: Text, policy: PaymentPolicy, until: date | None) -> Text:
    """Back at once after being reached while disabled."""
    return _after(
        overdue,
        en=f"Disabled and then reached, so everything is back through {_day(until, 'en')}, once; "
        f"unpaid by then it is disabled until paid ({policy.title.en}).",
        es=f"Estaba suspendida y se le contactó, así que todo vuelve hasta el {_day(until, 'es')}, una sola vez; "
        f"si para entonces no se paga, queda suspendida hasta que se pague ({policy.title.es}).",
    )


def inactive(*, overdue: Text, policy: PaymentPolicy, disabled_since: date | None) -> Text:
    """Inactive: disabled for as long as the policy waits."""
    months, days = policy.inactive_after_months, policy.inactive_after_days
    wait_en, wait_es = days_text(days=days or 0, language="en"), days_text(days=days or 0, language="es")
    if months is not None:
        wait_en = "1 month" if months == 1 else f"{months} months"
        wait_es = "1 mes" if months == 1 else f"{months} meses"
    return _after(
        overdue,
        en=f"Disabled since {_day(disabled_since, 'en')}, inactive {wait_en} later ({policy.title.en}).",
        es=f"Suspendida desde el {_day(disabled_since, 'es')}, inactiva {wait_es} después ({policy.title.es}).",
    )


def without_charge(*, cause: str, until: date | None) -> Text:
    """The sentence where no charge decided: what the member is, or that nothing is overdue."""
    if cause == "comped":
        return comped(until=until)
    if cause == "left":
        return left(on=until)
    return {"not_yet": not_yet, "no_policy": no_policy}.get(cause, nothing_overdue)()


def by_age(*, standing: str, overdue: Text, policy: PaymentPolicy, disabled_since: date | None) -> Text:
    """The sentence where the age of a charge decided, for each standing."""
    if standing == "inactive":
        return inactive(overdue=overdue, policy=policy, disabled_since=disabled_since)
    return {"good": still_good, "at_risk": at_risk, "limited": limited}.get(standing, disabled)(
        overdue=overdue, policy=policy
    )
