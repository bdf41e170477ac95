"""The sentences of a preview of dues, in both languages."""

from tequio.rules import dues_preview_reasons as why
from tequio.rules.dues import DuesTable, Tariff
from tequio.rules.dues_preview import CenterIncome, Change, Group, MakeUp, Suppositions, Tally
from tequio.rules.reasons import Text

CENTER = Text(en="North", es="Norte")
TABLE = DuesTable(
    tariffs=[
        Tariff(id=1, kind="organization", part="membership", band=None, amount=5_000),
        Tariff(id=2, kind="individual", part="membership", band=None, amount=2_500),
    ]
)


def income(before, after):
    return CenterIncome("n", TABLE, (Change(Group("n", "organization", "", None, False, 10_000, 3), before, after),))


def test_who_pays_is_said_with_those_who_are_waived():
    assert why.who_pays(center=CENTER, tally=Tally(members=1200, more=200, same=900, less=90, waived=10)) == Text(
        en="North: of 1,200 members today, 200 would pay more, 900 the same and 90 less. "
        "Waived, and asked for nothing before or after: 10.",
        es="Norte: de 1,200 membresías de hoy, 200 pagarían más, 900 lo mismo y 90 menos. "
        "Exentas, a las que no se pide nada ni antes ni después: 10.",
    )


def test_one_member_is_said_in_the_singular():
    assert why.who_pays(center=CENTER, tally=Tally(members=1, same=1)).en == (
        "North: of 1 member today, 0 would pay more, 1 the same and 0 less."
    )


def test_a_year_is_said_now_and_after_with_the_difference():
    assert why.income(center=CENTER, currency="USD", income=income(20_000, 5_000)) == Text(
        en="North: a year's dues come to USD 600.00 now and to USD 150.00 with the new table, "
        "USD 450.00 (75.0 %) less, if everybody is asked once and pays.",
        es="Norte: las cuotas de un año suman USD 600.00 ahora y USD 150.00 con la tabla nueva, "
        "USD 450.00 (75.0 %) menos, si a cada quien se le pide una vez y paga.",
    )


def test_where_nothing_was_asked_before_there_is_no_percentage():
    assert "USD 150.00 more" in why.income(center=CENTER, currency="USD", income=income(None, 5_000)).en
    assert "lo mismo" in why.income(center=CENTER, currency="USD", income=income(5_000, 5_000)).es


def test_what_is_supposed_is_said():
    suppose = Suppositions(drop_operations=20, members_change=-5, new_without_operations={"n": 1})
    assert why.supposed(center=CENTER, currency="USD", income=income(5_000, 5_000), suppose=suppose) == Text(
        en="North: supposing that 20 % of those who take operations and support drop it and 5 % fewer members and "
        "1 new member without operations and support, they come to USD 192.50.",
        es="Norte: suponiendo que 20 % de quienes toman operación y soporte la dejan y 5 % menos de membresías y "
        "1 membresía nueva sin operación y soporte, suman USD 192.50.",
    )


def test_what_makes_up_for_a_loss_is_said_by_kind():
    needed = MakeUp(loss=45_000, mixed=12, by_kind={"organization": 9, "individual": 18})
    assert why.made_up_for(center=CENTER, currency="USD", needed=needed) == Text(
        en="North: to make up for USD 450.00 it takes 12 new members without operations and support, if they are "
        "of the kinds there are today (9 if all are organizations or 18 if all are individuals).",
        es="Norte: para compensar USD 450.00 se necesita el ingreso de 12 membresías nuevas sin operación y soporte, "
        "si son de los tipos que hay hoy (9 si todas son organizaciones o 18 si todas son personas).",
    )


def test_nothing_lost_and_nothing_that_makes_up_are_said():
    nothing = MakeUp(loss=0, mixed=0, by_kind={})
    assert why.made_up_for(center=CENTER, currency="USD", needed=nothing).en == (
        "North: nothing is lost, so nothing has to be made up for."
    )
    never = MakeUp(loss=1, mixed=None, by_kind={})
    assert "no number of new members" in why.made_up_for(center=CENTER, currency="USD", needed=never).en
