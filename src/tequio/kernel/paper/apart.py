"""One typesetting in a process of its own: what to set as JSON on stdin, the PDF on stdout. See compiling.py."""

import json
import sys

from tequio.kernel.paper.compiling import TypesettingError, compiled


def main() -> int:
    """Read, typeset, write; exit with 1 and the typesetter's words where it refuses."""
    try:
        made = compiled(**json.load(sys.stdin.buffer))
    except TypesettingError as error:
        sys.stderr.write(str(error))
        return 1
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
