"""What tests do with pages: send a form as it was shown, read what a page says."""

import html
import re

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse


def url(name, **words):
    return reverse(name, kwargs=words)


def text_of(answer):
    """What a page says, tags and runs of space taken away."""
    whole = b"".join(answer.streaming_content) if answer.streaming else answer.content
    body = re.sub(r"(?s)<svg.*?</svg>", " ", whole.decode())
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", body)).replace("\xa0", " ").split())


def heading(answer):
    [found] = re.findall(r"(?s)<h1[^>]*>(.*?)</h1>", answer.content.decode())
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", found)).replace("\xa0", " ").split())


def hidden(answer):
    """The hidden fields of the forms of a page, the token against forgery left out."""
    found = {}
    for tag in re.findall(r'<input type="hidden"[^>]*>', answer.content.decode()):
        name = re.search(r'name="([^"]*)"', tag)[1]
        value = re.search(r'value="([^"]*)"', tag)
        found[name] = html.unescape(value[1]) if value else ""
    found.pop("csrfmiddlewaretoken", None)
    return found


def faults(answer):
    """The lines of the list of faults on top of a page."""
    whole = answer.content.decode()
    found = re.search(r'(?s)<section class="record wrong" role="alert".*?</section>', whole)
    lines = re.findall(r"(?s)<li>(.*?)</li>", found[0]) if found else []
    return [" ".join(html.unescape(re.sub(r"<[^>]*>", " ", line)).split()) for line in lines]


def fill(client, address, **typed):
    """Open a form and send it with its hidden fields and what was typed."""
    shown = client.get(address)
    return client.post(address, {**hidden(shown), **typed})


def preview(client, as_of="2016-07-15", centers=("us",), through=""):
    """Make a preview as a person would; its run's number."""
    answer = client.post("/dues/", {"as_of": as_of, "through": through, "centers": list(centers)})
    assert answer.status_code == 303, text_of(answer)
    return int(re.search(r"/runs/(\d+)/", answer["Location"])[1])


def confirm(client, run_pk, count):
    return fill(client, url("dues_confirm", run_pk=run_pk), count=str(count))


def queries(client, address):
    """How many queries a page takes, once everything that is kept in memory is there."""
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)
