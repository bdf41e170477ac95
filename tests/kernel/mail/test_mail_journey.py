"""Real processes, a real mail server on this machine: sent once by two at once, kept while it is down, killed."""

import email
import json
import subprocess
import sys
from contextlib import contextmanager
from email import policy
from pathlib import Path

import pytest

from kernel.fresh_instances import fresh_instance

SERVER = Path(__file__).with_name("smtp_server.py")
QUEUE = """
import sys
from tequio.kernel import clock
from tequio.kernel.mail.composing import Composed, Paragraph
from tequio.kernel.mail.operations import enqueue
for address in sys.argv[1:]:
    composed = Composed(language="es", subject="¿Qué tal?", blocks=(Paragraph(text="Buen día. " * 30),))
    enqueue(kind="trial", subject="instance", to_address=address, composed=composed, at=clock.now())
"""
SEND = """
import sys
from tequio.kernel import clock
from tequio.kernel.mail.sending import deliver_waiting
sys.stdin.readline()
print(deliver_waiting(at=clock.now(), limit=100).sent)
"""
KILLED = """
import os
from tequio.kernel import clock
from tequio.kernel.mail import sending
sending._mark_sent = lambda **_: os._exit(9)
sending.deliver_waiting(at=clock.now())
"""


@contextmanager
def mail_server(folder):
    folder.mkdir(exist_ok=True)
    process = subprocess.Popen([sys.executable, str(SERVER), str(folder)], stdout=subprocess.PIPE, text=True)
    try:
        yield f"smtp://127.0.0.1:{process.stdout.readline().strip()}/?tls=no&timeout=10"
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


@pytest.fixture
def instance(tmp_path, engine):
    with fresh_instance(tmp_path) as made:
        made.environment["TEQUIO_MAIL_FROM"] = "Centro <cuotas@example.org>"
        assert made.tequio("init").returncode == 0
        yield made


def queue(instance, *addresses):
    instance.script(QUEUE, *addresses)


def listed(instance, *options):
    return json.loads(instance.tequio("mail", "list", "--json", *options).stdout)


def arrived(folder):
    return sorted(path.name.partition("-")[2] for path in folder.iterdir())


def test_mail_goes_out_through_a_server_and_each_answer_has_its_consequence(instance, tmp_path):
    queue(instance, "alma@example.org", "gone@example.org", "later@example.org", "hangup@example.org", "z@example.org")
    with mail_server(tmp_path / "mail") as url:
        sent = instance.tequio("mail", "send", "--json", TEQUIO_SMTP_URL=url)
    assert json.loads(sent.stdout) == {
        "sent": 2,
        "put_off": 2,
        "failed": 1,
        "cancelled": 0,
        "left": 0,
        "away": None,
    }
    assert arrived(tmp_path / "mail") == ["alma@example.org", "z@example.org"]
    said = {row["fault"]["en"]: row["server_said"] for row in listed(instance) if row["fault"]}
    assert sorted(said.values()) == [
        "451 4.7.1 greylisted",
        "550 5.1.1 <…> unknown",
        "SMTPServerDisconnected: Connection unexpectedly closed",
    ]
    [path] = (tmp_path / "mail").glob("*alma*")
    letter = email.message_from_bytes(path.read_bytes(), policy=policy.default)
    assert (letter["Subject"], letter["Content-Language"], letter.defects) == ("¿Qué tal?", "es", [])
    assert letter.get_body(("plain",)).get_content().startswith("Buen día. Buen día.")


def test_a_server_that_is_down_loses_nothing_and_when_it_is_back_all_goes_out(instance, tmp_path):
    queue(instance, "a@example.org", "b@example.org")
    with mail_server(tmp_path / "mail") as url:
        pass
    down = instance.tequio("mail", "send", TEQUIO_SMTP_URL=url, TEQUIO_LANG="es")
    assert down.returncode == 1
    assert down.stderr.startswith("No se puede llegar al servidor de correo.")
    assert "Quedan 2 correos en espera; nada se pierde" in down.stderr
    assert [(row["state"], row["tries"]) for row in listed(instance)] == [("waiting", 0)] * 2
    with mail_server(tmp_path / "mail") as url:
        assert instance.tequio("mail", "send", TEQUIO_SMTP_URL=url).returncode == 0
    assert arrived(tmp_path / "mail") == ["a@example.org", "b@example.org"]


def test_two_processes_at_once_send_every_mail_once(instance, tmp_path):
    addresses = [f"m{number:02d}@example.org" for number in range(40)]
    queue(instance, *addresses)
    with mail_server(tmp_path / "mail") as url:
        instance.environment["TEQUIO_SMTP_URL"] = url
        both = [_waiting_process(instance) for _ in range(2)]
        for process in both:
            process.stdin.write("go\n")
            process.stdin.flush()
        said = [process.communicate(timeout=60) for process in both]
    assert [err for _, err in said] == ["", ""]
    assert sum(int(out) for out, _ in said) == 40
    assert arrived(tmp_path / "mail") == addresses


def test_killed_after_the_server_took_it_the_mail_is_marked_after_the_lease_and_does_not_come_again(instance, tmp_path):
    queue(instance, "alma@example.org")
    with mail_server(tmp_path / "mail") as url:
        instance.environment["TEQUIO_SMTP_URL"] = url
        killed = instance.run(sys.executable, "-c", f"import django\ndjango.setup()\n{KILLED}")
        assert killed.returncode == 9
        assert arrived(tmp_path / "mail") == ["alma@example.org"]
        instance.tequio("mail", "send")
        assert arrived(tmp_path / "mail") == ["alma@example.org"]
        later = "from tequio.kernel.mail.models import OutgoingMail\nfrom tequio.kernel import clock\n"
        instance.script(later + "OutgoingMail.objects.update(next_try_at=clock.now())")
        instance.tequio("mail", "send")
        assert arrived(tmp_path / "mail") == ["alma@example.org"]
    assert [row["state"] for row in listed(instance)] == ["sent"]


def _waiting_process(instance):
    return subprocess.Popen(
        [sys.executable, "-c", f"import django\ndjango.setup()\n{SEND}"],
        env=instance.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
