"""An import that takes a while: its page says how far it is, and one that was cut off can be begun again."""

from datetime import timedelta

import pytest

from tequio.kernel import background
from tequio.kernel.background import Progress
from tequio.members.models import Import, ImportState, Member
from tequio.members.operations import uploading

BEGIN = background.start


@pytest.fixture
def client(sample_rules, signed_in):
    return signed_in("treasurer", "us")


@pytest.fixture
def never_ends(monkeypatch):
    """Work beside a page that is begun and does not come to its end, as when the server is stopped."""
    monkeypatch.setattr(background, "start", lambda **_: True)


@pytest.fixture
def under_way(client, hand_in, roll_file, confirm, never_ends):
    hand_in(client, roll_file({"member_id": "A1"}, {"member_id": "A2"}))
    row = Import.objects.get()
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
