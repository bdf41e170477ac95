"""Text that is encrypted in the database, and fingerprints for what must be compared without being read."""

import hashlib
import hmac
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.db import models

from tequio.kernel import instance
from tequio.kernel.errors import Refusal

if TYPE_CHECKING:
    _Text = models.TextField[str, str]
else:  # Django's fields are generic for the type checker only
    _Text = models.TextField


@lru_cache(maxsize=4)
def _box(keys: str) -> MultiFernet:
    try:
        return MultiFernet([Fernet(key) for key in keys.split()])  # of no key at all: ValueError too
    except ValueError as error:
        raise _damaged("fields.keys") from error


def encrypted(text: str) -> str:
    """The text as it is stored, under the newest key of the instance; empty stays empty."""
    return _box(_keys()).encrypt(text.encode()).decode() if text else ""


def decrypted(stored: str) -> str:
    """The text behind what is stored, under whichever of the instance's keys it was written."""
    if not stored:
        return ""
    try:
        return _box(_keys()).decrypt(stored.encode()).decode()
    except InvalidToken as error:
        raise Refusal(
            en="An encrypted field cannot be read with this instance's keys (secrets/fields.keys). "
            "Restore the keys that belong to this database.",
            es="Un campo cifrado no se puede leer con las llaves de esta instancia (secrets/fields.keys). "
            "Recupere las llaves que corresponden a esta base de datos.",
        ) from error


def fingerprint(*parts: str) -> str:
    """A keyed hash by which equal texts are recognized without reading them: 32 hexadecimal digits."""
    message = "\x1f".join(parts).encode()
    return hmac.new(_search_key(), message, hashlib.sha256).hexdigest()[:32]


def _keys() -> str:
    return _cached_secret("fields.keys", str(instance.home()))


def _search_key() -> bytes:
    key = _cached_secret("search.key", str(instance.home()))
    if not key:
        raise _damaged("search.key")
    return key.encode()


def _damaged(name: str) -> Refusal:
    return Refusal(
        en=f"The key file secrets/{name} of this instance is empty or damaged. Restore it from a backup.",
        es=f"El archivo de llaves secrets/{name} de esta instancia está vacío o dañado. Recupérelo de un respaldo.",
    )


@lru_cache(maxsize=8)
def _cached_secret(name: str, _home: str) -> str:
    return instance.read_secret(name)


class EncryptedTextField(_Text):
    """A text column that is cipher text in the database and plain text in Python."""

    def get_prep_value(self, value: Any) -> Any:
        """What is stored."""
        return encrypted(str(value)) if value else ""

    def from_db_value(self, value: str | None, *_: Any) -> str | None:
        """What is read."""
        return decrypted(value) if value else value
