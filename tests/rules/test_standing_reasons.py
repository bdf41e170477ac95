"""Why: each cause says itself in both languages, naming the invoice, the days and the rule."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from rules.builders import (
    DAY,
    LIMITED,
    POLICIES,
    POLICY_2012,
    POLICY_2022,
    SOME,
    account,
    charge,
    plan_of,
    verdict,
)
from rules.strategies import LENGTH, accounts, days, policies
from tequio.rules.reasons import Text, long_date
from tequio.rules.standing import STANDING_NAMES, Standing

DUE = date(2013, 3, 1)
EN = "Invoice A-20130301 was due on 1 March 2013; this is day {}."
ES = "El aviso de cuota A-20130301 venció el 1 de marzo de 2013; va en el día {}."


def why(who, on, *, rules=POLICIES) -> tuple[str, str]:
    reason = verdict(who, on, policies=rules).reason
    return reason.en, reason.es


def late(**facts):
    return account(charge(DUE), tried=(DUE,), **facts)


def test_nothing_overdue():
    assert why(account(), DUE) == ("Everything that was due is paid.", "Todo lo que ya venció está pagado.")


def test_late_within_the_days_the_policy_gives():
    assert why(late(), DUE + 30 * DAY) == (
        f"{EN.format(30)} Standing stays good through day 30 (Payment policy 2012).",
        f"{ES.format(30)} Sigue al corriente hasta el día 30 (Política de pago 2012).",
    )


def test_late_under_the_policy_of_2022():
    due = date(2022, 3, 1)
    english, spanish = why(account(charge(due)), due + 47 * DAY)
    assert english == (
        "Invoice A-20220301 was due on 1 March 2022; this is day 47. "
        "Standing stays good through day 60 (Payment policy 2022)."
    )
    assert spanish == (
        "El aviso de cuota A-20220301 venció el 1 de marzo de 2022; va en el día 47. "
        "Sigue al corriente hasta el día 60 (Política de pago 2022)."
    )


def test_at_risk():
    assert why(late(), DUE + 31 * DAY) == (
        f"{EN.format(31)} At risk from day 31 (Payment policy 2012).",
        f"{ES.format(31)} En riesgo desde el día 31 (Política de pago 2012).",
    )


def test_limited():
    assert why(late(), DUE + 61 * DAY, rules=(replace(LIMITED, valid_from=DUE),)) == (
        f"{EN.format(61)} Limited from day 61 until what is owed is paid (Payment policy with limits).",
        f"{ES.format(61)} Limitada desde el día 61 hasta que se pague lo que se debe (Política de pago con límites).",
    )


def test_disabled():
    assert why(late(), DUE + 91 * DAY) == (
        f"{EN.format(91)} Disabled from day 91, after an attempt to reach the member (Payment policy 2012).",
        f"{ES.format(91)} Suspendida desde el día 91, tras intentar contactar a la membresía (Política de pago 2012).",
    )


def test_disabled_under_a_policy_that_asks_for_no_attempt_claims_none():
    assert why(late(), DUE + 91 * DAY, rules=(replace(POLICY_2012, attempt_required=False),)) == (
        f"{EN.format(91)} Disabled from day 91 (Payment policy 2012).",
        f"{ES.format(91)} Suspendida desde el día 91 (Política de pago 2012).",
    )


def test_the_attempt_is_missing():
    english, spanish = why(account(charge(DUE)), DUE + 100 * DAY)
    assert english == (
        f"{EN.format(100)} It would be disabled from day 91, but the attempt is missing: nobody has tried to reach "
        "the member since it was due, so it stays at risk (Payment policy 2012)."
    )
    assert spanish == (
        f"{ES.format(100)} Estaría suspendida desde el día 91, pero falta el intento: nadie ha tratado de contactar "
        "a la membresía desde que venció, así que sigue en riesgo (Política de pago 2012)."
    )


def test_the_attempt_is_missing_where_limited_exists():
    english, spanish = why(account(charge(DUE)), DUE + 130 * DAY, rules=(replace(LIMITED, valid_from=DUE),))
    assert ("so it stays limited" in english, "así que sigue limitada" in spanish) == (True, True)


def test_on_the_day_of_the_first_attempt_the_reason_does_not_deny_it():
    who = account(charge(DUE), tried=(DUE + 100 * DAY,))
    english, _ = why(who, DUE + 100 * DAY)
    assert "nobody has tried" not in english


def test_a_hold():
    english, spanish = why(late(holds=((DUE + 80 * DAY, DUE + 120 * DAY),)), DUE + 100 * DAY)
    assert english == (
        f"{EN.format(100)} A hold through 29 June 2013 keeps it at risk and no worse; the days go on counting."
    )
    assert spanish == (
        f"{ES.format(100)} Una prórroga hasta el 29 de junio de 2013 la mantiene en riesgo y no peor; "
        "los días siguen contando."
    )


def test_of_several_holds_the_reason_names_the_last_day():
    holds = ((DUE + 80 * DAY, DUE + 120 * DAY), (DUE + 80 * DAY, DUE + 110 * DAY))
    english, _ = why(late(holds=holds), DUE + 100 * DAY)
    assert "A hold through 29 June 2013" in english


def test_a_plan():
    owed = charge(DUE)
    plan = plan_of((DUE + 150 * DAY, 20_000), charges=(owed,), starts_on=DUE + 50 * DAY)
    assert why(account(owed, tried=(DUE,), plans=(plan,)), DUE + 100 * DAY) == (
        f"{EN.format(100)} A payment plan in good order keeps it at risk and no worse; the days go on counting.",
        f"{ES.format(100)} Un plan de pagos que se cumple la mantiene en riesgo y no peor; los días siguen contando.",
    )


def test_a_return():
    english, spanish = why(late(reached=(DUE + 100 * DAY,)), DUE + 105 * DAY)
    assert english == (
        f"{EN.format(105)} Disabled and then reached, so everything is back through 22 June 2013, once; "
        "unpaid by then it is disabled until paid (Payment policy 2012)."
    )
    assert spanish == (
        f"{ES.format(105)} Estaba suspendida y se le contactó, así que todo vuelve hasta el 22 de junio de 2013, "
        "una sola vez; si para entonces no se paga, queda suspendida hasta que se pague (Política de pago 2012)."
    )


def test_inactive_after_months():
    assert why(late(), DUE + 200 * DAY) == (
        f"{EN.format(200)} Disabled since 31 May 2013, inactive 3 months later (Payment policy 2012).",
        f"{ES.format(200)} Suspendida desde el 31 de mayo de 2013, inactiva 3 meses después (Política de pago 2012).",
    )


def test_inactive_after_one_month_agrees_with_its_number():
    english, spanish = why(late(), DUE + 200 * DAY, rules=(replace(POLICY_2012, inactive_after_months=1),))
    assert ("inactive 1 month later" in english, "inactiva 1 mes después" in spanish) == (True, True)


def test_inactive_after_days():
    due = date(2022, 3, 1)
    english, spanish = why(account(charge(due), tried=(due,)), due + 91 * DAY, rules=(POLICY_2022,))
    assert english.endswith("Disabled since 1 May 2022, inactive 30 days later (Payment policy 2022).")
    assert spanish.endswith("Suspendida desde el 1 de mayo de 2022, inactiva 30 días después (Política de pago 2022).")


def test_waived_dues():
    assert why(late(comps=((DUE, None),)), DUE + 100 * DAY) == (
        "Dues are waived for this member.",
        "Esta membresía está exenta de cuota.",
    )
    assert why(late(comps=((DUE, date(2013, 12, 31)),)), DUE + 100 * DAY) == (
        "Dues are waived for this member through 31 December 2013.",
        "Esta membresía está exenta de cuota hasta el 31 de diciembre de 2013.",
    )


def test_left():
    assert why(late(away=((date(2013, 5, 1), None),)), date(2014, 1, 1)) == (
        "The membership ended on 1 May 2013.",
        "La membresía terminó el 1 de mayo de 2013.",
    )


def test_not_yet_a_member():
    assert why(account(since=DUE), DUE - DAY) == (
        "Not a member yet on this day.",
        "Ese día todavía no era miembro.",
    )


def test_before_any_policy():
    assert why(account(charge(date(2009, 3, 1))), date(2010, 6, 1)) == (
        "No payment policy was in force on this day, so nothing follows from what is owed.",
        "Ese día no había política de pago vigente, así que lo que se debe no tiene consecuencias.",
    )


def test_an_opening_balance_is_called_one():
    owed = charge(DUE, number="O-17", opening=True)
    english, spanish = why(account(owed), DUE + 40 * DAY)
    assert english.startswith("Opening balance O-17 was due on 1 March 2013; this is day 40.")
    assert spanish.startswith("El saldo inicial O-17 venció el 1 de marzo de 2013; va en el día 40.")


def test_a_policy_with_no_thresholds_says_so():
    nothing = replace(POLICY_2012, at_risk_from=None, disabled_from=None)
    assert why(late(), DUE + 100 * DAY, rules=(nothing,)) == (
        f"{EN.format(100)} Payment policy 2012 draws no consequence from that.",
        f"{ES.format(100)} Política de pago 2012 no prevé consecuencias.",
    )


def test_a_redated_debt_explains_its_count_of_days():
    """Due in March 2010 and on day 31 in May 2011: the reader has to be told from when the days count."""
    english, spanish = why(account(charge(date(2010, 3, 1))), date(2011, 5, 2))
    assert ("1 April 2011" in english, "1 de abril de 2011" in spanish) == (True, True)


@pytest.mark.parametrize(
    ("standing", "english", "spanish"),
    [
        (Standing.GOOD, "good standing", "al corriente"),
        (Standing.AT_RISK, "at risk", "en riesgo"),
        (Standing.LIMITED, "limited", "limitada"),
        (Standing.DISABLED, "disabled", "suspendida"),
        (Standing.INACTIVE, "inactive", "inactiva"),
    ],
)
def test_the_words_of_the_glossary(standing, english, spanish):
    assert STANDING_NAMES[standing] == Text(en=english, es=spanish)


@SOME
@given(who=accounts(), rules=policies(), on=days(0, LENGTH - 1))
def test_whatever_the_charge_the_reason_names_it_its_due_date_and_the_days(who, rules, on):
    now = verdict(who, on, policies=rules)
    reason = now.reason
    if now.charge is not None:
        due = next(c.due_on for c in who.charges if c.number == now.charge)
        assert f"{now.charge} was due on {long_date(day=due, language='en')}" in reason.en
        assert f"{now.charge} venció el {long_date(day=due, language='es')}" in reason.es
        assert (f"; this is day {now.days}." in reason.en, f"; va en el día {now.days}." in reason.es) == (True, True)
    assert ("None" in reason.en + reason.es, reason.en == reason.es) == (False, False)
