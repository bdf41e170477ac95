"""One person for each way of looking at the program, and something of everything to look at."""

from datetime import date
from io import BytesIO

import pytest

from contract.who_may import WHO
from rolls import write_roll
from rules_once import put_in_force
from staying import made_once


@pytest.fixture(scope="module")
def organization(django_db_setup, django_db_blocker, tmp_path_factory):
    """`made_organization`, once for all tests of a module, each of which takes back what it did."""
    from committees import AT

    with made_once(django_db_blocker):
        yield made_organization(folder=tmp_path_factory.mktemp("contract"), at=AT)


def made_organization(*, folder, at):
    """Two members in New York and one in Mexico, one of them billed and paid in part, one merged away."""
    from tequio.accounts.models import User
    from tequio.accounts.operations import add_person, grant_role
    from tequio.centers.models import Center
    from tequio.decisions.models import Decision
    from tequio.dues.models import Invoice
    from tequio.dues.operations import billing
    from tequio.dues.operations.paying import add_payment
    from tequio.kernel import clock
    from tequio.members.models import Member, MemberAccess
    from tequio.members.operations import import_roll, merge_members
    from tequio.members.operations.looking import receive
    from tequio.members.operations.uploading import Handed
    from tequio.project.book_uploads import hand_in_book

    put_in_force(at=at)
    roll = write_roll(
        {"member_id": "A1", "paid_until": "2016-02-01"},
        {"member_id": "A2", "paid_until": "2017-02-01"},
        {"member_id": "A3", "paid_until": "2017-02-01"},
        {"member_id": "B1", "center": "mx", "paid_until": "2017-02-01"},
        path=folder / "roll.csv",
    )
    import_roll(path=roll, actor="test", at=at)
    terms = billing.terms_of(as_of=date(2016, 7, 15), center_code="us")
    preview = billing.preview_dues(terms=terms)
    waiting = billing.save_preview(preview=preview, actor="test", at=at)
    billing.run_dues(terms=terms, actor="test", at=at)
    invoice = Invoice.objects.get(member__code="A1")
    payment = add_payment(
        code="A1", amount=1000, currency="USD", on=date(2016, 7, 15), method="cash", actor="test", at=at
    )
    merge_members(kept="A2", merged="A3", actor="test", at=at)
    people = {}
    for name in WHO[1:]:
        people[name] = add_person(email=f"{name}@example.org", name=name, language="en", actor="test", at=at)
    us, mx = Center.objects.get(code="us"), Center.objects.get(code="mx")
    grant_role(user=people["treasurer"], role="treasurer", center=us, actor="test", at=at)
    grant_role(user=people["other_treasurer"], role="treasurer", center=mx, actor="test", at=at)
    grant_role(user=people["auditor"], role="auditor", center=None, actor="test", at=at)
    grant_role(user=people["administrator"], role="administrator", center=None, actor="test", at=at)
    grant_role(user=people["caller"], role="caller", center=us, actor="test", at=at)
    grant_role(user=people["maintainer"], role="maintainer", center=None, actor="test", at=at)
    decided = _decided(people=people)
    followed = _followed_up(us=us, invoice=invoice, at=at) | _banked(at=at) | _linked(invoice=invoice, at=at)
    more = write_roll({"member_id": "A9", "paid_until": "2017-02-01"}, path=folder / "more.csv")
    handed = Handed(name="roll.csv", content=more.read_bytes())
    treasurer = people["treasurer"].actor
    waiting_import = receive(handed=handed, center=us, centers=frozenset({"us"}), actor=treasurer, at=clock.now())
    book = b'[[priorities]]\nyear = 2100\ntexts = [{ en = "Less", es = "Menos" }]\n'
    waiting_book = hand_in_book(name="rules.toml", content=book, actor="test", at=clock.now())
    MemberAccess.objects.create(user=people["contact"], member=Member.objects.get(code="A1"))
    MemberAccess.objects.create(user=people["other_contact"], member=Member.objects.get(code="B1"))
    return {
        "people": people,
        "words": {
            "member_pk": Member.objects.get(code="A1").pk,
            "merged_pk": Member.objects.get(code="A3").pk,
            "number": invoice.number,
            "payment": payment.number,
            "run_pk": invoice.run_id,
            "preview_pk": waiting,
            "user_pk": User.objects.get(email="contact@example.org").pk,
            "code": "us",
            "decision": Decision.objects.order_by("pk").first().code,
            "import_pk": waiting_import.pk,
            "book_pk": waiting_book.pk,
            **_mailed(invoice=invoice, at=at),
            "part": "made",
            "sample_pk": 1,
            "language": "es",
            **followed,
            **_budgeted(us=us, at=at),
            **_served(at=at),
            **decided,
            **_met(body=decided["body"], people=people),
            **(noted := _noted(body=decided["body"], people=people)),
            **_attended(item_pk=noted["agenda_item_pk"], people=people),
        },
    }


def _served(*, at):
    """A mailbox of New York's A1, a suspension of many that waits, a loan."""
    from services.having import careful
    from tequio.members.models import Member
    from tequio.services.models import BulkSuspension
    from tequio.services.operations.agreeing import grant_exception, lend
    from tequio.services.operations.balances import add_evidence, bring_balance
    from tequio.services.operations.moving import begin_wave
    from tequio.services.operations.opening import open_account

    careful()
    kept = {"service": "mailbox", "more": 0, "keeps_open": True, "until": date(2100, 1, 1), "reason": "x"}
    grant_exception(code="A1", **kept, actor="test", at=at)
    account = open_account(code="A1", service="mailbox", name="a1@example.org", held_by="Ana", actor="test", at=at)
    bulk = BulkSuspension.objects.create(made_at=at, members=1, accounts=1, of_members=1, may=0)
    bulk.listed.create(member=Member.objects.get(code="A1"), accounts=1)
    lend(
        code="water",
        name="Agua",
        center_code="us",
        decision_code="2016-06-dues-split",
        counts={"mailbox": 1},
        first_day=at.date(),
        last_day=None,
        email="",
        language="es",
        actor="test",
        at=at,
    )
    day = at.date()
    begin_wave(
        code="spring",
        name="Spring",
        provider="x",
        center_code="us",
        contact_by=day,
        consent_by=day,
        copy_by=day,
        actor="test",
        at=at,
    )
    brought = {"member_code": "A1", "amount": -100, "due_on": day, "evidence": "x"}
    balance = bring_balance(wave_code="spring", **brought, actor="test", at=at)
    picture = BytesIO(b"\x89PNG\r\n\x1a\n" + b"0" * 20)
    paper = add_evidence(wave_code="spring", balance_pk=balance.pk, name="x.png", file=picture, actor="test", at=at)
    return {
        "account_pk": account.pk,
        "bulk_pk": bulk.pk,
        "loan": "water",
        "wave": "spring",
        "evidence_pk": paper.pk,
    }


def _budgeted(*, us, at):
    """New York's budget with an amendment, an expense with its receipt, and a grant that is expected."""
    import io

    from tests.budgets.planning import CALLER, both, presented

    from tequio.budgets.models import ExpectedKind
    from tequio.budgets.operations.amending import ask_amendment
    from tequio.budgets.operations.booking import What, enter
    from tequio.budgets.operations.expecting import Promise, expect
    from tequio.budgets.operations.receipts import add_receipt
    from tequio.rules.budget import Side
    from tequio.rules.budget_changes import Action

    made = {"actor": "test", "at": at}
    budget = presented(at=at)
    asked = {"action": Action.ADD, "name": CALLER.code, "then": CALLER, "why": both("why"), "asked_by": "Ana"}
    ask_amendment(budget=budget, **asked, **made)
    what = What(side=Side.EXPENSE, on=date(2016, 7, 1), account="expense-racks", what="Racks", amount=5)
    booking = enter(center=us, what=what, by=None, **made)
    receipt = add_receipt(booking_pk=booking.pk, name="a.pdf", file=io.BytesIO(b"%PDF-1.4"), **made)
    promise = Promise(
        kind=ExpectedKind.GRANT,
        name=both("Grant"),
        amount=5,
        currency="",
        likelihood=50,
        expected_on=date(2016, 9, 1),
        said_by="Ana",
    )
    return {
        "year": budget.year,
        "line": "dues",
        "amendment": 1,
        "booking_pk": booking.pk,
        "receipt_pk": receipt.pk,
        "expected_pk": expect(center=us, promise=promise, **made).pk,
    }


def _mailed(*, invoice, at):
    """A mail about an invoice that waits, and a sending that was asked for."""
    from tequio.kernel.mail.kinds import TRIAL
    from tequio.kernel.mail.operations import Written, enqueue
    from tequio.kernel.mail.rounds import ask_to_send

    said = Written(language="en", subject="x", text="x")
    about = f"invoice:{invoice.number}"
    mail = enqueue(kind=TRIAL, subject=about, to_address="a@example.org", composed=said, at=at)
    return {"mail_pk": mail.pk, "mail_round_pk": ask_to_send(actor="test", at=at)}


def _banked(*, at):
    """A statement of New York's account with a line that waits, and a file that waits to be confirmed."""
    from tequio.banking.models import BankAccount, BankLine
    from tequio.banking.operations.importing import import_statement
    from tequio.banking.operations.uploading import hand_in
    from tequio.kernel import clock

    raw = b"Date,Description,Amount\n2016-07-14,GIFT,5.00\n"
    done = import_statement(account_code="us-bank", raw=raw, actor="test", at=at)
    account = BankAccount.objects.get(code="us-bank")
    upload = hand_in(account=account, name="more.csv", content=raw, actor="test", at=clock.now())
    return {
        "bank_account": "us-bank",
        "provider": "stripe",
        "statement_pk": done.statement_pk,
        "upload_pk": upload.pk,
        "line_pk": BankLine.objects.get().pk,
    }


def _decided(*, people):
    """A committee with a chair, a proposal with an amendment and a file, a vote, a task; and another body."""
    from committees import AT, DAY, body, proposal, sits, sitting, voted, whole, words
    from tequio.decisions.models import Office
    from tequio.decisions.operations import amending, attaching, opening, tasks
    from tequio.rules.reasons import Text

    committee = body("permissions")
    sits(committee, people["sits"])
    sits(committee, people["chairs"])
    sits(committee, people["chairs"], office=Office.CHAIR, votes=False)
    sits(body("elsewhere"), people["sits_elsewhere"])
    chair = people["chairs"]
    effects = [{"kind": "task.assign", "data": {"body": "permissions", "title": {"en": "Do", "es": "Hacer"}}}]
    asked, done = proposal(committee, chair, effects=effects), proposal(committee, chair, ask="Done", effects=effects)
    amending.ask_amendment(
        proposal=asked,
        against=1,
        words=words("Do it otherwise"),
        why=Text(en="x", es="x"),
        by=chair,
        actor="test",
        at=AT,
    )
    file = attaching.attach(proposal=asked, name="a.txt", content=b"a", by=chair, actor="test", at=AT)
    closed = voted(done, [people["sits"], chair], "favor", "favor")
    other = proposal(committee, chair, ask="Voted now")
    vote = opening.open_vote(body=committee, proposal=other, question=whole(other), by=chair, actor="test", at=AT)
    task = tasks.open_task(title=Text(en="x", es="x"), body=committee, actor="test", at=AT)
    return {
        "body": committee.code,
        "proposal": asked.code,
        "kind": "task-assign",
        "position": 0,
        "file_pk": file.pk,
        "amendment": 1,
        "about": "waive",
        "vote_pk": vote.pk,
        "sitting_pk": sitting(committee, starts_at=AT + DAY).pk,
        "action_pk": task.pk,
        "taken": closed.decision.code,
    }


def _noted(*, body, people):
    """A meeting of the committee with an item that one city noted and somebody translated."""
    from committees import AT, DAY, both
    from gatherings import item, meeting, place
    from tequio.decisions.models import Body
    from tequio.meetings.making import line_of
    from tequio.meetings.operations.importing import bring_in
    from tequio.meetings.operations.marking import make_task
    from tequio.meetings.operations.notes import write_note
    from tequio.meetings.operations.translating import translate

    chair, city = people["chairs"], place("noted")
    held = meeting(Body.objects.get(code=body), places=[city], starts_at=AT + 2 * DAY)
    one = item(held.parts.get())
    made = {"by": chair, "actor": "test", "at": AT}
    note = write_note(item=one, place=city, text="- We approve it", base=0, **made).note
    translate(note=note, of=1, said=["Lo aprobamos"], base=0, **made)
    raw = b"# Meeting of 6 February 2016\n- The budget was approved.\n"
    file, _ = bring_in(body=held.parts.get().body, place=city, name="a.md", raw=raw, **made)
    line = line_of(note=note, line=1)
    mark = make_task(line=line, title=both("Task"), owner=None, due_on=None, **made)
    return {
        "meeting_pk": held.pk,
        "agenda_item_pk": one.pk,
        "place": "noted",
        "note_pk": note.pk,
        "noted_line": 1,
        "mark_kind": "task",
        "mark_pk": mark.pk,
        "part_pk": held.parts.get().pk,
        "which": "both",
        "notes_file_pk": file.pk,
        "find_pk": file.candidates.order_by("pk").first().pk,
    }


def _met(*, body, people):
    """A series of the committee, whose calendar is open to everybody, and the address of one person's own."""
    from committees import AT
    from meetings.series_to_test import terms
    from tequio.decisions.models import Body
    from tequio.meetings.models import NotesSetting
    from tequio.meetings.operations.feed_keys import make_feed_key
    from tequio.meetings.operations.series import put_down_series

    there, sits = Body.objects.get(code=body), people["sits"]
    made = {"actor": "test", "at": AT}
    put_down_series(
        code="monthly", terms=terms(body, places=["noted"]), valid_from=date(2016, 7, 1), decision=None, **made
    )
    NotesSetting.objects.create(body=there, calendar="everybody", set_by=people["chairs"], set_at=AT)
    own = make_feed_key(user=sits, body=there, language="en", **made)
    return {"series": "monthly", "feed_pk": own.key.pk, "feed_key": own.secret}


def _attended(*, item_pk, people):
    """Of the meeting of an item: somebody who is there, who asked to speak, and a document."""
    from committees import AT
    from tequio.meetings.models import AgendaItem, Attendance, SpeakerTurn, Suggestion
    from tequio.meetings.operations.documents import add_document

    chair, item = people["chairs"], AgendaItem.objects.select_related("part__meeting").get(pk=item_pk)
    met, place = item.part.meeting, item.part.meeting.meeting_places.get().place
    there = Attendance.objects.create(meeting=met, user=chair, place=place, came_at=met.starts_at, entered_by=chair)
    turn = SpeakerTurn.objects.create(item=item, user=chair, place=place, language="en", asked_at=met.starts_at)
    wish = Suggestion.objects.create(part=item.part, title_en="A wish", made_by=chair, made_at=met.starts_at)
    file = add_document(meeting=met, item=item, name="a.pdf", content=b"%PDF-1.4", by=chair, actor="test", at=AT)
    return {
        "part_pk": item.part_id,
        "attendance_pk": there.pk,
        "turn_pk": turn.pk,
        "document_pk": file.pk,
        "suggestion_pk": wish.pk,
    }


def _linked(*, invoice, at):
    """An invoice's link, and a proof that was sent from it."""
    import io

    from tequio.paylink.operations.managing import renew_link
    from tequio.paylink.operations.proofs import hand_in_proof

    file = io.BytesIO(b"\x89PNG\r\n\x1a\n")
    proof = hand_in_proof(invoice=invoice, name="a.png", file=file, note="", actor="test", at=at)
    link = renew_link(number=invoice.number, expires_on=date(2099, 1, 1), actor="test", at=at)
    return {"invoice_pk": invoice.pk, "token": link.token, "proof_pk": proof.pk}


def _followed_up(*, us, invoice, at):
    """Something of everything the follow-up shows, about A1: a letter, a call, a task, a claim, held notices."""
    from tequio.followup.models import (
        CallItem,
        Dispatch,
        FollowUpPolicy,
        LetterBatch,
        Notice,
        PaymentClaim,
        Release,
        Task,
    )
    from tequio.members.models import Contact

    member, policy = invoice.member, FollowUpPolicy.objects.get(center=us)
    Contact.objects.filter(member=member).update(street="1 Main St", city="Troy", country="US")
    batch = LetterBatch.objects.create(center=us, printed_by="test", printed_at=at)
    made = {"center": us, "member": member, "policy": policy, "made_on": at.date()}
    letter = Dispatch.objects.create(**made, step="letter", channel="letter", state="printed", batch=batch)
    Notice.objects.create(dispatch=letter, invoice=invoice, step="letter", due_on=at.date())
    release = Release.objects.create(center=us, policy=policy, made_on=at.date(), members_then=3, needs_two=True)
    Dispatch.objects.create(**made, step="paused", channel="mail", state="held", release=release)
    item = CallItem.objects.create(member=member, center=us, why="by_hand", ready_at=at, opened_at=at)
    task = Task.objects.create(kind="no_way", center=us, member=member, opened_on=at.date(), opened_by="test")
    claim = PaymentClaim.objects.create(member=invoice.member, said_on=at.date(), entered_by="test")
    return {
        "batch_pk": batch.pk,
        "dispatch_pk": letter.pk,
        "release_pk": release.pk,
        "item_pk": item.pk,
        "task_pk": task.pk,
        "claim_pk": claim.pk,
    }
