#!/usr/bin/env python3
"""Install Mailman's core into an environment of its own, .mailman, for the mailing lists connector's tests.

Nothing of it is left running: the tests start a core of their own on a port of its own, without mail transport.
"""

import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).parent.parent
HOME = ROOT / ".mailman"
LOCKED = ROOT / "requirements" / "mailman.txt"
STAMP = HOME / "installed.txt"  # a copy of what was locked when it was installed


def installed() -> bool:
    """Whether the core is here as it is locked now."""
    return STAMP.exists() and STAMP.read_bytes() == LOCKED.read_bytes()


def main() -> int:
    """0 where the core is there now."""
    if installed():
        return 0
    print("Installing Mailman's core into .mailman ...", flush=True)
    venv.create(HOME, with_pip=True, clear=True)
    pip = [str(HOME / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    done = subprocess.run([*pip, "--require-hashes", "-r", str(LOCKED)], check=False)
    if done.returncode == 0:
        STAMP.write_bytes(LOCKED.read_bytes())
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
