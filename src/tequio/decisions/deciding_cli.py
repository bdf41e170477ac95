"""`tequio votes`, and what `tequio decisions` does besides listing: confirm, take back, record."""

from datetime import date
from typing import Annotated, Any

import typer

from tequio.kernel import clock, console
from tequio.kernel.console import AsJson, say
from tequio.kernel.errors import Refusal
from tequio.rules.reasons import Text, long_date

votes = console.new_app(en="What bodies vote on.", es="Lo que votan las instancias.")

Code = Annotated[str, typer.Argument(metavar="ID", help=say(en="The decision's code.", es="El código del acuerdo."))]
EMAIL = say(en="EMAIL", es="CORREO")


def person_called(*, email: str) -> Any:
    """The person with an address and an open account. Refuses one nobody has."""
    from tequio.accounts.models import User

    user = User.objects.filter(email=email.strip().casefold(), is_active=True).first()
    if user is None:
        raise Refusal(en=f"Nobody here has the address {email}.", es=f"Nadie aquí tiene el correo {email}.")
    return user


def _decision(code: str) -> Any:
    from tequio.decisions.models import Decision

    found = Decision.objects.select_related("body", "proposal", "vote", "question__version").filter(code=code).first()
    if found is None:
        raise Refusal(en=f"There is no decision “{code}”.", es=f"No existe el acuerdo «{code}».")
    return found


def apply(
    decision: Code,
    by: Annotated[
        str,
        typer.Option(
            "--by",
            metavar=EMAIL,
            help=say(en="Who confirms it (this machine's user).", es="Quién lo confirma (quien usa esta máquina)."),
        ),
    ] = "",
    key: Annotated[
        str,
        typer.Option(
            "--key",
            metavar=say(en="KEY", es="CLAVE"),
            help=say(en="What was looked at, where figures have moved.", es="Lo que se vio, si cambiaron las cifras."),
        ),
    ] = "",
) -> None:
    """Confirm what a decision does and carry out what is due: once, whole or not at all."""
    from tequio.decisions.operations.carrying_out import FactsMoved, confirm

    row = _decision(decision)
    user = person_called(email=by) if by else None
    actor = user.actor if user else console.actor()
    try:
        done = confirm(decision=row, by=user, key=key, actor=actor, at=clock.now())
    except FactsMoved as moved:
        console.remark(Text(en=f"--key {moved.found.key}", es=f"--key {moved.found.key}"))
        raise
    console.tell(
        Text(
            en=f"Decision {row.code}: {len(done.applied)} effects carried out, {len(done.waiting)} wait for their day.",
            es=f"Acuerdo {row.code}: {len(done.applied)} efectos llevados a cabo, {len(done.waiting)} en espera.",
        )
    )


def waiting(as_json: AsJson = False) -> None:
    """List the decisions whose effects nobody has confirmed yet, the earliest day first."""
    from tequio.decisions.queries.decided import waiting_for_a_person

    rows = waiting_for_a_person(at=clock.now())
    if as_json:
        console.write_json(
            [
                {
                    "decision": row.code,
                    "title": row.title.as_dict(),
                    "effects": row.effects,
                    "first_day": row.first_day,
                    "is_due": row.is_due,
                }
                for row in rows
            ]
        )
        return
    if not rows:
        console.tell(Text(en="Nothing waits for a person.", es="Nada espera a una persona."))
    for row in rows:
        console.tell(Text(en=f"{row.code}: {row.sentence.en}", es=f"{row.code}: {row.sentence.es}"))


def take_back(
    decision: Code,
    sponsor: Annotated[
        str, typer.Option("--sponsor", metavar=EMAIL, help=say(en="Who proposes it.", es="Quién lo propone."))
    ],
) -> None:
    """Draft a proposal with the inverse effects of a decision; it goes its way like any other."""
    from tequio.decisions.operations.reversing import reversal

    user = person_called(email=sponsor)
    draft = reversal(decision=_decision(decision), sponsor=user, actor=console.actor(), at=clock.now())
    console.tell(Text(en=f"Drafted: proposal {draft.code}.", es=f"Quedó el borrador de la propuesta {draft.code}."))


def record(
    code: Annotated[str, typer.Argument(metavar="ID", help=say(en="The decision's new code.", es="El código nuevo."))],
    body: Annotated[str, typer.Option("--body", help=say(en="Who decided.", es="Quién acordó."))],
    on: Annotated[date, console.day_option("--on", en="On which day.", es="En qué fecha.")],
    title_en: Annotated[str, typer.Option("--title-en", help=say(en="What, in English.", es="Qué, en inglés."))],
    title_es: Annotated[str, typer.Option("--title-es", help=say(en="What, in Spanish.", es="Qué, en español."))],
    source_en: Annotated[
        str, typer.Option("--source-en", help=say(en="Where it says so.", es="Dónde consta, inglés."))
    ],
    source_es: Annotated[str, typer.Option("--source-es", help=say(en="Source in Spanish.", es="Dónde consta."))],
    end: Annotated[str, typer.Option("--end", help=say(en="How it ended.", es="Cómo terminó."))] = "",
    in_favor: Annotated[int | None, typer.Option("--in-favor", min=0, help=say(en="Votes for.", es="A favor."))] = None,
    against: Annotated[int | None, typer.Option("--against", min=0, help=say(en="Against.", es="En contra."))] = None,
) -> None:
    """Record a decision taken outside the program; its counts are not stated unless they are given."""
    from tequio.decisions.operations.recording import Counts, record_decision
    from tequio.decisions.queries.in_force import body_by_code

    if (in_favor is None) != (against is None):
        raise typer.BadParameter(
            say(en="Give both counts or none.", es="Indique los dos conteos o ninguno."), param_hint="--in-favor"
        )
    counts = Counts(in_favor=in_favor, against=against) if in_favor is not None and against is not None else None
    made = record_decision(
        code=code,
        body=body_by_code(code=body),
        title=Text(en=title_en, es=title_es),
        decided_on=on,
        source=Text(en=source_en, es=source_es),
        end=end,
        counts=counts,
        actor=console.actor(),
        at=clock.now(),
    )
    console.tell(Text(en=f"Recorded: decision {made.code}.", es=f"Registrado: acuerdo {made.code}."))


@votes.command("list", help=say(en="Votes, the open ones first.", es="Votaciones, primero las abiertas."))
def list_votes(
    body: Annotated[str, typer.Option("--body", help=say(en="Of this body.", es="De esta instancia."))] = "",
    as_json: AsJson = False,
) -> None:
    """List votes: what about, until when, and what came of them."""
    from tequio.decisions.queries.listed import votes_listed

    rows = votes_listed(body=body)
    if as_json:
        console.write_json([row.as_dict() for row in rows])
        return
    for row in rows:
        console.tell(
            Text(en=f"{row.pk} {row.motion.en} {row.sentence.en}", es=f"{row.pk} {row.motion.es} {row.sentence.es}")
        )


@votes.command("show", help=say(en="A vote, line by line.", es="Una votación, renglón por renglón."))
def show_vote(
    vote: Annotated[int, typer.Argument(metavar="ID", help=say(en="Its number.", es="Su número."))],
    as_json: AsJson = False,
) -> None:
    """Show a vote: its rule, its electorate, what it would do or did, and how the verdict follows."""
    from tequio.decisions.queries.listed import vote_told

    told = vote_told(pk=vote)
    if as_json:
        console.write_json(told.as_dict())
        return
    console.tell(told.row.motion)
    console.tell(told.row.sentence)
    for line in told.lines:
        console.tell(Text(en=f"  {line.en}", es=f"  {line.es}"))


@votes.command("close", help=say(en="Close a vote that is over.", es="Cierra una votación que terminó."))
def close_vote(
    vote: Annotated[int, typer.Argument(metavar="ID", help=say(en="Its number.", es="Su número."))],
) -> None:
    """Close a vote whose hour has come, or one of a sitting, and say what it came to."""
    from tequio.decisions.operations.closing import close
    from tequio.decisions.queries.listed import the_vote, vote_told

    close(vote=the_vote(pk=vote), actor=console.actor(), at=clock.now())
    told = vote_told(pk=vote)
    console.tell(told.row.sentence)
    for line in told.lines:
        console.tell(Text(en=f"  {line.en}", es=f"  {line.es}"))


def said_day(day: date | None, /) -> Text:
    """A day as a sentence says it; a dash for none."""
    if day is None:
        return Text(en="-", es="-")
    return Text(en=long_date(day=day, language="en"), es=long_date(day=day, language="es"))
