"""The journal: what is appended stays, and the chain tells of every hand laid on it."""

import hashlib
import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tequio.kernel.journal.fires import FIRES
from tequio.kernel.journal.kinds import Kind
from tequio.kernel.journal.models import Event, Tip
from tequio.kernel.journal.operations import Happening, append, append_many, canonical, digest
from tequio.kernel.journal.queries import broken_links, events_about

AT = datetime(2016, 7, 15, 12, 0, tzinfo=UTC)
PAYLOADS = [
    {},
    {"note": 'Ñandú "quoted" \\ back\\slash, «comillas», 🌽, \u2028, tab\t, line\nend', "ключ": "é"},
    {"z": 1, "a": [1, [], {}, None, True, False, -(2**63), "1"], "m": {"b": 2, "a": {"ñ": ""}}},
]
MOMENTS = [
    datetime(2016, 7, 15, 12, 0, 0, 0, tzinfo=UTC),
    datetime(2016, 7, 15, 12, 0, 0, 1, tzinfo=UTC),
    datetime(2016, 7, 15, 12, 0, 0, 999999, tzinfo=UTC),
    datetime(2016, 7, 15, 12, 0, 0, 120000, tzinfo=UTC),
    datetime(2016, 12, 31, 23, 59, 59, 5, tzinfo=timezone(timedelta(hours=-6))),
    datetime(2016, 1, 1, 5, 30, tzinfo=timezone(timedelta(hours=5, minutes=45))),
]
pytestmark = pytest.mark.django_db


def append_some(count=4):
    for number in range(1, count + 1):
        append(kind=Kind.TICK, subject=f"run:{number}", actor="test", at=AT, payload={"number": number})


def written_out(event, previous):
    """The hash of an event worked out by hand from what its docstring says, not by the program."""
    moment = event.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f+00:00")
    row = [event.id, event.kind, event.subject, event.actor, moment, event.payload, previous]
    text = json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def test_every_kind_of_event_says_in_both_languages_when_it_fires():
    assert set(FIRES) == set(Kind)
    assert all(text.en and text.es and text.en != text.es for text in FIRES.values())


def test_events_are_numbered_and_each_holds_the_hash_of_the_one_before():
    append_some(3)
    events = list(Event.objects.order_by("id"))
    assert [(e.id, e.kind, e.subject, e.actor, e.at, e.payload) for e in events] == [
        (n, "instance.tick", f"run:{n}", "test", AT, {"number": n}) for n in (1, 2, 3)
    ]
    assert [e.previous for e in events] == ["", events[0].hash, events[1].hash]
    assert [e.hash for e in events] == [written_out(e, e.previous) for e in events]
    assert Tip.objects.values_list("id", "last_id", "last_hash").get() == (1, 3, events[2].hash)


def test_the_hash_of_an_event_is_the_same_today_as_when_it_was_invented():
    """A fixed answer: whoever changes the recipe breaks every journal there is."""
    assert (
        digest(
            number=7,
            kind=Kind.PAYMENT_RECEIVED,
            subject="member:M-ñ",
            actor="cli:alma",
            at=datetime(2016, 7, 15, 7, 0, tzinfo=timezone(timedelta(hours=-5))),
            payload={"b": "«20»", "a": 2000},
            previous="00ff",
        )
        == hashlib.sha256(
            '[7,"payment.received","member:M-ñ","cli:alma","2016-07-15T12:00:00.000000+00:00",'
            '{"a":2000,"b":"«20»"},"00ff"]'.encode()
        ).hexdigest()
    )


def test_the_same_value_has_the_same_text():
    assert canonical({"b": [1, 2], "a": "é"}) == canonical({"a": "é", "b": [1, 2]}) == '{"a":"é","b":[1,2]}'


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("at", MOMENTS, ids=str)
def test_what_is_read_back_has_the_hash_that_was_written(payload, at):
    append(kind=Kind.TICK, subject="run:1", actor="Ñ «x» 🌽", at=at, payload=payload)
    event = Event.objects.get()
    assert (event.at, event.payload, event.actor) == (at, payload, "Ñ «x» 🌽")
    assert event.hash == written_out(event, "")
    assert list(broken_links()) == []


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    payload=st.dictionaries(texts, values, max_size=3),
    at=st.datetimes(datetime(1990, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - CONFIG: hypothesis adds the zone
)
def test_whatever_is_written_keeps_the_chain(db, payload, at):
    with transaction.atomic():
        append(kind=Kind.TICK, subject="a", actor="b", at=at, payload=payload)
        append(kind=Kind.TICK, subject="c", actor="d", at=at, payload=payload)
        assert list(broken_links()) == []
        transaction.set_rollback(True)


def test_an_event_without_payload_has_an_empty_one():
    append(kind=Kind.TICK, subject="instance", actor="test", at=AT)
    assert Event.objects.get().payload == {}


def test_many_at_once_are_the_same_as_one_by_one():
    append_some(5)
    singly = list(Event.objects.order_by("id").values())
    with transaction.atomic():
        connection.cursor().execute("DROP TRIGGER journal_event_refuse_delete" + _on_table())
        Event.objects.all().delete()
        Tip.objects.all().delete()
        happenings = [Happening(kind=Kind.TICK, subject=f"run:{n}", payload={"number": n}) for n in range(1, 6)]
        append_many(happenings=happenings, actor="test", at=AT)
    assert list(Event.objects.order_by("id").values()) == singly


def _on_table():
    return " ON journal_event" if connection.vendor == "postgresql" else ""


def test_appending_nothing_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        append_many(happenings=[], actor="test", at=AT)


def test_the_queries_of_appending_do_not_grow_with_the_events(django_assert_max_num_queries):
    append_some(1)

    def queries(count):
        with django_assert_max_num_queries(10) as asked:
            append_many(happenings=[Happening(kind=Kind.TICK, subject="a")] * count, actor="test", at=AT)
        return len(asked.captured_queries)

    assert queries(1) == queries(200)


def test_an_append_is_taken_back_with_its_transaction():
    append_some(2)
    with transaction.atomic():
        append(kind=Kind.TICK, subject="a", actor="b", at=AT)
        transaction.set_rollback(True)
    append(kind=Kind.TICK, subject="run:3", actor="test", at=AT)
    assert list(Event.objects.order_by("id").values_list("id", "subject")) == [(1, "run:1"), (2, "run:2"), (3, "run:3")]
    assert list(broken_links()) == []


def test_the_events_about_a_subject_come_oldest_first():
    for subject in ("member:A", "member:B", "member:A"):
        append(kind=Kind.TICK, subject=subject, actor="test", at=AT)
    assert [e.id for e in events_about(subject="member:A")] == [1, 3]
    assert [e.id for e in events_about(subject="member:C")] == []


STATEMENTS = {
    "change one": "UPDATE journal_event SET actor = 'x' WHERE id = 2",
    "change nothing": "UPDATE journal_event SET actor = actor",
    "remove one": "DELETE FROM journal_event WHERE id = 3",
    "remove all": "DELETE FROM journal_event",
    "write over one": (
        "INSERT INTO journal_event (id, kind, subject, actor, at, payload, previous, hash) "
        "SELECT id, kind, subject, 'x', at, payload, previous, hash FROM journal_event WHERE id = 2 "
        "ON CONFLICT (id) DO UPDATE SET actor = 'x'"
    ),
}


@pytest.mark.parametrize("statement", STATEMENTS.values(), ids=STATEMENTS.keys())
def test_no_event_is_changed_or_removed(refused, sql, statement):
    append_some()
    before = list(Event.objects.order_by("id").values())
    with refused("the journal is append-only"):
        sql(statement)
    assert list(Event.objects.order_by("id").values()) == before


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has no REPLACE")
def test_no_event_is_replaced(refused, sql):
    """REPLACE removes the row that was there without firing its DELETE trigger."""
    append_some()
    before = list(Event.objects.order_by("id").values())
    with refused():
        sql(
            "REPLACE INTO journal_event SELECT id, kind, subject, 'x', at, payload, previous, hash "
            "FROM (SELECT * FROM journal_event WHERE id = 2)"
        )
    assert list(Event.objects.order_by("id").values()) == before


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
def test_the_journal_is_not_emptied(refused, sql):
    append_some()
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    with refused():
        sql("TRUNCATE journal_event")
    assert Event.objects.count() == 4


@pytest.fixture
def unguarded(without_trigger):
    """A journal of four events whose triggers somebody has taken away."""
    append_some()
    without_trigger("journal_event_refuse_update", "journal_event_refuse_delete", table="journal_event")


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "member.left"},
        {"subject": "run:9"},
        {"actor": "nobody"},
        {"at": AT + timedelta(microseconds=1)},
        {"payload": {"number": 22}},
        {"payload": {"number": "2"}},
        {"payload": {}},
    ],
    ids=str,
)
def test_an_altered_event_is_found(unguarded, change):
    Event.objects.filter(id=2).update(**change)
    assert list(broken_links()) == ["journal: event 2 was altered"]


def test_an_event_altered_together_with_its_hash_is_found_by_the_next(unguarded):
    event = Event.objects.get(id=2)
    event.actor = "nobody"
    Event.objects.filter(id=2).update(actor="nobody", hash=written_out(event, event.previous))
    assert list(broken_links()) == ["journal: event 3 does not follow the one before it"]


def test_the_last_event_altered_together_with_its_hash_is_found_by_the_tip(unguarded):
    event = Event.objects.get(id=4)
    event.actor = "nobody"
    Event.objects.filter(id=4).update(actor="nobody", hash=written_out(event, event.previous))
    assert list(broken_links()) == ["journal: the tip of the chain is not its last event"]


@pytest.mark.parametrize(
    ("gone", "says"),
    [
        ([1], ["journal: event 1 is missing", "journal: event 2 does not follow the one before it"]),
        ([2], ["journal: event 2 is missing", "journal: event 3 does not follow the one before it"]),
        ([4], ["journal: the tip of the chain is not its last event"]),
        ([1, 2, 3, 4], ["journal: the tip of the chain is not its last event"]),
    ],
)
def test_a_missing_event_is_found(unguarded, gone, says):
    Event.objects.filter(id__in=gone).delete()
    assert list(broken_links()) == says


def test_an_added_event_is_found(unguarded):
    last = Event.objects.get(id=4)
    added = Event(id=5, kind="instance.tick", subject="a", actor="b", at=AT, payload={}, previous=last.hash)
    added.hash = written_out(added, last.hash)
    added.save(force_insert=True)
    assert list(broken_links()) == ["journal: the tip of the chain is not its last event"]


def test_a_tip_that_was_moved_or_removed_is_found(unguarded):
    Tip.objects.update(last_id=3)
    assert list(broken_links()) == ["journal: the tip of the chain is not its last event"]
    Tip.objects.all().delete()
    assert list(broken_links()) == ["journal: the tip of the chain is not its last event"]


def test_a_journal_nothing_was_written_in_is_whole():
    assert list(broken_links()) == []


def test_checking_the_chain_takes_two_queries_whatever_its_length(django_assert_num_queries):
    append_some(40)
    with django_assert_num_queries(2):
        assert list(broken_links()) == []
