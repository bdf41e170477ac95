"""Reading what mail servers send back: delivery reports (RFC 3464) in a file, an mbox or a Maildir. No database.

Anybody can write to the address mail comes back to, so every mail here is hostile. A report counts only for a mail
whose Message-ID it names, which nobody but its recipient and the servers on the way has seen; whatever else it says
(names, addresses, sentences) is not believed and not kept.
"""

import mailbox
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.parser import BytesHeaderParser, BytesParser
from pathlib import Path

from tequio.kernel.errors import Refusal

MOST = 100_000  # mails in one reading
LARGEST = 2_000_000  # bytes of one mail; a report with its attachment cut off is some kilobytes
_OURS = re.compile(rb"(?i)^message-id:[ \t]*(?:\r?\n[ \t]+)?(<tequio\.[0-9a-f]{32}@[^\s<>@]{1,255}>)", re.MULTILINE)
_STATUS = re.compile(r"^([245])\.(\d{1,3})\.(\d{1,3})\b")
_MOST_PARTS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryReport:
    """What a server says of one mail of ours. `for_good`: it is not delivered and will not be.

    `address_is_bad`: because there is no such address, or its mailbox is closed; a full mailbox, a refused text or a
    server's own trouble say nothing against the address.
    """

    message_id: str
    for_good: bool
    address_is_bad: bool
    status: str


def mails_in(*, path: Path) -> Iterator[bytes | None]:
    """The mails at a path, whole: a Maildir, a folder of .eml files, an mbox, or one mail; nothing there is changed.

    None in place of one that is too large to be a report or cannot be read. Refuses a path where there is nothing.
    """
    if path.is_dir():
        yield from _in_folder(path=path)
        return
    if not path.is_file():
        raise Refusal(en=f"There is no file or folder {path.name}.", es=f"No existe el archivo o carpeta {path.name}.")
    with path.open("rb") as stream:
        is_mbox = stream.read(5) == b"From "
    if not is_mbox:
        yield _whole(path=path)
        return
    box = mailbox.mbox(path, create=False)
    try:
        for count, key in enumerate(box.iterkeys(), start=1):
            _refuse_too_many(count=count)
            with box.get_file(key) as stream:
                content = stream.read(LARGEST + 1)
            yield content if len(content) <= LARGEST else None
    finally:
        box.close()


def _in_folder(*, path: Path) -> Iterator[bytes | None]:
    folders = [path / "new", path / "cur"] if (path / "cur").is_dir() else [path]
    count = 0
    for folder in folders:
        if not folder.is_dir():
            continue
        for file in sorted(folder.iterdir()):
            if file.name.startswith(".") or file.is_symlink() or not file.is_file():
                continue  # a link may lead anywhere
            count += 1
            _refuse_too_many(count=count)
            yield _whole(path=file)


def _refuse_too_many(*, count: int) -> None:
    if count > MOST:
        raise Refusal(
            en=f"There are more than {MOST} mails; move the old ones elsewhere.",
            es=f"Hay más de {MOST} correos; mueva los viejos a otra parte.",
        )


def _whole(*, path: Path) -> bytes | None:
    try:
        with path.open("rb") as stream:
            content = stream.read(LARGEST + 1)
    except OSError:
        return None
    return content if len(content) <= LARGEST else None


def read_report(*, raw: bytes) -> DeliveryReport | None:
    """What a mail says about a mail of ours; None where it is no delivery report, or about none of ours."""
    try:
        message = BytesParser(policy=policy.compat32).parsebytes(raw)
        if message.get_content_type() != "multipart/report":
            return None
        status, action, message_id = "", "", ""
        for number, part in enumerate(message.walk()):
            if number > _MOST_PARTS:
                return None
            kind = part.get_content_type()
            if kind == "message/delivery-status":
                action, status = _status_of(part=part)  # type: ignore[arg-type]  # CONFIG: compat32 has no own type
            elif kind in ("message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers"):
                found = _OURS.search(part.as_bytes())
                message_id = found.group(1).decode("ascii", "replace") if found else message_id
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError, KeyError, IndexError, AssertionError):
        return None  # made to confuse a reader of mail
    if not message_id or not action:
        return None
    matched = _STATUS.match(status)
    code = matched.group(0) if matched else ""
    for_good = action == "failed" and not code.startswith("4")
    return DeliveryReport(
        message_id=message_id,
        for_good=for_good,
        address_is_bad=for_good and code.startswith(("5.1.", "5.2.1")),
        status=code,
    )


def _status_of(*, part: EmailMessage) -> tuple[str, str]:
    """Action and status of the first recipient that failed, or of the first."""
    found: list[tuple[str, str]] = []
    payload = part.get_payload()
    blocks = payload if isinstance(payload, list) else []
    for block in blocks:
        if isinstance(block, str):
            continue
        action, status = block.get("Action"), block.get("Status")
        if action:
            found.append((str(action).strip().lower(), str(status or "").strip()))
    if not found and isinstance(payload, str):
        headers = BytesHeaderParser(policy=policy.compat32).parsebytes(payload.encode("utf-8", "replace"))
        found = [(str(headers.get("Action") or "").strip().lower(), str(headers.get("Status") or "").strip())]
    failed = [one for one in found if one[0] == "failed"]
    return (failed or found or [("", "")])[0]
