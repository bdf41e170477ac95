"""The file of an import and its preview: encrypted in the instance's folder, and only as long as they are needed."""

import base64
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal

from tequio.kernel import instance
from tequio.kernel.encryption import decrypted, encrypted
from tequio.kernel.errors import Refusal, fault_of

Part = Literal["file", "sheet", "preview"]
_PARTS: tuple[Part, ...] = ("file", "sheet", "preview")


def _path(*, import_pk: int, part: Part) -> Path:
    return instance.home() / "imports" / f"{import_pk}.{part}"


def seal(*, import_pk: int, part: Part, content: bytes) -> None:
    """Keep a part of an import, in place of the one before. Refuses where the disk does; then the one before stays."""
    path = _path(import_pk=import_pk, part=part)
    written = path.with_name(path.name + ".new")
    try:
        path.parent.mkdir(mode=instance.PRIVATE, exist_ok=True)
        handle = os.open(written, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, instance.SECRET)
        with os.fdopen(handle, "w", encoding="ascii") as stream:
            # Columns are encrypted as text; bytes of any kind become text without loss in base 64.
            stream.write(encrypted(base64.b64encode(content).decode("ascii")))
        written.replace(path)
    except OSError as error:
        with suppress(OSError):
            written.unlink()
        why = fault_of(error=error)
        raise Refusal(
            en=f"The file could not be kept for the preview: {why.en}.",
            es=f"No se pudo guardar el archivo para la vista previa: {why.es}.",
        ) from error


def unsealed(*, import_pk: int, part: Part) -> bytes | None:
    """A part of an import; None where it is gone."""
    try:
        stored = _path(import_pk=import_pk, part=part).read_text(encoding="ascii")
    except OSError:
        return None
    return base64.b64decode(decrypted(stored))


def forget(*, import_pk: int) -> None:
    """Remove what is kept of an import; what is gone already may be gone."""
    for part in _PARTS:
        _path(import_pk=import_pk, part=part).unlink(missing_ok=True)


@contextmanager
def as_file(*, content: bytes) -> Iterator[Path]:
    """A path under which the content can be read while the block lasts; in memory where the system has that."""
    if hasattr(os, "memfd_create"):
        with os.fdopen(os.memfd_create("roll"), "wb") as stream:
            stream.write(content)
            stream.flush()
            yield Path(f"/proc/self/fd/{stream.fileno()}")
        return
    with tempfile.NamedTemporaryFile(dir=instance.home(), prefix="roll-") as stream:  # readable by its owner alone
        stream.write(content)
        stream.flush()
        yield Path(stream.name)
