"""An instance's folder: where the database, the keys and what the program writes for people live."""

import os
import secrets
from pathlib import Path

from cryptography.fernet import Fernet

from tequio.kernel.errors import Refusal, fault_of

PRIVATE = 0o700
SECRET = 0o600
DEMO_MARK = "demo"  # a file in the folder of a demonstration, which holds how far its clock is behind


def home() -> Path:
    """The instance's folder: TEQUIO_HOME, or `.tequio` in the user's home."""
    return Path(os.environ.get("TEQUIO_HOME") or "~/.tequio").expanduser().absolute()


def database_url() -> str:
    """Where the data is: TEQUIO_DATABASE_URL, or an SQLite file in the instance's folder."""
    return os.environ.get("TEQUIO_DATABASE_URL") or f"sqlite:///{home() / 'tequio.sqlite3'}"


def secret_path(name: str) -> Path:
    """The file of one of the instance's secrets."""
    return home() / "secrets" / name


def create() -> None:
    """Make the folder and its keys, readable by this user alone. What is there already stays as it is."""
    try:
        home().mkdir(mode=PRIVATE, parents=True, exist_ok=True)
        (home() / "secrets").mkdir(mode=PRIVATE, exist_ok=True)
        _write_once(name="fields.keys", content=Fernet.generate_key().decode() + "\n")
        _write_once(name="search.key", content=secrets.token_urlsafe(32) + "\n")
        _write_once(name="django.key", content=secrets.token_urlsafe(50) + "\n")
    except OSError as error:
        why = fault_of(error=error)
        raise Refusal(
            en=f"The instance's folder {home()} cannot be written: {why.en}.",
            es=f"No se puede escribir en la carpeta de la instancia {home()}: {why.es}.",
        ) from error


def exists() -> bool:
    """Whether `create` has run here."""
    return secret_path("django.key").exists()


def is_demo() -> bool:
    """Whether this folder was made by `tequio demo`, for invented data only."""
    return (home() / DEMO_MARK).exists()


def read_secret(name: str) -> str:
    """A secret of this instance. Refuses where the instance has not been made."""
    try:
        return secret_path(name).read_text(encoding="ascii").strip()
    except UnicodeDecodeError:
        return ""  # no key was ever written so; whoever needs one says that the file is damaged
    except OSError as error:
        raise Refusal(
            en=f"There is no instance in {home()}. Make one with “tequio init”, or set TEQUIO_HOME.",
            es=f"No hay ninguna instancia en {home()}. Créela con «tequio init» o indique TEQUIO_HOME.",
        ) from error


def _write_once(*, name: str, content: str) -> None:
    try:
        handle = os.open(secret_path(name), os.O_WRONLY | os.O_CREAT | os.O_EXCL, SECRET)
    except FileExistsError:
        return
    with os.fdopen(handle, "w", encoding="ascii") as stream:
        stream.write(content)
