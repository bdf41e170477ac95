"""The typesetter itself: files from memory only, and embedded fonts, so that a page looks the same everywhere.

They have the Latin, Greek and Cyrillic letters. An instance whose members write their names in other scripts keeps
fonts for those in its folder `fonts`: what the embedded ones lack is drawn with them.
"""

import atexit
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from functools import lru_cache
from threading import Lock
from typing import Any, cast

import typst

from tequio.kernel import instance

# A compiler takes 15 ms to make and is not meant for two threads at once.
_one_at_a_time = Lock()


class TypesettingError(RuntimeError):
    """The typesetter refused: a character no font has, or a mistake in a template."""


@lru_cache(maxsize=1)
def _compiler() -> typst.Compiler:
    # An empty folder as root: no file of this machine can be read by a template, nor a package be found.
    nowhere = tempfile.mkdtemp(prefix="tequio-paper-")
    atexit.register(shutil.rmtree, nowhere, ignore_errors=True)
    more = instance.home() / "fonts"
    return typst.Compiler(
        root=nowhere,
        font_paths=[more] if more.is_dir() else [],
        ignore_system_fonts=True,
        package_path=nowhere,
        package_cache_path=nowhere,
    )


def compiled(*, files: Mapping[str, str], standard: str, timestamp: int = 0, **how: Any) -> bytes:
    """The PDF of the file named `main`; the others are what it may read. `timestamp` in seconds since 1970.

    Refused with TypesettingError.
    """
    sources = {name: text.encode() for name, text in files.items()}
    with _one_at_a_time:
        try:
            # The types of the binding do not mention several files in memory, which it takes all the same.
            made = _compiler().compile(
                input=cast("Any", sources), pdf_standards=cast("Any", standard), timestamp=timestamp, **how
            )
        except typst.TypstError as error:
            raise TypesettingError(str(error)) from error
    return cast("bytes", made)


def compiled_apart(*, files: Mapping[str, str], standard: str, timestamp: int) -> bytes:
    """As compiled, in a process of its own.

    The typesetter keeps what it has set, most of a megabyte a page, and gives it back only with its process: a
    serving process would grow by every large batch. Starting one takes a fifth of a second.
    """
    asked = json.dumps({"files": dict(files), "standard": standard, "timestamp": timestamp})
    done = subprocess.run(
        [sys.executable, "-m", "tequio.kernel.paper.apart"], input=asked.encode(), capture_output=True, check=False
    )
    if done.returncode:
        raise TypesettingError(done.stderr.decode(errors="replace").strip()[-1000:])
    return done.stdout
