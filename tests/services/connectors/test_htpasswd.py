"""The file connector: the promises, and what is its own."""

import shutil
import threading

import pytest

from services.connectors.promises import KEY, TYPED, Promises
from tequio.kernel.errors import Refusal
from tequio.rules.entitlement import State
from tequio.services.connectors.contract import Outcome, Seen, Unreachable, Wanted
from tequio.services.connectors.credentials import fits
from tequio.services.connectors.htpasswd import HtpasswdConnector


class File:
    """A folder with the file, read as a web server reads it."""

    service = "site"

    def __init__(self, folder):
        folder.mkdir()
        self.folder, self.path = folder, folder / "logins.htpasswd"
        self.connector = HtpasswdConnector(name="logins", service=self.service, path=self.path)

    def lets_in(self, name, typed):
        for line in self.path.read_text(encoding="utf-8").splitlines():
            user, _, stored = line.partition(":")
            if user == name and not line.startswith("#"):
                return fits(typed=typed, stored=stored)
        return False

    def by_hand(self, name):
        with self.path.open("a", encoding="utf-8") as stream:
            stream.write(f"{name}:{KEY.hash}\n")

    def taken_out(self, name):
        lines = self.path.read_text(encoding="utf-8").splitlines(keepends=True)
        self.path.write_text("".join(line for line in lines if not line.startswith(f"{name}:")), encoding="utf-8")

    def down(self):
        shutil.rmtree(self.folder)


@pytest.fixture
def server(tmp_path):
    return File(tmp_path / "web")


class TestPromises(Promises):
    pass


def wanted(name, state=State.OPEN, generation=1):
    return Wanted(service="site", name=name, state=state, generation=generation, credentials=(KEY,))


def test_lines_and_comments_of_others_stay_and_the_mode_of_the_file_too(server):
    server.path.write_text("# kept by hand\nold:$apr1$x$y\n", encoding="utf-8")
    server.path.chmod(0o644)
    server.connector.ensure([wanted("ana")])
    assert server.path.read_text(encoding="utf-8").splitlines()[:2] == ["# kept by hand", "old:$apr1$x$y"]
    assert server.path.stat().st_mode & 0o777 == 0o644
    assert [p.name for p in server.folder.iterdir() if p.name.startswith(".")] == []


def test_a_line_put_back_by_hand_is_seen_as_open(server):
    server.connector.suspend([wanted("ana", State.SUSPENDED)])
    server.by_hand("ana")
    assert next(server.connector.observe([("site", "ana")])).state is Seen.OPEN
    server.connector.suspend([wanted("ana", State.SUSPENDED)])
    assert not server.lets_in("ana", TYPED)


def test_a_colon_would_be_another_login_and_is_refused(server):
    assert server.connector.ensure([wanted("ana:x")])[0].outcome is Outcome.REFUSED


def test_a_line_of_ours_that_was_garbled_is_no_answer(server):
    server.path.write_text("#tequio [garbled\n", encoding="utf-8")
    with pytest.raises(Unreachable):
        server.connector.observe(None)


def test_two_that_write_at_once_lose_nothing(server):
    threads = [
        threading.Thread(target=lambda n=n: [server.connector.ensure([wanted(f"{n}-{i}")]) for i in range(10)])
        for n in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(list(server.connector.observe(None))) == 30


@pytest.mark.parametrize(
    ("services", "settings"),
    [
        ({"site", "cloud"}, {"path": "/x"}),
        ({"site"}, {"path": "x"}),
        ({"site"}, {}),
        ({"site"}, {"path": "/x", "y": 1}),
    ],
)
def test_settings_that_make_no_file_are_refused(services, settings):
    with pytest.raises(Refusal):
        HtpasswdConnector.from_settings(name="logins", services=frozenset(services), settings=settings)
