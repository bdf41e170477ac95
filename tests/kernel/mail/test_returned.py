"""Reading what mail servers send back."""

import mailbox

import pytest
from hypothesis import given
from hypothesis import strategies as st

from delivery_reports import answer, deep, report
from tequio.kernel.errors import Refusal
from tequio.kernel.mail.returned import LARGEST, DeliveryReport, mails_in, read_report

OURS = "<tequio.0123456789abcdef0123456789abcdef@example.org>"


@pytest.mark.parametrize(
    ("status", "action", "for_good", "is_bad"),
    [
        ("5.1.1", "failed", True, True),
        ("5.1.10", "failed", True, True),
        ("5.2.1", "failed", True, True),
        ("5.2.2", "failed", True, False),
        ("5.7.1", "failed", True, False),
        ("4.4.1", "delayed", False, False),
        ("4.4.7", "failed", False, False),
        ("2.0.0", "delivered", False, False),
        ("nonsense", "failed", True, False),
    ],
)
def test_only_an_address_that_does_not_exist_or_is_closed_counts_as_bad(status, action, for_good, is_bad):
    found = read_report(raw=report(message_id=OURS, status=status, action=action))

    assert found is not None
    assert (found.message_id, found.for_good, found.address_is_bad) == (OURS, for_good, is_bad)


def test_the_headers_alone_are_enough_to_know_the_mail():
    raw = report(message_id=OURS, original="text/rfc822-headers")

    assert read_report(raw=raw) == DeliveryReport(message_id=OURS, for_good=True, address_is_bad=True, status="5.1.1")


def test_an_answer_of_a_person_is_no_report():
    assert read_report(raw=answer()) is None


def test_a_report_about_somebody_elses_mail_is_not_ours():
    assert read_report(raw=report(message_id="<abc@example.org>")) is None


def test_parts_within_parts_do_not_stop_the_reader():
    assert read_report(raw=deep()) is None


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_passed_over(raw):
    assert read_report(raw=raw) is None


@given(st.integers(0, 600), st.integers(0, 600))
def test_a_report_cut_anywhere_is_read_or_passed_over(first, length):
    whole = report(message_id=OURS)

    found = read_report(raw=whole[:first] + whole[first + length :])

    assert found is None or found.message_id == OURS


def test_an_mbox_a_maildir_a_folder_and_one_mail_hold_the_same(tmp_path):
    raw = report(message_id=OURS)
    box = mailbox.mbox(tmp_path / "returned.mbox")
    box.add(raw)
    box.add(answer())
    box.close()
    maildir = mailbox.Maildir(tmp_path / "Maildir")
    maildir.add(raw)
    maildir.add(answer())
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.eml").write_bytes(raw)
    (folder / "b.eml").write_bytes(answer())
    (tmp_path / "one.eml").write_bytes(raw)

    def read(path):
        return sorted((found is not None) for found in (read_report(raw=mail) for mail in mails_in(path=path)))

    assert read(tmp_path / "returned.mbox") == [False, True]
    assert read(tmp_path / "Maildir") == [False, True]
    assert read(folder) == [False, True]
    assert read(tmp_path / "one.eml") == [True]


def test_a_mail_too_large_to_be_a_report_is_passed_over(tmp_path):
    (tmp_path / "large.eml").write_bytes(b"x" * (LARGEST + 1))

    assert list(mails_in(path=tmp_path / "large.eml")) == [None]


def test_a_link_in_a_folder_is_not_followed(tmp_path):
    (tmp_path / "secret").write_bytes(b"secret")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.eml").symlink_to(tmp_path / "secret")

    assert list(mails_in(path=folder)) == []


def test_a_path_with_nothing_there_is_refused_with_a_sentence(tmp_path):
    with pytest.raises(Refusal, match="no file or folder nowhere"):
        list(mails_in(path=tmp_path / "nowhere"))
