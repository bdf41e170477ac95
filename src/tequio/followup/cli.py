"""Commands of the follow-up on late dues: why a member was or was not written to, what is due, what goes out."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from tequio.kernel import clock, console
from tequio.kernel.console import AsJson, say
from tequio.rules.ladder import CHANNEL_NAMES
from tequio.rules.money import printed
from tequio.rules.reasons import Text, long_date
from tequio.rules.standing import STANDING_NAMES

app = console.new_app(en="Following up on late dues.", es="Seguimiento de cuotas atrasadas.")


@app.command("explain", help=say(en="Which notice was or was not sent, and why.", es="Qué se envió o no, y por qué."))
def explain(
    member_id: Annotated[
        str, typer.Option("--member", metavar="ID", help=say(en="The member's id.", es="El id de la membresía."))
    ],
    on: Annotated[date | None, console.day_option("--on", en="On which day (today).", es="En qué día (hoy).")] = None,
    as_json: AsJson = False,
) -> None:
    """Show for each charge of a member what was sent about it by a day, what follows, and why nothing else did."""
    from tequio.followup.queries.explaining import head_of_code, member_story

    today = clock.today(zone=head_of_code(code=member_id).center.zone)
    story = member_story(code=member_id, on=on or today, today=today)
    if as_json:
        console.write_json(story.as_dict())
        return
    _tell(story=story)


def _tell(*, story: Any) -> None:
    from tequio.followup.queries.explaining import BY_HAND

    standing = STANDING_NAMES[story.standing]
    console.tell(
        Text(
            en=f"{story.name} ({story.code}), {long_date(day=story.on, language='en')}: {standing.en}",
            es=f"{story.name} ({story.code}), {long_date(day=story.on, language='es')}: {standing.es}",
        )
    )
    if story.policy_title is not None:
        console.tell(
            Text(
                en=f"Rule: {story.policy_title.en}, decision {story.decision}",
                es=f"Regla: {story.policy_title.es}, acuerdo {story.decision}",
            )
        )
    channels = [CHANNEL_NAMES[channel] for channel in story.channels]
    console.tell(
        Text(
            en="Reached by: " + (", ".join(name.en for name in channels) or "nothing"),
            es="Se le alcanza por: " + (", ".join(name.es for name in channels) or "ninguna vía"),
        )
    )
    if not story.charges:
        console.tell(Text(en="There is no charge.", es="No hay ningún cargo."))
    for charge in story.charges:
        amount = printed(minor=charge.rest, currency=charge.currency)
        console.tell(
            Text(
                en=f"{charge.number}, due {long_date(day=charge.due_on, language='en')}: {amount} open",
                es=f"{charge.number}, vence el {long_date(day=charge.due_on, language='es')}: quedan {amount}",
            )
        )
        for said in charge.said:
            console.tell(
                Text(
                    en=f"  {said.step_name.en}. {said.sentence.en}",
                    es=f"  {said.step_name.es}. {said.sentence.es}",
                )
            )
        for name in charge.by_hand:
            console.tell(Text(en=f"  {name.en}. {BY_HAND.en}", es=f"  {name.es}. {BY_HAND.es}"))
        if charge.step_name is not None:
            console.tell(
                Text(
                    en=f"  next: {charge.step_name.en}. {charge.reason.en}",
                    es=f"  sigue: {charge.step_name.es}. {charge.reason.es}",
                )
            )
        else:
            console.tell(Text(en=f"  {charge.reason.en}", es=f"  {charge.reason.es}"))


@app.command("report", help=say(en="What a month brought and cost.", es="Lo que dejó y costó un mes."))
def report(
    center: Annotated[str, typer.Option("--center", metavar="CODE")],
    month: Annotated[
        date | None, console.day_option("--month", en="Any day of the month (this one).", es="Un día del mes (este).")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show what the follow-up of a month brought in a center, and what it cost."""
    from tequio.centers.queries import center_by_code
    from tequio.followup.queries.report import follow_up_report

    row = center_by_code(code=center)
    today = clock.today(zone=row.zone)
    found = follow_up_report(center=row, month=(month or today).replace(day=1), today=today)
    if as_json:
        console.write_json(found.as_dict())
        return
    came, cost = (printed(minor=minor, currency=found.currency) for minor in (found.followed, found.cost))
    console.tell(
        Text(
            en=f"{found.center}, {found.month:%Y-%m}: {came} followed on what was said, it cost {cost}.",
            es=f"{found.center}, {found.month:%Y-%m}: llegaron {came} después de lo dicho, costó {cost}.",
        )
    )
    for line in (*found.steps, *found.channels):
        amount = printed(minor=line.followed.amount, currency=found.currency)
        console.tell(
            Text(
                en=f"  {line.name.en}: {line.followed.contacts} sent, {line.followed.paid} paid after it, {amount}",
                es=f"  {line.name.es}: {line.followed.contacts} enviados, {line.followed.paid} pagaron, {amount}",
            )
        )


@app.command(
    "bounces",
    help=say(en="Take in mail that came back.", es="Registra los correos que regresaron."),
)
def bounces(
    path: Annotated[
        Path,
        typer.Argument(
            metavar=say(en="PATH", es="RUTA"),
            help=say(
                en="A Maildir, a folder of mails, an mbox or one mail.",
                es="Un Maildir, una carpeta de correos, un mbox o un correo.",
            ),
        ),
    ],
    as_json: AsJson = False,
) -> None:
    """Read delivery reports of mail servers and let the ladder go on by another channel; nothing at PATH changes."""
    from dataclasses import asdict

    from tequio.followup.operations.bouncing import take_bounces
    from tequio.kernel.mail.returned import mails_in

    done = take_bounces(mails=mails_in(path=path), actor=console.actor(), at=clock.now())
    if as_json:
        console.write_json(asdict(done))
        return
    rest = done.not_ours + done.without_consequence + done.unreadable
    console.tell(
        Text(
            en=f"Read {done.read}: {done.came_back} came back, {done.known_already} known already, "
            f"{rest} of no matter.",
            es=f"Leídos {done.read}: {done.came_back} regresaron, {done.known_already} ya se sabían, "
            f"{rest} sin importancia.",
        )
    )
    for code in done.flooded:
        console.tell(
            Text(
                en=f"{code}: very many came back, so nothing was concluded. Look at the mail server, close the task, "
                "and run this again.",
                es=f"{code}: regresaron muchísimos, así que no se concluyó nada. Revise el servidor de correo, cierre "
                "la tarea y repita esto.",
            )
        )
