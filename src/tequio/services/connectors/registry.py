"""Which connectors an instance has: the file connectors.toml in its folder, which only whoever runs the server writes.

It is a file and no page, because it names programs to run and files to write. Each table of it is a connector:

    [logins]
    type = "htpasswd"
    services = ["cloud", "site"]
    path = "/var/lib/tequio/logins.htpasswd"

A type is registered at start-up by whoever offers it; it makes a connector of a table's other keys.
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tequio.kernel import instance
from tequio.kernel.errors import Refusal
from tequio.services.connectors.contract import Connector

FILE = "connectors.toml"
Maker = Callable[..., Connector]
_types: dict[str, Maker] = {}
_instead: dict[str, Connector] | None = None


def register(type_name: str, maker: Maker, /) -> None:
    """Offer a type of connector. `maker(name=, services=, settings=)` makes one, or refuses its settings."""
    _types[type_name] = maker


def types() -> list[str]:
    """The types there are, by name."""
    return sorted(_types)


def path() -> Path:
    """The file that names this instance's connectors."""
    return instance.home() / FILE


def instead_of_file() -> bool:
    """Whether other connectors are used for a while (`instead`)."""
    return _instead is not None


def connectors() -> dict[str, Connector]:
    """Every connector of this instance by name; empty without a file. Refuses a file that cannot be read whole."""
    if _instead is not None:
        return dict(_instead)
    try:
        tables = tomllib.loads(path().read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Refusal(
            en=f"The file {FILE} of this instance cannot be read: {error}.",
            es=f"No se puede leer el archivo {FILE} de esta instancia: {error}.",
        ) from error
    found = {name: _made(name=name, table=table) for name, table in tables.items()}
    by_service(found)
    return found


def by_service(found: Mapping[str, Connector]) -> dict[str, Connector]:
    """The connector of each service. Refuses a service that two of them carry out."""
    answer: dict[str, Connector] = {}
    for connector in found.values():
        for service in sorted(connector.services):
            if service in answer:
                raise Refusal(
                    en=f"{FILE}: the service {service} stands in {answer[service].name} and in {connector.name}.",
                    es=f"{FILE}: el servicio {service} está en {answer[service].name} y en {connector.name}.",
                )
            answer[service] = connector
    return answer


@contextmanager
def instead(*given: Connector) -> Iterator[None]:
    """Use these connectors for a while in place of the instance's: tests, benchmarks, the demonstration."""
    global _instead  # noqa: PLW0603 - CONFIG: one place says which connectors there are
    before, _instead = _instead, {connector.name: connector for connector in given}
    try:
        yield
    finally:
        _instead = before


def _made(*, name: str, table: Any) -> Connector:
    if not isinstance(table, dict) or not isinstance(table.get("services"), list):
        raise Refusal(
            en=f"{FILE}: [{name}] needs a type and a list of services.",
            es=f"{FILE}: [{name}] necesita un tipo (type) y una lista de servicios (services).",
        )
    settings = {key: value for key, value in table.items() if key not in {"type", "services"}}
    maker = _types.get(str(table.get("type")))
    if maker is None:
        raise Refusal(
            en=f"{FILE}: [{name}] has the type {table.get('type')}; there are {', '.join(types())}.",
            es=f"{FILE}: [{name}] es del tipo {table.get('type')}; hay {', '.join(types())}.",
        )
    return maker(name=name, services=frozenset(map(str, table["services"])), settings=settings)


def setting(*, name: str, settings: Mapping[str, Any], key: str, kind: type, default: Any = None) -> Any:
    """A key of a connector's table. Refuses one of another type, and one that is missing and has no default."""
    value = settings.get(key, default)
    if not isinstance(value, kind) or (kind is not bool and isinstance(value, bool)):
        raise Refusal(
            en=f"{FILE}: [{name}] needs “{key}” as {kind.__name__}.",
            es=f"{FILE}: [{name}] necesita «{key}» como {kind.__name__}.",
        )
    return value


def refuse_unknown(*, name: str, settings: Mapping[str, Any], known: frozenset[str]) -> None:
    """Refuse a table with keys that mean nothing: a mistyped one would go unheard."""
    unknown = sorted(set(settings) - known)
    if unknown:
        raise Refusal(
            en=f"{FILE}: [{name}] has “{unknown[0]}”, which means nothing; there are {', '.join(sorted(known))}.",
            es=f"{FILE}: [{name}] tiene «{unknown[0]}», que no significa nada; hay {', '.join(sorted(known))}.",
        )
