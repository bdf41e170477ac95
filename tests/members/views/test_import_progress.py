"""An import that takes a while: its page says how far it is, and one that was cut off can be begun again."""

from datetime import timedelta

import pytest

from tequio.kernel import background
from tequio.kernel.background import Progress
from tequio.members.models import Import, ImportState, Member
from tequio.members.operations import looking, uploading

BEGIN = background.start


@pytest.fixture
def client(sample_rules, signed_in):
    return signed_in("treasurer", "us")


@pytest.fixture
def stop_working(monkeypatch):
    """A function: from now on work beside a page is begun and does not come to its end, as where the server stops."""
    return lambda: monkeypatch.setattr(background, "start", lambda **_: True)


@pytest.fixture
def under_way(client, hand_in, roll_file, confirm, stop_working):
    hand_in(client, roll_file({"member_id": "A1"}, {"member_id": "A2"}))
    row = Import.objects.get()
    stop_working()
    answer = confirm(client, row.pk)
    assert (answer.status_code, answer["Location"]) == (303, f"/imports/{row.pk}/")
    return row.pk


def test_while_it_is_under_way_its_page_says_so_and_looks_again(client, under_way):
    text = client.get(f"/imports/{under_way}/").content.decode()
    assert "<h1>2 rows are being imported</h1>" in text
    assert '<meta http-equiv="refresh" content="3">' in text
    assert "Begin again" in text
    assert not Member.objects.exists()


def test_how_far_it_is_stands_on_the_page_of_the_process_that_does_it(client, under_way, monkeypatch):
    monkeypatch.setitem(background._at_work, uploading.work_of(import_pk=under_way), Progress(step=2))
    text = client.get(f"/imports/{under_way}/").content.decode()
    assert "The members are being saved." in text
    assert '<progress max="4" value="2"' in text
    assert "Begin again" not in text


def test_one_that_was_cut_off_is_begun_again_and_imports_once(client, under_way, monkeypatch):
    monkeypatch.setattr(background, "start", BEGIN)
    for _ in range(2):
        assert client.post(f"/imports/{under_way}/carry-on/").status_code == 303
    assert Import.objects.get().state == ImportState.DONE
    assert sorted(Member.objects.values_list("code", flat=True)) == ["A1", "A2"]


def test_while_it_is_under_way_nothing_of_it_can_be_changed_or_thrown_away(client, under_way, at):
    assert client.post(f"/imports/{under_way}/discard/").status_code == 303
    assert client.get(f"/imports/{under_way}/preview/").status_code == 303
    assert client.get(f"/imports/{under_way}/confirm/").status_code == 303
    assert Import.objects.get().state == ImportState.SAVING


def test_one_that_nobody_began_again_is_thrown_away_after_a_day(client, under_way, at):
    assert uploading.sweep(at=at + timedelta(hours=23)) == 0
    assert uploading.sweep(at=at + timedelta(days=1)) == 1
    assert Import.objects.get().state == ImportState.DROPPED


def test_one_whose_file_is_gone_says_so_and_leads_in_no_circle(client, under_way, home, monkeypatch):
    monkeypatch.setattr(background, "start", BEGIN)
    for file in (home / "imports").iterdir():
        file.unlink()
    client.post(f"/imports/{under_way}/carry-on/")
    answer = client.get(f"/imports/{under_way}/")
    assert answer.status_code == 200
    assert "Nothing was imported from this file" in answer.content.decode()


SPANISH = b"Clave;Nombre;Sede\nA1;Casa Uno;Nueva York\n"


@pytest.fixture
def being_read(client, hand_in, stop_working):
    stop_working()
    answer = hand_in(client, SPANISH, name="padron.csv")
    row = Import.objects.get()
    assert (answer.status_code, answer["Location"], row.state) == (303, f"/imports/{row.pk}/", ImportState.READING)
    return row.pk


def test_a_file_that_takes_a_while_to_read_has_a_page_that_says_so(client, being_read, hand_in, monkeypatch):
    text = client.get(f"/imports/{being_read}/").content.decode()
    assert "<h1>The file is being read</h1>" in text
    assert '<meta http-equiv="refresh" content="3">' in text
    assert "Begin again" in text
    assert hand_in(client, SPANISH, name="padron.csv")["Location"] == f"/imports/{being_read}/"
    assert "being read" in client.get("/imports/").content.decode()
    for page in ("columns", "preview", "confirm", "discard"):
        assert client.get(f"/imports/{being_read}/{page}/")["Location"] == f"/imports/{being_read}/"
    monkeypatch.setitem(background._at_work, uploading.work_of(import_pk=being_read), Progress(step=1))
    text = client.get(f"/imports/{being_read}/").content.decode()
    assert "The rows are being read." in text
    assert "Begin again" not in text


def test_a_reading_that_was_cut_off_is_begun_again_and_leads_to_the_columns(client, being_read, monkeypatch):
    monkeypatch.setattr(background, "start", BEGIN)
    for _ in range(2):
        assert client.post(f"/imports/{being_read}/carry-on/").status_code == 303
    assert Import.objects.get().state == ImportState.WAITING
    assert client.get(f"/imports/{being_read}/")["Location"] == f"/imports/{being_read}/columns/"


def test_a_file_refused_after_its_reader_has_gone_says_why_on_its_page(
    client, hand_in, stop_working, monkeypatch, home
):
    stop_working()
    hand_in(client, b"12,13\n14,15\n", name="numbers.csv")
    monkeypatch.setattr(background, "start", BEGIN)
    row = Import.objects.get()
    client.post(f"/imports/{row.pk}/carry-on/")
    text = client.get(f"/imports/{row.pk}/").content.decode()
    assert "Nothing was imported from this file" in text
    assert "No row of headings was found" in text
    assert [*(home / "imports").glob("*")] == []


def test_a_preview_refused_after_its_reader_has_gone_says_why_at_the_columns(client, hand_in, home, at):
    from tequio.members.intake.mapping import Mapping

    hand_in(client, SPANISH, name="padron.csv")
    row = Import.objects.get()
    columns = {"member_id": ("Clave",), "member_name": ("Nombre",), "center": ("Otra",)}
    uploading.preview_with(
        import_pk=row.pk, mapping=Mapping(columns=columns, dates=None, decimal=".", defaults={}, values={})
    )
    looking.look(import_pk=row.pk, centers=None, actor=row.actor, at=at)
    row.refresh_from_db()
    assert (row.state, bool(row.problem)) == (ImportState.WAITING, True)
    assert client.get(f"/imports/{row.pk}/columns/").status_code == 200
