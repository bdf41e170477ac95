"""The process that has loaded the program, and forks: see nursery.py. Started by that, with the number of a socket.

Everything the program consists of is loaded here, on an instance that has no database and is never asked anything. A
child forgets the settings of that instance before it does anything, and reads its own as a started process would.
"""

import functools
import gc
import importlib
import io
import json
import os
import pkgutil
import runpy
import shutil
import socket
import sys
import time
import warnings
from fcntl import F_DUPFD, fcntl
from pathlib import Path

SETTINGS = "tequio.project.settings"
LEFT_OUT = (".migrations", ".wsgi", ".serving", ".__main__")
BEYOND = 500  # above every number a test passes on


def load():
    """Have all of the program in memory, and its commands put together, in the language of this process."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    django.setup()
    from django.db import connection

    import tequio

    assert connection.vendor  # loads what speaks with the engine; nothing is connected
    for module in pkgutil.walk_packages(tequio.__path__, "tequio."):
        if not any(part in module.name for part in LEFT_OUT):
            importlib.import_module(module.name)
    from tequio.kernel import usage
    from tequio.project import cli

    usage.speaking = functools.cache(usage.speaking)
    usage.speaking(app=cli.app, language=os.environ["TEQUIO_LANG"])
    del os.environ["DJANGO_SETTINGS_MODULE"]
    forget_settings()
    gc.collect()
    gc.freeze()


def forget_settings():
    """As if Django had never read its settings: whoever asks for one next reads them anew, from the environment."""
    from django.conf import settings
    from django.core.cache import caches
    from django.db import connections
    from django.utils.functional import empty

    import tequio.project

    sys.modules.pop(SETTINGS, None)
    if hasattr(tequio.project, "settings"):
        del tequio.project.settings
    settings._wrapped = empty
    for handler in (connections, caches):
        fresh = type(handler)()
        handler.__dict__.clear()
        handler.__dict__.update(fresh.__dict__)


def serve(there):
    """Fork for everybody who asks. Returns in each child, with what it is to do; in this process at the end."""
    while True:
        message, fds, _, _ = socket.recv_fds(there, 1_000_000, 64)
        if not message:
            return None
        reading, writing = os.pipe()
        between = os.fork()
        if between == 0:
            # Two generations: the child's parent ends at once, so that it becomes a child of whoever asked.
            child = os.fork()
            if child:
                os.write(writing, str(child).encode())
                os._exit(0)
            os.close(reading)
            os.close(writing)
            there.close()
            return json.loads(message), fds
        os.close(writing)
        os.waitpid(between, 0)
        number = os.read(reading, 64)
        os.close(reading)
        for fd in fds:
            os.close(fd)
        there.send(number)


def settle_in(*, plan, fds):
    """Take on the numbers, the environment and the folder of a process that was started."""
    kept = [fcntl(fd, F_DUPFD, BEYOND) for fd in fds]
    for fd in fds:
        os.close(fd)
    for fd, number in zip(kept, plan["numbers"], strict=True):
        os.dup2(fd, number)
        os.close(fd)
    os.environ.clear()
    os.environ.update(plan["environment"])
    os.chdir(plan["folder"])
    time.tzset()
    sys.stdin = sys.__stdin__ = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - CONFIG: by number
    sys.stdout = sys.__stdout__ = io.TextIOWrapper(open(1, "wb", closefd=False), encoding="utf-8")  # noqa: SIM115 - CONFIG: by number
    err = open(2, "wb", 0, closefd=False)  # noqa: SIM115 - CONFIG: by number
    sys.stderr = sys.__stderr__ = io.TextIOWrapper(err, encoding="utf-8", errors="backslashreplace", write_through=True)
    warnings.resetwarnings()
    asked = plan["environment"].get("PYTHONWARNINGS")
    warnings.simplefilter(asked or "default")


def do(*, words):
    """What `tequio WORD ...`, `python SCRIPT ...` or `python -c TEXT ...` does."""
    from tequio.kernel import console

    program, *rest = words
    asked = console.asked_for(words)
    console.choose_language(asked if asked in ("en", "es") else None)
    if Path(program).name == "tequio":
        from tequio.project.cli import main

        sys.argv = words
        sys.exit(main())
    if rest[0] == "-c":
        sys.argv = ["-c", *rest[2:]]
        exec(compile(rest[1], "<string>", "exec"), {"__name__": "__main__"})  # noqa: S102 - CONFIG: a test's own text
    else:
        sys.argv = rest
        sys.path[0] = str(Path(rest[0]).parent)
        runpy.run_path(rest[0], run_name="__main__")


if __name__ == "__main__":
    home = os.environ["TEQUIO_HOME"]
    load()
    asked = serve(socket.socket(fileno=int(sys.argv[1])))
    if asked is None:
        shutil.rmtree(home)
    else:
        settle_in(plan=asked[0], fds=asked[1])
        do(words=asked[0]["words"])
