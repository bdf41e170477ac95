"""Hashes of app passwords as servers read them: SHA-512 crypt, which Dovecot, Apache and nginx all understand.

The passwords are random (app_passwords.py), so the rounds are the fewest the scheme knows: nobody guesses them.
"""

import hashlib
import hmac
from collections.abc import Iterable

from tequio.services.connectors.contract import Credential

_LETTERS = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_ROUNDS = 1000
_LONGEST_SALT = 16
_SIZE = 64
# In which order the bytes of the digest are written, three at a time; the last one alone.
_ORDER = [
    (first, first + 21, first + 42)
    if first % 3 == 0
    else (first + 21, first + 42, first)
    if first % 3 == 1
    else (first + 42, first, first + 21)
    for first in range(21)
]


def sha512_crypt(*, typed: str, salt: str, rounds: int = _ROUNDS) -> str:
    """The SHA-512 crypt of what is typed, `$6$rounds=...$salt$...`; the scheme is public and each libc has it."""
    key, grain = typed.encode(), salt[:_LONGEST_SALT].encode("ascii")
    other = hashlib.sha512(key + grain + key).digest()
    first = hashlib.sha512(key + grain + _stretched(other, len(key)))
    length = len(key)
    while length:
        first.update(other if length & 1 else key)
        length >>= 1
    digest = first.digest()
    word = _stretched(hashlib.sha512(key * len(key)).digest(), len(key))
    sand = _stretched(hashlib.sha512(grain * (16 + digest[0])).digest(), len(grain))
    for number in range(rounds):
        turn = hashlib.sha512(word if number & 1 else digest)
        if number % 3:
            turn.update(sand)
        if number % 7:
            turn.update(word)
        turn.update(digest if number & 1 else word)
        digest = turn.digest()
    return f"$6$rounds={rounds}${salt[:_LONGEST_SALT]}${_written(digest)}"


def fits(*, typed: str, stored: str) -> bool:
    """Whether what is typed is behind a hash that `sha512_crypt` made."""
    try:
        empty, scheme, rounds, salt, _ = stored.split("$")
        count = int(rounds.removeprefix("rounds="))
    except ValueError:
        return False
    if empty or scheme != "6":
        return False
    return hmac.compare_digest(sha512_crypt(typed=typed, salt=salt, rounds=count), stored)


def digest_of(credentials: Iterable[Credential]) -> str:
    """By which two sets of credentials are compared without showing either: idents, hashes and protocols, sorted."""
    lines = sorted(f"{c.ident}\x1f{c.hash}\x1f{c.protocol}" for c in credentials)
    return hashlib.sha256("\x1e".join(lines).encode()).hexdigest()[:32]


def _stretched(piece: bytes, length: int) -> bytes:
    return (piece * (length // len(piece) + 1))[:length]


def _written(digest: bytes) -> str:
    letters = []
    for high, middle, low in _ORDER:
        value = digest[high] << 16 | digest[middle] << 8 | digest[low]
        for _ in range(4):
            letters.append(_LETTERS[value & 63])
            value >>= 6
    last = digest[_SIZE - 1]
    return "".join(letters) + _LETTERS[last & 63] + _LETTERS[last >> 6]
