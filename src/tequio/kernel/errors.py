"""What the program says when it will not do something: a sentence for the person, in both languages."""

import errno

from tequio.rules.reasons import Text


class Refusal(Exception):  # noqa: N818 - WONTFIX: a refusal is an answer, not an error of the program
    """Nothing was done, for a reason the person can act on. The command line exits with 1."""

    def __init__(self, *, en: str, es: str) -> None:
        super().__init__(en)
        self.text = Text(en=en, es=es)


_FAULTS = {
    errno.ENOENT: Text(en="it is not there", es="no existe"),
    errno.EACCES: Text(en="there is no permission", es="no hay permiso"),
    errno.EPERM: Text(en="there is no permission", es="no hay permiso"),
    errno.EISDIR: Text(en="it is a folder", es="es una carpeta"),
    errno.ENOTDIR: Text(en="a file is in the way", es="hay un archivo en su lugar"),
    errno.EEXIST: Text(en="a file is in the way", es="hay un archivo en su lugar"),
    errno.EROFS: Text(en="the disk is read-only", es="el disco es de solo lectura"),
    errno.ENOSPC: Text(en="the disk is full", es="el disco está lleno"),
    errno.ENAMETOOLONG: Text(en="the name is too long", es="el nombre es demasiado largo"),
}


def fault_of(*, error: OSError) -> Text:
    """What the system says of a file, in both languages; its own words, which are English, where it is unusual."""
    said = error.strerror or type(error).__name__
    return _FAULTS.get(error.errno or 0, Text(en=said, es=said))
