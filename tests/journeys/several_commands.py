"""Run commands of the program one after the other in this process, which is started for them, and tell how they ended.

Reads a plan as JSON, one line on stdin, and writes the results as JSON on stdout: [{"code", "out", "err"}]. The plan:
`commands` (argument lists), `slice` (memberships in one transaction of a dues run), `timeout` (seconds SQLite waits
for a lock), `wait` (say "ready" on stderr and wait for another line), `ticks` (a file descriptor that gets a byte
before and after everything asked of the database), `die_at` and `stop_at` (the tick at which this process kills or
stops itself).
"""

import contextlib
import functools
import io
import json
import os
import signal
import sys
import traceback


def watch_database(*, ticks, die_at, stop_at):
    """Count everything asked of the database, before and after, and end or stop at the count asked for."""
    from django.db.backends import utils
    from django.db.backends.base.base import BaseDatabaseWrapper

    from tequio.kernel import bulk

    done = 0

    def tick():
        nonlocal done
        done += 1
        if ticks is not None:
            os.write(ticks, b".")
        if done == die_at:
            os.kill(os.getpid(), signal.SIGKILL)
        if done == stop_at:
            os.kill(os.getpid(), signal.SIGSTOP)

    def counted(call):
        def inner(*arguments, **named):
            tick()
            result = call(*arguments, **named)
            tick()
            return result

        return inner

    for name in ("execute", "executemany"):
        setattr(utils.CursorWrapper, name, counted(getattr(utils.CursorWrapper, name)))
    BaseDatabaseWrapper._commit = counted(BaseDatabaseWrapper._commit)
    bulk.insert = counted(bulk.insert)


def one_tree_a_language():
    """Let the commands be put together once in this process: Typer takes longer over it than most commands take."""
    from tequio.kernel import usage

    usage.speaking = functools.cache(usage.speaking)


def run(*, arguments):
    """One command, through the same `main` as the installed program."""
    from tequio.project.cli import main

    out, err = io.StringIO(), io.StringIO()
    sys.argv = ["tequio", *arguments]
    code = 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main()
        except SystemExit as end:
            code = end.code or 0
        except BaseException:  # noqa: BLE001 - CONFIG: whatever it is, the test wants to see it
            code = "traceback"
            traceback.print_exc()
    return {"code": code, "out": out.getvalue(), "err": err.getvalue()}


def main():
    plan = json.loads(sys.stdin.readline())
    if plan.get("timeout"):
        from tequio.project import settings

        settings.DATABASES["default"]["OPTIONS"]["timeout"] = plan["timeout"]
    if "ticks" in plan or "die_at" in plan or "stop_at" in plan:
        watch_database(ticks=plan.get("ticks"), die_at=plan.get("die_at"), stop_at=plan.get("stop_at"))
    if plan.get("slice"):
        from tequio.project import cli  # noqa: F401 - CONFIG: chooses nothing yet, but loads what costs time

        slice_of(size=plan["slice"])
    if plan.get("wait"):
        sys.stderr.write("ready\n")
        sys.stderr.flush()
        sys.stdin.readline()
    one_tree_a_language()
    results = [run(arguments=arguments) for arguments in plan["commands"]]
    sys.stdout.write(json.dumps(results))


def slice_of(*, size):
    """Make the slices of a dues run and of a night small, so that a roll of some hundred members has many."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tequio.project.settings")
    django.setup()
    from tequio.banking.operations import posting
    from tequio.dues.operations import billing
    from tequio.followup.operations import making

    billing.SLICE = making.SLICE = posting.SLICE = size


if __name__ == "__main__":
    main()
