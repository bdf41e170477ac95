"""Who sits on the demonstration's Leadership Committee: invented people, of both centers."""

from dataclasses import dataclass
from datetime import date

BODY = "leadership-committee"
SINCE, UNTIL = date(2015, 1, 1), date(2018, 1, 1)  # terms of three years; five seats a year would begin elsewhere
SEATS = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitter:
    """Somebody who sits on the committee, and the center the seat speaks for."""

    email: str
    name: str
    language: str
    center: str


SITTERS = (
    Sitter(email="adaeze.holm@example.org", name="Adaeze Holm", language="en", center="us"),
    Sitter(email="bruno.castells@example.org", name="Bruno Castells", language="es", center="us"),
    Sitter(email="corin.vance@example.org", name="Corin Vance", language="en", center="us"),
    Sitter(email="delphine.okoro@example.org", name="Delphine Okoro", language="en", center="us"),
    Sitter(email="elias.marrow@example.org", name="Elias Marrow", language="en", center="us"),
    Sitter(email="farida.lund@example.org", name="Farida Lund", language="en", center="us"),
    Sitter(email="gideon.salas@example.org", name="Gideon Salas", language="en", center="us"),
    Sitter(email="hazel.petrov@example.org", name="Hazel Petrov", language="en", center="us"),
    Sitter(email="ixchel.barrera@example.org", name="Ixchel Barrera", language="es", center="mx"),
    Sitter(email="julian.tecpan@example.org", name="Julián Tecpan", language="es", center="mx"),
    Sitter(email="karina.lozada@example.org", name="Karina Lozada", language="es", center="mx"),
    Sitter(email="leobardo.cruz@example.org", name="Leobardo Cruz", language="es", center="mx"),
    Sitter(email="marisol.quetzal@example.org", name="Marisol Quetzal", language="es", center="mx"),
    Sitter(email="nahum.reyna@example.org", name="Nahúm Reyna", language="es", center="mx"),
)
CHAIR = "adaeze.holm@example.org"
SPONSOR = "ixchel.barrera@example.org"
