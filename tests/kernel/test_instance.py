"""An instance's folder: made once, kept as it is, for one user's eyes."""

import os
import stat
import sys

import pytest

from tequio.kernel import instance
from tequio.kernel.errors import Refusal

SECRETS = ("fields.keys", "search.key", "django.key")


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("TEQUIO_HOME", str(tmp_path / "deep" / "home"))
    before = os.umask(0o022)
    yield tmp_path / "deep" / "home"
    os.umask(before)


def contents(home):
    return {name: (home / "secrets" / name).read_bytes() for name in SECRETS}


def mode(path):
    return oct(stat.S_IMODE(path.stat().st_mode))


def test_it_is_made_with_its_keys(home):
    assert instance.exists() is False
    instance.create()
    assert instance.exists() is True
    assert sorted(p.name for p in (home / "secrets").iterdir()) == sorted(SECRETS)
    assert len(set(contents(home).values())) == 3


def test_made_again_it_keeps_its_keys(home):
    instance.create()
    before = contents(home)
    instance.create()
    assert contents(home) == before


def test_a_key_that_is_missing_is_made_and_the_others_stay(home):
    instance.create()
    before = contents(home)
    (home / "secrets" / "django.key").unlink()
    instance.create()
    after = contents(home)
    assert {n: after[n] for n in SECRETS[:2]} == {n: before[n] for n in SECRETS[:2]}
    assert after["django.key"] != before["django.key"]


def test_two_instances_share_no_key(home, tmp_path, monkeypatch):
    instance.create()
    monkeypatch.setenv("TEQUIO_HOME", str(tmp_path / "other"))
    instance.create()
    assert not set(contents(home).values()) & set(contents(tmp_path / "other").values())


@pytest.mark.parametrize("mask", [0o022, 0o000, 0o077])
def test_only_its_user_can_read_the_keys(home, mask):
    os.umask(mask)
    instance.create()
    assert mode(home / "secrets") == "0o700"
    assert {mode(home / "secrets" / name) for name in SECRETS} == {"0o600"}


def test_only_its_user_can_enter_the_folder(home):
    """The database lies in it, with names and e-mail addresses."""
    instance.create()
    assert mode(home) == "0o700"


def test_a_secret_is_read_without_its_line_end(home):
    instance.create()
    assert instance.read_secret("search.key") == (home / "secrets" / "search.key").read_text().strip()


def test_a_secret_of_an_instance_that_was_never_made_is_refused(home):
    with pytest.raises(Refusal) as refusal:
        instance.read_secret("django.key")
    assert refusal.value.text.as_dict() == {
        "en": f"There is no instance in {home}. Make one with “tequio init”, or set TEQUIO_HOME.",
        "es": f"No hay ninguna instancia en {home}. Créela con «tequio init» o indique TEQUIO_HOME.",
    }


@pytest.mark.parametrize("place", ["", "below"], ids=["a file stands there", "a file stands in the way"])
def test_a_folder_that_cannot_be_made_is_refused(tmp_path, monkeypatch, place):
    file = tmp_path / "file"
    file.write_text("mine")
    home = file / place if place else file
    monkeypatch.setenv("TEQUIO_HOME", str(home))
    with pytest.raises(Refusal) as refusal:
        instance.create()
    text = refusal.value.text
    assert text.en.startswith(f"The instance's folder {home} cannot be written: ")
    assert text.es.startswith(f"No se puede escribir en la carpeta de la instancia {home}: ")
    assert file.read_text() == "mine"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/proc is Linux's")
def test_a_folder_nobody_may_write_in_is_refused(monkeypatch):
    monkeypatch.setenv("TEQUIO_HOME", "/proc/tequio")
    with pytest.raises(Refusal):
        instance.create()


def test_the_folder_is_named_by_a_variable_or_lies_at_home(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("TEQUIO_HOME", "~/mine")
    assert instance.home() == tmp_path / "mine"
    for absent in (lambda: monkeypatch.setenv("TEQUIO_HOME", ""), lambda: monkeypatch.delenv("TEQUIO_HOME")):
        absent()
        assert instance.home() == tmp_path / ".tequio"


def test_a_folder_given_from_where_one_stands_is_the_same_from_everywhere(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TEQUIO_HOME", "here")
    assert instance.home() == tmp_path / "here"


def test_the_database_is_named_by_a_variable_or_lies_in_the_folder(home, monkeypatch):
    monkeypatch.setenv("TEQUIO_DATABASE_URL", "postgres://u@h/d")
    assert instance.database_url() == "postgres://u@h/d"
    monkeypatch.setenv("TEQUIO_DATABASE_URL", "")
    assert instance.database_url() == f"sqlite:///{home}/tequio.sqlite3"
