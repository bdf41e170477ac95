"""A statement taken in: what is matched, suggested, left, known already, set aside and refused."""

from datetime import date

import pytest
from tests.banking import samples
from tests.banking.doing import ACCOUNT, confirm, counts, csv, lines, long, number, short, suggestion, take, the_line
from tests.banking.samples import moved
from tests.dues.doing import let_go, pay, rests, run

from tequio.banking.models import BankLine, Match, RowAside, StatementFile
from tequio.banking.operations import accounts, posting
from tequio.dues.models import Payment
from tequio.kernel.errors import Refusal
from tequio.kernel.journal.models import Event
from tequio.members.models import Member
from tequio.members.operations import merge_members


@pytest.fixture
def three(members):
    """Three members of New York that owe USD 200 each, as US-000001 to US-000003."""
    members({"member_name": "Water Alliance"}, {"member_name": "Ana Ruiz"}, {"member_name": "Print Shop Uptown"})
    run()


def test_a_reference_posts_the_payment_on_the_banks_day(three):
    result = csv(moved("2016-07-20", "200.00", f"ZELLE {long('US-000002')}"))
    assert counts(result) == (1, 0, 0, 0)
    assert rests("M2") == [("US-000002", 0, "2016-07-20")]
    payment = Payment.objects.get()
    assert (payment.member.code, payment.method, payment.bank_match.line.on) == ("M2", "transfer", date(2016, 7, 20))


def test_part_of_the_amount_leaves_the_rest_and_too_much_leaves_credit(three):
    csv(moved("2016-07-20", "80.00", long("US-000001")), moved("2016-07-21", "250.00", long("US-000002")))
    assert (rests("M1"), rests("M2")) == ([("US-000001", 120, None)], [("US-000002", 0, "2016-07-21")])
    assert Payment.objects.get(member__code="M2").unused == 5_000


def test_money_for_a_written_off_or_paid_invoice_is_the_members_credit(three):
    let_go("US-000001")
    pay("M2", 200, method="cash")
    result = csv(moved("2016-07-20", "200.00", long("US-000001")), moved("2016-07-21", "200.00", long("US-000002")))
    assert counts(result) == (2, 0, 0, 0)
    assert [(p.member.code, p.unused) for p in Payment.objects.order_by("pk")][1:] == [("M1", 20_000), ("M2", 20_000)]


def test_money_somebody_entered_by_hand_is_not_posted_again_when_the_statement_comes(three):
    for code, amount, on in (("M1", 200, "2016-07-18"), ("M2", 150, "2016-07-18"), ("M3", 200, "2016-07-01")):
        pay(code, amount, on=on, at="2016-07-18")
    result = csv(*(moved("2016-07-20", "200.00", long(f"US-00000{n}")) for n in (1, 2, 3)))
    assert counts(result) == (2, 1, 0, 0), "another amount, or long before, is other money"
    waiting = suggestion()
    assert (waiting.member.code, Payment.objects.filter(member__code="M1").count()) == ("M1", 1)
    assert waiting.line.why_en == (
        "A payment of this amount was entered by hand on 2016-07-18: it may be the same money."
    )
    assert confirm(waiting).payment.amount == 20_000, "a person may say that it is not"


def test_money_for_a_merged_member_settles_its_charge_and_is_the_one_it_counts_as(three):
    merge_members(kept="M1", merged="M2", actor="test", at=pay("M3", 1).entered_at)
    csv(moved("2016-07-20", "400.00", long("US-000002")))
    assert Payment.objects.get(amount=40_000).member.code == "M1"
    assert (rests("M1")[0][1], rests("M2")[0][1]) == (0, 0)


def test_payment_while_disabled_brings_the_member_back_at_once(members):
    members({"paid_until": "2015-03-01"})
    run("2015-03-01", at="2015-03-01")
    from tests.dues.doing import tried

    tried("M1", "2015-05-01")
    from tequio.dues.operations.standings import refresh_standings

    refresh_standings(actor="test", at=pay("M1", 0.01, on="2015-05-02", at="2015-08-01").entered_at)
    assert Member.objects.get().standing in {"disabled", "inactive"}
    csv(moved("2015-08-02", "199.99", long("US-000001")), at="2015-08-03")
    assert Member.objects.get().standing == "good"


def test_the_short_reference_of_mexico_with_its_amount_is_enough(members):
    members({"center": "mx"}, {"center": "mx", "kind": "individual"})
    run()
    result = csv(
        moved("2016-07-20", "4100.00", f"SPEI RECIBIDO {short('MX-000001')}CUOTA"),
        moved("2016-07-21", "17.00", f"SPEI RECIBIDO {short('MX-000002')}CUOTA"),
        account="mx-bank",
    )
    assert counts(result) == (1, 1, 0, 0)
    assert rests("M1") == [("MX-000001", 0, "2016-07-20")]


def test_a_name_and_an_amount_are_a_suggestion_and_nothing_is_posted(three):
    result = csv(moved("2016-07-20", "200.00", "ZELLE FROM ANNA RUIZ"), moved("2016-07-21", "12.00", "DEPOSIT"))
    assert (counts(result), Payment.objects.count()) == ((0, 1, 1, 0), 0)
    assert suggestion().member.code == "M2"
    assert lines() == [("2016-07-20", 200, "suggested"), ("2016-07-21", 12, "open")]


def test_who_was_confirmed_once_is_known_by_the_account_from_then_on(three):
    number()
    first = samples.mt940([moved("2016-07-20", "50.00", "thanks", name="Ruiz A", account="MX000111222333")])
    assert counts(take(first)) == (0, 0, 1, 0)
    from tests.banking.doing import assign

    assign(the_line(), ("M2", 50))
    again = samples.mt940([moved("2016-08-20", "60.00", "again", name="Somebody Else", account="MX000111222333")])
    assert counts(take(again, at="2016-08-21")) == (1, 0, 0, 0)
    assert rests("M2") == [("US-000002", 90, None)]


def test_a_name_that_was_confirmed_is_known_where_the_amount_is_just_right(three):
    csv(moved("2016-07-20", "50.00", "payment of R. Delgado Ochoa"))
    number()
    take(samples.ofx([moved("2016-07-22", "25.00", "dues", name="Rosa Delgado Ochoa")]))
    from tests.banking.doing import assign

    assign(the_line(amount=2_500), ("M3", 25))
    result = take(samples.ofx([moved("2016-08-22", "175.00", "more", name="DELGADO OCHOA, ROSA")]), at="2016-08-23")
    assert counts(result) == (1, 0, 0, 0)
    assert rests("M3") == [("US-000003", 0, "2016-08-22")]


def test_the_same_file_again_adds_nothing(three):
    raw = samples.table([moved("2016-07-20", "200.00", long("US-000001")), moved("2016-07-21", "-5.00", "FEE")])
    take(raw)
    before = BankLine.objects.count(), Payment.objects.count(), StatementFile.objects.count(), Event.objects.count()
    again = take(raw)
    assert (counts(again), again.transactions) == ((0, 0, 0, 2), 2)
    assert (
        BankLine.objects.count(),
        Payment.objects.count(),
        StatementFile.objects.count(),
        Event.objects.count(),
    ) == before


def test_an_overlapping_file_adds_only_what_is_new_also_of_equal_lines_on_one_day(three):
    equal = moved("2016-07-20", "25.00", "CASH DEPOSIT")
    take(samples.table([equal, equal], balances=False))
    result = take(samples.table([equal, equal, equal, moved("2016-07-21", "3.00", "X")], balances=False))
    assert (counts(result), BankLine.objects.count()) == ((0, 0, 2, 2), 4)


@pytest.mark.parametrize("other", ["ofx", "mt940", "camt"])
def test_the_same_days_in_another_format_add_nothing(three, other):
    number()
    listed = [
        moved("2016-07-20", "200.00", long("US-000001"), name="Water Alliance"),
        moved("2016-07-20", "25.00", "gift", name="Bo Li Kowalski"),
        moved("2016-07-20", "25.00", "gift", name="Zoe Nakamura"),
        moved("2016-07-21", "-5.00", "hosting invoice"),
    ]
    take(samples.table(listed))
    result = take(samples.FORMATS[other](listed))
    assert (counts(result), BankLine.objects.count(), Payment.objects.count()) == ((0, 0, 0, 4), 4, 1)


def test_what_may_be_there_already_waits_for_a_person_and_is_never_posted(three):
    number()
    take(samples.table([moved("2016-07-20", "200.00", "TRANSFER 1")]))
    result = take(samples.ofx([moved("2016-07-20", "200.00", long("US-000001"))]))
    assert (counts(result), result.twins) == ((0, 0, 1, 0), 1)
    assert (the_line(state="twin").twin, Payment.objects.count()) == (the_line(state="open"), 0)


def test_two_payments_alike_with_ids_of_their_own_are_two(three):
    number()
    one = moved("2016-07-20", "25.00", "GIFT", bank_id="LONGID0001")
    take(samples.ofx([one, moved("2016-07-20", "1.00", "Z", bank_id="LONGID0002")]))
    both = [one, moved("2016-07-20", "25.00", "GIFT", bank_id="LONGID0003")]
    assert counts(take(samples.ofx(both))) == (0, 0, 1, 1)


def test_a_bank_that_numbers_anew_with_every_download_adds_nothing_twice(three):
    number()
    listed = [moved("2016-07-20", f"{n}.00", f"GIFT {n}") for n in range(1, 6)]
    take(samples.ofx([moved(x.on, x.amount, x.text, bank_id=f"DOWNLOAD1-{n}") for n, x in enumerate(listed)]))
    again = take(samples.ofx([moved(x.on, x.amount, x.text, bank_id=f"DOWNLOAD2-{n}") for n, x in enumerate(listed)]))
    assert (again.already_known, BankLine.objects.count()) == (5, 5)


def test_rows_in_error_are_kept_with_their_reason_and_the_rest_goes_on(three):
    raw = samples.table([moved("2016-07-20", "200.00", long("US-000001"))], balances=False) + b"30/02/2016,X,5.00\n"
    result = take(raw)
    assert (result.transactions, result.credits, result.debits, counts(result)) == (2, 1, 0, (1, 0, 0, 0))
    assert [(row.row, row.why_es) for row in RowAside.objects.all()] == [(3, "«30/02/2016» no es un día que exista.")]


def test_a_dry_run_says_what_a_real_one_does_and_writes_nothing(three):
    raw = samples.table([moved("2016-07-20", "200.00", long("US-000001")), moved("2016-07-21", "200.00", "ANA RUIZ")])
    said = take(raw, dry_run=True)
    assert (BankLine.objects.count(), Payment.objects.count(), StatementFile.objects.count()) == (0, 0, 0)
    assert counts(said) == counts(take(raw)) == (1, 1, 0, 0)


def test_an_account_that_is_not_ours_is_refused_and_what_the_file_holds_is_counted(three):
    raw = samples.ofx([moved("2016-07-20", "200.00", long("US-000001")), moved("2016-07-20", "-1.00", "FEE")])
    number(said="987654321")
    other = take(raw)
    assert (other.taken, other.transactions, other.credits, other.debits) == (False, 2, 1, 1)
    assert (other.refused.en, BankLine.objects.count()) == (
        "The file is of the account …6789, which is not the number recorded for us-bank.",
        0,
    )
    number()
    assert counts(take(raw)) == (1, 0, 0, 0)


def test_how_days_are_written_is_remembered_only_where_a_person_said_it(three):
    from tequio.banking.models import BankAccount
    from tequio.banking.operations.correcting import corrected
    from tequio.banking.statements.roles import Role

    raw = b"Fecha,Uno,Dos\n01/02/2016,5.00,1.00\n03/02/2016,6.00,2.00\n"
    take(raw, mapping=corrected(account_code="us-bank", raw=raw, said={Role.AMOUNT: ["Dos"]}))
    assert BankAccount.objects.get(code="us-bank").mapping == {
        "columns": {"date": ["Fecha"], "amount": ["Dos"]},
        "dates": None,
        "decimal": None,
    }


def camt_entry(ind):
    raw = samples.camt([moved("2016-07-20", "200.00", long("US-000001"))]).decode()
    return raw.replace("<CdtDbtInd>CRDT</CdtDbtInd><Sts>", f"<CdtDbtInd>{ind}</CdtDbtInd><RvslInd>true</RvslInd><Sts>")


def mt940_line(ind):
    mark = "RC" if ind == "DBIT" else "RD"
    raw = samples.mt940([moved("2016-07-20", "200.00", long("US-000001"))]).decode()
    return raw.replace(":61:1607200720C", f":61:1607200720{mark}")


@pytest.mark.parametrize("reversed_", [camt_entry, mt940_line])
def test_what_the_bank_takes_back_is_never_posted_by_itself_and_a_person_is_told(three, reversed_):
    number()
    back = take(reversed_("CRDT").encode())
    assert (counts(back), Payment.objects.count()) == ((0, 1, 0, 0), 0), "our own transfer that came back is no dues"
    gone = take(reversed_("DBIT").encode())
    assert (gone.debits, gone.notes[0].en) == (
        1,
        "The bank took back money that had come (row 1). Look for the payment made from it and void it.",
    )


def test_another_currency_is_refused(three):
    number()
    result = take(samples.camt([moved("2016-07-20", "200.00", long("US-000001"))], currency="EUR"))
    assert (result.taken, result.refused.es) == (False, "El archivo está en EUR; us-bank está en USD.")


def test_of_a_file_of_several_accounts_only_ours_is_taken(three):
    number()
    ours = samples.ofx([moved("2016-07-20", "200.00", long("US-000001"))])
    theirs = samples.ofx([moved("2016-07-20", "200.00", long("US-000002"))], account="55556666777")
    result = take(ours + theirs)
    assert (result.taken, result.transactions, counts(result)) == (True, 2, (1, 0, 0, 0))
    assert "…6777" in result.refused.en


def test_a_batch_the_bank_booked_as_one_is_given_to_each_who_paid(three):
    number()
    raw = samples.camt([moved("2016-07-20", "400.00", "x")]).decode()
    parts = "".join(
        f'<TxDtls><Amt Ccy="USD">200.00</Amt><RmtInf><Ustrd>{long(n)}</Ustrd></RmtInf></TxDtls>'
        for n in ("US-000001", "US-000003")
    )
    start, end = raw.index("<TxDtls>"), raw.index("</NtryDtls>")
    result = take((raw[:start] + parts + raw[end:]).encode())
    assert counts(result) == (1, 0, 0, 0)
    assert [(m.member.code, m.amount, m.state) for m in Match.objects.order_by("pk")] == [
        ("M1", 20_000, "posted"),
        ("M3", 20_000, "posted"),
    ]


def test_a_line_in_a_closed_period_waits_with_the_reason(three):
    from tequio.centers.models import Center
    from tequio.ledger.operations import close_period

    days = {"first_day": date(2016, 7, 1), "last_day": date(2016, 7, 25)}
    close_period(center=Center.objects.get(code="us"), **days, actor="test", at=take_at())
    result = csv(moved("2016-07-20", "200.00", long("US-000001")))
    assert result.matched == 1
    line = the_line()
    assert (line.state, Payment.objects.count(), "closed" in line.why_en) == ("suggested", 0, True)


def take_at():
    from tests.dues.doing import moment

    return moment("2016-08-01")


def test_what_a_killed_import_left_in_the_queue_is_posted_by_the_next_one(three):
    raw = samples.table([moved("2016-07-20", "200.00", long("US-000001"))])
    take(raw, post=False)
    assert lines() == [("2016-07-20", 200, "queued")]
    again = take(raw)
    assert (again.already_known, lines(), Payment.objects.count()) == (1, [("2016-07-20", 200, "matched")], 1)
    assert posting.post_all_queued(actor="test", at=take_at()) == 0


def test_the_newest_statement_says_through_which_day_the_money_is_known(three):
    from tequio.followup.models import MoneyKnown

    csv(moved("2016-07-20", "5.00", "X"))
    assert [(m.center.code, m.through) for m in MoneyKnown.objects.all()] == [("us", date(2016, 7, 20))]
    take(samples.table([moved("2016-07-25", "5.00", "Y")]) + b"30/02/2016,X,5.00,1.00\n")
    assert MoneyKnown.objects.count() == 1, "a file with a row set aside proves nothing"
    accounts.open_account(code="us-savings", center_code="us", name="", actor="test", at=take_at())
    csv(moved("2016-07-01", "1.00", "Z"), account="us-savings")
    csv(moved("2016-07-30", "1.00", "W"))
    assert MoneyKnown.objects.count() == 1, "the other account is known to the 1st only"
    csv(moved("2016-07-28", "1.00", "V"), account="us-savings")
    assert MoneyKnown.objects.order_by("-through").first().through == date(2016, 7, 28)


def test_a_closed_or_unknown_account_is_refused(three):
    accounts.close_account(code="us-bank", on=date(2016, 7, 1), actor="test", at=take_at())
    for code in ("us-bank", "no-bank"):
        with pytest.raises(Refusal):
            csv(moved("2016-07-20", "5.00", "X"), account=code)


def test_what_the_bank_writes_is_encrypted_where_it_lies(three):
    from django.db import connection

    number()
    take(samples.mt940([moved("2016-07-20", "5.00", "secret words", name="Ana Ruiz", account=ACCOUNT + "1")]))
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM banking_bankline")
        row = repr(cursor.fetchall())
        cursor.execute("SELECT * FROM banking_accountnumber")
        row += repr(cursor.fetchall())
    assert not any(word in row for word in ("secret", "Ruiz", ACCOUNT))
    assert "secret words" in the_line().text


def test_the_number_of_queries_does_not_grow_with_the_lines(three, django_assert_max_num_queries):
    few = samples.table([moved("2016-07-20", "1.00", f"gift {n}") for n in range(5)])
    many = samples.table([moved("2016-07-21", "1.00", f"gift {n}") for n in range(400)])
    with django_assert_max_num_queries(60):
        take(few)
    with django_assert_max_num_queries(60):
        take(many)


def test_confirming_and_the_next_suggestion(three):
    csv(moved("2016-07-20", "200.00", "ANA RUIZ"))
    assert confirm(suggestion()).payment.amount == 20_000
    assert rests("M2") == [("US-000002", 0, "2016-07-20")]
