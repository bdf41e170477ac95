"""A panel's program that can end whoever asked it, before or after it did what it was asked: paneled.py MARK PANEL ...

While the file MARK is there and says `before` or `after`, the first thing asked of the panel but a look ends the
process that asked, as the kernel would end it; the file is gone then. The panel itself is a real one with its own file.
"""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path


def main():
    mark, panel = Path(sys.argv[1]), sys.argv[2:]
    asked = sys.stdin.read()
    when = mark.read_text(encoding="ascii") if mark.exists() and json.loads(asked)["verb"] != "observe" else ""
    if when:
        mark.unlink()
    if when == "before":
        os.kill(os.getppid(), signal.SIGKILL)
        return
    done = subprocess.run([sys.executable, *panel], input=asked, capture_output=True, text=True, check=True)
    if when == "after":
        os.kill(os.getppid(), signal.SIGKILL)
    sys.stdout.write(done.stdout)


main()
