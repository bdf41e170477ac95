"""What can be read as a roll at all, and which row is which."""

import os

import pytest

from tequio.kernel.errors import Refusal
from tequio.members.intake.reading import opened_roll
from tequio.members.intake.records import COLUMNS


def codes(roll):
    return {rejected.row: rejected.code for rejected in roll.rejected}


def refusal(read, content):
    with pytest.raises(Refusal) as caught:
        read(content)
    text = caught.value.text
    assert text.en
    assert text.es
    assert text.en != text.es
    return text


@pytest.mark.parametrize(
    ("encoding", "found"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("latin-1", "cp1252"), ("cp1252", "cp1252")],
)
def test_accents_survive_every_encoding(read_bytes, csv_text, encoding, found):
    roll = read_bytes(csv_text({"member_name": "Unión de Ñuñoas"}).encode(encoding))
    assert roll.members["A-1"].name == "Unión de Ñuñoas"
    assert roll.contacts[0].city == "Cuauhtémoc"
    assert roll.encoding == found


def test_the_marks_of_windows_are_read_as_windows_means_them(read_bytes, csv_text):
    roll = read_bytes(csv_text({"member_name": "Radio “Ñandú” – 3 €"}).encode("cp1252"))
    assert roll.members["A-1"].name == "Radio “Ñandú” – 3 €"


def test_an_accent_on_the_border_of_two_chunks_is_one_letter(read_bytes, csv_text):
    rows = [{"member_id": f"A-{number}", "street": "ñ" * 801} for number in range(700)]
    roll = read_bytes(csv_text(*rows).encode())
    assert roll.encoding == "utf-8"
    assert {contact.street for contact in roll.contacts} == {"ñ" * 801}


def test_one_damaged_line_does_not_spoil_all_other_accents_in_silence(read_bytes, csv_text):
    content = csv_text({}, {"member_id": "A-2"}).encode().replace(b"A-2", "Á-2".encode("latin-1"))
    text = refusal(read_bytes, content)
    assert "line 3 is damaged" in text.en
    assert "línea 3 está dañada" in text.es


@pytest.mark.parametrize(
    ("content", "english"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"\r\n \r\n", "is empty"),
        ("member_id,member_name\n".encode("utf-16"), "UTF-16"),
        ("member_id,member_name\n".encode("utf-16-be"), "NUL bytes"),
        (b"member_id\0", "NUL bytes"),
        (b"PK\x03\x04\x14\x00", "is a spreadsheet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is a spreadsheet"),
        (b"Dear all,\nhere is our list.\n", "not a member roll as CSV"),
        (b'"never closed\n', "not a member roll as CSV"),
        (b"x" * 300_000, "not a member roll as CSV"),
        (";".join(COLUMNS).encode() + b"\n", "separated by semicolons"),
        ("\t".join(COLUMNS).encode() + b"\n", "separated by tabs"),
    ],
)
def test_what_is_no_roll_is_refused_in_both_languages(read_bytes, content, english):
    assert english in refusal(read_bytes, content).en


def test_a_nul_byte_anywhere_refuses_the_file(read_bytes, csv_text):
    content = csv_text({}, {"member_name": "Casa\0Roja"}).encode()
    assert "NUL" in refusal(read_bytes, content).en


def test_missing_columns_are_named(read_bytes, csv_text):
    columns = [column for column in COLUMNS if column not in {"currency", "kind"}]
    assert "kind, currency" in refusal(read_bytes, csv_text({}, columns=columns).encode()).es


def test_doubled_columns_are_named(read_bytes, csv_text):
    content = csv_text({}).replace("email,phone", "email,phone,email", 1).encode()
    assert "email" in refusal(read_bytes, content).en


def test_columns_may_stand_in_any_order_and_others_are_reported_as_ignored(read_bytes, csv_text):
    content = csv_text({"shoe size": "9"}, columns=[*reversed(COLUMNS), "shoe size"]).encode()
    roll = read_bytes(content.replace(b"member_id", b" Member_ID "))
    assert roll.members["A-1"].name == "Imprenta del Barrio"
    assert roll.ignored_columns == ("shoe size",)


def test_a_header_without_rows_is_a_roll_of_nobody(read_bytes, csv_text):
    roll = read_bytes(csv_text().encode())
    assert (roll.members, roll.contacts, roll.rejected) == ({}, [], [])
    assert roll.opening() == {"us": 0, "mx": 0}


def test_a_file_that_is_not_there_a_folder_and_a_pipe_are_refused(read_path, tmp_path):
    assert "There is no file" in refusal(read_path, tmp_path / "none.csv").en
    assert "is a folder" in refusal(read_path, tmp_path).en
    assert "There is no file" in refusal(read_path, "roll\0.csv").en
    assert "could not be read" in refusal(read_path, tmp_path / ("x" * 300)).en
    os.mkfifo(tmp_path / "pipe")
    assert "not an ordinary file" in refusal(read_path, tmp_path / "pipe").en


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_one_may_not_read_is_refused(read_path, tmp_path):
    path = tmp_path / "roll.csv"
    path.write_text("x")
    path.chmod(0)
    assert "may not be read" in refusal(read_path, path).en


def test_a_quoted_line_break_starts_no_new_row_and_a_blank_line_counts(read_bytes, csv_text):
    rows = csv_text({"street": 'Calle 1\nInterior "B"'}, {"member_id": "A-2", "kind": ""}).encode()
    assert codes(read_bytes(rows)) == {3: "kind_missing"}
    blank = rows.replace(b"\r\nA-2", b"\r\n\r\nA-2")
    assert codes(read_bytes(blank)) == {4: "kind_missing"}
    assert read_bytes(rows).contacts[0].street == 'Calle 1\nInterior "B"'


@pytest.mark.parametrize("ending", ["\n", "\r", "\r\n"])
def test_any_line_ending_will_do_and_the_last_one_may_be_missing(read_bytes, csv_text, ending):
    text = csv_text({}, {"member_id": "A-2"}).replace("\r\n", ending)
    assert list(read_bytes(text.rstrip().encode()).members) == ["A-1", "A-2"]


def test_ragged_rows_are_rejected_and_their_neighbours_kept(read_bytes, csv_text):
    content = csv_text({}, {"member_id": "A-2"}, {"member_id": "A-3"}, {"member_id": "A-4"}).encode()
    lines = content.split(b"\r\n")
    lines[2] += b",more"
    lines[3] = b"A-3,short"
    roll = read_bytes(b"\r\n".join(lines))
    assert codes(roll) == {3: "row_malformed", 4: "row_malformed"}
    assert list(roll.members) == ["A-1", "A-4"]
    assert roll.rejected[1].text.en == "The row (line 4 of the file) has 2 values instead of 21."


@pytest.mark.parametrize("cell", [b'"Casa Roja', b'"Casa" Roja'])
def test_a_quotation_mark_without_its_partner_costs_one_row_only(read_bytes, csv_text, cell):
    rows = [{"member_id": f"A-{number}", "member_name": f"N{number}", "street": 'Uno\n"B"'} for number in range(1, 9)]
    roll = read_bytes(csv_text(*rows).replace('Uno\n""B""', "Uno 5").encode().replace(b"N3", cell))
    assert codes(roll) == {4: "row_malformed"}
    assert "quotation marks in line 4" in roll.rejected[0].text.en
    assert len(roll.members) == 7


def test_a_stray_quotation_mark_closed_by_a_later_row_costs_one_row_only(read_bytes, csv_text):
    rows = [{"member_id": f"A-{number}", "member_name": f"N{number}"} for number in range(1, 9)]
    content = csv_text(*rows).encode()
    for opening, closing in [(b'"Casa', b'x"'), (b'"', b'"'), (b'"Casa', b'",""')]:
        roll = read_bytes(content.replace(b"N3", opening).replace(b"N6", closing))
        assert roll.rejected[0].row == 4
        assert {"A-1", "A-2", "A-4", "A-5", "A-7", "A-8"} <= set(roll.members)
        assert len(roll.rejected) + len(roll.contacts) == 8


def test_a_street_may_have_commas_on_every_line_wherever_its_column_stands(read_bytes, csv_text):
    columns = ["street", *(column for column in COLUMNS if column != "street")]
    street = "Uno, dos, tres,\ncuatro, cinco,\nseis, siete"
    roll = read_bytes(csv_text({"street": street}, columns=columns).encode())
    assert roll.contacts[0].street == street


def test_a_ragged_row_over_several_lines_says_which_lines_it_took(read_bytes, csv_text):
    content = csv_text({"street": "Uno\nDos\nTres"}, {"member_id": "A-2"}).replace(",es\r", ",es,more\r", 1)
    roll = read_bytes(content.encode())
    assert codes(roll) == {2: "row_malformed"}
    assert "lines 2 to 4" in roll.rejected[0].text.en
    assert list(roll.members) == ["A-2"]


@pytest.mark.parametrize("length", [99_000, 131_073, 3_000_000])
def test_a_huge_field_costs_its_row_and_no_other(read_bytes, csv_text, length):
    roll = read_bytes(csv_text({}, {"member_id": "A-2", "city": "x" * length}, {"member_id": "A-3"}).encode())
    assert codes(roll) == {3: "field_too_long"}
    assert list(roll.members) == ["A-1", "A-3"]


def test_a_huge_field_behind_an_open_quotation_mark_is_found_too(read_bytes, csv_text):
    rows = [{"member_id": f"A-{number}", "member_name": f"N{number}"} for number in range(1, 6)]
    content = csv_text(*rows).encode().replace(b"N2", b'"N2').replace(b"N4", b"x" * 500_000)
    roll = read_bytes(content)
    assert codes(roll) == {3: "row_malformed", 5: "field_too_long"}
    assert list(roll.members) == ["A-1", "A-3", "A-5"]


def test_a_disk_error_on_the_way_is_a_refusal(tmp_path, csv_text):
    path = tmp_path / "roll.csv"
    path.write_text(csv_text({}))
    with pytest.raises(Refusal), opened_roll(path=path):
        raise OSError(5, "Input/output error")
