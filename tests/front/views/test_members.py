"""The member list and the member's page."""

import pytest
from django.urls import reverse


def _codes(answer):
    import re

    return re.findall(r'<span class="iso">(\w+) ·', answer.content.decode())


@pytest.fixture
def three(members):
    """Two members in New York, one of them late, and one in Mexico with accents in its name."""
    return members(
        {"member_id": "N1", "member_name": "Brick Lane Press", "paid_until": "2016-01-10", "balance_due": "200.00"},
        {"member_id": "N2", "member_name": "Ávila Weavers", "kind": "individual", "sector": "labor"},
        {"member_id": "X1", "member_name": "Colectiva Ñandú", "center": "mx", "language": "es"},
    )


def test_everyone_is_listed_by_name_for_an_auditor(three, signed_in):
    assert _codes(signed_in("auditor").get("/members/")) == ["N2", "N1", "X1"]


def test_a_treasurer_sees_its_own_center_alone(three, signed_in):
    assert _codes(signed_in("treasurer", center="mx").get("/members/")) == ["X1"]


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("q=avila", ["N2"]),
        ("q=NANDU", ["X1"]),
        ("q=n1", ["N1"]),
        ("q=m2@example.org", ["N2"]),
        ("center=us", ["N2", "N1"]),
        ("kind=individual", ["N2"]),
        ("sector=labor", ["N2"]),
        ("standing=behind", ["N1"]),
        ("standing=good", ["N2", "X1"]),
        ("sort=due", ["N1", "N2", "X1"]),
        ("q=%00&page=99999999&standing=nonsense&kind=x&sort=x", ["N2", "N1", "X1"]),
        ("q=%25", []),
        ("q=_", []),
    ],
)
def test_a_filter_is_part_of_the_address(three, signed_in, query, codes):
    assert _codes(signed_in("auditor").get(f"/members/?{query}")) == codes


def test_the_heading_says_how_many_are_behind_in_the_language_of_the_person(three, signed_in):
    page = signed_in("auditor", language="es").get("/members/").content.decode()
    assert "Una membresía está atrasada" in page
    assert '<html lang="es">' in page


def test_a_search_says_what_it_found_and_not_what_the_roll_counts(three, signed_in):
    page = signed_in("auditor", language="es").get("/members/?q=n1").content.decode()
    assert "<h1>Una membresía coincide con lo que busca</h1>" in page
    assert "Al corriente: 0. Atrasadas: 1." in page


@pytest.mark.parametrize(("role", "said"), [("treasurer", False), ("auditor", True)])
def test_whoever_sees_one_center_is_not_asked_which_nor_told_in_every_row(three, signed_in, role, said):
    words = {"center": "mx"} if role == "treasurer" else {}
    page = signed_in(role, **words).get("/members/").content.decode()
    assert ('id="center"' in page, '<th scope="col">Center</th>' in page) == (said, said)


def test_a_sector_that_is_common_has_its_word_in_each_language_and_another_stays_as_written(members, signed_in):
    members({"member_id": "N1", "sector": "labor"}, {"member_id": "N2", "sector": "circo & maroma"})
    page = signed_in("auditor", language="es").get("/members/").content.decode()
    assert '<option value="labor">trabajo</option>' in page
    assert '<option value="circo &amp; maroma">circo &amp; maroma</option>' in page


def test_what_a_member_owes_stands_in_its_own_currency(three, signed_in):
    page = signed_in("auditor").get("/members/?q=n1").content.decode()
    assert '<span class="iso">USD</span>&nbsp;200.00' in page


def test_a_list_costs_as_many_queries_for_sixty_members_as_for_three(members, signed_in, django_assert_num_queries):
    members(*({"member_id": f"N{number}", "balance_due": "5.00"} for number in range(1, 4)))
    client = signed_in("auditor")
    client.get("/members/")
    with django_assert_num_queries(11):
        client.get("/members/")
    members(*({"member_id": f"L{number}", "balance_due": "5.00"} for number in range(1, 61)))
    with django_assert_num_queries(11):
        assert len(_codes(client.get("/members/"))) == 50


def test_the_second_page_holds_the_rest_and_leads_back(members, signed_in):
    members(*({"member_id": f"N{number}", "member_name": f"Member {number:03d}"} for number in range(1, 54)))
    page = signed_in("auditor").get("/members/?page=2")
    assert _codes(page) == ["N51", "N52", "N53"]
    assert '<a href="/members/?page=1" rel="prev">' in page.content.decode()


def test_the_same_list_comes_as_csv(three, signed_in):
    answer = signed_in("treasurer", center="us").get("/members/list.csv?standing=behind")
    assert b"".join(answer.streaming_content).decode("utf-8-sig").splitlines() == [
        "member_id,member_name,kind,center,standing,standing_since,oldest_due,owed,currency",
        "N1,Brick Lane Press,organization,us,at_risk,2016-02-10,2016-01-10,200,USD",
    ]


def test_a_hostile_name_is_only_text(members, signed_in):
    name = "<script>alert(1)</script> \u202eolleh " + "x" * 200
    members({"member_id": "N1", "member_name": name})
    page = signed_in("auditor").get("/members/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def _page(client, code, **query):
    from tequio.members.models import Member

    return client.get(reverse("member", kwargs={"member_pk": Member.objects.get(code=code).pk}), query)


def test_a_members_page_walks_from_standing_to_the_decision(three, signed_in):
    page = _page(signed_in("treasurer", center="us"), "N1").content.decode()
    assert "Payment policy of 2012" in page
    assert "Leadership Committee" in page
    assert "Enter a payment" in page


def test_an_auditor_reads_the_page_and_is_offered_nothing_to_change(three, signed_in):
    page = _page(signed_in("auditor"), "N1").content.decode()
    assert "Brick Lane Press" in page
    assert "Enter a payment" not in page


def test_a_members_contact_sees_its_own_page_alone(three, signed_in):
    client = signed_in(member="N1")
    assert (_page(client, "N1").status_code, _page(client, "N2").status_code) == (200, 403)


def test_a_merged_entry_leads_to_the_member_it_is_counted_as(three, signed_in, at):
    from tequio.members.models import Member
    from tequio.members.operations import merge_members

    merge_members(kept="N1", merged="N2", actor="test", at=at)
    answer = _page(signed_in("auditor"), "N2")
    assert (answer.status_code, answer["Location"]) == (303, f"/members/{Member.objects.get(code='N1').pk}/")


def test_the_timeline_shows_one_stream_where_asked(three, signed_in, at):
    from datetime import date

    from tequio.members.operations import log_contact

    log_contact(code="N1", on=date(2016, 7, 1), by="Rosa", outcome="reached", note="will pay", actor="test", at=at)
    client = signed_in("auditor")
    assert "Rosa reached somebody: will pay" in _page(client, "N1", show="contact").content.decode()
    assert "Rosa reached somebody" not in _page(client, "N1", show="money").content.decode()


def test_a_members_page_costs_as_many_queries_for_many_charges_as_for_one(three, signed_in, django_assert_num_queries):
    from datetime import date

    from tequio.dues.operations.paying import add_payment
    from tequio.kernel import clock

    client = signed_in("auditor")
    _page(client, "N1")
    with django_assert_num_queries(MEMBER_PAGE):
        _page(client, "N1")
    for number in range(6):
        paid = {"amount": 100 + number, "currency": "USD", "on": date(2016, 7, 1), "method": "cash"}
        add_payment(code="N1", **paid, actor="test", at=clock.now())
    with django_assert_num_queries(MEMBER_PAGE + 1):  # refunds are looked for where there are payments
        _page(client, "N1")


MEMBER_PAGE = 38
