"""A mail as it leaves: a complete message that opens in a mail program, and no way to smuggle a header in."""

import email
import stat
from email import policy

import pytest

from tequio.kernel.errors import Refusal
from tequio.kernel.mail import kinds, transport
from tequio.kernel.mail.addresses import is_address, without_address
from tequio.kernel.mail.composing import Composed, Paragraph
from tequio.kernel.mail.faults import Fault
from tequio.kernel.mail.operations import enqueue
from tequio.kernel.mail.sending import deliver_waiting
from tequio.rules.reasons import Text


@pytest.fixture
def letters(own_outbox):
    """A function: every message in the outbox, in the order of names, as a mail program reads it."""

    def read():
        paths = sorted(own_outbox.glob("*.eml"))
        return [email.message_from_bytes(path.read_bytes(), policy=policy.default) for path in paths]

    return read


def test_the_outbox_holds_complete_messages(queued, letters, own_outbox, at):
    row = queued(to="alma@example.org", text="¿Cómo está, Ñandú? USD\u00a020.00", language="es")
    deliver_waiting(at=at)
    [path] = own_outbox.iterdir()
    assert path.name == f"20160715T120000Z-{row.pk:06d}.eml"
    assert (stat.S_IMODE(path.stat().st_mode), stat.S_IMODE(own_outbox.stat().st_mode)) == (0o600, 0o700)
    content = path.read_bytes()
    assert content.count(b"\n") == content.count(b"\r\n")
    assert max(map(len, content.splitlines())) <= 998
    assert content.isascii()
    [letter] = letters()
    assert letter.defects == []
    assert dict(letter.items()) == {
        "Content-Type": letter["Content-Type"],
        "MIME-Version": "1.0",
        "Subject": "About alma",
        "From": "Center in New York <dues@example.org>",
        "To": "alma@example.org",
        "Message-ID": row.message_id,
        "Date": "Fri, 15 Jul 2016 12:00:00 +0000",
        "Auto-Submitted": "auto-generated",
        "Content-Language": "es",
    }
    text, html = letter.iter_parts()
    assert (letter.get_content_type(), text.get_content_type(), html.get_content_type()) == (
        "multipart/alternative",
        "text/plain",
        "text/html",
    )
    assert text.get_content() == "¿Cómo está, Ñandú? USD\u00a020.00\r\n"
    assert "<p>¿Cómo está, Ñandú? USD\u00a020.00</p>" in html.get_content()


def test_what_is_attached_is_made_when_it_is_sent(queued, letters, at):
    made = []

    def paper(*, reference):
        made.append(reference)
        return kinds.Attachment(name="aviso ñ.pdf", content=b"%PDF-1.7 \x00\xff", media_type="application/pdf")

    kinds.register(kinds.MailKind(code="papered", name=Text(en="x", es="x"), attach=paper))
    queued(kind="papered", attachment="invoice:US-000001")
    assert made == []
    deliver_waiting(at=at)
    [letter] = letters()
    [attached] = letter.iter_attachments()
    assert (made, attached.get_filename(), attached.get_content()) == (
        ["invoice:US-000001"],
        "aviso ñ.pdf",
        b"%PDF-1.7 \x00\xff",
    )
    assert letter.get_body(("plain",)).get_content() == "Hello.\r\n"


def test_the_same_mail_again_is_the_same_file(queued, own_outbox, at):
    row = queued()
    deliver_waiting(at=at)
    type(row).objects.filter(pk=row.pk).update(state="waiting", sent_at=None, next_try_at=at)
    deliver_waiting(at=at)
    assert len(list(own_outbox.iterdir())) == 1


def test_an_outbox_that_cannot_be_written_loses_nothing(queued, own_outbox, states, at):
    own_outbox.write_text("a file is in the way")
    queued()
    assert (deliver_waiting(at=at).away, states()) == (Fault.OUTBOX, ["waiting"])
    own_outbox.unlink()
    assert (deliver_waiting(at=at).sent, states()) == (1, ["sent"])


def test_a_full_disk_leaves_no_half_file(queued, own_outbox, states, monkeypatch, at):
    def full(_):
        raise OSError(28, "No space left on device")

    queued()
    monkeypatch.setattr("os.fsync", full)
    assert (deliver_waiting(at=at).away, states(), list(own_outbox.iterdir())) == (Fault.OUTBOX, ["waiting"], [])


@pytest.mark.parametrize(
    "hostile",
    [
        "Hello\nBcc: all@example.org",
        "Hello\r\n\r\n<html>",
        "Hello\u2028X-Evil: 1",
        "Hello\x00\x1b[31m",
        "\u202eolleH",
        "Ñ" * 10_000,
    ],
)
def test_no_subject_can_add_a_header(db, letters, hostile, at):
    composed = Composed(language="en", subject=hostile, blocks=(Paragraph(text=hostile),))
    enqueue(kind="trial", subject=hostile, to_address="alma@example.org", composed=composed, at=at)
    deliver_waiting(at=at)
    [letter] = letters()
    assert sorted(letter.keys()) == sorted(
        ["Content-Type", "MIME-Version", "Subject", "From", "To", "Message-ID", "Date"]
        + ["Auto-Submitted", "Content-Language"]
    )
    assert letter["Subject"].strip() == composed.subject


@pytest.mark.parametrize(
    "address",
    [
        "",
        "alma",
        "alma@",
        "@example.org",
        "alma@example.org\n",
        "alma@example.org\r\nBcc: all@example.org",
        "alma@example.org, all@example.org",
        "alma@example.org;all@example.org",
        "Alma <alma@example.org>",
        '"alma"@example.org',
        "alma@exa mple.org",
        "alma@@example.org",
        "alma@example..org",
        "alma@-example.org",
        "alma\u202e@example.org",
        "a" * 65 + "@example.org",
        "a@" + "e" * 254,
    ],
)
def test_what_is_not_one_address_is_refused_without_being_repeated(queued, address):
    assert is_address(address) is False
    with pytest.raises(Refusal) as refused:
        queued(to=address)
    assert refused.value.text.es == "Eso no es una sola dirección de correo como nombre@example.org."


@pytest.mark.parametrize("address", ["alma@example.org", "alma.rios+cuotas@correo.example", "ñandú@ejemplo.mx"])
def test_what_can_be_an_address_is_one(address):
    assert is_address(address) is True


def test_what_a_server_said_is_kept_without_addresses():
    said = "550 5.1.1 <Alma@example.org>: Recipient\r\naddress rejected: see postmaster@example.net"
    assert without_address(said=said, address="alma@example.org") == (
        "550 5.1.1 <…>: Recipient address rejected: see …"
    )
    assert len(without_address(said="x" * 1000, address="alma@example.org")) == 300


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TEQUIO_MAIL_FROM", "nobody"),
        ("TEQUIO_MAIL_FROM", "Center <dues@example.org>\nBcc: x@example.org"),
        ("TEQUIO_SMTP_URL", "mail.example.org"),
        ("TEQUIO_SMTP_URL", "http://mail.example.org"),
        ("TEQUIO_SMTP_URL", "smtp://"),
        ("TEQUIO_SMTP_URL", "smtp://mail.example.org:99999/"),
        ("TEQUIO_SMTP_URL", "smtp://mail.example.org/?tls=maybe"),
        ("TEQUIO_SMTP_URL", "smtp://mail.example.org/?speed=fast"),
        ("TEQUIO_SMTP_URL", "smtp://mail.example.org/?timeout=0"),
        ("TEQUIO_SMTP_URL", "smtps://mail.example.org/?tls=no"),
        ("TEQUIO_SMTP_URL", "smtp://user:secret@mail.example.org/?tls=no"),
    ],
)
def test_settings_that_cannot_be_meant_are_refused_and_no_password_is_repeated(monkeypatch, refusal, name, value):
    monkeypatch.setenv(name, value)
    said = refusal(transport.configured)
    assert name in said.en
    assert name in said.es
    assert "secret" not in said.en + said.es


def test_a_mail_server_without_a_sender_is_refused(monkeypatch, refusal):
    monkeypatch.setenv("TEQUIO_SMTP_URL", "smtp://mail.example.org/")
    monkeypatch.delenv("TEQUIO_MAIL_FROM")
    assert "TEQUIO_MAIL_FROM" in refusal(transport.configured).en


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example.org/", ("mail.example.org", 587, "", "", "starttls", 20.0)),
        ("smtp://u%40x:p%3Aw@mail.example.org:25/?timeout=5", ("mail.example.org", 25, "u@x", "p:w", "starttls", 5.0)),
        ("smtp://localhost:2525/?tls=no", ("localhost", 2525, "", "", "none", 20.0)),
        ("smtp://u:p@localhost/?tls=no", ("localhost", 587, "u", "p", "none", 20.0)),
        ("smtps://u:p@mail.example.org", ("mail.example.org", 465, "u", "p", "whole", 20.0)),
    ],
)
def test_the_address_of_a_mail_server_is_read(monkeypatch, url, expected):
    monkeypatch.setenv("TEQUIO_SMTP_URL", url)
    way = transport.configured()
    assert (way.host, way.port, way.user, way.password, way.encryption, way.timeout) == expected
    assert "password" not in repr(way)
