"""Opening the file a person handed in: what is no file at all is refused before a byte of it is read."""

import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from tequio.kernel.errors import Refusal


@contextmanager
def opened_file(*, path: Path | str) -> Iterator[BinaryIO]:
    """The file at `path`, for its bytes; closed at the end.

    Refuses with both languages: no such file, a folder or device, no permission, and any error of the disk while the
    caller reads.
    """
    shown = str(path).replace("\0", "�")
    try:
        if shown != str(path):  # the system knows no path with a NUL in it
            raise Refusal(en=f"There is no file {shown}.", es=f"No existe el archivo {shown}.")
        # Asked before opening: to open a pipe would wait for somebody to write into it.
        mode = Path(path).stat().st_mode
        if not stat.S_ISREG(mode):
            raise _not_a_file(shown=shown, folder=stat.S_ISDIR(mode))
        with Path(path).open("rb") as file:
            yield file
    except FileNotFoundError as error:
        raise Refusal(en=f"There is no file {shown}.", es=f"No existe el archivo {shown}.") from error
    except PermissionError as error:
        raise Refusal(
            en=f"The file {shown} may not be read. Ask for permission to read it.",
            es=f"No tiene permiso para leer el archivo {shown}. Solicítelo.",
        ) from error
    except (OSError, UnicodeDecodeError) as error:  # the latter only where the file changed under our hands
        raise Refusal(en=f"The file {shown} could not be read.", es=f"No se pudo leer el archivo {shown}.") from error


def _not_a_file(*, shown: str, folder: bool) -> Refusal:
    if folder:
        return Refusal(
            en=f"{shown} is a folder. Name the CSV file in it.",
            es=f"{shown} es una carpeta. Indique el archivo CSV que está dentro.",
        )
    return Refusal(
        en=f"{shown} is not an ordinary file. Save the roll to a file first.",
        es=f"{shown} no es un archivo común. Guarde primero el padrón en un archivo.",
    )
