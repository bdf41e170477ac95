"""Loading a rule book on pages: looked at before anything is saved, loaded whole and once, refused in words."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from project.rule_books import BOOK, everything
from signing_in import sign_in
from tequio.front.models import BookState, RuleBookFile
from tequio.kernel import clock
from tequio.kernel.journal.models import Event
from tequio.project import book_pages, book_uploads
from tequio.project.rulebook import LISTS, SAMPLE

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client, at):
    from tequio.accounts.operations import add_person, grant_role

    person = add_person(email="adm@example.org", name="Ana", language="en", actor="test", at=at)
    grant_role(user=person, role="administrator", center=None, actor="test", at=at)
    return sign_in(client, person)


def hand_in(client, content, name="rules.toml"):
    content = content if isinstance(content, bytes) else content.encode()
    return client.post("/rules/load/", {"file": SimpleUploadedFile(name, content)})


def text_of(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def rules_there():
    """Everything the database holds but the books that were handed in and the journal."""
    return {name: rows for name, rows in everything().items() if "rulebookfile" not in name.lower()}


def test_a_book_is_seen_confirmed_and_loaded_once(administrator):
    before = everything()
    answer = hand_in(administrator, BOOK, name="<b>.toml")
    address = answer["Location"]
    row = RuleBookFile.objects.get()
    assert (answer.status_code, address) == (303, f"/rules/load/{row.pk}/")
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM front_rulebookfile")
        assert "membership" not in cursor.fetchone()[0]
    seen = text_of(administrator.get(address))
    assert "<h1>This book would add 5 entries</h1>" in seen
    assert "Nothing has been loaded yet." in seen
    assert "&lt;b&gt;.toml" in seen
    after = everything()
    assert {name for name in after if after[name] != before[name]} == {"RuleBookFile"}
    confirm = text_of(administrator.get(f"{address}confirm/"))
    assert "<h1>This adds 5 entries to the rules</h1>" in confirm
    key = re.search(r'name="key" value="(\w{64})"', confirm)[1]
    for _ in range(2):  # the second is a repeated submit
        done = administrator.post(f"{address}confirm/", {"key": key})
        assert (done.status_code, done["Location"]) == (303, address)
    assert list(Event.objects.filter(actor__startswith="user:").order_by("id").values_list("kind", "subject")) == [
        ("center.opened", "center:br"),
        ("decision.recorded", "decision:first"),
        ("dues.policy_adopted", "dues_policy:br-dues"),
        ("dues.payment_policy_adopted", "payment_policy:br-pay"),
        ("rules.book_loaded", f"rule_book:{row.pk}"),
    ]
    assert Event.objects.get(kind="rules.book_loaded").payload["added"] == {
        "centers": 1,
        "bodies": 1,
        "decisions": 1,
        "dues": 1,
        "payment_policies": 1,
    }
    row.refresh_from_db()
    assert (row.state, row.content) == (BookState.LOADED, "")
    result = text_of(administrator.get(address))
    assert "<h1>The rule book is loaded</h1>" in result
    assert "What it added" in result
    assert f'href="{address}"' in administrator.get("/journal/?kind=rules.book_loaded").content.decode()
    assert 'href="/rules/load/"' in administrator.get("/rules/").content.decode()
    again = administrator.get(hand_in(administrator, BOOK)["Location"])
    assert "<h1>This book would add nothing</h1>" in text_of(again)
    assert "Go on to confirm" not in text_of(again)


def test_all_that_is_refused_is_named_with_its_reason_and_nothing_can_be_confirmed(administrator):
    wrong = BOOK.replace('"BRL"', '"XXZ"').replace("decided_on = 2020-02-03", 'decided_on = "soon"')
    before = rules_there()
    address = hand_in(administrator, wrong)["Location"]
    seen = text_of(administrator.get(address))
    assert "<h1>4 entries are refused</h1>" in seen
    assert "“XXZ” is not a currency: use a code like USD or MXN." in seen
    assert "“decided_on” is missing or wrong in “first”." in seen
    assert "Go on to confirm" not in seen
    assert administrator.get(f"{address}confirm/")["Location"] == address
    key = RuleBookFile.objects.get().preview_key
    assert administrator.post(f"{address}confirm/", {"key": key}).status_code == 409
    administrator.cookies["tequio_language"] = "es"
    assert "<h1>Se rechazan 4 partes</h1>" in text_of(administrator.get(address))
    assert rules_there() == before


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\x89PNG\r\n\x1a\n\xff", "it is not text in UTF-8"),
        (b"Dear all,\nhere are the rules", "it is not TOML"),
        (b"", "there is nothing in it"),
        (b"x" * 1_000_001, "it is larger than a rule book can be"),
        (b'[[decisons]]\ncode = "a"', "unknown: decisons"),
        (b'[[bodies]]\ncode = "a\\u0000"', "it holds a character no text has"),
        (b"[[bodies]]\n" * 501, "it has more than 500 entries"),
    ],
    ids=["a picture", "a letter", "empty", "too large", "a list nobody knows", "NUL", "too many entries"],
)
def test_what_is_no_rule_book_is_refused_at_once_and_not_kept(administrator, content, sentence):
    answer = hand_in(administrator, content)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert not RuleBookFile.objects.exists()


def test_what_came_in_between_is_shown_before_anything_is_loaded(administrator, at):
    address = hand_in(administrator, BOOK)["Location"]
    old = RuleBookFile.objects.get().preview_key
    other = book_uploads.hand_in_book(name="b", content=BOOK.split("[[dues]]")[0].encode(), actor="user:0", at=at)
    assert book_uploads.load_book(book_pk=other.pk, key=other.preview_key, actor="user:0", at=at) is None
    answer = administrator.post(f"{address}confirm/", {"key": old})
    assert answer.status_code == 409
    assert "Since the preview, rules were put in force here" in text_of(answer)
    assert "<h1>This book would add 2 entries</h1>" in text_of(answer)
    assert not Event.objects.filter(kind="dues.policy_adopted").exists()


def test_a_book_nobody_confirms_is_thrown_away_by_hand_or_after_a_day(administrator):
    address = hand_in(administrator, BOOK)["Location"]
    assert hand_in(administrator, BOOK)["Location"] == address  # the same file is not kept twice
    assert administrator.post(address, {"act": "discard"})["Location"] == "/rules/load/"
    assert "<h1>This file was thrown away</h1>" in text_of(administrator.get(address))
    key = RuleBookFile.objects.get().preview_key
    assert administrator.post(f"{address}confirm/", {"key": key}).status_code == 409
    second = hand_in(administrator, BOOK)["Location"]
    assert book_uploads.throw_old_books_away(at=clock.now() + timedelta(days=1)) == 1
    assert "<h1>This file was thrown away</h1>" in text_of(administrator.get(second))
    assert set(RuleBookFile.objects.values_list("content", flat=True)) == {""}


def test_the_sample_book_can_be_had_and_every_list_has_its_name(administrator):
    assert administrator.get("/rules/load/sample.toml").content == SAMPLE.read_bytes()
    assert set(book_pages.LIST_NAMES) == set(LISTS)


def test_a_series_is_said_in_a_sentence_before_it_is_confirmed_and_is_in_the_calendar_once_loaded(administrator):
    """The sample book itself, in both languages; its meetings are planned as it is loaded."""
    from tequio.meetings.models import Meeting

    address = hand_in(administrator, SAMPLE.read_bytes())["Location"]
    for shown in (administrator.get(address), administrator.get(f"{address}confirm/")):
        assert (
            "Leadership Committee: first Saturday of each month, 11:00 in Mexico City. Leadership Committee, 120 "
            "minutes. New York, Mexico City, Online." in text_of(shown)
        )
        assert "All documents out in both languages 11 days before" in text_of(shown)
    administrator.get("/language/es/?back=/")
    confirm = text_of(administrator.get(f"{address}confirm/"))
    assert "Comité de Dirección: primer sábado de cada mes, 11:00 en Ciudad de México." in confirm
    key = re.search(r'name="key" value="(\w{64})"', confirm)[1]
    administrator.post(f"{address}confirm/", {"key": key})
    assert Meeting.objects.filter(series__code="committee").count() >= 6
