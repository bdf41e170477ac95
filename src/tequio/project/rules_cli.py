"""`tequio rules`: a rule book loaded, with the meetings it begins planned, and the rules in force."""

from pathlib import Path
from typing import Annotated

from tequio.kernel import console
from tequio.kernel.console import AsJson, say
from tequio.rules.reasons import Text

rules = console.new_app(en="The rules in force.", es="Las reglas vigentes.")


@rules.command("load", help=say(en="Load a rule book (TOML).", es="Carga un reglamento (TOML)."))
def load(file: Annotated[Path, console.file_argument(en="The rule book.", es="El reglamento.")]) -> None:
    """Load centers, bodies, decisions and policies from a file."""
    from tequio.kernel import clock
    from tequio.project.rulebook import load_rules

    counts = load_rules(path=file, actor=console.actor(), at=clock.now())
    listed = ", ".join(f"{name} {count}" for name, count in counts.items())
    console.tell(Text(en=f"In force: {listed}.", es=f"Vigente: {listed}."))
    plan_ahead()


def plan_ahead() -> None:
    """Plan the meetings of series that a rule book begins, so that they are in the calendar at once."""
    from tequio.kernel import clock
    from tequio.meetings.operations.series import foresee_all

    for line in foresee_all(actor=console.actor(), at=clock.now()).said():
        console.tell(line)


@rules.command("show", help=say(en="Every rule, with its decision.", es="Cada regla, con su acuerdo."))
def show_rules(as_json: AsJson = False) -> None:
    """List every dated rule with the decision behind it."""
    from tequio.dues.policies import rules_listed
    from tequio.followup.queries.policies_listed import ladders_listed

    rows = sorted([*rules_listed(), *ladders_listed()], key=lambda row: (row.center, row.kind, row.valid_from))
    if as_json:
        console.write_json([row.as_dict() for row in rows])
        return
    for row in rows:
        console.tell(Text(en=row.sentence.en, es=row.sentence.es))
