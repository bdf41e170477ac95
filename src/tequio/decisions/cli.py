"""`tequio proposals`: what somebody asks a body to decide."""

from pathlib import Path
from typing import Annotated

import typer

from tequio.kernel import clock, console
from tequio.kernel.console import AsJson, say
from tequio.rules.reasons import Text

proposals = console.new_app(en="What somebody asks a body to decide.", es="Lo que alguien pide que se acuerde.")

_STAGES = ("draft", "review", "vote", "decided", "withdrawn")


@proposals.command("import", help=say(en="Take in proposals from a file (JSON).", es="Toma propuestas de un archivo."))
def import_file(
    file: Annotated[Path, console.file_argument(en="The proposals.", es="Las propuestas.")], as_json: AsJson = False
) -> None:
    """Draft the proposals of a file, and circulate those it says so of; the same file again changes nothing."""
    from tequio.decisions.operations.importing import import_proposals

    found = import_proposals(path=file, actor=console.actor(), at=clock.now())
    if as_json:
        console.write_json({"made": found.made, "there": found.there})
        return
    made, there = ", ".join(found.made) or "-", ", ".join(found.there) or "-"
    console.tell(Text(en=f"Made: {made}. There already: {there}.", es=f"Nuevas: {made}. Ya existían: {there}."))


@proposals.command("list", help=say(en="The proposals, the last first.", es="Las propuestas, primero la última."))
def list_proposals(
    body: Annotated[str, typer.Option("--body", help=say(en="Of this body.", es="De esta instancia."))] = "",
    stage: Annotated[
        str, typer.Option("--stage", help=say(en="In this stage.", es="En esta etapa."), metavar="|".join(_STAGES))
    ] = "",
    as_json: AsJson = False,
) -> None:
    """List proposals with their stage, when their review is over and before which sitting they come."""
    from tequio.decisions.queries.plain import plain
    from tequio.decisions.queries.proposals import proposals_listed

    if stage and stage not in _STAGES:
        listed = ", ".join(_STAGES)
        raise typer.BadParameter(say(en=f"Use one of: {listed}.", es=f"Use uno de: {listed}."), param_hint="--stage")
    lines = proposals_listed(at=clock.now(), body=body, stage=stage)
    if as_json:
        console.write_json([plain(line) for line in lines])
        return
    for line in lines:
        when = line.sitting or line.ready
        said = Text(en=f" ({when.said.en})", es=f" ({when.said.es})") if when else Text(en="", es="")
        console.tell(
            Text(
                en=f"{line.code} {line.body.en}: {line.ask.en} {line.stage_name.en}{said.en}",
                es=f"{line.code} {line.body.es}: {line.ask.es} {line.stage_name.es}{said.es}",
            )
        )


@proposals.command("show", help=say(en="All about one proposal.", es="Todo sobre una propuesta."))
def show(
    code: Annotated[
        str,
        typer.Argument(
            metavar=say(en="PROPOSAL", es="PROPUESTA"),
            help=say(en="Its number, like 2016-21.", es="Su número, como 2016-21."),
        ),
    ],
    as_json: AsJson = False,
) -> None:
    """Show the words, effects, clock, parts, amendments and positions of a proposal."""
    from tequio.decisions.queries.plain import plain
    from tequio.decisions.queries.proposal_page import proposal_page
    from tequio.decisions.queries.proposals import proposal_by_code

    page = proposal_page(proposal=proposal_by_code(code=code), at=clock.now())
    if as_json:
        console.write_json(plain(page))
        return
    for sentence in page.sentences:
        console.tell(sentence)
