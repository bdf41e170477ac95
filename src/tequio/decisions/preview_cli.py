"""`tequio proposals effects` and `preview`: what a proposal can do, and what one would do under assumptions."""

from typing import TYPE_CHECKING, Annotated

import typer

from tequio.kernel import clock, console
from tequio.kernel.console import AsJson, say
from tequio.rules.reasons import Text, long_date

if TYPE_CHECKING:  # the commands are read before Django is woken
    from tequio.decisions.effects.previewing import EffectPreview
    from tequio.decisions.effects.registry import Table

_NAME = say(en="NAME=VALUE", es="NOMBRE=VALOR")


def effects(as_json: AsJson = False) -> None:
    """List the kinds of effects there are, each with data that would be accepted: to write a file by."""
    import json

    from tequio.decisions.effects.registry import kinds

    if as_json:
        console.write_json(
            [{"kind": one.name, "title": one.title.as_dict(), "data": dict(one.example)} for one in kinds()]
        )
        return
    for one in kinds():
        example = json.dumps({"kind": one.name, "data": dict(one.example)}, ensure_ascii=False, indent=1)
        console.tell(Text(en=f"{one.title.en}:\n{example}", es=f"{one.title.es}:\n{example}"))


def preview(
    code: Annotated[
        str,
        typer.Argument(
            metavar=say(en="PROPOSAL", es="PROPUESTA"),
            help=say(en="Its number, like 2016-21.", es="Su número, como 2016-21."),
        ),
    ],
    assume: Annotated[
        list[str] | None,
        typer.Option(
            "--assume",
            metavar=_NAME,
            help=say(en="Another value of an assumption; can be repeated.", es="Otro valor de un supuesto; se repite."),
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show what the effects of a proposal would do with the members of today; nothing is written."""
    from tequio.decisions.queries.previews import preview_of_proposal
    from tequio.decisions.queries.proposals import proposal_by_code

    assumptions = dict(_assumption(one) for one in assume or [])
    proposal = proposal_by_code(code=code)
    shown = preview_of_proposal(proposal=proposal, assumptions=assumptions, at=clock.now())
    if as_json:
        console.write_json(shown.as_json())
        return
    if shown.why_not is not None:
        console.tell(shown.why_not)
        for one in shown.seen:
            console.tell(Text(en=f"What its voters saw: {one.hash}", es=f"Lo que vieron quienes votaron: {one.hash}"))
        return
    for effect in shown.preview.effects if shown.preview else ():
        _tell(effect)


def _assumption(written: str) -> tuple[str, int]:
    name, _, value = written.partition("=")
    digits = value.strip().removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 9):  # noqa: PLR2004 - CONFIG: more is a mistake
        raise typer.BadParameter(
            say(
                en=f"“{written[:60]}” is no assumption. Write it like drop_operations=20.",
                es=f"«{written[:60]}» no es un supuesto. Escríbalo como drop_operations=20.",
            ),
            param_hint="--assume",
        )
    return name.strip(), int(value)


def _tell(one: "EffectPreview") -> None:
    day = one.plan.effective_on
    console.tell(one.said)
    if one.moved is not None:
        console.tell(one.moved)
    for change in one.plan.changes:
        before, after = change.before or _NOTHING, change.after or _NOTHING
        console.tell(
            Text(
                en=f"  {change.what.en}: {before.en} -> {after.en}", es=f"  {change.what.es}: {before.es} -> {after.es}"
            )
        )
    for sentence in one.consequences.sentences:
        console.tell(sentence)
    for table in one.consequences.tables:
        _tell_table(table)
    console.tell(
        Text(
            en=f"In force from {long_date(day=day, language='en')}, once it is decided and a person confirms it.",
            es=f"Vigente desde el {long_date(day=day, language='es')}, una vez acordado y confirmado por una persona.",
        )
    )


_NOTHING = Text(en="-", es="-")


def _tell_table(table: "Table") -> None:
    """A table in columns: the first to the left, figures to the right."""
    language = console.language()
    lines = [[cell.to(language) for cell in row] for row in (table.heads, *table.rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(table.heads))]
    said = [table.title.to(language)]
    for first, *others in lines:
        cells = [cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True)]
        said.append("  ".join([f"  {first.ljust(widths[0])}", *cells]).rstrip())
    if table.note is not None:
        said.append(f"  {table.note.to(language)}")
    console.write_lines(f"{line}\n" for line in said)
