"""The page of the journal: who sees it, how it is searched, and that nothing written in it becomes markup."""

import html
import re
from datetime import UTC, datetime

import pytest
from django.test.utils import CaptureQueriesContext
from tests.dues.doing import pay, run

from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.kernel.journal.models import Event
from tequio.members.models import Member


def _wrote(*subjects, kind=Kind.CONTACT_LOGGED, actor="user:1", at=datetime(2016, 7, 15, 12, tzinfo=UTC), **payload):
    for subject in subjects:
        journal.append(kind=kind, subject=subject, actor=actor, at=at, payload=payload)


def _ids(answer):
    return [int(n) for n in re.findall(r'<tr id="e(\d+)"', answer.content.decode())]


def _rows(answer):
    """Each event as its text, without markup."""
    rows = re.findall(r'<tr id="e.*?</tr>', answer.content.decode(), re.DOTALL)
    return [re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", row))).strip() for row in rows]


@pytest.mark.parametrize(
    ("role", "status"), [("administrator", 200), ("auditor", 200), ("treasurer", 403), (None, 403)]
)
def test_only_who_may_read_everything_sees_it(sample_rules, signed_in, role, status):
    client = signed_in(role, center="us" if role == "treasurer" else None)
    assert client.get("/journal/").status_code == status


def test_the_newest_stands_first_and_the_rest_is_found_page_by_page(sample_rules, signed_in):
    client = signed_in("auditor")
    _wrote(*(f"member:Q{n}" for n in range(103)))
    last = Event.objects.order_by("-id").first().pk
    seen, address = [], "/journal/"
    while address:
        answer = client.get(address)
        seen += _ids(answer)
        older = re.search(r'href="([^"]+)" rel="next"', answer.content.decode())
        address = html.unescape(older.group(1)) if older else None
    assert seen == list(range(last, 0, -1))


def test_a_page_that_ends_with_the_first_event_has_no_next(sample_rules, signed_in):
    client = signed_in("auditor")
    _wrote(*(f"member:Q{n}" for n in range(50)))
    only = client.get("/journal/?kind=member.contact_logged")
    assert (len(_ids(only)), 'rel="next"' in only.content.decode()) == (50, False)


@pytest.mark.parametrize(
    ("query", "subjects"),
    [
        ("subject=member:Q1", ["member:Q1"]),
        ("subject=Q1", ["member:Q1"]),
        ("subject=US-000007", ["payment:US-000007", "invoice:US-000007"]),
        ("actor=cli:root", ["invoice:US-000007"]),
        ("actor=petra", ["payment:US-000007"]),
        ("actor=P@EXAMPLE.ORG", ["payment:US-000007"]),
        ("kind=payment.received", ["payment:US-000007"]),
        ("kind=member.contact_logged&actor=user:1&day=2016-07-10", ["member:Q2"]),
        ("subject=nobody", []),
    ],
)
def test_a_filter_is_part_of_the_address(sample_rules, signed_in, query, subjects):
    client = signed_in("auditor")
    from tequio.accounts.models import User

    me = f"user:{User.objects.get().pk}"
    _wrote("member:Q1", actor="user:999")
    _wrote("member:Q2", actor="user:999", at=datetime(2016, 7, 10, 23, 30, tzinfo=UTC))
    _wrote("invoice:US-000007", kind=Kind.INVOICE_CANCELLED, actor="cli:root")
    _wrote("payment:US-000007", kind=Kind.PAYMENT_RECEIVED, actor=me)
    answer = client.get("/journal/?" + query.replace("user:1&", "user:999&"))
    found = [Event.objects.get(pk=pk).subject for pk in _ids(answer)]
    assert found == subjects


def test_a_day_is_the_day_of_the_books(sample_rules, signed_in):
    """03:30 on 11 July in UTC is 23:30 on 10 July in New York."""
    client = signed_in("auditor")
    _wrote("member:Q1", at=datetime(2016, 7, 11, 3, 30, tzinfo=UTC))
    assert len(_ids(client.get("/journal/?day=2016-07-10&subject=Q1"))) == 1
    assert len(_ids(client.get("/journal/?day=2016-07-11&subject=Q1"))) == 0
    assert "10 Jul 2016, 23:30" in _rows(client.get("/journal/?subject=Q1"))[0]


@pytest.mark.parametrize(
    "query",
    [
        *(
            "before=0",
            "before=-1",
            "before=x",
            "before=99999999999999999999",
            "before=00000000000000000000099999999999999999999",
        ),
        *("before=²", "day=x", "day=0001-01-01", "day=9999-12-31", "kind=x", "actor=user:99999999999999999999"),
        *("subject=%00", "actor=%25", "subject=" + "x" * 5000, "actor=user:²", "kind=%F0%9F", "before=&before=7"),
    ],
)
def test_a_wrong_word_in_the_address_breaks_nothing(sample_rules, signed_in, query):
    assert signed_in("auditor").get(f"/journal/?{query}").status_code == 200


def test_an_event_is_told_in_the_language_of_the_page_with_names_and_amounts(members, signed_in):
    members({"member_id": "M1", "member_name": "Brick Lane Press", "paid_until": "2016-07-15"})
    run()
    client = signed_in("auditor", language="es")
    pay("M1", 30)
    (row,) = _rows(client.get("/journal/?kind=payment.received"))
    assert row.startswith("se registró un pago")
    assert "cantidad: USD 30.00" in row
    assert "día: 15 de julio de 2016" in row
    assert "membresía: M1" in row
    assert "currency" not in row


def test_a_person_stands_with_its_name_and_the_command_line_with_its_own(sample_rules, signed_in):
    client = signed_in("auditor")
    from tequio.accounts.models import User

    _wrote("member:Q1", actor=f"user:{User.objects.get().pk}")
    _wrote("member:Q1", actor="cli:root")
    _wrote("member:Q1", actor="user:404")
    whos = [
        re.search(r"(Petra Nolasco|cli:root|user:404)", row).group()
        for row in _rows(client.get("/journal/?subject=Q1"))
    ]
    assert whos == ["user:404", "cli:root", "Petra Nolasco"]


def _decided(links):
    """The bodies and decisions of the sample rules among the links of a page: (stem, place, code)."""
    found = [text.partition(" ") for text in links.values()]
    places = {"body": "bodies", "decision": "decisions"}
    return [(stem, places[stem], code) for stem, _, code in found if stem in places]


def test_what_an_event_is_about_can_be_opened(members, signed_in):
    members({"member_id": "M1", "paid_until": "2016-07-15"})
    outcome = run()
    client = signed_in("auditor")
    pk = Member.objects.get().pk
    _wrote("member:M1", "member:GONE", "run:999", "run:²", "center:us", "dues_policy:us-dues-2016", "invoice:US-000001")
    _wrote("body:leadership-committee", "decision:2010-dues")  # the rule book ends with services, a page full of them
    _wrote("invoice:../../../etc", "nonsense", "member:", "vote:7", "vote:x", "proposal:2016-1", "task:3")
    page = client.get("/journal/").content.decode()
    links = dict(re.findall(r'<td class="all"><a href="([^"]+)">([^<]+)</a>', page))
    assert {text: url for url, text in links.items() if not text.startswith("person ")} == {
        "member M1": f"/members/{pk}/",
        f"run {outcome.run_pk}": f"/dues/runs/{outcome.run_pk}/",
        "center us": "/centers/us/",
        "invoice US-000001": "/invoices/US-000001/",
        "vote 7": "/votes/7/",
        "proposal 2016-1": "/proposals/2016-1/",
        "task 3": "/tasks/",
        **{text: url for url, text in links.items() if " policy " in text},
        **{f"{stem} {code}": f"/{place}/{code}/" for stem, place, code in _decided(links)},
    }
    assert {stem for stem, _, _ in _decided(links)} == {"body", "decision"}
    assert links["/rules/#us-dues-2016"] == "dues policy us-dues-2016"


def test_hostile_words_stay_words(sample_rules, signed_in):
    client = signed_in("auditor")
    hostile = '<script>alert("1")</script>'
    _wrote(f"member:{hostile}"[:60], actor=hostile, outcome=hostile, unheard_of=[hostile, {"<u>": 1}])
    page = client.get("/journal/", {"subject": hostile, "actor": hostile}).content.decode()
    assert "<script" not in page
    page = client.get("/journal/").content.decode()
    assert ("<script" in page, "<u>" in page) == (False, False)
    assert "unheard_of" in page


def test_an_empty_filter_says_so_and_leads_back(sample_rules, signed_in):
    page = signed_in("auditor").get("/journal/?subject=nobody").content.decode()
    assert "Nothing in the journal fits these filters." in page


def test_every_kind_is_in_the_filter_in_spanish(sample_rules, signed_in):
    page = signed_in("auditor", language="es").get("/journal/").content.decode()
    options = re.findall(r'<option value="([\w.]+)"', page)
    assert sorted(options) == sorted(kind.value for kind in Kind)
    assert "se cerró un periodo de los libros" in page


def test_the_queries_do_not_grow_with_the_events(members, signed_in):
    from django.db import connection

    members(*({"member_id": f"M{n}"} for n in range(1, 31)))
    client = signed_in("auditor")
    client.get("/journal/")
    _wrote("member:M1", "run:1")
    with CaptureQueriesContext(connection) as few:
        client.get("/journal/?kind=member.contact_logged")
    for n in range(1, 31):
        _wrote(f"member:M{n}", f"run:{n}", actor=f"user:{n}")
    with CaptureQueriesContext(connection) as many:
        assert len(_ids(client.get("/journal/?kind=member.contact_logged"))) == 50
    assert len(many) == len(few)
