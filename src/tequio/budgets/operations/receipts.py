"""Receipts of bookings: PDF or pictures by their content, of a decent size, without scripts, kept encrypted."""

import base64
import re
import zlib
from datetime import datetime
from typing import BinaryIO

from django.db import transaction

from tequio.budgets.models import Booking, Receipt
from tequio.kernel.encryption import fingerprint
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind

MB = 1_000_000
RECEIPT_AT_MOST = 5 * MB
MOST_RECEIPTS = 10
_UNPACKED_AT_MOST = 20 * MB
_NAME_AT_MOST = 120
_SCRIPTS = (b"/javascript", b"/js", b"/launch", b"/embeddedfile", b"/richmedia", b"/xfa")
_HIDDEN = re.compile(rb"#([0-9a-fA-F]{2})")
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_NAME_ENDS = rb"(?![a-z0-9])"


@transaction.atomic
def add_receipt(*, booking_pk: int, name: str, file: BinaryIO, actor: str, at: datetime) -> Receipt:
    """Keep a receipt beside its booking. The same file again is there already.

    Refuses more than 5 MB without reading it, what is no PDF, PNG, JPEG or WebP by its first bytes (whatever its name
    says), and a PDF that carries a script, a file or a command.
    """
    booking = Booking.objects.select_for_update().filter(pk=booking_pk).first()
    if booking is None:
        raise Refusal(en=f"There is no booking {booking_pk}.", es=f"No existe el registro {booking_pk}.")
    content = file.read(RECEIPT_AT_MOST + 1)
    if len(content) > RECEIPT_AT_MOST:
        raise Refusal(
            en=f"A receipt has at most {RECEIPT_AT_MOST // MB} MB. Scan it in gray, or photograph it smaller.",
            es=f"Un comprobante pesa {RECEIPT_AT_MOST // MB} MB a lo más. Escanéelo en gris o tome una foto más chica.",
        )
    media_type = type_of(content=content)
    mark = fingerprint("receipt", str(booking_pk), base64.b64encode(content).decode("ascii"))
    there = Receipt.objects.filter(booking=booking, fingerprint=mark).first()
    if there is not None:
        return there
    if booking.receipts.count() >= MOST_RECEIPTS:
        raise Refusal(en=f"There are {MOST_RECEIPTS} receipts already.", es=f"Ya hay {MOST_RECEIPTS} comprobantes.")
    receipt = Receipt.objects.create(
        booking=booking,
        name=safe_name(name=name, media_type=media_type),
        media_type=media_type,
        size=len(content),
        content=base64.b64encode(content).decode("ascii"),
        fingerprint=mark,
        added_by=actor,
        at=at,
    )
    journal.append(
        kind=Kind.RECEIPT_ADDED,
        subject=f"booking:{booking_pk}",
        actor=actor,
        at=at,
        payload={"size": receipt.size, "type": media_type},
    )
    return receipt


def content_of(*, receipt: Receipt) -> bytes:
    """The receipt as it was handed in."""
    return base64.b64decode(receipt.content)


_ENDINGS = {"application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg", "image/webp": ".webp"}


def type_of(*, content: bytes) -> str:
    """What a receipt is, by its content alone; refuses everything else, and a PDF that would do something."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "image/webp"
    if content.startswith(b"%PDF-"):
        _refuse_scripts(content=content)
        return "application/pdf"
    if not content:
        raise Refusal(en="The receipt is empty.", es="El comprobante está vacío.")
    raise Refusal(
        en="A receipt is a PDF or a picture (PNG, JPEG, WebP), whatever its name says. Photograph it or print it.",
        es="Un comprobante es un PDF o una imagen (PNG, JPEG, WebP), diga lo que diga su nombre. Tómele una foto o "
        "imprímalo a PDF.",
    )


def _refuse_scripts(*, content: bytes) -> None:
    """Refuse a PDF that names a script, a command or a file inside, in plain sight or in its packed objects."""
    parts = [content]
    room = _UNPACKED_AT_MOST
    for found in _STREAM.finditer(content):
        unpacked = _unpacked(packed=found[1], most=room)
        room -= len(unpacked)
        parts.append(unpacked)
        if room <= 0:
            raise Refusal(
                en="The PDF unpacks into far more than a receipt. Print it to PDF again.",
                es="El PDF se descomprime en mucho más que un comprobante. Imprímalo a PDF otra vez.",
            )
    for part in parts:
        plain = _HIDDEN.sub(lambda found: bytes([int(found[1], 16)]), part).lower()
        if any(re.search(re.escape(word) + _NAME_ENDS, plain) for word in _SCRIPTS):
            raise Refusal(
                en="The PDF has a script, a command or a file inside. Print it to PDF again and hand that in.",
                es="El PDF trae un programa, una orden o un archivo dentro. Imprímalo a PDF otra vez y entregue ese.",
            )


def _unpacked(*, packed: bytes, most: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, max(most, 1))
    except zlib.error:
        return b""  # a picture, or packed another way: no object can be named there


def safe_name(*, name: str, media_type: str) -> str:
    """A name without folders or signs a system trips over, and with the ending its content has."""
    stem = name.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0]
    kept = "".join(c if c.isalnum() or c in " -_" else "-" for c in stem).strip(" -_") or "receipt"
    ending = _ENDINGS[media_type]
    return kept[: _NAME_AT_MOST - len(ending)] + ending
