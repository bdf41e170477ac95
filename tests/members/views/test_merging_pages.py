"""Two entries for one member: the list of likely ones, the comparison, the merge and its undoing."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tequio.kernel.journal.models import Event
from tequio.members.models import Member

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def treasurer(members, signed_in):
    members(
        {"member_id": "A", "member_name": "Casa Maíz", "contact_name": "Rosa", "phone": "212 555 0199"},
        {"member_id": "B", "member_name": "casa maiz", "contact_name": HOSTILE},
        {"member_id": "C", "member_name": "Radio Sur"},
        {"member_id": "X", "member_name": "Casa Maíz", "center": "mx"},
    )
    return signed_in("treasurer", "us")


def _pk(code):
    return Member.objects.get(code=code).pk


def test_likely_duplicates_of_one_center_are_listed_with_the_way_to_compare_them(treasurer):
    text = treasurer.get("/members/duplicates/").content.decode()
    assert "One name is on the roll more than once" in text
    assert '<a href="/members/merge/?kept=A&amp;merged=B">compare with <bdi>A</bdi></a>' in text
    assert f"/members/{_pk('X')}/" not in text


def test_duplicates_of_other_centers_are_for_those_who_see_them(treasurer, signed_in, members):
    members({"member_id": "Y", "member_name": "CASA MAÍZ", "center": "mx"})
    text = signed_in("auditor").get("/members/duplicates/").content.decode()
    assert "2 names are on the roll more than once" in text
    assert "/members/merge/" not in text
    assert "One name is" in treasurer.get("/members/duplicates/").content.decode()


def test_the_list_of_duplicates_asks_the_database_the_same_for_any_number_of_names(treasurer, members):
    counted = []
    treasurer.get("/members/duplicates/")
    for many in (1, 30):
        members(*({"member_id": f"D{n % many}-{n}", "member_name": f"Doble {n % many}"} for n in range(2 * many)))
        with CaptureQueriesContext(connection) as queries:
            treasurer.get("/members/duplicates/")
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_entries_are_found_by_name_without_accents_and_by_number(treasurer):
    text = treasurer.get("/members/merge/", {"q": "MAIZ"}).content.decode()
    assert '<a href="?kept=A">' in text
    assert '<a href="?kept=B">' in text
    assert '"?kept=X"' not in text
    assert (
        '<a href="?merged=C&amp;kept=A">' in treasurer.get("/members/merge/", {"q": "c", "kept": "A"}).content.decode()
    )


def test_both_are_shown_side_by_side_with_what_will_happen(treasurer):
    text = treasurer.get("/members/merge/", {"kept": "A", "merged": "B"}).content.decode()
    assert "Are these one member?" in text
    assert "Rosa" in text
    assert "+12125550199" in text
    assert "It can be undone on the member's page." in text
    assert HOSTILE not in text
    assert "&lt;script&gt;" in text
    assert Member.objects.filter(merged_into__isnull=False).count() == 0


def test_merging_leads_to_the_member_and_a_second_click_does_no_more(treasurer):
    for _ in range(2):
        answer = treasurer.post("/members/merge/", {"kept": "A", "merged": "B"})
        assert (answer.status_code, answer["Location"]) == (303, f"/members/{_pk('A')}/")
    assert Member.objects.get(code="B").merged_into_id == _pk("A")
    assert list(Event.objects.filter(kind="members.merged").values_list("actor", flat=True)) == [treasurer.user.actor]


@pytest.mark.parametrize(
    ("kept", "merged", "sentence"),
    [
        ("A", "A", "Both are the same entry."),
        ("A", "X", "No entry that you may change has the number"),
        ("A", "nobody", "No entry that you may change has the number"),
        ("A\0", "", "Two entries for one member"),
        ("\u202eA", "", "No entry that you may change has the number"),
        ("A" * 10_000, "", "No entry that you may change has the number"),
        ("", "", "Two entries for one member"),
    ],
)
def test_what_cannot_be_merged_is_said_before_anybody_tries(treasurer, kept, merged, sentence):
    answer = treasurer.get("/members/merge/", {"kept": kept, "merged": merged})
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert "Count them as one" not in answer.content.decode()


def test_two_centers_cannot_be_merged_even_by_an_administrator(treasurer, signed_in):
    client = signed_in("administrator")
    text = client.get("/members/merge/", {"kept": "A", "merged": "X"}).content.decode()
    assert "They belong to different centers and currencies" in text
    answer = client.post("/members/merge/", {"kept": "A", "merged": "X"})
    assert answer.status_code == 422
    assert "belong to different centers and currencies" in answer.content.decode()


@pytest.mark.parametrize(("kept", "merged"), [("A", "X"), ("X", "A"), ("A", "nobody"), ("A", ""), ("A", "\0")])
def test_a_form_with_a_member_of_another_center_is_forbidden(treasurer, kept, merged):
    answer = treasurer.post("/members/merge/", {"kept": kept, "merged": merged})
    assert answer.status_code == 403
    assert Member.objects.filter(merged_into__isnull=False).count() == 0


def test_a_merge_on_top_of_another_says_to_undo_that_first(treasurer):
    treasurer.post("/members/merge/", {"kept": "A", "merged": "B"})
    answer = treasurer.post("/members/merge/", {"kept": "C", "merged": "B"})
    assert answer.status_code == 422
    assert "B is merged into another" in answer.content.decode()


def test_undoing_says_what_goes_along_and_is_done_once(treasurer):
    treasurer.post("/members/merge/", {"kept": "B", "merged": "C"})
    treasurer.post("/members/merge/", {"kept": "A", "merged": "B"})
    path = f"/members/{_pk('B')}/merge/undo/"
    text = treasurer.get(path).content.decode()
    assert '<bdi>C</bdi> (<span dir="auto">Radio Sur</span>)' in text
    for _ in range(2):
        answer = treasurer.post(path)
        assert (answer.status_code, answer["Location"]) == (303, f"/members/{_pk('B')}/")
    assert Member.objects.get(code="B").merged_into_id is None
    assert Member.objects.get(code="C").merged_into_id == _pk("B")
    assert Event.objects.filter(kind="members.merge_undone").count() == 1


def test_the_pages_are_written_in_spanish_too(treasurer, signed_in):
    client = signed_in("administrator", language="es")
    assert "Un nombre está más de una vez en el padrón" in client.get("/members/duplicates/").content.decode()
    assert "¿Son la misma membresía?" in client.get("/members/merge/?kept=A&merged=B").content.decode()
    client.post("/members/merge/", {"kept": "A", "merged": "B"})
    assert "vuelve a ser una membresía aparte" in client.get(f"/members/{_pk('B')}/merge/undo/").content.decode()
