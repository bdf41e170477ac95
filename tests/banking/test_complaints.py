"""Complaints about other programs that are tests for this one: numbers 5, 6, 9 and 12."""

from tests.banking import samples
from tests.banking.doing import counts, csv, lines, long, take
from tests.banking.samples import moved
from tests.dues.doing import day, disagreements, moment, rests, run, tried

from tequio.dues.models import Payment
from tequio.dues.operations.standings import refresh_standings
from tequio.members.models import Member
from tequio.members.operations import leave, rejoin


def standing(code, at):
    refresh_standings(actor="test", at=moment(at))
    return Member.objects.get(code=code).standing


def test_complaint_5_an_overpayment_has_somewhere_to_go(members):
    members({})
    run("2016-03-01", at="2016-03-01")
    csv(moved("2016-07-20", "350.00", long("US-000001")))
    assert (Payment.objects.get().unused, rests("M1")) == (15_000, [("US-000001", 0, "2016-07-20")])
    run("2017-03-01", at="2017-03-01")
    assert rests("M1")[1][:2] == ("US-000002", 50), "the next invoice uses it by itself"


def test_complaint_6_standing_is_right_after_paying_later_leaving_and_two_years_at_once(members):
    members({"member_id": "LATE"}, {"member_id": "AWAY"}, {"member_id": "TWO", "paid_until": "2015-03-01"})
    run("2016-03-01", at="2016-03-01")
    assert standing("LATE", "2016-05-15") == standing("TWO", "2016-05-15") == "at_risk"
    leave(code="AWAY", on=day("2016-05-20"), actor="test", at=moment("2016-05-20"))
    by = dict(_numbers())
    csv(
        moved("2016-05-21", "200.00", long(by["LATE"][0])),
        moved("2016-05-21", "400.00", f"two years {long(by['TWO'][1])}"),
        moved("2016-05-21", "200.00", long(by["AWAY"][0])),
        at="2016-05-22",
    )
    rejoin(code="AWAY", on=day("2016-06-20"), actor="test", at=moment("2016-06-20"))
    assert [standing(code, "2016-06-21") for code in ("LATE", "AWAY", "TWO")] == ["good"] * 3
    assert disagreements() == []


def _numbers():
    from tequio.dues.models import Invoice

    found = {}
    for code, number in Invoice.objects.order_by("due_on", "pk").values_list("member__code", "number"):
        found.setdefault(code, []).append(number)
    return found.items()


def test_complaint_9_a_payment_while_suspended_counts_at_once(members):
    members({"paid_until": "2015-03-01"})
    run("2015-03-01", at="2015-03-01")
    tried("M1", "2015-05-01")
    assert standing("M1", "2015-07-20") == "disabled"
    csv(moved("2015-07-20", "200.00", long("US-000001")), at="2015-07-21")
    assert Member.objects.get().standing == "good"


def test_complaint_12_nobody_types_a_statement(members):
    members(*({} for _ in range(20)))
    run()
    paid = [moved(f"2016-07-{20 + n // 5}", "200.00", f"ZELLE {long(f'US-{n + 1:06d}')}") for n in range(20)]
    result = take(samples.table(paid))
    assert counts(result) == (20, 0, 0, 0)
    assert {state for _, _, state in lines()} == {"matched"}
    assert Payment.objects.count() == 20


def test_nobody_is_reminded_whose_money_may_have_come_nor_while_the_statement_is_old(members):
    from tests.banking.doing import refuse, suggestion

    from tequio.centers.models import Center
    from tequio.followup import facts
    from tequio.rules.ladder import PauseKind

    members({"member_name": "Ana Ruiz"})
    run("2016-03-01", at="2016-03-01")
    head = Member.objects.get().pk

    def pauses():
        [debtor] = facts.debtors(heads=[head], counted={head: head}, on=day("2016-05-20"), quiet=False)
        return [pause.kind for pause in debtor.pauses]

    assert pauses() == []
    csv(moved("2016-04-20", "200.00", "ZELLE ANA RUIZ"), at="2016-05-20")
    assert pauses() == [PauseKind.MONEY]
    assert facts.money_known_on(center=Center.objects.get(code="us")) == day("2016-04-20"), "not the day of the import"
    refuse(suggestion(), at="2016-05-20")
    assert pauses() == []
    assert standing("M1", "2016-07-15") != "good"
