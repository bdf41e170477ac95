"""A roll that needs no mapping: handed in, previewed, confirmed; and everything that can go wrong on the way."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tequio.kernel.journal.models import Event
from tequio.members.models import Contact, Import, Member

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def treasurer(sample_rules, signed_in):
    return signed_in("treasurer", "us")


@pytest.fixture
def previewed(treasurer, hand_in, roll_file):
    """A roll of two good rows and a bad one, previewed: its number."""
    hand_in(treasurer, roll_file({}, {}, {"kind": "club"}))
    return Import.objects.get().pk


def test_a_roll_goes_straight_to_its_preview_and_changes_nothing_yet(treasurer, hand_in, roll_file):
    answer = hand_in(treasurer, roll_file({}, {}, {"kind": "club"}))
    row = Import.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/imports/{row.pk}/")
    page = treasurer.get(f"/imports/{row.pk}/", follow=True)
    text = page.content.decode()
    assert page.redirect_chain == [(f"/imports/{row.pk}/preview/", 303)]
    assert (row.state, row.counts["made"], row.counts["contacts_new"], row.counts["rejected"]) == ("previewed", 2, 2, 1)
    assert "One row cannot be taken as it is" in text
    assert "Row 4" in text
    assert "Member 1" in text
    assert (Member.objects.count(), Contact.objects.count()) == (0, 0)
    assert Event.objects.filter(kind="members.imported").count() == 0


def test_confirming_imports_it_and_keeps_the_result_for_good(treasurer, previewed, confirm, home, at):
    page = treasurer.get(f"/imports/{previewed}/confirm/").content.decode()
    assert "This makes 2 new members and changes 0" in page
    answer = confirm(treasurer, previewed)
    assert (answer.status_code, answer["Location"]) == (303, f"/imports/{previewed}/")
    assert list(Member.objects.order_by("code").values_list("code", flat=True)) == ["M1", "M2"]
    row = Import.objects.get()
    assert (row.state, row.actor, row.ended_at) == ("done", treasurer.user.actor, at)
    assert row.rejected == [
        [
            4,
            "kind_missing",
            "The column kind must say organization or individual.",
            "La columna kind debe decir organization (organización) o individual (persona).",
        ]
    ]
    result = treasurer.get(f"/imports/{previewed}/").content.decode()
    assert "Imported: 2 new members, 0 changed" in result
    assert "Petra Nolasco" in result
    assert "<bdi>roll.csv</bdi>" in treasurer.get("/imports/").content.decode()


def test_the_file_is_kept_encrypted_and_goes_once_it_is_confirmed(
    treasurer, previewed, confirm, home, django_capture_on_commit_callbacks
):
    stored = [path.read_bytes() for path in (home / "imports").iterdir()]
    assert len(stored) == 2
    assert all(b"Member 1" not in text and b"m1@example.org" not in text for text in stored)
    with django_capture_on_commit_callbacks(execute=True):
        confirm(treasurer, previewed)
    assert list((home / "imports").iterdir()) == []


def test_a_second_confirmation_does_nothing_more(treasurer, previewed, confirm):
    confirm(treasurer, previewed)
    events = Event.objects.count()
    again = confirm(treasurer, previewed)
    assert (again.status_code, again["Location"]) == (303, f"/imports/{previewed}/")
    assert (Event.objects.count(), Member.objects.count()) == (events, 2)


@pytest.mark.parametrize("step", ["preview", "confirm", "columns", "discard"])
def test_the_back_button_after_confirming_leads_to_the_result(treasurer, previewed, confirm, step):
    confirm(treasurer, previewed)
    answer = treasurer.get(f"/imports/{previewed}/{step}/")
    assert (answer.status_code, answer["Location"]) == (303, f"/imports/{previewed}/")


def test_the_same_file_again_would_change_nothing_and_says_when_it_was_imported(
    treasurer, previewed, confirm, hand_in, roll_file
):
    confirm(treasurer, previewed)
    hand_in(treasurer, roll_file({}, {}, {"kind": "club"}))
    again = Import.objects.latest("pk")
    text = treasurer.get(f"/imports/{again.pk}/preview/").content.decode()
    assert [again.counts[name] for name in ("made", "changed", "contacts")] == [0, 0, 0]
    assert "This file would change nothing" in text
    assert f'The very same file was imported on <a href="/imports/{previewed}/">15 July 2016</a>' in text
    assert f"/imports/{again.pk}/confirm/" not in text


def test_handing_the_same_file_in_twice_is_one_import(treasurer, hand_in, roll_file):
    first = hand_in(treasurer, roll_file({}))
    second = hand_in(treasurer, roll_file({}))
    assert first["Location"] == second["Location"]
    assert Import.objects.count() == 1


def test_of_two_at_once_the_second_sees_what_has_changed_before_it_confirms(
    treasurer, signed_in, hand_in, roll_file, confirm
):
    other = signed_in("administrator")
    hand_in(treasurer, roll_file({}, {}))
    hand_in(other, roll_file({}, {"member_name": "Dos"}, {}))
    mine, theirs = Import.objects.order_by("pk").values_list("pk", flat=True)
    assert confirm(other, theirs).status_code == 303
    answer = confirm(treasurer, mine)
    assert answer.status_code == 409
    assert "Since the preview, members were changed here" in answer.content.decode()
    assert sorted(Member.objects.values_list("name", flat=True)) == ["Dos", "Member 1", "Member 3"]
    assert Import.objects.get(pk=mine).counts["changed"] == 1
    assert confirm(treasurer, mine).status_code == 303
    assert sorted(Member.objects.values_list("name", flat=True)) == ["Member 1", "Member 2", "Member 3"]


def test_a_treasurers_file_may_hold_no_member_of_another_center(treasurer, hand_in, roll_file):
    answer = hand_in(treasurer, roll_file({}, {"center": "mx"}, {}, {"center": "mx"}))
    assert answer.status_code == 422
    assert "These rows are of members of other centers (2): 3, 5." in answer.content.decode()
    assert (Import.objects.count(), Member.objects.count()) == (0, 0)


def test_a_treasurer_cannot_change_a_member_of_another_center_by_naming_its_own(
    treasurer, signed_in, members, hand_in, roll_file
):
    members({"member_id": "X9", "center": "mx", "member_name": "De allá"})
    answer = hand_in(treasurer, roll_file({"member_id": "X9", "member_name": "Taken"}))
    assert answer.status_code == 422
    assert "other centers (1): 2." in answer.content.decode()
    assert Member.objects.get(code="X9").name == "De allá"


def test_a_role_taken_between_preview_and_confirmation_counts(signed_in, sample_rules, hand_in, roll_file, confirm):
    from tequio.accounts.models import Grant

    client = signed_in("treasurer", "us", "mx")
    hand_in(client, roll_file({}, {"center": "mx"}))
    pk = Import.objects.get().pk
    Grant.objects.filter(center__code="mx").delete()
    answer = confirm(client, pk)
    assert answer.status_code == 409
    assert Member.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "empty.csv", "The file is empty."),
        (b"   \n\n", "blank.csv", "The file is empty."),
        (b"%PDF-1.7 whatever", "roll.csv", "This is a PDF."),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "roll.xlsx", "This is a picture."),
        (b"PK\x03\x04nonsense", "roll.xlsx", "The spreadsheet is damaged"),
        (b"<html><body>x</body></html>", "roll.xls", "The file is a web page"),
        (b"12,13\n14,15\n", "numbers.csv", "No row of headings was found"),
    ],
)
def test_a_wrong_file_is_refused_with_a_sentence_and_not_kept(treasurer, hand_in, home, content, name, sentence):
    answer = hand_in(treasurer, content, name=name)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert Import.objects.count() == 0
    assert [*(home / "imports").glob("*")] == []


def test_no_file_at_all_is_said_at_its_field(treasurer, home):
    answer = treasurer.post("/imports/new/", {})
    assert answer.status_code == 422
    assert '<a href="#id_file">Member roll</a>: Choose a file first.' in answer.content.decode()


@pytest.mark.parametrize(("extra", "status"), [(0, 422), (1, 413), (200_000, 413)])
def test_a_file_over_ten_megabytes_is_refused_as_too_large(treasurer, hand_in, extra, status):
    answer = hand_in(treasurer, b"%PDF-" + b"x" * (9_999_995 + extra))
    assert answer.status_code == status
    if status == 413:
        assert "The file is larger than 10 MB" in answer.content.decode()
    assert Import.objects.count() == 0


def test_more_rows_than_a_page_takes_are_refused(treasurer, hand_in, roll_file, monkeypatch):
    from tequio.members.operations import trying

    monkeypatch.setattr(trying, "ROWS_AT_MOST", 2)
    answer = hand_in(treasurer, roll_file({}, {}, {}))
    assert answer.status_code == 422
    assert "more than 2 rows" in answer.content.decode()
    assert Member.objects.count() == 0


def test_a_forged_form_imports_nothing(sample_rules, signed_in, hand_in, roll_file):
    client = signed_in("treasurer", "us", csrf=True)
    assert hand_in(client, roll_file({})).status_code == 403
    assert Import.objects.count() == 0


def test_the_pages_own_form_passes_the_check_against_forged_ones(sample_rules, signed_in, hand_in, roll_file):
    import re

    client = signed_in("treasurer", "us", csrf=True)
    page = client.get("/imports/new/").content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page).group(1)
    assert hand_in(client, roll_file({}), csrfmiddlewaretoken=token).status_code == 303


def test_a_session_that_ended_in_the_middle_is_told_so_and_the_import_can_go_on(treasurer, previewed, confirm):
    user = treasurer.user
    treasurer.logout()
    answer = treasurer.post(
        f"/imports/{previewed}/confirm/",
        {"key": Import.objects.get().preview_key},
        headers={"origin": "http://testserver"},
    )
    text = answer.content.decode()
    assert answer.status_code == 401
    assert f'action="/imports/{previewed}/confirm/"' in text
    assert Import.objects.get().preview_key in text
    assert Member.objects.count() == 0
    assert user.actor == Import.objects.get().actor


def test_a_file_nobody_confirms_is_gone_after_a_day(treasurer, previewed, home, monkeypatch, at):
    from datetime import timedelta

    from tequio.kernel import clock

    monkeypatch.setattr(clock, "now", lambda: at + timedelta(days=1))
    assert treasurer.get("/imports/").status_code == 200
    row = Import.objects.get()
    assert (row.state, list((home / "imports").iterdir())) == ("dropped", [])
    assert "Nothing was imported from this file" in treasurer.get(f"/imports/{previewed}/").content.decode()
    answer = treasurer.post(f"/imports/{previewed}/confirm/", {"key": row.preview_key})
    assert answer.status_code == 409
    assert "This file was thrown away" in answer.content.decode()


def test_throwing_it_away_says_so_first_and_is_done_once(treasurer, previewed, home):
    assert "nothing was imported from it" in treasurer.get(f"/imports/{previewed}/discard/").content.decode()
    for _ in range(2):
        assert treasurer.post(f"/imports/{previewed}/discard/")["Location"] == "/imports/"
    assert (Import.objects.get().state, list((home / "imports").iterdir())) == ("dropped", [])


def test_hostile_names_are_text_and_never_markup(treasurer, hand_in, roll_file, confirm):
    reversed_ = "mar\u202egnp.csv"
    hand_in(
        treasurer,
        roll_file(
            {"member_name": HOSTILE, "contact_name": "=HYPERLINK(1)"},
            {"member_name": "A" * 10_000},
            {"email": "not one", "member_name": HOSTILE},
        ),
        name=f"{HOSTILE[:8]}{reversed_}",
    )
    row = Import.objects.get()
    assert row.file_name == "<script>margnp.csv"
    for path in (f"/imports/{row.pk}/preview/", f"/imports/{row.pk}/confirm/", "/imports/"):
        text = treasurer.get(path).content.decode()
        assert "<script>" not in text
        assert "\u202e" not in text
    text = treasurer.get(f"/imports/{row.pk}/preview/").content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "more than 300 characters" in text
    csv = b"".join(treasurer.get(f"/imports/{row.pk}/contacts.csv").streaming_content).decode()
    assert "'=HYPERLINK(1)" in csv


def test_what_a_row_said_is_not_kept_in_the_result(treasurer, hand_in, roll_file, confirm):
    hand_in(treasurer, roll_file({"joined_on": "Rosa Ibarra"}, {}))
    row = Import.objects.get()
    assert "Rosa Ibarra" in treasurer.get(f"/imports/{row.pk}/preview/").content.decode()
    confirm(treasurer, row.pk)
    row.refresh_from_db()
    assert [line[:2] for line in row.rejected] == [[2, "date_invalid"]]
    kept = str([row.rejected, row.questions, row.counts, row.mapping])
    assert "Rosa" not in kept
    assert "“…” in the column joined_on is not a date" in treasurer.get(f"/imports/{row.pk}/").content.decode()


def test_likely_duplicates_are_named_with_those_that_are_there_already(treasurer, members, hand_in, roll_file):
    members({"member_id": "OLD", "member_name": "Casa Maíz"})
    hand_in(treasurer, roll_file({"member_id": "NEW", "member_name": "casa  maiz"}))
    row = Import.objects.get()
    csv = b"".join(treasurer.get(f"/imports/{row.pk}/duplicates.csv").streaming_content).decode().splitlines()
    assert csv[1] == "OLD,Casa Maíz,NEW,casa  maiz"
    assert row.counts["duplicates"] == 1


def test_lists_show_fifty_rows_and_the_csv_all_of_them(treasurer, hand_in, roll_file):
    hand_in(treasurer, roll_file(*({} for _ in range(60))))
    pk = Import.objects.get().pk
    text = treasurer.get(f"/imports/{pk}/preview/").content.decode()
    assert "the first 50 of 60" in text
    assert "<bdi>M50</bdi>" in text
    assert "<bdi>M51</bdi>" not in text
    csv = b"".join(treasurer.get(f"/imports/{pk}/made.csv").streaming_content).decode().splitlines()
    assert len(csv) == 61
    assert csv[60] == "61,M60,Member 60,us"


def test_openings_are_shown_by_center_in_its_currency(sample_rules, signed_in, hand_in, roll_file):
    client = signed_in("administrator")
    hand_in(client, roll_file({"balance_due": "100.50"}, {"center": "mx", "balance_due": "900"}))
    text = client.get(f"/imports/{Import.objects.get().pk}/preview/").content.decode()
    assert '<span class="iso">USD</span>&nbsp;100.50' in text
    assert '<span class="iso">MXN</span>&nbsp;900.00' in text


def test_spanish_pages_are_spanish(sample_rules, signed_in, hand_in, roll_file, confirm):
    client = signed_in("administrator", language="es")
    answer = client.post("/imports/new/", {"file": SimpleUploadedFile("vacio.csv", b"")})
    assert "El archivo está vacío." in answer.content.decode()
    hand_in(client, roll_file({}, {"kind": "club"}))
    pk = Import.objects.get().pk
    assert "Una fila no se puede tomar como está" in client.get(f"/imports/{pk}/preview/").content.decode()
    confirm(client, pk)
    assert "Se importó: 1 membresía nueva, 0 cambiadas" in client.get(f"/imports/{pk}/").content.decode()


def test_preview_and_result_ask_no_more_of_the_database_for_more_rows(treasurer, hand_in, roll_file, confirm):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counted = []
    treasurer.get("/imports/")  # the cities of the dateline are read once and remembered
    for rows in (2, 40):
        hand_in(treasurer, roll_file(*({"member_id": f"N{rows}-{n}"} for n in range(rows)), {"kind": "club"}))
        pk = Import.objects.latest("pk").pk
        with CaptureQueriesContext(connection) as preview:
            treasurer.get(f"/imports/{pk}/preview/")
        confirm(treasurer, pk)
        with CaptureQueriesContext(connection) as result:
            treasurer.get(f"/imports/{pk}/")
        with CaptureQueriesContext(connection) as listed:
            treasurer.get("/imports/")
        counted.append((len(preview), len(result), len(listed)))
    assert counted[0] == counted[1]
