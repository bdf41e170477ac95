"""`tequio notes import --body --place`: brought in once, put to its meeting where that is certain, else asked."""

import pytest

from committees import AT, body
from gatherings import two_cities
from tequio.kernel import clock, console
from tequio.kernel.errors import Refusal
from tequio.meetings.cli import import_notes
from tequio.meetings.models import Meeting, Note, NotesFile

pytestmark = pytest.mark.django_db
NOTES = "# Meeting {}\n\n## Budget\n- The budget was approved.\n"


@pytest.fixture
def bring(tmp_path, monkeypatch, capsys):
    """A function that brings notes of a day in and returns what was said."""
    monkeypatch.setattr(clock, "now", lambda: AT)
    console.choose_language("en")
    body()
    two_cities()

    def bring(written, **given):
        path = tmp_path / "notes.md"
        path.write_text(NOTES.format(written))
        import_notes(file=path, body="committee", place=given.pop("place", "york"), **given)
        return capsys.readouterr().out

    yield bring
    console.choose_language(None)


def test_a_file_is_put_to_a_meeting_that_is_put_down_with_its_hour_and_comes_once(bring):
    assert "put it down with --hour" in bring("of 6 February 2016")
    assert Meeting.objects.count() == 0
    said = bring("of 6 February 2016", hour="11:00", minutes=120)
    assert "there already" in said
    assert "Put to the meeting of 2016-02-06" in said
    assert Meeting.objects.get().starts_at.isoformat() == "2016-02-06T16:00:00+00:00"
    assert "Put to the meeting" not in bring("of 6 February 2016", hour="11:00", minutes=120)
    assert (NotesFile.objects.count(), Note.objects.filter(item__title_en="Budget").count()) == (1, 1)


def test_a_doubtful_day_is_asked_for(bring):
    from datetime import date

    assert "say it with --on" in bring("7/8/13")
    assert "put it down with --hour" in bring("7/8/13", day=date(2013, 8, 7))


def test_a_place_nobody_knows_is_refused_with_those_there_are(bring):
    with pytest.raises(Refusal, match="york, centro"):
        bring("of 6 February 2016", place="nowhere")
