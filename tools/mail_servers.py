#!/usr/bin/env python3
"""Install Debian's Dovecot and Postfix for the mail gate's tests when it may, and otherwise say what to install.

Nothing of them is started or left running, and Postfix gets no configuration: the tests start servers of their own on
high ports, with configurations of their own. Nothing that is installed is removed for them: where another mail server
is there, Postfix stays out.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

DOVECOT = ("dovecot-core", "dovecot-imapd", "dovecot-lmtpd", "dovecot-submissiond", "dovecot-sqlite")
POSTFIX = ("postfix", "postfix-sqlite")
WHAT_TO_INSTALL = f"The mail gate's tests need Dovecot and Postfix: sudo apt-get install {' '.join(DOVECOT + POSTFIX)}"
_POLICY = Path("/usr/sbin/policy-rc.d")
_START_NOTHING = (
    "#!/bin/sh\n# Of tequio's tools/mail_servers.py, while it installs: no package starts its server.\nexit 101\n"
)
_NO_CONFIGURATION = "postfix postfix/main_mailer_type select No configuration\n"


def missing() -> list[str]:
    """The programs the tests need that are not here."""
    programs = {
        "dovecot": Path("/usr/sbin/dovecot"),
        "dovecot-lmtpd": Path("/usr/lib/dovecot/lmtp"),
        "dovecot-imapd": Path("/usr/lib/dovecot/imap"),
        "dovecot-submissiond": Path("/usr/lib/dovecot/submission"),
        "dovecot-sqlite": Path("/usr/lib/dovecot/modules/auth/libdriver_sqlite.so"),
        "postfix": Path("/usr/sbin/postfix"),
        "postfix-sqlite": Path("/usr/lib/postfix/postfix-sqlite.so"),
    }
    return [name for name, path in programs.items() if not path.exists()]


def install() -> None:
    """Install what is missing, as root or with a sudo that asks nothing, and start none of it."""
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if shutil.which("apt-get") is None or (prefix and shutil.which("sudo") is None):
        return
    kept = _POLICY.exists()
    if not kept:
        quietly([*prefix, "tee", str(_POLICY)], _START_NOTHING)
        quietly([*prefix, "chmod", "755", str(_POLICY)])
    try:
        quietly([*prefix, "debconf-set-selections"], _NO_CONFIGURATION)
        apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
        quietly([*apt, "update"])
        for packages in (DOVECOT, POSTFIX):
            quietly([*apt, "install", "-y", "--no-remove", "--no-install-recommends", *packages])
    finally:
        if not kept:
            quietly([*prefix, "rm", "-f", str(_POLICY)])


def quietly(words: list[str], given: str = "") -> None:
    """Run a command whatever comes of it."""
    subprocess.run(words, check=False, capture_output=True, input=given, text=True)


def main() -> int:
    """0 where everything the tests need is there now."""
    if missing():
        install()
    if missing():
        print(f"{WHAT_TO_INSTALL}\nMissing: {', '.join(missing())}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
