#!/usr/bin/env python3
"""Install Debian's chromium for the browser's tests when it may, and otherwise say in one line what to install."""

import os
import shutil
import subprocess
import sys

WHAT_TO_INSTALL = "The tests need chromium: sudo apt-get install chromium"


def main() -> int:
    """0 where there is a browser now."""
    if shutil.which("chromium") is None and shutil.which("apt-get") is not None:
        prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
        if not prefix or shutil.which("sudo") is not None:
            environment = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive"]
            for words in (["update"], ["install", "-y", "--no-install-recommends", "chromium", "fonts-dejavu-core"]):
                subprocess.run([*environment, "apt-get", *words], check=False, capture_output=True)
    if shutil.which("chromium") is None:
        print(WHAT_TO_INSTALL, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
