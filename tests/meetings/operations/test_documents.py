"""Documents of a meeting: of known kinds, named as what they are, encrypted, taken away with their content."""

import pytest

from committees import ACTOR, AT, fresh
from gatherings import item, meeting
from meetings.sessions import gathered
from tequio.kernel.errors import Refusal
from tequio.meetings.models import Document
from tequio.meetings.operations.documents import LARGEST, add_document, content_of, remove_document

pytestmark = pytest.mark.django_db


def added(met, by, *, name="a.pdf", content=b"%PDF-1.4", **given):
    return add_document(meeting=met, name=name, content=content, by=by, actor=ACTOR, at=AT, **given)


def test_a_document_is_kept_encrypted_under_a_clean_name_that_says_what_it_is():
    from django.db import connection

    met, part, people, _ = gathered()
    made = added(met, people[0], name="../../=minutes\u202efdp.exe", item=item(part), language="es")
    assert (made.name, made.media, made.size, made.language) == ("=minutesfdp.exe.pdf", "pdf", 8, "es")
    assert content_of(document=fresh(made)) == b"%PDF-1.4"
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM meetings_document")
        assert "JVBER" not in cursor.fetchone()[0]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"x" * (LARGEST + 1), "too large"),
        (b"MZ\x90\0", "whatever its name says"),
        (b" <!DOCTYPE html><script>", "whatever its name says"),
    ],
)
def test_what_is_no_document_is_refused(content, says):
    met, _, people, _ = gathered()
    with pytest.raises(Refusal, match=says):
        added(met, people[0], content=content)


def test_an_item_of_another_meeting_is_refused():
    met, part, people, places = gathered()
    other = meeting(part.body, places=places, starts_at=AT.replace(month=9))
    with pytest.raises(Refusal, match="another meeting"):
        added(other, people[0], item=item(part))
    assert met.documents.count() == 0


def test_whoever_added_it_or_keeps_the_meeting_takes_it_away_with_its_content():
    met, _, people, _ = gathered()
    made = added(met, people[0])
    with pytest.raises(Refusal, match="Whoever added it"):
        remove_document(document=made, may_any=False, by=people[1], actor=ACTOR, at=AT)
    gone = [remove_document(document=made, may_any=True, by=people[1], actor=ACTOR, at=AT) for _ in "ab"]
    assert (gone, fresh(made).content, Document.objects.count()) == ([True, False], "", 1)
