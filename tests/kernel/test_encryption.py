"""Encrypted columns: unreadable in the database, readable under any of the instance's keys and no other."""

import pytest
from cryptography.fernet import Fernet
from django.db import connection

from tequio.kernel import encryption, instance
from tequio.kernel.encryption import decrypted, encrypted, fingerprint
from tequio.kernel.errors import Refusal
from tequio.members.models import Contact, Member


@pytest.fixture
def home(tmp_path, monkeypatch):
    """An instance's keys of this test's own, and a function that writes the keys of its fields."""
    monkeypatch.setenv("TEQUIO_HOME", str(tmp_path / "home"))
    instance.create()

    def write(*keys):
        instance.secret_path("fields.keys").write_text("\n".join(keys) + "\n")
        encryption._cached_secret.cache_clear()

    encryption._cached_secret.cache_clear()
    yield write
    encryption._cached_secret.cache_clear()


def keys():
    return [Fernet.generate_key().decode() for _ in range(3)]


@pytest.mark.parametrize("text", ["+52 55 5123 4567", "Calle Ñ 5, «La Casa» 🌽\nPiso 2", " ", "0"])
def test_what_is_encrypted_is_not_in_the_stored_text_and_comes_back(home, text):
    stored = encrypted(text)
    assert not any(word in stored for word in text.split() if len(word) > 3)
    assert stored.isascii()
    assert decrypted(stored) == text


def test_the_same_text_is_stored_differently_each_time(home):
    assert encrypted("Calle 5") != encrypted("Calle 5")


def test_nothing_stays_nothing(home):
    assert (encrypted(""), decrypted("")) == ("", "")


@pytest.fixture
def contact(members):
    members({"phone": "+52 55 5123 4567", "street": "Calle Ñ 5"})
    return Contact.objects.get(member__code="M1")


def stored_texts(model):
    """Every value of a table's rows as the database holds it."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {model._meta.db_table}")
        return [str(value) for row in cursor.fetchall() for value in row]


def test_no_phone_or_street_can_be_read_in_any_table(contact):
    from django.apps import apps

    for model in apps.get_models():
        for text in stored_texts(model):
            assert "5123" not in text
            assert "Calle" not in text


def test_the_field_reads_in_the_clear(contact):
    encrypted_fields = [f.name for f in Contact._meta.fields if isinstance(f, encryption.EncryptedTextField)]
    assert "street" in encrypted_fields
    assert contact.street == "Calle Ñ 5"
    assert Contact.objects.values_list("street", flat=True).get() == "Calle Ñ 5"


def test_a_field_set_to_nothing_is_stored_as_nothing(contact):
    contact.street = ""
    contact.save()
    with connection.cursor() as cursor:
        cursor.execute("SELECT street FROM members_contact")
        assert cursor.fetchall() == [("",)]


def test_a_new_key_in_front_writes_from_now_on_and_the_old_one_still_reads(home):
    old, new, _ = keys()
    home(old)
    before = encrypted("Calle 5")
    home(new, old)
    after = encrypted("Calle 6")
    assert (decrypted(before), decrypted(after)) == ("Calle 5", "Calle 6")
    home(new)
    assert decrypted(after) == "Calle 6"
    with pytest.raises(Refusal):
        decrypted(before)


def test_the_keys_of_another_instance_are_refused_in_both_languages(home):
    one, other, _ = keys()
    home(one)
    stored = encrypted("Calle 5")
    home(other)
    with pytest.raises(Refusal) as refusal:
        decrypted(stored)
    assert refusal.value.text.as_dict() == {
        "en": "An encrypted field cannot be read with this instance's keys (secrets/fields.keys). "
        "Restore the keys that belong to this database.",
        "es": "Un campo cifrado no se puede leer con las llaves de esta instancia (secrets/fields.keys). "
        "Recupere las llaves que corresponden a esta base de datos.",
    }


@pytest.mark.parametrize("spoil", [lambda s: s[:-4], lambda s: s[:-8] + "AAAAAAA=", lambda s: s[:0] + "plain text"])
def test_a_spoiled_field_is_refused(home, spoil):
    stored = encrypted("Calle 5")
    with pytest.raises(Refusal):
        decrypted(spoil(stored))


@pytest.mark.parametrize("content", ["", "no key at all", "ñ"], ids=["empty", "words", "not ASCII"])
def test_a_file_that_holds_no_key_is_refused_in_words(home, content):
    home(content)
    with pytest.raises(Refusal):
        encrypted("Calle 5")


def test_without_an_instance_the_refusal_says_how_to_make_one(tmp_path, monkeypatch):
    monkeypatch.setenv("TEQUIO_HOME", str(tmp_path / "nowhere"))
    with pytest.raises(Refusal) as refusal:
        encrypted("Calle 5")
    assert "tequio init" in refusal.value.text.en
    assert "tequio init" in refusal.value.text.es


def test_a_fingerprint_recognizes_equal_texts_and_gives_nothing_away(home):
    one = fingerprint("+525551234567")
    assert one == fingerprint("+525551234567")
    assert one != fingerprint("+525551234568")
    assert (len(one), int(one, 16) >= 0) == (32, True)


def test_the_parts_of_a_fingerprint_are_kept_apart(home):
    assert len({fingerprint("ab", "c"), fingerprint("a", "bc"), fingerprint("abc"), fingerprint("abc", "")}) == 4


def test_a_fingerprint_needs_the_instances_own_key(home):
    one = fingerprint("+525551234567")
    instance.secret_path("search.key").write_text("another\n")
    encryption._cached_secret.cache_clear()
    assert fingerprint("+525551234567") != one


def test_a_fingerprint_does_not_change_with_the_keys_of_the_fields(home):
    old, new, _ = keys()
    home(old)
    one = fingerprint("a")
    home(new, old)
    assert fingerprint("a") == one


def test_a_fingerprint_with_an_empty_key_is_refused(home):
    """An empty key is no key: anybody could compute the fingerprints of all phone numbers."""
    instance.secret_path("search.key").write_text("")
    encryption._cached_secret.cache_clear()
    with pytest.raises(Refusal):
        fingerprint("+525551234567")


def test_members_have_no_clear_copy_beside_the_encrypted_one(contact):
    assert Member.objects.get(code="M1").name == "Member 1"
    assert not any("5512" in text for text in stored_texts(Contact))
