"""Django's settings under test: an instance's folder of its own, the database the command line names."""

import atexit
import os
import shutil
import tempfile

_folder = tempfile.mkdtemp(prefix="tequio-tests-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["TEQUIO_HOME"] = _folder
os.environ["TEQUIO_DATABASE_URL"] = os.environ.get("TEQUIO_TEST_DATABASE_URL") or f"sqlite:///{_folder}/tequio.sqlite3"
for _name in ("TEQUIO_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
    os.environ.pop(_name, None)

from tequio.kernel import instance  # noqa: E402 - CONFIG: the folder is named first

instance.create()

from tequio.project.settings import *  # noqa: E402, F403 - CONFIG: all of the program's settings, as they are
