"""What Mailman's REST interface may do wrong: nonsense, half a list, silence. Nothing is taken for known then."""

import http.client
import io

import pytest

from tequio.services.connectors.contract import Unreachable
from tequio.services.connectors.mailman import MailmanLists

SETTINGS = {"url": "http://127.0.0.1:9", "user": "u", "password": "p"}


class Line:
    """A connection that answers what it was given."""

    def __init__(self, answers):
        self.answers = answers
        self.asked = []

    def request(self, method, target, body, headers):
        self.asked.append((method, target, body, headers["Authorization"][:5]))

    def getresponse(self):
        status, raw = self.answers.pop(0)
        answer = io.BytesIO(raw)
        answer.status = status
        return answer

    def close(self):
        pass


@pytest.fixture
def lists(monkeypatch):
    def make(*answers):
        line = Line(list(answers))
        monkeypatch.setattr(http.client, "HTTPConnection", lambda *_, **__: line)
        return MailmanLists.from_settings(name="x", services=frozenset({"list"}), settings=SETTINGS), line

    return make


@pytest.mark.parametrize(
    "answer",
    [
        (200, b"<html>"),
        (200, b"[]"),
        (200, b'{"total_size": "many"}'),
        (200, b'{"total_size": 2, "entries": []}'),
        (200, b'{"total_size": 1, "entries": ["?"]}'),
        (500, b"{}"),
        (401, b"{}"),
        (404, b"{}"),
    ],
)
def test_nonsense_and_half_a_list_are_not_taken_for_all_there_is(lists, answer):
    connector, _ = lists(answer)
    with pytest.raises(Unreachable):
        list(connector.observe(None))


def test_a_hostile_name_never_reaches_the_line(lists):
    connector, line = lists()
    assert [o.state.value for o in connector.observe([("list", "a@b/../../users")])] == ["absent"]
    assert line.asked == []
