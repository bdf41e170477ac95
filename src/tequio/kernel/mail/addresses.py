"""Addresses of mail: one of them, and nothing hidden in it."""

import re

from tequio.kernel.errors import Refusal

LONGEST = 254  # RFC 5321
# Loose on purpose: letters beyond ASCII exist on both sides, and only the mail server knows what is delivered. What
# could end a header, name a second address or start a comment is not in it.
_ADDRESS = re.compile(r"[^\s@<>()\[\],;:\\\"\x00-\x1f\x7f-\x9f]{1,64}@[^\s@<>()\[\],;:\\\"\x00-\x1f\x7f-\x9f]+")


def is_address(text: str) -> bool:
    """Whether a text is one address that mail can be tried at."""
    if len(text) > LONGEST or not text.isprintable() or not _ADDRESS.fullmatch(text):
        return False
    host = text.rpartition("@")[2]
    return not host.startswith((".", "-")) and not host.endswith((".", "-")) and ".." not in host


def refuse_address(*, address: str) -> None:
    """Refuse what is not one address; the sentence does not repeat it."""
    if not is_address(address):
        raise Refusal(
            en="That is not one e-mail address like name@example.org.",
            es="Eso no es una sola dirección de correo como nombre@example.org.",
        )


def without_address(*, said: str, address: str) -> str:
    """What a mail server said, with the address taken out wherever it repeats it, on one line of 300 at most."""
    from tequio.kernel.mail.plain_text import one_line

    clean = said
    for part in (address, address.partition("@")[0]):
        if part:  # as a word of its own: an address beginning with “a” does not take every “a” out of a sentence
            clean = re.sub(rf"(?<!\w){re.escape(part)}(?!\w)", "…", clean, flags=re.IGNORECASE)
    clean = re.sub(r"[^\s<>\"']+@[^\s<>\"',;]+", "…", clean)
    return one_line(clean, longest=300)
