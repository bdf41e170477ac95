"""Django's settings under test: an instance's folder of its own, the database the command line names."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_folder = tempfile.mkdtemp(prefix="tequio-tests-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["TEQUIO_HOME"] = _folder
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "yes"  # a browser driven in the same process looks like async code to Django
os.environ["TEQUIO_DATABASE_URL"] = os.environ.get("TEQUIO_TEST_DATABASE_URL") or f"sqlite:///{_folder}/tequio.sqlite3"
for _name in ("TEQUIO_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
    os.environ.pop(_name, None)

from tequio.kernel import instance  # noqa: E402 - CONFIG: the folder is named first

instance.create()
Path(_folder, "static").mkdir()  # where a served site gathers its static files

from tequio.project.settings import *  # noqa: E402, F403 - CONFIG: all of the program's settings, as they are

# Plain static files and a memory of the process: manifests and shared counters belong to a served site.
STORAGES = {
    **STORAGES,  # noqa: F405 - CONFIG: of the settings above
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CACHES = {name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name} for name in CACHES}  # noqa: F405 - CONFIG: as above
RUNS_INLINE = True  # what is done beside a page is done before its answer; tests of that itself say otherwise
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # tests sign in often
