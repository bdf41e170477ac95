"""Who may open which page: every address of the site times every kind of person. A new address needs a row here."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from contract.conftest import WHO
from signing_in import sign_in

# Who may open what, by the scope each page has. The object looked at always belongs to New York's member A1.
READS = {
    "everybody": set(WHO),
    "signed in": set(WHO) - {"nobody"},
    "lists": {"treasurer", "other_treasurer", "auditor", "administrator"},
    "everything": {"auditor", "administrator"},
    "its center": {"treasurer", "auditor", "administrator"},
    "its member": {"contact", "treasurer", "auditor", "administrator"},
    "changes its center": {"treasurer", "administrator"},
    "changes some center": {"treasurer", "other_treasurer", "administrator"},
    "administrator": {"administrator"},
    "servers": {"auditor", "administrator", "maintainer"},
    "its member or servers": {"contact", "treasurer", "auditor", "administrator", "maintainer"},
    "calls": {"caller", "treasurer", "other_treasurer", "administrator"},
    "calls there": {"caller", "treasurer", "administrator"},
    "its body": {"sits", "chairs", "auditor", "administrator"},
    "speaks there": {"sits", "chairs"},
    "keeps it": {"chairs", "administrator"},
    "speaks there or administrator": {"sits", "chairs", "administrator"},
    "members and its body": {"contact", "other_contact", "sits", "chairs", "administrator"},
}

PAGES = {
    # front
    "home": "signed in",
    "members": "lists",
    "members_csv": "lists",
    "member": "its member",
    "standing_report": "lists",
    "standing_csv": "lists",
    "rules": "signed in",
    "load_rules": "administrator",
    "sample_rule_book": "administrator",
    "rule_book": "administrator",
    "confirm_rule_book": "administrator",
    "decisions": "everybody",
    "decisions_csv": "everybody",
    "decisions_json": "everybody",
    "decisions_feed": "everybody",
    "decision": "everybody",
    "journal": "everything",
    "check": "everything",
    "centers": "lists",
    "roll_csv": "everything",
    "center_settings": "its center",
    "center_letters": "changes its center",
    "center_members_csv": "its center",
    "center_books": "its center",
    "center_beancount": "its center",
    "close_books": "changes its center",
    "mail_queue": "lists",
    "one_mail": "its center",
    "retry_mail": "changes its center",
    "cancel_mail": "changes its center",
    "send_mail": "changes some center",
    "mail_round": "lists",
    "mail_test": "administrator",
    "mail_samples": "lists",
    "mail_sample_html": "lists",
    # members
    "imports": "lists",
    "new_import": "changes some center",
    "import": "its center",
    "import_csv": "its center",
    "import_columns": "changes its center",
    "import_preview": "its center",
    "import_confirm": "changes its center",
    "carry_on_import": "changes its center",
    "import_discard": "changes its center",
    "merge": "changes some center",
    "duplicates": "lists",
    "undo_merge": "changes its center",
    "leave": "changes its center",
    "log_contact": "changes its center",
    "member_access": "changes its center",
    # decisions
    "bodies": "signed in",
    "body": "signed in",
    "rank_priorities": "administrator",
    "record_decision": "keeps it",
    "appoint": "administrator",
    "add_sitting": "keeps it",
    "cancel_sitting": "keeps it",
    "new_proposal": "speaks there",
    "proposals": "signed in",
    "proposal": "its body",
    "proposal_history": "its body",
    "proposal_preview": "its body",
    "change_proposal": "speaks there",
    "set_priority": "speaks there",
    "circulate": "speaks there",
    "withdraw_proposal": "speaks there",
    "add_effect": "speaks there",
    "remove_effect": "speaks there",
    "hand_over_proposal": "speaks there",
    "come_back_proposal": "speaks there",
    "delay_proposal": "speaks there",
    "comment_proposal": "speaks there",
    "take_position": "speaks there",
    "attach_file": "speaks there",
    "attachment": "its body",
    "remove_attachment": "speaks there",
    "amend_proposal": "speaks there",
    "amendment": "its body",
    "divide_proposal": "speaks there",
    "open_vote": "keeps it",
    "open_first": "keeps it",
    "vote": "its body",
    "cast_ballot": "speaks there",
    "enter_ballots": "keeps it",
    "close_vote": "keeps it",
    "carry_out": "keeps it",
    "drop_effect": "keeps it",
    "reverse_decision": "speaks there",
    "tasks": "signed in",
    "close_action": "speaks there or administrator",
    # notes of meetings: as private as their body sets them, which is its own people where it sets nothing
    "meeting_notes": "its body",
    "write_note": "speaks there or administrator",
    "note_history": "its body",
    "translate_note": "speaks there or administrator",
    "review_translation": "speaks there or administrator",
    "notes_settings": "keeps it",
    "mark_line": "speaks there or administrator",
    "mark_line_as": "speaks there or administrator",
    "undo_mark": "speaks there or administrator",
    "notes_markdown": "its body",
    "notes_pdf": "its body",
    "minutes": "its body",
    "minutes_markdown": "its body",
    "minutes_pdf": "its body",
    "put_minutes_forward": "keeps it",
    "approve_minutes": "keeps it",
    "notes_files": "signed in",
    "notes_file": "speaks there or administrator",
    "put_notes_file": "speaks there or administrator",
    "notes_find": "speaks there or administrator",
    "dismiss_find": "speaks there or administrator",
    "remove_notes_file": "speaks there or administrator",
    # when and where bodies meet: everybody signed in knows the hours; agenda and rooms are their own people's
    "meetings": "signed in",
    "series_list": "signed in",
    "series": "signed in",
    "places": "signed in",
    "new_place": "administrator",
    "give_up_place": "administrator",
    "hours_given": "signed in",
    "interpreters": "signed in",
    "plan_meeting": "keeps it",
    "move_meeting": "keeps it",
    "cancel_meeting": "keeps it",
    "meeting_rooms": "keeps it",
    "meeting_call": "its body",
    "subscribe": "its body",
    "calendar_feed": "everybody",
    "public_calendar": "everybody",
    # meetings: agenda, documents, who is there, who speaks
    "meeting": "its body",
    "open_meeting": "keeps it",
    "close_meeting": "keeps it",
    "undo_meeting": "keeps it",
    "say_quorum": "keeps it",
    "add_agenda_item": "keeps it",
    "suggest_item": "members and its body",
    "answer_suggestion": "keeps it",
    "change_agenda_item": "keeps it",
    "withdraw_agenda_item": "keeps it",
    "move_agenda_item": "keeps it",
    "progress_agenda_item": "keeps it",
    "speakers": "its body",
    "ask_to_speak": "speaks there or administrator",
    "speaker_turn": "speaks there or administrator",
    "attendance": "its body",
    "mark_attendance": "speaks there or administrator",
    "enter_attendance": "keeps it",
    "correct_attendance": "keeps it",
    "leave_meeting": "speaks there or administrator",
    "add_document": "speaks there or administrator",
    "document": "its body",
    "remove_document": "speaks there or administrator",
    # follow-up
    "call_list": "calls",
    "call": "calls there",
    "give_back_call": "calls there",
    "call_hours": "calls",
    "call_sheet": "calls",
    "follow_up_member": "its center",
    "ask_to_call": "changes its center",
    "member_said": "changes its center",
    "follow_up_report": "lists",
    "follow_up_tasks": "lists",
    "close_task": "changes its center",
    "settle_claim": "changes its center",
    "follow_up_release": "its center",
    "follow_up_money": "its center",
    "letters": "lists",
    "letter_batch": "its center",
    "letter_batch_pdf": "its center",
    "letter_came_back": "changes its center",
    # dues
    "dues": "lists",
    "dues_run": "its center",
    "dues_preview": "its center",
    "dues_preview_csv": "its center",
    "dues_confirm": "changes its center",
    "carry_on_run": "changes its center",
    "dues_run_csv": "its center",
    "print_run": "its center",
    "send_run": "changes its center",
    "undo_run": "changes its center",
    "invoice": "its member",
    "invoice_pdf": "its member",
    "mail_invoice": "changes its center",
    "write_off": "changes its center",
    "cancel_invoice": "changes its center",
    "payments": "lists",
    "payments_csv": "lists",
    "payment": "its member",
    "receipt_pdf": "its member",
    "mail_receipt": "changes its center",
    "refund": "changes its center",
    "void": "changes its center",
    "add_payment": "changes its center",
    "grant_hold": "changes its center",
    "agree_plan": "changes its center",
    "grant_rate": "changes its center",
    # budgets
    "budgets": "everybody",
    "budget": "everybody",
    "budget_why": "everybody",
    "budget_compare": "everybody",
    "budget_csv": "everybody",
    "budget_xlsx": "everybody",
    "budgets_beside": "lists",
    "begin_budget": "changes some center",
    "budget_draft": "changes its center",
    "budget_amend": "changes its center",
    "budget_withdraw": "changes its center",
    "budget_forecast": "its center",
    "year_that_was": "its center",
    "bookings": "its center",
    "new_booking": "changes its center",
    "booking": "its center",
    "booking_receipt": "its center",
    "expected_income": "its center",
    "spending_limits": "its center",
    "one_expected": "changes its center",
    "closings": "its center",
    "close_month": "changes its center",
    "funds": "its center",
    "sites": "lists",
    "sites_paper": "lists",
    # kernel
    "member_year_pdf": "its member",
    # links to pay, and proofs
    "pay": "everybody",
    "invoice_link": "changes its center",
    "proofs": "lists",
    "proof": "changes its center",
    "proof_file": "changes its center",
    # services
    "member_services": "its member",
    "service_quotas": "servers",
    "service_account": "its member or servers",
    "applications": "servers",
    "service_catalog": "signed in",
    "service_loan": "servers",
    "service_loans": "servers",
    "service_removal": "administrator",
    "service_settings": "administrator",
    "services": "servers",
    "bulk_suspension": "everything",
    "wave": "servers",
    "balance_evidence": "its center",
    "waves": "servers",
    # banking
    "bank_accounts": "lists",
    "bank_account": "its center",
    "new_statement": "changes its center",
    "statement_preview": "changes its center",
    "statement": "its center",
    "bank_lines": "lists",
    "bank_lines_csv": "lists",
    "bank_line": "its center",
    "undo_match": "changes its center",
    "provider_call": "everybody",
    "language": "everybody",
    "styleguide": "everybody",
    # one's own account, and the people
    "my_account": "signed in",
    "my_applications": "signed in",
    "my_language": "signed in",
    "my_data": "signed in",
    "second_factor_first": "signed in",
    "people": "everything",
    "add_person": "administrator",
    "person": "administrator",
    "close_account": "administrator",
}
# Pages of the sign-in library look after themselves (tests/accounts): they are about nobody but the person.
OF_THE_LIBRARY = ("account_", "mfa_")
PROVIDER = "idp"  # addresses for applications, held by tests/services/signing_in
OPENED = {200, 302, 303, 405, 409}


def _names(patterns=None):
    """Every name of an address of the site, with the words it needs."""
    found = {}
    for entry in patterns if patterns is not None else get_resolver().url_patterns:
        if getattr(entry, "namespace", None) == PROVIDER:
            continue
        if isinstance(entry, URLResolver):
            found.update(_names(entry.url_patterns))
        elif isinstance(entry, URLPattern):
            found[entry.name] = sorted(entry.pattern.converters)
    return found


def _ours():
    return {name: words for name, words in _names().items() if not (name or "").startswith(OF_THE_LIBRARY)}


def _address(name, organization):
    words = organization["words"]
    given = {word: words[WORDS.get((name, word), word)] for word in _ours()[name]}
    return reverse(name, kwargs=given)


# Where a word of an address means another thing than its name says.
WORDS = {
    ("decision", "code"): "decision",
    ("bank_account", "code"): "bank_account",
    ("new_statement", "code"): "bank_account",
    ("provider_call", "code"): "bank_account",
    **{(name, "code"): "taken" for name in ("carry_out", "drop_effect", "reverse_decision")},
    ("amendment", "number"): "amendment",
    ("series", "code"): "series",
    ("give_up_place", "code"): "place",
    ("undo_merge", "member_pk"): "merged_pk",
    ("dues_preview", "run_pk"): "preview_pk",
    ("dues_preview_csv", "run_pk"): "preview_pk",
    ("dues_confirm", "run_pk"): "preview_pk",
    **{
        (name, "item_pk"): "agenda_item_pk"
        for name in (
            *("write_note", "change_agenda_item", "withdraw_agenda_item", "move_agenda_item"),
            *("progress_agenda_item", "speakers", "ask_to_speak"),
        )
    },
    ("mail_round", "run_pk"): "mail_round_pk",
    ("mark_line_as", "kind"): "mark_kind",
    **{(name, "number"): "payment" for name in ("payment", "receipt_pdf", "mail_receipt", "refund", "void")},
}


def test_every_address_has_its_row_in_the_table():
    assert set(_ours()) == set(PAGES)


def test_every_view_of_ours_names_its_permission():
    ours = [entry for entry in _flat(get_resolver().url_patterns) if not entry.name.startswith(OF_THE_LIBRARY)]
    guarded = [entry for entry in ours if PAGES.get(entry.name) != "everybody"]
    assert [entry.name for entry in guarded if not hasattr(entry.callback, "permission")] == []


def _flat(patterns):
    for entry in patterns:
        if getattr(entry, "namespace", None) == PROVIDER:
            continue
        if isinstance(entry, URLResolver):
            yield from _flat(entry.url_patterns)
        else:
            yield entry


# Who opens every page there is, and who is asked about one member alone; what others see is a part of that.
ON_BOTH = ("administrator", "treasurer", "chairs", "contact")


def _people(*names):
    """These, of whom PostgreSQL is asked about some."""
    return [name if name in ON_BOTH else pytest.param(name, marks=pytest.mark.once) for name in names]


@pytest.mark.django_db
@pytest.mark.parametrize("who", _people(*WHO))
def test_a_page_opens_for_whom_the_table_says_and_for_nobody_else(organization, client, who):
    if who != "nobody":
        sign_in(client, organization["people"][who])
    wrong = {}
    for name in _ours():
        address = _address(name, organization)
        status = client.get(address).status_code
        allowed = who in READS[PAGES[name]]
        if who == "nobody" and not allowed:
            right = status == 303 and "/account/login/" in client.get(address)["Location"]
        elif allowed:
            right = status in OPENED
        else:
            right = status == 403
        if not right:
            wrong[name] = status
    assert wrong == {}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "who",
    _people("contact", "other_contact", "other_treasurer", "auditor", "caller", "sits_elsewhere", "maintainer"),
)
def test_nobody_changes_what_is_not_theirs_by_sending_a_form(organization, client, who):
    from tequio.kernel.journal.models import Event

    sign_in(client, organization["people"][who])
    before = Event.objects.count()
    wrong = {}
    for name, row in PAGES.items():
        if who in READS[row] and row not in ("its member", "its center", "lists", "everything", "its body", "servers"):
            continue
        answer = client.post(_address(name, organization), {"act": "close", "reason": "x", "confirm": "1"})
        if answer.status_code not in (403, 404, 405) and who not in READS[row]:
            wrong[name] = answer.status_code
    assert wrong == {}
    assert Event.objects.count() == before


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["contact", "treasurer"])
def test_a_forged_number_is_refused_or_not_found(organization, client, who):
    sign_in(client, organization["people"][who])
    wrong = {}
    for name, words in _ours().items():
        if not words or words == ["language"] or name == "provider_call":  # open to everybody, about nobody
            continue
        known = organization["words"]
        forged = {
            word: 999_999
            if word.endswith("_pk") or (name, word) == ("amendment", "number")
            else "XX-999999"
            if word in ("number", "code", "body", "proposal", "loan", "wave")
            else known[WORDS.get((name, word), word)]
            for word in words
        }
        status = client.get(reverse(name, kwargs=forged)).status_code
        if status not in (403, 404):
            wrong[name] = status
    assert wrong == {}
