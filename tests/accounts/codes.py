"""What an app with codes shows, computed here from RFC 6238 and not by the library under test."""

import base64
import hashlib
import hmac
import struct
import time


def totp(secret, *, steps=0):
    """The six digits an app shows now, or some half minutes away (RFC 6238)."""
    counter = struct.pack(">Q", int(time.time()) // 30 + steps)  # noqa: TID251 - CONFIG: an app has a clock of its own
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"
