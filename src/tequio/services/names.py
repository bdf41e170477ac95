"""Names of accounts: what an address, a login, a host name and an identifier may look like.

Narrow on purpose: a name goes to mail servers, files, programs and web servers, each with traps of its own. What is
allowed here is harmless in all of them. Letters are small, so that one name is not two people.
"""

import re
from collections.abc import Collection

from tequio.kernel.errors import Refusal
from tequio.rules.reasons import Text

LONGEST = 254
_LONGEST_LOCAL = 64
_LOCAL = re.compile(r"[a-z0-9](?:[a-z0-9]|[._-](?=[a-z0-9])){0,63}", re.ASCII)
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL})+", re.ASCII)
_LOGIN = re.compile(r"[a-z](?:[a-z0-9]|[._-](?=[a-z0-9])){1,31}", re.ASCII)
_IDENTIFIER = re.compile(r"[a-z](?:[a-z0-9]|_(?=[a-z0-9])){1,47}", re.ASCII)
# Addresses that the world takes for those who run the servers, and logins that systems have already.
_KEPT = """
abuse admin administrator daemon hostmaster info mailer-daemon nobody noc noreply no-reply postmaster root security ssl
support webmaster www www-data tequio
"""
RESERVED = frozenset(_KEPT.split())

_SAYS = {
    "address": Text(
        en="Write an address like ana@example.org: small letters, digits, and . - _ between them.",
        es="Escriba una dirección como ana@example.org: letras minúsculas, números, y . - _ entre ellos.",
    ),
    "host": Text(
        en="Write the name of a site like radio.example.org.",
        es="Escriba el nombre de un sitio como radio.example.org.",
    ),
    "login": Text(
        en="A login has 2 to 32 small letters and digits, with . - _ between them, and begins with a letter.",
        es="Un usuario tiene de 2 a 32 letras minúsculas y números, con . - _ entre ellos, y empieza con una letra.",
    ),
    "identifier": Text(
        en="A name has 2 to 48 small letters, digits and _ and begins with a letter.",
        es="Un nombre tiene de 2 a 48 letras minúsculas, números y _ y empieza con una letra.",
    ),
}


def checked(*, typed: str, names_as: str) -> str:
    """The name behind what a person typed: without spaces around it, in small letters. Refuses anything else."""
    name = typed.strip().lower() if len(typed) <= 4 * LONGEST else ""
    if names_as == "address":
        local, _, domain = name.partition("@")
        fits = bool(_LOCAL.fullmatch(local)) and len(local) <= _LONGEST_LOCAL and bool(_HOST.fullmatch(domain))
    else:
        fits = bool({"host": _HOST, "login": _LOGIN, "identifier": _IDENTIFIER}[names_as].fullmatch(name))
    if not fits or len(name) > LONGEST:
        said = _SAYS[names_as]
        raise Refusal(en=said.en, es=said.es)
    return name


def refuse_reserved(*, name: str, names_as: str) -> None:
    """Refuse a name that is taken for those who run the servers."""
    if names_as in {"address", "login"} and name.partition("@")[0] in RESERVED:
        raise Refusal(
            en=f"{name} is kept for those who run the servers. Ask them if you need it.",
            es=f"{name} está reservado para quienes cuidan los servidores. Pídalo si lo necesita.",
        )


def refuse_other_domain(*, name: str, domains: Collection[str]) -> None:
    """Refuse an address on a domain that is neither shared nor the member's own."""
    domain = name.partition("@")[2]
    if domain not in domains:
        listed = ", ".join(sorted(domains)) or "—"
        raise Refusal(
            en=f"Addresses can be opened on {listed}. For one of your own domains, open it as a site first.",
            es=f"Se pueden abrir direcciones en {listed}. Para un dominio propio, ábralo primero como sitio.",
        )
