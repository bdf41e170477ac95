"""Four processes at once on one instance: nothing is lost, nothing doubled, and the books balance."""

import csv
import re

import pytest

from journeys import canonical
from journeys.instances import answers_of

SLICE = 15
JULY = ("dues", "run", "--as-of", "2016-07-15", "--yes", "--json")
AUGUST = ("dues", "run", "--as-of", "2016-08-15", "--yes", "--json")
PAYERS = [f"NY-{number:04d}" for number in range(30, 40)] + [f"MX-{number:04d}" for number in range(22, 32)]
LATE_COMERS = 12


@pytest.fixture(scope="module")
def changed_roll(workshop, roll):
    """The roll as somebody corrected it: other cities, sectors and amounts owed, and a dozen members more."""
    with roll.open(encoding="utf-8", newline="") as handle:
        reader = csv.DictReader(handle)
        columns, rows = reader.fieldnames, list(reader)
    for position, row in enumerate(rows):
        if row["balance_due"] not in ("0.00", ""):
            row["balance_due"] = "75.00" if row["currency"] == "USD" else "900.00"
        if int(row["member_id"].rpartition("-")[2]) % 3 == 0:
            row["sector"] = "labor"
        if position % 4 == 0:
            row["city"] = "Puebla"
    rows += [
        {**rows[0], "member_id": f"NY-9{n:03d}", "member_name": f"Late Comer {n}", "email": f"late{n}@example.org"}
        for n in range(LATE_COMERS)
    ]
    path = workshop / "changed-roll.csv"
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, columns)
        writer.writeheader()
        writer.writerows(rows)
    return path


def payment(*, member, amount, key=""):
    """One of the payments: whole units of the member's currency."""
    currency = "USD" if member.startswith("NY") else "MXN"
    words = ("payments", "add", "--member", member, "--amount", amount, "--currency", currency)
    return (*words, "--on", "2016-08-01", "--method", "transfer", *(("--key", key) if key else ()), "--json")


def call(*, member, outcome):
    return ("contact-log", "add", "--member", member, "--on", "2016-08-20", "--by", "Ana", "--outcome", outcome)


def at_once(*, instance, plans):
    """Start a process for each plan, let all begin together, and wait; their answers, plan by plan."""
    processes = [instance.start(commands=plan, slice=SLICE, wait=True) for plan in plans]
    for process in processes:
        assert process.stderr.readline() == "ready\n"
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()
    return [answers_of(process=process) for process in processes]


def refused(*, plans, answers):
    """The commands that did not end well, with what they said."""
    return [
        (command[:4], answer.code, answer.err)
        for plan, own in zip(plans, answers, strict=True)
        for command, answer in zip(plan, own, strict=True)
        if answer.code != 0
    ]


def series(*, instance, query):
    """The numbers of a series by center: {"US": [1, 2, ...]}."""
    found = {}
    for (number,) in instance.rows(query):
        center, position = re.fullmatch(r"([A-Z]+)-(?:[A-Z]+-)?(\d+)", number).groups()
        found.setdefault(center, []).append(int(position))
    return {center: sorted(positions) for center, positions in found.items()}


def without_gaps(*, numbers):
    return {center: list(range(1, len(positions) + 1)) for center, positions in numbers.items()}


def billed(*, instance):
    """Every period that has an invoice, as (member, first day)."""
    query = (
        "SELECT m.code, i.period_start FROM dues_invoice i JOIN members_member m ON m.id = i.member_id "
        "WHERE i.kind = 'dues' AND i.cancelled_on IS NULL"
    )
    return sorted((code, str(day)) for code, day in instance.rows(query))


def unbalanced(*, instance):
    return instance.rows("SELECT entry_id FROM ledger_leg GROUP BY entry_id HAVING sum(amount) <> 0") + instance.rows(
        "SELECT id FROM ledger_entry WHERE NOT posted"
    )


def money_in_books(*, instance):
    """What came in, by currency, on the accounts for cash and bank."""
    query = (
        "SELECT l.currency, sum(l.amount) FROM ledger_leg l JOIN ledger_account a ON a.id = l.account_id "
        "WHERE a.role IN ('cash', 'bank') GROUP BY l.currency"
    )
    return {currency: int(minor) for currency, minor in instance.rows(query)}


def test_four_processes_pay_bill_import_and_call_and_nothing_is_lost_or_doubled(copies, enrolled, roll, changed_roll):
    instance, alone = copies(enrolled), copies(enrolled)
    before = money_in_books(instance=instance)
    keyed = [payment(member=member, amount=120, key=f"statement {member}") for member in PAYERS]
    unkeyed = [payment(member=member, amount=45) for member in PAYERS]
    calls = [call(member=member, outcome="attempted") for member in PAYERS]
    reached = [call(member=member, outcome="reached") for member in PAYERS]
    same, changed = ("members", "import", roll, "--json"), ("members", "import", changed_roll, "--json")
    plans = [
        [JULY, *keyed, same],
        [same, *reversed(keyed), AUGUST, changed],
        [AUGUST, *(step for pair in zip(unkeyed, calls, strict=True) for step in pair)],
        [changed, JULY, *(step for pair in zip(reached, unkeyed, strict=True) for step in pair), AUGUST],
    ]
    answers = at_once(instance=instance, plans=plans)
    assert refused(plans=plans, answers=answers) == []
    # What came too late for the runs above is billed by one more; alone means: one process, one after the other.
    closing = instance.several(changed, AUGUST, ("check",), slice=SLICE)
    assert [(answer.code, answer.err) for answer in closing] == [(0, "")] * 3, closing
    alone.several(changed, JULY, AUGUST)
    assert billed(instance=instance) == billed(instance=alone)
    assert len(set(billed(instance=instance))) == len(billed(instance=instance))
    usd, mxn = (sum(m.startswith(center) for m in PAYERS) for center in ("NY", "MX"))
    assert money_in_books(instance=instance) == {
        "USD": before["USD"] + usd * (12_000 + 2 * 4_500),
        "MXN": mxn * (12_000 + 2 * 4_500),
    }
    assert instance.value("SELECT count(*) FROM dues_payment WHERE once_key <> ''") == len(PAYERS)
    assert instance.value("SELECT count(*) FROM members_contactattempt") == 2 * len(PAYERS)
    late = "SELECT count(*) FROM members_member WHERE code LIKE 'NY-9%'"
    assert instance.value(late) == LATE_COMERS
    total = "SELECT count(*) FROM members_member"
    assert instance.value(total) == alone.value(total)
    assert unbalanced(instance=instance) == []
    for query in (
        "SELECT number FROM dues_invoice WHERE kind = 'dues'",
        "SELECT number FROM dues_invoice WHERE kind = 'opening'",
        "SELECT number FROM dues_payment",
    ):
        numbers = series(instance=instance, query=query)
        assert numbers == without_gaps(numbers=numbers)


@pytest.mark.parametrize("processes", [2, 4])
def test_processes_at_one_dues_run_bill_every_period_once_with_numbers_without_gaps(copies, enrolled, processes):
    instance, alone = copies(enrolled), copies(enrolled)
    [expected] = alone.several(JULY, slice=SLICE)
    answers = [own[0] for own in at_once(instance=instance, plans=[[JULY]] * processes)]
    assert [(answer.code, answer.err) for answer in answers] == [(0, "")] * processes
    whole = expected.json
    # Whoever came when all was done had nothing to do; the others say what the whole run made.
    said = [a.json for a in answers if a.json["run"] is not None]
    assert said
    for center in ("us", "mx"):
        assert [answer[center] for answer in said] == [whole[center]] * len(said)
    before, after = canonical.contents(instance=alone), canonical.contents(instance=instance)
    assert canonical.differences(one=before, other=after) == {}
    numbers = series(instance=instance, query="SELECT number FROM dues_invoice WHERE kind = 'dues'")
    assert numbers == without_gaps(numbers=numbers)
    [checked] = instance.several(("check",))
    assert checked.code == 0, checked.out


def test_two_processes_billing_on_different_days_bill_every_period_once(copies, enrolled):
    instance, alone = copies(enrolled), copies(enrolled)
    alone.several(JULY, AUGUST, slice=SLICE)
    plans = [[JULY], [AUGUST], [JULY, AUGUST], [AUGUST]]
    answers = at_once(instance=instance, plans=plans)
    assert refused(plans=plans, answers=answers) == []
    assert billed(instance=instance) == billed(instance=alone)
    numbers = series(instance=instance, query="SELECT number FROM dues_invoice WHERE kind = 'dues'")
    assert numbers == without_gaps(numbers=numbers)
    assert set(instance.rows("SELECT state FROM runs_run")) == {("finished",)}
    [checked] = instance.several(("check",))
    assert checked.code == 0, checked.out


def test_four_processes_importing_one_roll_import_it_once(copies, ruled, roll):
    instance, alone = copies(ruled), copies(ruled)
    command = ("members", "import", roll, "--json")
    alone.several(command)
    answers = [own[0] for own in at_once(instance=instance, plans=[[command]] * 4)]
    assert [(answer.code, answer.err) for answer in answers] == [(0, "")] * 4
    changed = sorted(answer.json["changed"] for answer in answers)
    assert changed[:3] == [0, 0, 0]
    assert changed[3] > 0
    before, after = canonical.contents(instance=alone), canonical.contents(instance=instance)
    assert canonical.differences(one=before, other=after) == {}


def test_one_payment_entered_by_four_processes_under_one_key_is_one_payment(copies, enrolled):
    instance = copies(enrolled)
    plan = [payment(member="NY-0030", amount=200, key=f"check {number}") for number in range(5)]
    answers = at_once(instance=instance, plans=[plan] * 4)
    assert refused(plans=[plan] * 4, answers=answers) == []
    assert instance.value("SELECT count(*) FROM dues_payment WHERE once_key <> ''") == 5
    said = [[answer.json["payment"] for answer in own] for own in answers]
    assert said == [said[0]] * 4
    [checked] = instance.several(("check",))
    assert checked.code == 0, checked.out


def test_calls_and_payments_for_one_member_at_once_leave_the_standing_that_the_rule_says(copies, enrolled):
    instance = copies(enrolled)
    instance.several(JULY)
    debtor = instance.value("SELECT min(m.code) FROM members_member m WHERE opening_balance > 0 AND code LIKE 'NY-%'")
    plans = [
        [payment(member=debtor, amount=10) for _ in range(25)],
        [call(member=debtor, outcome="reached") for _ in range(25)],
        [call(member=debtor, outcome="attempted") for _ in range(25)],
        [payment(member=debtor, amount=20) for _ in range(25)],
    ]
    answers = at_once(instance=instance, plans=plans)
    assert refused(plans=plans, answers=answers) == []
    [checked] = instance.several(("check",))
    assert checked.code == 0, checked.out
