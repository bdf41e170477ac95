"""Django's settings. What differs from one instance to another comes from its folder and two variables."""

import environs

from tequio.kernel import instance
from tequio.kernel.errors import Refusal

_env = environs.Env()

DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
# Before `tequio init` there is no key and nothing that would need one; an empty one is refused by whatever does.
SECRET_KEY = instance.read_secret("django.key") if instance.exists() else ""

INSTALLED_APPS = [
    "tequio.kernel.apps.KernelConfig",
    "tequio.kernel.journal.apps.JournalConfig",
    "tequio.kernel.runs.apps.RunsConfig",
    "tequio.centers.apps.CentersConfig",
    "tequio.members.apps.MembersConfig",
    "tequio.decisions.apps.DecisionsConfig",
    "tequio.ledger.apps.LedgerConfig",
    "tequio.dues.apps.DuesConfig",
]

try:
    DATABASES = {"default": _env.dj_db_url("TEQUIO_DATABASE_URL", default=instance.database_url())}
except (environs.EnvError, ValueError) as error:
    raise Refusal(
        en="TEQUIO_DATABASE_URL is not the address of a database. Write it like postgres://USER:PASSWORD@HOST/NAME.",
        es="TEQUIO_DATABASE_URL no es la dirección de una base de datos. Escríbala como "
        "postgres://USUARIO:CLAVE@SERVIDOR/NOMBRE.",
    ) from error
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A writer takes the lock when its transaction begins, and waits for it: with the deferred default, concurrent
    # writers fail at their first write. FULL, because these are people's payments: a commit survives a power cut.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 60,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536;"
        # REPLACE deletes without a word unless triggers fire for it too.
        "PRAGMA recursive_triggers=ON;",
    }

if DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    # Queries here take milliseconds; compiling one takes a second.
    DATABASES["default"].setdefault("OPTIONS", {})["options"] = "-c jit=off"

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "español")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
