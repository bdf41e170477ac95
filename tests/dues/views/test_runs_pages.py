"""Choosing, previewing, confirming, the result, and who may do which."""

import pytest
from tests.dues.doing import asked, pay, run
from tests.dues.views.looking import confirm, faults, fill, heading, preview, text_of, url

from tequio.dues.models import Invoice
from tequio.kernel.journal.models import Event
from tequio.kernel.runs.models import Run


@pytest.fixture
def two_cities(members):
    """One organization to be billed in each city."""
    members({"member_id": "A1"}, {"member_id": "B1", "center": "mx", "language": "es"})


def test_a_treasurer_previews_confirms_and_sees_what_was_made(two_cities, treasurer):
    run_pk = preview(treasurer)
    assert heading(treasurer.get(url("dues_preview", run_pk=run_pk))) == "One invoice, nothing unusual"
    assert asked() == []
    answer = confirm(treasurer, run_pk, 1)
    assert (answer.status_code, answer["Location"]) == (303, url("dues_run", run_pk=run_pk))
    assert heading(treasurer.get(answer["Location"])) == "One invoice was made"
    assert [row[0] for row in asked()] == ["A1"]


def test_the_same_in_spanish(two_cities, enter):
    teso = enter("treasurer mx", language="es")
    run_pk = preview(teso, centers=("mx",))
    assert heading(teso.get(url("dues_preview", run_pk=run_pk))) == "Un aviso de cuota, nada inusual"
    answer = confirm(teso, run_pk, 1)
    assert heading(teso.get(answer["Location"])) == "Se hizo un aviso de cuota"
    assert [row[0] for row in asked()] == ["B1"]


def test_a_treasurer_cannot_choose_another_center(two_cities, treasurer):
    answer = treasurer.post("/dues/", {"as_of": "2016-07-15", "centers": ["mx"]})
    assert (answer.status_code, Run.objects.count()) == (422, 0)


def test_an_administrator_bills_both_centers_at_once(two_cities, administrator):
    run_pk = preview(administrator, centers=("us", "mx"))
    confirm(administrator, run_pk, 2)
    page = text_of(administrator.get(url("dues_run", run_pk=run_pk)))
    assert sorted(row[0] for row in asked()) == ["A1", "B1"]
    assert "USD 200.00" in page
    assert "MXN 4,100.00" in page


def test_a_treasurer_sees_of_a_run_of_both_centers_only_the_own(two_cities, administrator, treasurer):
    run_pk = preview(administrator, centers=("us", "mx"))
    shown = text_of(treasurer.get(url("dues_preview", run_pk=run_pk)))
    assert "MXN" not in shown
    assert "B1" not in text_of(treasurer.get(url("dues_preview_csv", run_pk=run_pk)))
    confirm(administrator, run_pk, 2)
    made = text_of(treasurer.get(url("dues_run", run_pk=run_pk)))
    assert "MXN" not in made
    assert "One invoice was made" in made
    assert "MX-" not in text_of(treasurer.get(url("dues_run_csv", run_pk=run_pk)))


@pytest.mark.parametrize("page", ["dues_confirm", "undo_run", "send_run"])
def test_a_treasurer_decides_nothing_about_a_run_that_bills_another_center_too(
    two_cities, administrator, treasurer, page
):
    run_pk = preview(administrator, centers=("us", "mx"))
    assert treasurer.get(url(page, run_pk=run_pk)).status_code == 403
    assert treasurer.post(url(page, run_pk=run_pk), {"count": "2", "reason": "x"}).status_code == 403
    assert asked() == []


@pytest.mark.parametrize(
    "page", ["dues_preview", "dues_preview_csv", "dues_run", "dues_run_csv", "print_run", "dues_confirm", "undo_run"]
)
def test_the_other_center_and_a_member_see_nothing_of_a_run(two_cities, treasurer, enter, page):
    run_pk = preview(treasurer)
    assert enter("treasurer mx").get(url(page, run_pk=run_pk)).status_code == 403
    assert enter(member="A1").get(url(page, run_pk=run_pk)).status_code == 403


def test_an_auditor_reads_everything_and_begins_nothing(two_cities, treasurer, enter):
    auditor = enter("auditor")
    run_pk = preview(treasurer)
    assert auditor.get("/dues/").status_code == 200
    assert "Show what it would make" not in text_of(auditor.get("/dues/"))
    assert auditor.get(url("dues_preview", run_pk=run_pk)).status_code == 200
    assert auditor.post("/dues/", {"as_of": "2016-07-15", "centers": ["us"]}).status_code == 403
    assert auditor.post(url("dues_confirm", run_pk=run_pk), {"count": "1"}).status_code == 403
    assert auditor.post(url("carry_on_run", run_pk=run_pk)).status_code == 403


@pytest.mark.parametrize("typed", ["", "2", "one", "01", "-1", "1" * 13])
def test_a_wrong_count_makes_nothing(two_cities, treasurer, typed):
    run_pk = preview(treasurer)
    answer = confirm(treasurer, run_pk, typed)
    assert (answer.status_code, asked(), len(faults(answer))) == (422, [], 1)
    assert Run.objects.get(pk=run_pk).state == "previewed"


def test_a_forged_hash_makes_nothing(two_cities, treasurer):
    run_pk = preview(treasurer)
    answer = treasurer.post(url("dues_confirm", run_pk=run_pk), {"preview_hash": "0" * 64, "count": "1"})
    assert (answer.status_code, asked()) == (422, [])
    assert faults(answer) == ["That is not the preview that was shown. Open the preview again and confirm from there."]


def test_sending_the_confirmation_again_makes_nothing_more(two_cities, treasurer):
    run_pk = preview(treasurer)
    form = {"preview_hash": Run.objects.get(pk=run_pk).preview_hash, "count": "1"}
    address = url("dues_confirm", run_pk=run_pk)
    first, second = treasurer.post(address, form), treasurer.post(address, form)
    assert first["Location"] == second["Location"] == url("dues_run", run_pk=run_pk)
    assert len(asked()) == 1
    assert Event.objects.filter(kind="dues.run_started").count() == 1


def test_going_back_after_confirming_leads_to_the_result(two_cities, treasurer):
    run_pk = preview(treasurer)
    confirm(treasurer, run_pk, 1)
    for page in ("dues_preview", "dues_confirm"):
        assert treasurer.get(url(page, run_pk=run_pk))["Location"] == url("dues_run", run_pk=run_pk)


def test_a_second_treasurer_with_a_preview_of_the_same_is_led_to_the_first_ones_run(two_cities, treasurer, enter):
    other = enter("treasurer us")
    first, second = preview(treasurer), preview(other)
    confirm(treasurer, first, 1)
    answer = confirm(other, second, 1)
    assert answer["Location"] == url("dues_run", run_pk=first)
    assert len(asked()) == 1
    assert Run.objects.get(pk=second).state == "previewed"


def test_a_preview_made_after_a_cancellation_is_a_run_of_its_own(two_cities, treasurer, at):
    from tests.dues.doing import cancel

    first = preview(treasurer)
    confirm(treasurer, first, 1)
    cancel(Invoice.objects.get().number)
    Run.objects.filter(pk=first).update(ended_at=at.replace(hour=1))
    second = preview(treasurer)
    assert Run.objects.get(pk=second).preview_hash == Run.objects.get(pk=first).preview_hash
    assert confirm(treasurer, second, 1)["Location"] == url("dues_run", run_pk=second)
    assert [row[0] for row in asked()] == ["A1"]


def test_facts_that_moved_are_shown_and_asked_about_again(two_cities, members, treasurer):
    run_pk = preview(treasurer)
    members({"member_id": "A1"}, {"member_id": "A2", "member_name": "Late Arrival"})
    answer = confirm(treasurer, run_pk, 1)
    fresh = Run.objects.order_by("-pk").first().pk
    assert answer["Location"] == url("dues_confirm", run_pk=fresh) + f"?before={run_pk}"
    assert asked() == []
    page = treasurer.get(answer["Location"])
    assert heading(page) == "2 invoices will be made"
    assert "New or different: 1" in text_of(page)
    assert "Late Arrival" in text_of(page)
    assert confirm(treasurer, fresh, 2)["Location"] == url("dues_run", run_pk=fresh)
    assert len(asked()) == 2


def test_where_nothing_is_left_to_bill_the_new_preview_says_so(two_cities, treasurer):
    run_pk = preview(treasurer)
    run(center="us")
    Run.objects.filter(state="finished").update(preview_hash="made from the command line")
    answer = confirm(treasurer, run_pk, 1)
    page = treasurer.get(answer["Location"])
    assert heading(page) == "There is nothing to bill"
    assert "No longer made as shown: 1" in text_of(page)


def test_another_run_of_the_center_that_was_cut_off_has_to_end_first(two_cities, members, treasurer):
    run_pk = preview(treasurer)
    cut_off = Run.objects.create(
        kind="dues",
        state="running",
        actor="test",
        created_at=Run.objects.get(pk=run_pk).created_at,
        parameters={"as_of": "2016-07-14", "through": {"us": "2016-07-14"}},
    )
    answer = confirm(treasurer, run_pk, 1)
    assert (answer.status_code, asked()) == (422, [])
    assert f"Run {cut_off.pk} of the same center has not reached its end" in faults(answer)[0]


def test_a_run_that_was_cut_off_shows_its_progress_and_is_carried_on(two_cities, treasurer):
    run_pk = preview(treasurer)
    Run.objects.filter(pk=run_pk).update(state="running")
    page = treasurer.get(url("dues_run", run_pk=run_pk))
    assert heading(page) == "0 of 1 invoices are made"
    assert b'<meta http-equiv="refresh" content="3">' in page.content
    treasurer.post(url("carry_on_run", run_pk=run_pk))
    assert heading(treasurer.get(url("dues_run", run_pk=run_pk))) == "One invoice was made"
    assert [row[0] for row in asked()] == ["A1"]


def test_opening_the_address_of_carrying_on_does_nothing(two_cities, treasurer):
    run_pk = preview(treasurer)
    Run.objects.filter(pk=run_pk).update(state="running")
    assert treasurer.get(url("carry_on_run", run_pk=run_pk))["Location"] == url("dues_run", run_pk=run_pk)
    assert asked() == []
    treasurer.post(url("carry_on_run", run_pk=run_pk))


def test_a_run_is_undone_before_the_first_payment_with_a_reason(two_cities, treasurer):
    run_pk = preview(treasurer)
    confirm(treasurer, run_pk, 1)
    address = url("undo_run", run_pk=run_pk)
    assert fill(treasurer, address, reason=" ").status_code == 422
    assert fill(treasurer, address, reason="wrong day")["Location"] == url("dues_run", run_pk=run_pk)
    assert asked() == []
    assert heading(treasurer.get(url("dues_run", run_pk=run_pk))) == "This run was undone"
    again = treasurer.post(address, {"reason": "wrong day"})
    assert again["Location"] == url("dues_run", run_pk=run_pk)
    assert Event.objects.filter(kind="dues.run_undone").count() == 1


def test_a_run_with_a_payment_is_not_undone_and_the_page_says_why(two_cities, treasurer):
    run_pk = preview(treasurer)
    confirm(treasurer, run_pk, 1)
    pay("A1", 50)
    answer = fill(treasurer, url("undo_run", run_pk=run_pk), reason="wrong day")
    assert answer.status_code == 422
    assert "Something was paid on run" in faults(answer)[0]
    assert b'value="wrong day"' in answer.content
    assert len(asked()) == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *[("as_of", text) for text in ("", "tomorrow", "0001-01-01", "1989-12-31", "9999-12-31", "2016-02-30", "\0")],
        *[("through", text) for text in ("9999-12-31", "2018-01-01", "31/31/2016")],
        *[("centers", text) for text in ("", "nowhere", "us\0")],
    ],
)
def test_what_cannot_be_meant_is_said_beside_its_field(two_cities, treasurer, field, value):
    typed = {"as_of": "2016-07-15", "through": "", "centers": "us", field: value}
    answer = treasurer.post("/dues/", typed)
    assert (answer.status_code, len(faults(answer)), Run.objects.count()) == (422, 1, 0)


def test_a_day_before_the_first_policy_is_refused_in_words(two_cities, treasurer):
    answer = treasurer.post("/dues/", {"as_of": "1990-05-01", "centers": "us"})
    assert answer.status_code == 422
    assert "No dues policy is in force" in faults(answer)[0]


def test_the_csv_of_a_preview_has_every_invoice(two_cities, treasurer):
    run_pk = preview(treasurer)
    lines = b"".join(treasurer.get(url("dues_preview_csv", run_pk=run_pk)).streaming_content).decode().splitlines()
    assert lines == [
        "member_id,center,kind,period_start,period_end,due_on,membership,operations,total,currency",
        "A1,us,organization,2016-03-01,2017-02-28,2016-07-29,50,150,200,USD",
    ]


def test_the_csv_of_a_result_guards_against_formulas(members, treasurer):
    members({"member_id": "A1", "member_name": "=HYPERLINK(1)"})
    run_pk = preview(treasurer)
    confirm(treasurer, run_pk, 1)
    lines = b"".join(treasurer.get(url("dues_run_csv", run_pk=run_pk)).streaming_content).decode().splitlines()
    number = Invoice.objects.get().number
    assert lines[1] == f"{number},A1,'=HYPERLINK(1),us,2016-03-01,2017-02-28,2016-07-29,200,200,USD,"


@pytest.mark.parametrize("run_pk", ["999999", "9" * 30])
def test_a_run_nobody_made_is_not_there(treasurer, run_pk):
    assert treasurer.get(f"/dues/runs/{run_pk}/").status_code == 404


@pytest.mark.parametrize("words", ["?page=0", "?page=9999999", "?page=x", "?aside=-1", "?aside=99", "?before=%00"])
def test_words_nobody_knows_break_no_page(two_cities, treasurer, words):
    run_pk = preview(treasurer)
    for page in ("dues_preview", "dues_confirm"):
        assert treasurer.get(url(page, run_pk=run_pk) + words).status_code == 200
    confirm(treasurer, run_pk, 1)
    assert treasurer.get(url("dues_run", run_pk=run_pk) + words).status_code == 200
    assert treasurer.get("/dues/" + words).status_code == 200


def test_the_list_names_runs_and_previews_left_for_later(two_cities, treasurer):
    done, later = preview(treasurer), preview(treasurer, as_of="2016-07-14")
    confirm(treasurer, done, 1)
    page = text_of(treasurer.get("/dues/"))
    assert f"Run {done} invoice date 15 Jul 2016" in page
    assert f"Run {later} invoice date 14 Jul 2016" in page
    assert text_of(treasurer.get("/dues/")).count("Person 1") == 2


def test_the_result_says_which_names_paper_cannot_draw(members, treasurer):
    members({"member_id": "A1", "member_name": "Colectivo 水"}, {"member_id": "A2", "member_name": "Ñandú Žižkov"})
    run_pk = preview(treasurer)
    confirm(treasurer, run_pk, 2)
    made = text_of(treasurer.get(url("dues_run", run_pk=run_pk)))
    assert "One name has letters that no font here can draw; on paper a square stands for each: Colectivo 水" in made


def test_the_result_says_nothing_of_fonts_where_every_name_can_be_drawn(two_cities, treasurer):
    run_pk = preview(treasurer)
    confirm(treasurer, run_pk, 1)
    assert "font" not in text_of(treasurer.get(url("dues_run", run_pk=run_pk)))
