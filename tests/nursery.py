"""Processes of the program that need not load it first: forked from one that has loaded it and does nothing else.

A started `tequio` spends more than a second of the processor's time on loading, and tests start hundreds. What comes
out of the nursery is a process like any other: its own number and memory, its own environment, pipes and folder; it
is killed, stopped and waited for as a child of whoever asked. Only its loading has been done (nursery_process.py).
Whatever must not rest on that asks `subprocess` itself: a prefix, a limit, a first start.
"""

import atexit
import ctypes
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

PROGRAM = str(Path(sys.executable).with_name("tequio"))
_SERVER = Path(__file__).with_name("nursery_process.py")
_SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER of prctl(2): whose parent ended becomes a child of this process
_one_at_a_time = threading.Lock()
_open: dict[str, socket.socket] = {}


class Popen(subprocess.Popen):
    """`subprocess.Popen` for `tequio WORD ...`, `python SCRIPT ...` and `python -c TEXT ...`."""

    def _execute_child(self, args, *rest):
        pass_fds, cwd, env = rest[3:6]
        pipes = rest[9:15]  # theirs and ours for what it reads, ours and theirs for what it says, and once more
        fds = [own if own != -1 else usual for usual, own in enumerate((pipes[0], pipes[3], pipes[5]))]
        plan = {
            "words": [os.fspath(word) for word in args],
            "environment": dict(os.environ if env is None else env),
            "folder": os.fspath(cwd or Path.cwd()),
            "numbers": [0, 1, 2, *pass_fds],
        }
        with _one_at_a_time:
            self.pid = _born(plan=plan, fds=[*fds, *pass_fds])
        self._child_created = True
        self._close_pipe_fds(*pipes)


def run(words, *, timeout, stdin="", **named):
    """`subprocess.run` of such a process, with what it says: (exit code, stdout, stderr) in a CompletedProcess."""
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    with Popen(words, text=True, encoding="utf-8", **pipes, **named) as process:
        try:
            out, err = process.communicate(stdin, timeout=timeout)
        except BaseException:
            process.kill()
            raise
    return subprocess.CompletedProcess(words, process.returncode, out, err)


def _born(*, plan, fds):
    """The number of a new process, which is a child of this one when this returns."""
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    there = _nursery(language=_language(plan=plan))
    prctl(_SUBREAPER, 1, 0, 0, 0)
    try:
        socket.send_fds(there, [json.dumps(plan).encode()], fds)
        answer = there.recv(64)
    finally:
        prctl(_SUBREAPER, 0, 0, 0, 0)
    assert answer, "the nursery ended"
    return int(answer)


def _language(*, plan):
    """The language a started program's modules would be read in: help texts are written then (kernel/console.py)."""
    words, environment = plan["words"], plan["environment"]
    asked = [word.removeprefix("--lang=") for word in words if word.startswith("--lang=")]
    asked += [words[place + 1] for place, word in enumerate(words[:-1]) if word == "--lang"]
    asked += [value for name in ("TEQUIO_LANG", "LC_ALL", "LC_MESSAGES", "LANG") if (value := environment.get(name))]
    return "es" if asked and asked[0].lower().startswith("es") else "en"


def _nursery(*, language):
    """The connection to a process that has loaded the program in a language, started when it is first asked for."""
    if language not in _open:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        home = tempfile.mkdtemp(prefix="tequio-nursery-")  # which the process removes when it ends
        server = os.environ.get("TEQUIO_TEST_DATABASE_URL")
        environment = {"PATH": os.environ["PATH"], "HOME": home, "TEQUIO_HOME": home}
        environment |= {"PYTHONWARNINGS": "ignore", "TEQUIO_LANG": language}
        environment |= {"TEQUIO_DATABASE_URL": server} if server else {}
        words = [sys.executable, str(_SERVER), str(theirs.fileno())]
        process = subprocess.Popen(words, env=environment, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL)
        theirs.close()
        _open[language] = ours

        def end():
            ours.close()
            process.wait(20)

        atexit.register(end)
    return _open[language]
