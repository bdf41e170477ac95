"""The commands of dues: JSON alone on stdout, the right exit code, one sentence where something is refused."""

import json

import pytest
from stdnum import iso11649, luhn
from tests.dues.doing import pay, rate, run, tried

from tequio.dues.models import Invoice
from tequio.dues.operations import billing
from tequio.kernel.runs.models import Run
from tequio.members.models import Member


@pytest.fixture
def answer(cli):
    """A function that runs a command with --json and returns what it printed, after looking at the exit code."""

    def ask(*arguments, code=0):
        found = cli(*arguments, "--json")
        assert found[0] == code, found
        return json.loads(found[1])

    return ask


def test_invoices_show_is_the_whole_invoice(members, answer):
    members({"center": "mx", "language": "es"})
    run()
    payment = pay("M1", 1000, on="2016-07-20", currency="MXN")
    found = answer("invoices", "show", "mx-000001")
    assert iso11649.is_valid(found["reference"])
    assert (len(found["short_reference"]), luhn.is_valid(found["short_reference"])) == (7, True)
    del found["reference"], found["short_reference"]
    assert found == {
        "number": "MX-000001",
        "kind": "dues",
        "member": "M1",
        "center": "mx",
        "language": "es",
        "invoiced_on": "2016-07-15",
        "due_on": "2016-07-29",
        "period": ["2016-03-01", "2017-02-28"],
        "currency": "MXN",
        "lines": [
            {"part": "membership", "amount": 1025, "en": "Membership dues", "es": "Cuota de membresía"},
            {"part": "operations", "amount": 3075, "en": "Operations and support", "es": "Operación y soporte"},
        ],
        "total": 4100,
        "paid": [{"on": "2016-07-20", "amount": 1000, "by": payment.number}],
        "rest": 3100,
        "settled_on": None,
        "cancelled_on": None,
    }


def test_a_short_reference_is_for_mexican_transfers_alone(members, answer):
    members({})
    run()
    assert answer("invoices", "show", "US-000001")["short_reference"] is None


def test_invoices_why_names_rate_policy_first_day_decision_and_source(members, answer):
    members({})
    rate("M1", "reduced", 5_000)
    run()
    found = answer("invoices", "why", "US-000001")
    assert found["number"] == "US-000001"
    first, second = found["lines"]
    assert first["source"].keys() == {"en", "es"}
    del first["source"], first["policy_title"], first["decision_title"]
    assert first == {
        "part": "membership",
        "name": {"en": "Membership dues", "es": "Cuota de membresía"},
        "amount": 25,
        "rate": 50,
        "own_rate_percent": 50,
        "own_rate_kind": "reduced",
        "own_rate_reason": "lost its office",
        "income_band": None,
        "assumed": False,
        "policy": "us-dues-2016",
        "valid_from": "2016-07-01",
        "decision": "2016-06-dues-split",
        "decided_on": "2016-06-04",
    }
    assert (second["part"], second["amount"], second["rate"], second["assumed"]) == ("operations", 75, 150, True)


@pytest.mark.parametrize("lang", ["en", "es"])
def test_an_invoice_is_told_to_people_in_both_languages(members, cli, lang):
    members({})
    run()
    for command in ("show", "why"):
        code, out, _ = cli("--lang", lang, "invoices", command, "US-000001")
        assert (code, "USD 50.00" in out) == (0, True)
        assert ("Cuota de membresía" in out, "Membership dues" in out) == (lang == "es", lang == "en")


def test_members_show_answers_for_a_day_with_reason_rule_and_what_follows(members, answer):
    members({"paid_until": "2016-03-01", "balance_due": "200.00"})
    tried("M1", "2016-06-30")
    found = answer("members", "show", "M1", "--on", "2016-06-15")
    assert found["reason"].keys() == {"en", "es"}
    assert "US-OPEN-00001" in found["reason"]["es"]
    del found["reason"]
    assert found == {
        "member": "M1",
        "name": "Member 1",
        "on": "2016-06-15",
        "standing": "at_risk",
        "since": "2016-04-01",
        "invoice": "US-OPEN-00001",
        "days": 106,
        "rule": "us-payment-2012",
        "decision": "2012-payment-policy",
        "next": None,
        "balance": {"USD": 200},
    }
    assert answer("members", "show", "M1", "--on", "2016-07-15")["standing"] == "disabled"
    follows = answer("members", "show", "M1", "--on", "2016-03-20")["next"]
    assert follows == {"standing": "at_risk", "on": "2016-04-01"}


def test_payments_add_says_what_it_settled(members, answer, cli):
    members({})
    run()
    arguments = ["payments", "add", "--member", "M1", "--currency", "usd", "--on", "2016-07-20", "--method", "check"]
    found = answer(*arguments, "--amount", "250.50", "--key", "k1")
    assert found == {
        "payment": "US-P-000001",
        "member": "M1",
        "amount": 250.5,
        "currency": "USD",
        "on": "2016-07-20",
        "settled": [{"invoice": "US-000001", "amount": 200, "rest": 0}],
        "credit": 50.5,
    }
    assert answer(*arguments, "--amount", "250.50", "--key", "k1") == found
    assert cli("payments", "list", "--member", "M1", "--json")[0] == 0


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        (("--amount", "0"), 1),
        (("--amount", "-5"), 1),
        (("--amount", "1e3"), 2),
        (("--amount", "10.001"), 2),
        (("--amount", "9" * 40), 2),
        (("--currency", "MXN"), 1),
        (("--member", "nobody"), 1),
        (("--on", "2016-02-30"), 2),
        (("--on", "1980-01-01"), 1),
        (("--method", "barter"), 2),
    ],
)
def test_payments_add_refuses_with_1_and_wrong_usage_is_2(members, cli, changed, code):
    members({})
    given = {"--member": "M1", "--amount": "10", "--currency": "USD", "--on": "2016-07-20", "--method": "cash"}
    given.update([changed])
    found = cli("payments", "add", *(part for pair in given.items() for part in pair), "--json")
    assert (found[0], found[1]) == (code, "")
    assert found[2].strip()


def test_the_other_commands_of_money(members, answer, cli):
    members({})
    run()
    pay("M1", 250)
    back = ["--on", "2016-08-01", "--method", "cash", "--reason", "left town"]
    assert cli("payments", "refund", "us-p-000001", "--amount", "60", *back)[0] == 0
    assert answer("invoices", "show", "US-000001")["rest"] == 10
    assert cli("invoices", "write-off", "us-000001", "--on", "2016-08-02", "--reason", "small")[0] == 0
    (invoice,) = answer("invoices", "list", "--member", "M1")
    assert (invoice["number"], invoice["rest"], invoice["total"]) == ("US-000001", 0, 200)
    (payment,) = answer("payments", "list", "--member", "M1")
    assert (payment["amount"], payment["credit"], payment["method"]) == (250, 0, "transfer")
    assert cli("payments", "void", "US-P-000001", "--reason", "typo")[0] == 1
    assert cli("invoices", "cancel", "US-000001", "--reason", "typo")[0] == 1


def test_hold_rate_and_plan_from_the_command_line(members, cli):
    members({"paid_until": "2016-03-01", "balance_due": "200.00"})
    assert cli("members", "hold", "M1", "--until", "2016-07-10", "--reason", "flood")[1].startswith(
        "M1 is on hold from 2016-03-01"
    )
    rated = ("members", "rate", "M1", "--kind", "reduced", "--from", "2016-01-01", "--reason", "x")
    assert [cli(*rated)[0], cli(*rated, "--percent", "nan")[0], cli(*rated, "--percent", "50")[0]] == [2, 2, 0]
    code, out, _ = cli("plans", "add", "--member", "M1", "--first-on", "2026-12-31", "--instalments", "4")
    assert (code, len(out.splitlines()), out.splitlines()[0]) == (0, 4, "2026-12-31  USD 50.00")


def test_debtors_from_the_command_line(members, answer, cli):
    members({"paid_until": "2016-03-01", "balance_due": "200.00"}, {"paid_until": "2016-03-02", "balance_due": "5.00"})
    found = answer("debtors", "--on", "2016-07-15", "--first", "1")
    assert [(d["member"], d["oldest_due"], d["owed"], d["currency"]) for d in found["debtors"]] == [
        ("M1", "2016-03-01", 200, "USD")
    ]
    assert found["total"] == {"USD": 205}
    assert cli("debtors", "--on", "2016-07-15", "--csv")[1].splitlines()[1].startswith("M1,")
    assert cli("debtors", "--center", "ca")[0] == 1


def test_a_run_without_anybody_to_confirm_makes_nothing(members, cli):
    members({})
    code, _, says = cli("dues", "run", "--as-of", "2016-07-15", stdin="")
    assert (code, says.startswith("Nobody is there to confirm"), Invoice.objects.count()) == (1, True, 0)


def test_a_moved_preview_shows_the_difference_and_makes_nothing(members, answer, cli):
    members({"member_id": "A 1"})
    hash_ = answer("dues", "preview", "--as-of", "2016-07-15")["hash"]
    Member.objects.update(operations=False)
    code, out, says = cli("dues", "run", "--as-of", "2016-07-15", "--hash", hash_, "--json")
    assert (code, out, says.startswith("The facts moved since that preview")) == (1, "", True)
    assert Invoice.objects.count() == 0


def test_undo_and_the_list_of_runs_from_the_command_line(members, answer, cli):
    members({})
    made = answer("dues", "run", "--as-of", "2016-07-15")["run"]
    assert cli("dues", "undo", str(made), "--reason", "wrong day")[0] == 0
    assert cli("dues", "undo", str(made), "--reason", "wrong day")[0] == 1
    assert [(r["run"], r["state"], r["as_of"]) for r in answer("dues", "runs")] == [(made, "undone", "2016-07-15")]


def test_one_invoice_to_one_member_is_said_so_in_both_languages(members, cli):
    members({}, {"center": "mx"}, {"center": "mx"})
    undone = []
    for language, of_run, of_list in (
        ("en", ("us: 1 invoice to 1 member: ", "mx: 2 invoices to 2 members: "), "3 invoices"),
        ("es", ("us: 1 aviso a 1 membresía: ", "mx: 2 avisos a 2 membresías: "), "3 avisos"),
    ):
        out = cli("--lang", language, "dues", "run", "--as-of", "2016-07-15", "--yes")[1].splitlines()
        assert [line.startswith(begin) for line, begin in zip(sorted(out[:2]), sorted(of_run), strict=True)] == [
            True
        ] * 2
        last = Run.objects.order_by("pk").last().pk
        assert cli("--lang", language, "dues", "runs")[1].splitlines()[0].endswith(of_list)
        undone.append(cli("--lang", language, "dues", "undo", last, "--reason", "wrong day")[1])
    assert undone == [
        f"Run {last - 1} is undone: 3 invoices cancelled, their entries reversed.\n",
        f"La corrida {last} quedó deshecha: 3 avisos cancelados, sus asientos revertidos.\n",
    ]


def test_a_run_of_one_invoice_is_undone_in_the_singular(members, cli):
    members({})
    for language, listed, says in (
        ("en", "1 invoice", "is undone: 1 invoice cancelled, its entry reversed.\n"),
        ("es", "1 aviso", "quedó deshecha: 1 aviso cancelado, su asiento revertido.\n"),
    ):
        outcome = run()
        assert cli("--lang", language, "dues", "runs")[1].splitlines()[0].endswith(f"  {listed}")
        assert cli("--lang", language, "dues", "undo", outcome.run_pk, "--reason", "wrong day")[1].endswith(says)


def test_a_run_that_stopped_half_way_does_not_pass_for_done(many, answer, cli, monkeypatch):
    many(4)
    monkeypatch.setattr(billing, "SLICE", 2)
    hash_ = answer("dues", "preview", "--as-of", "2016-07-15")["hash"]
    whole = billing.write_slice

    def moving(**given):
        whole(**given)
        Member.objects.filter(code="M4").update(operations=False)

    monkeypatch.setattr(billing, "write_slice", moving)
    _, out, says = cli("dues", "run", "--as-of", "2016-07-15", "--hash", hash_)
    assert Run.objects.latest("pk").state == "stopped"
    assert "stopped" in (out + says).lower()


def test_tick_and_check_from_the_command_line(members, answer):
    members({})
    found = answer("tick")
    assert (len(found["runs"]), found["resumed"], found["without_dues"]) == (1, [], [])
    nothing = {"resumed": [], "runs": [], "without_dues": []}
    again = answer("tick")
    follow_up, decisions = again.pop("follow_up"), again.pop("decisions")
    assert not any(decisions.values())
    assert again == {**nothing, "standings_changed": 0, "mails_sent": 0, "mails_left": 0}
    assert {name for name, said in follow_up.items() if said} == {"no_mail_server"}
    assert answer("check") == {"differences": []}
