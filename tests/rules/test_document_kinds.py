"""What a document is, by its bytes alone."""

import io
import zipfile

import pytest

from tequio.rules.document_kinds import DocumentKind, document_kind, named_as


def office(*names, first=None):
    handle = io.BytesIO()
    with zipfile.ZipFile(handle, "w") as archive:
        if first is not None:
            archive.writestr("mimetype", first)
        for name in names:
            archive.writestr(name, "x")
    return handle.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7 ...", DocumentKind.PDF),
        (b"\x89PNG\r\n\x1a\n", DocumentKind.PNG),
        (b"\xff\xd8\xff\xe0", DocumentKind.JPEG),
        (b"GIF89a", DocumentKind.GIF),
        (b"RIFF\0\0\0\0WEBP", DocumentKind.WEBP),
        (office("[Content_Types].xml", "word/document.xml"), DocumentKind.DOCX),
        (office("[Content_Types].xml", "xl/workbook.xml"), DocumentKind.XLSX),
        (office("content.xml", first="application/vnd.oasis.opendocument.text"), DocumentKind.ODT),
        ("# Informe\n\nñandú".encode(), DocumentKind.TEXT),
        ("\ufeffa,b\n".encode(), DocumentKind.TEXT),
    ],
)
def test_a_document_is_known_by_its_bytes(content, kind):
    assert document_kind(content=content) is kind


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"   \n",
        b"MZ\x90",
        b"\x7fELF",
        b"a\0b",
        b"\xff\xfe\xfa",
        b"<!DOCTYPE html>",
        b"\n <svg onload=x>",
        b"#!/bin/sh",
        b"<?xml version='1.0'?>",
        b"RIFF\0\0\0\0WAVE",
        b"PK\x03\x04broken",
        office("a.txt"),
        office("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
        office("Basic/macro.xml", first="application/vnd.oasis.opendocument.text"),
        office("x", first="application/java-archive"),
    ],
)
def test_everything_else_is_none(content):
    assert document_kind(content=content) is None


def test_a_name_gets_the_ending_of_what_the_file_is():
    assert named_as(name="a.PDF", kind=DocumentKind.PDF) == "a.PDF"
    assert named_as(name="a.exe", kind=DocumentKind.PDF) == "a.exe.pdf"
    assert named_as(name="notes.md", kind=DocumentKind.TEXT) == "notes.md"
    assert named_as(name="photo.jpeg", kind=DocumentKind.JPEG) == "photo.jpeg"
    assert named_as(name=".pdf", kind=DocumentKind.PDF) == ".pdf.pdf"
