"""What kind of file was handed in, by its first bytes: one that can be read, or a sentence about what to do instead."""

import codecs
from typing import BinaryIO, Literal
from zipfile import BadZipFile, ZipFile

from tequio.kernel.errors import Refusal

Format = Literal["xlsx", "text"]

FILE_AT_MOST = 50_000_000  # bytes as handed in
_MEGABYTE = 1_000_000
_SNIFFED = 4096
_OLE = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # the name of the one stream an encrypted workbook consists of
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def format_of(*, file: BinaryIO) -> Format:
    """Whether `file` (at its beginning, and left there) is a workbook or text.

    Refuses older and other spreadsheets, encrypted ones, PDF, pictures, archives, pages and files over 50 MB.
    """
    size = file.seek(0, 2)
    file.seek(0)
    head = file.read(_SNIFFED)
    file.seek(0)
    if not size:
        raise Refusal(en="The file is empty.", es="El archivo está vacío.")
    if size > FILE_AT_MOST:
        raise Refusal(
            en=f"The file is larger than {FILE_AT_MOST // _MEGABYTE} MB. Split it, or remove its pictures.",
            es=f"El archivo pesa más de {FILE_AT_MOST // _MEGABYTE} MB. Divídalo, o quítele las imágenes.",
        )
    if head.startswith(_OLE):
        raise _old_or_encrypted(whole=file.read())
    if head.startswith(_ZIP):
        _refuse_other_archives(file=file)
        return "xlsx"
    _refuse_what_is_no_table(head=head)
    return "text"


def _old_or_encrypted(*, whole: bytes) -> Refusal:
    if _ENCRYPTED in whole:
        return Refusal(
            en="The spreadsheet is protected with a password, so it cannot be read. "
            "Open it, remove the password and save it again.",
            es="La hoja de cálculo está protegida con contraseña y no se puede leer. "
            "Ábrala, quite la contraseña y guárdela otra vez.",
        )
    return Refusal(
        en="This is an older Excel file (.xls). Open it and save it as .xlsx or as CSV UTF-8.",
        es="Es un archivo antiguo de Excel (.xls). Ábralo y guárdelo como .xlsx o como CSV UTF-8.",
    )


def _refuse_other_archives(*, file: BinaryIO) -> None:
    """Raises what to do with a zip archive that is no .xlsx; leaves the file at its beginning."""
    try:
        with ZipFile(file) as archive:
            names = set(archive.namelist())
            kind = archive.open("mimetype").read(100) if "mimetype" in names else b""
    except (BadZipFile, KeyError, OSError, ValueError, RuntimeError, NotImplementedError) as error:
        raise damaged() from error
    file.seek(0)
    if b"opendocument" in kind:
        raise Refusal(
            en="This is an OpenDocument file (.ods). Open it and save it as .xlsx or as CSV UTF-8.",
            es="Es un archivo OpenDocument (.ods). Ábralo y guárdelo como .xlsx o como CSV UTF-8.",
        )
    if "xl/workbook.bin" in names:
        raise Refusal(
            en="This is a binary workbook (.xlsb). Open it and save it as .xlsx or as CSV UTF-8.",
            es="Es un libro binario (.xlsb). Ábralo y guárdelo como .xlsx o como CSV UTF-8.",
        )
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise Refusal(
            en="The file is an archive or document, not a spreadsheet. Hand in the .xlsx or CSV file itself.",
            es="El archivo es un comprimido o un documento, no una hoja de cálculo. Entregue el archivo .xlsx o CSV.",
        )


def _refuse_what_is_no_table(*, head: bytes) -> None:
    if head.startswith(b"%PDF"):
        raise Refusal(
            en="This is a PDF. Tables cannot be read from it reliably: export the spreadsheet it was made from.",
            es="Es un PDF. De ahí no se pueden leer tablas con certeza: exporte la hoja de cálculo de la que salió.",
        )
    is_new_picture = head[4:8] == b"ftyp" or (head.startswith(b"RIFF") and head[8:12] == b"WEBP")
    if is_new_picture or (head.startswith(_IMAGES) and b"\0" in head):
        raise Refusal(
            en="This is a picture. Hand in the spreadsheet itself, as .xlsx or CSV.",
            es="Es una imagen. Entregue la hoja de cálculo, como .xlsx o CSV.",
        )
    start = head.removeprefix(codecs.BOM_UTF8).lstrip().lower()
    if start.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta")):
        raise Refusal(
            en="The file is a web page or XML, whatever its name says. Open it in a spreadsheet program and save it "
            "as .xlsx or as CSV UTF-8.",
            es="El archivo es una página web o XML, diga lo que diga su nombre. Ábralo en un programa de hojas de "
            "cálculo y guárdelo como .xlsx o como CSV UTF-8.",
        )
    if start.startswith(b"{\\rtf"):
        raise Refusal(
            en="This is a text document, not a spreadsheet. Hand in the table as .xlsx or CSV.",
            es="Es un documento de texto, no una hoja de cálculo. Entregue la tabla como .xlsx o CSV.",
        )


def damaged() -> Refusal:
    """The refusal of a workbook whose inside is not in order."""
    return Refusal(
        en="The spreadsheet is damaged and cannot be read. Open it, save it again as .xlsx, and hand that in.",
        es="La hoja de cálculo está dañada y no se puede leer. Ábrala, guárdela otra vez como .xlsx y entréguela.",
    )


def utf16_of(*, head: bytes) -> str | None:
    """The codec of text in UTF-16, told by its mark or by a NUL in nearly every other byte; None for other text."""
    if head.startswith(_UTF16_MARKS):
        return "utf-16"
    half = len(head) // 2
    if half:
        for codec, low, high in (("utf-16-le", head[1::2], head[0::2]), ("utf-16-be", head[0::2], head[1::2])):
            if low.count(0) * 10 > half * 7 and not high.count(0):
                return codec
    return None
