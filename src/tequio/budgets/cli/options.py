"""Options that several commands of the budgets share, and the decision one of them names."""

from typing import Annotated, Any

import typer

from tequio.kernel.console import say

Number = Annotated[int, typer.Argument(metavar="N", help=say(en="Its number.", es="Su número."))]
Reason = Annotated[str, typer.Option("--reason", help=say(en="Why.", es="Por qué."))]
DecisionCode = Annotated[
    str | None, typer.Option("--decision", help=say(en="By which decision.", es="Por qué acuerdo."), show_default=False)
]
Currency = Annotated[str, typer.Option("--currency", help=say(en="Like USD.", es="Como USD."))]


def decision_named(code: str | None) -> Any:
    """The decision of a code; None where none was named."""
    if code is None:
        return None
    from tequio.budgets.queries.listing import decision_by_code

    return decision_by_code(code=code)
