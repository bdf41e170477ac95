"""A roll of our own with every trap, and any file whatever."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tequio.kernel.errors import Refusal
from tequio.members.intake.records import COLUMNS

US = {"center": "us", "currency": "USD", "country": "US", "language": "en", "phone": "+1 718 555 0134"}
ROWS = [
    {"balance_due": "4100.00"},  # row 2
    {"balance_due": "4100", "contact_name": "Otra", "contact_roles": "technical", "phone": "+52 1 55 5123 4567"},
    {"balance_due": "4100.00", "kind": "individual"},  # 4: conflict
    {**US, "member_id": "B-1", "member_name": "Night Bakers", "balance_due": "200"},
    {**US, "member_id": "B-2", "member_name": "NIGHT  BAKERS", "operations": "no", "street": 'Attic\n"B", left'},
    {**US, "member_id": "B-3", "member_name": "Wren", "kind": "individual", "joined_on": "2015-02-31"},  # 7
    {**US, "member_id": "B-4", "member_name": "Wren", "kind": "individual", "phone": "ring the bell"},
    {**US, "member_id": "", "member_name": "Wren"},  # 9
    {"member_id": "C-1", "member_name": "Night Bakers", "balance_due": "0.05"},  # the other center: no duplicate
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1"])
def test_a_roll_with_every_trap_adds_up(read_bytes, csv_text, encoding):
    roll = read_bytes(csv_text(*ROWS).encode(encoding))
    assert list(roll.members) == ["A-1", "B-1", "B-2", "B-4", "C-1"]
    assert [contact.row for contact in roll.contacts] == [2, 3, 5, 6, 8, 10]
    assert {rejected.row: rejected.code for rejected in roll.rejected} == {
        4: "conflict_with_line",
        7: "date_invalid",
        9: "member_id_missing",
    }
    assert roll.duplicates() == [("B-1", "B-2")]
    assert (roll.phones_normalized, roll.phones_unusable, roll.phones_doubtful) == (1, 1, 0)
    assert roll.opening() == {"us": 20_000, "mx": 410_005}
    assert roll.by_group() == {
        "mx/organization/yes": 2,
        "us/individual/yes": 1,
        "us/organization/no": 1,
        "us/organization/yes": 1,
    }


def test_the_same_file_reads_the_same_again(read_bytes, csv_text):
    content = csv_text(*ROWS).encode()
    assert read_bytes(content) == read_bytes(content)


def reads_or_refuses(read_bytes, content):
    """The roll holds together, or the file is refused with two sentences; nothing else may happen."""
    try:
        roll = read_bytes(content)
    except Refusal as refusal:
        both = refusal.text
        roll = None
    if roll is None:
        assert both.en
        assert both.es
        return
    numbers = [contact.row for contact in roll.contacts] + [rejected.row for rejected in roll.rejected]
    assert len(numbers) == len(set(numbers))
    assert {contact.member_id for contact in roll.contacts} == set(roll.members)
    assert sum(roll.by_group().values()) == len(roll.members)
    assert all(rejected.text.en and rejected.text.es for rejected in roll.rejected)
    roll.duplicates()


FUZZ = settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
HEADER = ",".join(COLUMNS).encode() + b"\n"
SHARP = st.sampled_from(list(b'",\r\n;\0\xff\xc3\x81= '))


@FUZZ
@given(st.binary(max_size=400), st.booleans())
@example(b"\xef\xbb\xbf\xff", False)
@example(b'"' * 99, True)
def test_any_bytes_are_read_or_refused(read_bytes, content, with_header):
    reads_or_refuses(read_bytes, (HEADER if with_header else b"") + content)


@FUZZ
@given(st.data())
def test_a_roll_with_any_bytes_changed_is_read_or_refused(read_bytes, csv_text, data):
    content = bytearray(csv_text(*ROWS).encode())
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(content) - 1))
        match data.draw(st.sampled_from(["change", "insert", "cut"])):
            case "change":
                content[place] = data.draw(SHARP)
            case "insert":
                content.insert(place, data.draw(SHARP))
            case _:
                del content[place : place + data.draw(st.integers(1, 60))]
    reads_or_refuses(read_bytes, bytes(content))


@FUZZ
@given(st.lists(st.dictionaries(st.sampled_from(COLUMNS), st.text(max_size=30)), max_size=5))
def test_any_text_in_any_column_is_kept_or_rejected(read_bytes, csv_text, rows):
    content = csv_text(*rows).encode("utf-8", "surrogatepass")
    reads_or_refuses(read_bytes, content)


@FUZZ
@given(st.lists(st.lists(st.sampled_from(['"', '""', ",", "a", "\n", "\r\n"]), max_size=12), max_size=12))
def test_every_row_after_a_tangle_of_quotation_marks_is_found(read_bytes, csv_text, tangle):
    """Whatever stands before them: three good rows at the end of a file are not swallowed, or at most the first is."""
    head, _, good = csv_text(*({"member_id": f"Z-{number}"} for number in range(4))).partition("\r\n")
    body = "\n".join("".join(pieces) for pieces in tangle)
    roll = read_bytes(f"{head}\r\n{body}\r\n{good}".encode())
    assert {"Z-1", "Z-2", "Z-3"} <= set(roll.members)
