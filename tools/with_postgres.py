#!/usr/bin/env python3
"""Run a command with a throw-away PostgreSQL of its own: `with_postgres.py COMMAND [ARG ...]`.

Starts a cluster in a temporary folder, on a socket only, sets TEQUIO_TEST_DATABASE_URL for the command and ends the
cluster when the command ends, however it ends. As root it runs the server as the user `postgres`, which PostgreSQL
insists on. Installs Debian's PostgreSQL when it may, and otherwise says in one line what to install.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote

WHAT_TO_INSTALL = "The tests need PostgreSQL's server programs: sudo apt-get install postgresql"


def programs() -> Path | None:
    """The folder of PostgreSQL's programs, the newest there is."""
    found_here = Path("/usr/lib/postgresql").glob("*/bin/postgres")
    folders = sorted(found_here, key=lambda path: float(path.parts[4]))
    if folders:
        return folders[-1].parent
    found = shutil.which("postgres")
    return Path(found).resolve().parent if found else None


def install() -> None:
    """Install PostgreSQL from Debian's packages, as root or with a sudo that asks nothing."""
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if shutil.which("apt-get") is None or (prefix and shutil.which("sudo") is None):
        return
    environment = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive"]
    for words in (["update"], ["install", "-y", "--no-install-recommends", "postgresql"]):
        subprocess.run([*environment, "apt-get", *words], check=False, capture_output=True)


def main(command: list[str]) -> int:
    """Start the server, run the command, stop the server; the command's exit status."""
    if not command:
        print(__doc__)
        return 2
    folder = programs()
    if folder is None:
        install()
        folder = programs()
    if folder is None:
        print(WHAT_TO_INSTALL, file=sys.stderr)
        return 1
    as_user: list[str] = []
    if os.geteuid() == 0:
        as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
    with tempfile.TemporaryDirectory(prefix="tequio-pg-") as place:
        if as_user:
            owner = pwd.getpwnam("postgres")
            os.chown(place, owner.pw_uid, owner.pw_gid)
        data = f"{place}/data"
        subprocess.run(
            [*as_user, folder / "initdb", "-D", data, "-U", "tequio", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd="/",
        )
        # A throw-away server: nothing of it needs to survive a power cut, so it need not wait for the disk.
        options = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]
        options += ["-c", "wal_level=minimal", "-c", "max_wal_senders=0"]
        # Nor need it tidy up behind tests, which take back what they did, or write down what it keeps in memory.
        options += ["-c", "autovacuum=off", "-c", "checkpoint_timeout=1h", "-c", "max_wal_size=8GB"]
        options += ["-c", "shared_buffers=256MB"]
        options += ["-c", "listen_addresses=", "-c", f"unix_socket_directories={place}", "-c", "max_connections=60"]
        words = [*as_user, folder / "postgres", "-D", data, *options]
        with Path(f"{place}/log").open("w", encoding="utf-8") as log:
            server = subprocess.Popen(words, stdout=log, stderr=log, cwd="/")
        try:
            ready = [folder / "pg_isready", "-h", place, "-U", "tequio", "-t", "1"]
            for _ in range(60):
                if subprocess.run([*ready], check=False, stdout=subprocess.DEVNULL).returncode == 0:
                    break
                if server.poll() is not None:
                    print(Path(f"{place}/log").read_text(encoding="utf-8"), file=sys.stderr)
                    return 1
                signal.sigtimedwait([], 0.25)
            url = f"postgres://tequio@{quote(place, safe='')}/postgres"
            return subprocess.run(command, check=False, env={**os.environ, "TEQUIO_TEST_DATABASE_URL": url}).returncode
        finally:
            server.send_signal(signal.SIGINT)
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
