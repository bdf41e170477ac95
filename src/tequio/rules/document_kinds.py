"""What a document is, by its bytes alone: papers, pictures, office files, plain text. Programs and pages are neither.

Documents are only handed out to be saved; still nobody should find a program under the name of minutes.
"""

import io
import zipfile
from enum import StrEnum

_HEADS = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
)
# What text may not begin with: it would be a page or a script once it is saved and opened.
_PAGES = ("<!doctype", "<html", "<head", "<body", "<script", "<svg", "<?xml", "<?php", "#!", "mime-version:")
_OFFICE = {"word/": "docx", "xl/": "xlsx", "ppt/": "pptx"}
_OPEN = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
}
_MOST_NAMES = 20_000  # files in an office file


class DocumentKind(StrEnum):
    """What a document may be; each is the usual ending of its name."""

    PDF = "pdf"
    PNG = "png"
    JPEG = "jpeg"
    GIF = "gif"
    WEBP = "webp"
    DOCX = "docx"
    XLSX = "xlsx"
    PPTX = "pptx"
    ODT = "odt"
    ODS = "ods"
    ODP = "odp"
    TEXT = "text"


ENDINGS = {
    **{kind: (kind.value,) for kind in DocumentKind},
    DocumentKind.JPEG: ("jpg", "jpeg"),
    DocumentKind.TEXT: ("txt", "md", "csv", "tsv"),
}


def document_kind(*, content: bytes) -> DocumentKind | None:
    """What a document is; None for everything that is none: programs, pages, archives, macros, noise."""
    for head, name in _HEADS:
        if content.startswith(head):
            return DocumentKind(name)
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return DocumentKind.WEBP
    if content.startswith(b"PK\x03\x04"):
        return _office(content)
    return DocumentKind.TEXT if _is_text(content) else None


def named_as(*, name: str, kind: DocumentKind) -> str:
    """A clean name with an ending that says what the file is; another ending stays before it."""
    stem, dot, ending = name.rpartition(".")
    if dot and stem and ending.casefold() in ENDINGS[kind]:
        return name
    return f"{name}.{ENDINGS[kind][0]}"


def _office(content: bytes) -> DocumentKind | None:
    """An office file by what lies in it, without unpacking it; None with macros, or for any other archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = archive.infolist()
            names = [info.filename for info in infos]
            if len(names) > _MOST_NAMES or any("vbaproject" in name.casefold() for name in names):
                return None
            if "[Content_Types].xml" in names:
                found = next((kind for stem, kind in _OFFICE.items() if any(n.startswith(stem) for n in names)), None)
                return DocumentKind(found) if found else None
            if infos and infos[0].filename == "mimetype" and infos[0].file_size < 100:  # noqa: PLR2004 - CONFIG: none is longer
                if any(name.startswith("Basic/") for name in names):
                    return None
                said = _OPEN.get(archive.read("mimetype").strip())
                return DocumentKind(said) if said else None
    except (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, OSError, EOFError):
        return None
    return None


def _is_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    if any((character < " " and character not in "\t\n\r\f") or character == "\x7f" for character in text):
        return False
    begins = text.lstrip()[:40].casefold()
    return bool(begins) and not begins.startswith(_PAGES)
