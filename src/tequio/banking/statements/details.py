"""What field 86 of an MT940 says of the other side, in each of the ways banks have of saying it."""

import re
from dataclasses import dataclass

_NUMBERED = re.compile(r"^\s*\d{0,3}\s*([?>~^<=§|])(?=\d{2})")
_NAMED = re.compile(
    r"/(TRTP|IBAN|BIC|NAME|REMI|EREF|ORDP|BENM|CNTP|ADDR|CSID|MARF|PREF|ID|ISDT|ULTD|ULTB|RTRN|PURP|ULTC|TRCD|ACCW|INIT)/"
)
_SEPA = re.compile(r"(?:EREF|KREF|MREF|CRED|DEBT|SVWZ|ABWA|ABWE|IBAN|BIC|MTLG|COAM|OAMT|PURP)\+")
_IBAN = re.compile(r"(?<![A-Z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![A-Z0-9])")
LONGEST = 4_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """Who it was and what they wrote."""

    name: str = ""
    account: str = ""
    text: str = ""


def details_of(lines: list[str], /) -> Details:
    """The details of a movement: numbered subfields (?20), named ones (/NAME/), or plain words."""
    if not lines:
        return Details()
    joined = "".join(lines)[:LONGEST]
    numbered = _NUMBERED.match(joined)
    if numbered:
        return _numbered(joined, separator=numbered[1])
    if len(_NAMED.findall(joined)) > 1 or _NAMED.match(joined):
        return _named(joined)
    words = " ".join(" ".join(lines)[:LONGEST].split())
    found = _IBAN.search(words)
    return Details(text=words, account=found[0].replace(" ", "") if found else "")


def _numbered(joined: str, *, separator: str) -> Details:
    fields: dict[int, str] = {}
    pieces = re.split(re.escape(separator) + r"(?=\d{2})", joined)
    for piece in pieces[1:]:
        number = int(piece[:2])
        fields[number] = fields.get(number, "") + piece[2:]
    purpose = "".join(fields.get(number, "") for number in [*range(20, 30), *range(60, 64)])
    name = " ".join((fields.get(32, "") + fields.get(33, "")).split())
    purpose = " ".join(_SEPA.sub(lambda found: f" {found[0]} ", purpose).split())
    words = [fields.get(0, ""), purpose, name]
    return Details(name=name, account=fields.get(31, "").strip(), text=" ".join(" ".join(words).split()))


def _named(joined: str) -> Details:
    pieces = _NAMED.split(joined)
    fields: dict[str, str] = {}
    for name, value in zip(pieces[1::2], pieces[2::2], strict=False):
        fields.setdefault(name, " ".join(value.split()).strip("/"))
    other = fields.get("CNTP", "").split("/")
    name = fields.get("NAME", "") or (other[2] if len(other) > 2 else "")  # noqa: PLR2004 - CONFIG: account, BIC, name
    account = fields.get("IBAN", "") or other[0]
    text = " ".join([pieces[0].strip(), *(v for k, v in fields.items() if k not in {"IBAN", "BIC", "CNTP", "TRTP"})])
    return Details(name=name, account=account.replace(" ", ""), text=" ".join(text.split()))
