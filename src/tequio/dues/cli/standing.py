"""Commands about one member's standing and what was agreed with it: show, hold, rate, plan; and who is behind."""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any

import typer

from tequio.kernel import clock, console
from tequio.kernel.console import AsJson, say
from tequio.rules.money import printed, whole_units
from tequio.rules.reasons import Text, long_date
from tequio.rules.standing import STANDING_NAMES

plans = console.new_app(en="Payment plans.", es="Planes de pago.")

MemberId = Annotated[str, typer.Argument(metavar="ID", help=say(en="The member's id.", es="El id de la membresía."))]
Reason = Annotated[str, typer.Option("--reason", help=say(en="Why.", es="Por qué."))]


def show(
    member_id: MemberId,
    on: Annotated[date | None, console.day_option("--on", en="On which day (today).", es="En qué día (hoy).")] = None,
    as_json: AsJson = False,
) -> None:
    """Show a member's standing on a day, since when, why, what comes next, and its balance."""
    from tequio.dues.queries import standing_of
    from tequio.members.queries import member_by_code

    on = on or clock.today(zone=member_by_code(code=member_id).center.zone)
    found = standing_of(code=member_id, on=on)
    verdict = found.verdict
    if as_json:
        console.write_json(
            {
                "member": found.member.code,
                "name": found.member.name,
                "on": found.on,
                "standing": verdict.standing.value,
                "since": verdict.since,
                "reason": verdict.reason.as_dict(),
                "invoice": verdict.charge,
                "days": verdict.days,
                "rule": verdict.policy.code if verdict.policy else None,
                "decision": verdict.policy.decision if verdict.policy else None,
                "next": {"standing": verdict.next_standing.value, "on": verdict.next_on}
                if verdict.next_standing
                else None,
                "balance": {code: whole_units(minor=minor) for code, minor in found.balance.items()},
            }
        )
        return
    _tell_standing(found=found)


def _tell_standing(*, found: Any) -> None:
    verdict = found.verdict
    name, since = STANDING_NAMES[verdict.standing], verdict.since
    if found.asked_code != found.member.code:
        console.tell(
            Text(
                en=f"{found.asked_code} counts as {found.member.code}.",
                es=f"{found.asked_code} cuenta como {found.member.code}.",
            )
        )
    console.tell(Text(en=f"{found.member.name} ({found.member.code})", es=f"{found.member.name} ({found.member.code})"))
    console.tell(
        Text(
            en=f"{name.en} since {long_date(day=since, language='en')}",
            es=f"{name.es} desde el {long_date(day=since, language='es')}",
        )
    )
    console.tell(verdict.reason)
    if verdict.next_standing is not None and verdict.next_on is not None:
        then = STANDING_NAMES[verdict.next_standing]
        console.tell(
            Text(
                en=f"If nothing else happens: {then.en} on {long_date(day=verdict.next_on, language='en')}.",
                es=f"Si no pasa nada más: {then.es} el {long_date(day=verdict.next_on, language='es')}.",
            )
        )
    if verdict.policy is not None:
        console.tell(
            Text(
                en=f"Rule: {verdict.policy.title.en}, in force from {verdict.policy.valid_from}, "
                f"decision {verdict.policy.decision}",
                es=f"Regla: {verdict.policy.title.es}, vigente desde el {verdict.policy.valid_from}, "
                f"acuerdo {verdict.policy.decision}",
            )
        )
    for code, minor in found.balance.items():
        amount = printed(minor=abs(minor), currency=code)
        if minor < 0:
            console.tell(Text(en=f"Paid ahead: {amount}", es=f"A su favor: {amount}"))
        else:
            console.tell(Text(en=f"Owes: {amount}", es=f"Debe: {amount}"))


def hold(
    member_id: MemberId,
    until: Annotated[date, console.day_option("--until", en="Its last day.", es="Su último día.")],
    reason: Reason,
    first_day: Annotated[
        date | None,
        console.day_option(
            "--from",
            en="Its first day (today; for a hold written down after it ended, the due date of the oldest debt).",
            es="Su primer día (hoy; si se anota cuando ya terminó, el vencimiento de la deuda más antigua).",
        ),
    ] = None,
) -> None:
    """Pause what follows late dues through a day."""
    from tequio.dues.operations.agreeing import grant_hold

    row = grant_hold(
        code=member_id, until=until, reason=reason, first_day=first_day, actor=console.actor(), at=clock.now()
    )
    console.tell(
        Text(
            en=f"{member_id} is on hold from {row.first_day} through {row.last_day}.",
            es=f"{member_id} tiene prórroga del {row.first_day} al {row.last_day} inclusive.",
        )
    )


def rate(
    member_id: MemberId,
    kind: Annotated[str, typer.Option("--kind", metavar="reduced|solidarity|comped")],
    valid_from: Annotated[date, console.day_option("--from", en="Its first day.", es="Su primer día.")],
    reason: Reason,
    percent: Annotated[
        str | None, typer.Option("--percent", help=say(en="Of the table, like 50.", es="De la tabla, como 50."))
    ] = None,
    until: Annotated[date | None, console.day_option("--until", en="Its last day.", es="Su último día.")] = None,
) -> None:
    """Grant a rate of its own: reduced, solidarity or comped."""
    from tequio.dues.operations.agreeing import grant_rate

    if kind not in ("reduced", "solidarity", "comped"):
        raise typer.BadParameter(
            say(
                en="Use reduced, solidarity or comped.",
                es="Use reduced (reducida), solidarity (solidaria) o comped (exenta).",
            )
        )
    try:
        basis_points = 0 if kind == "comped" else round(Decimal(percent or "") * 100)
    except (InvalidOperation, ValueError, OverflowError) as error:
        raise typer.BadParameter(
            say(
                en="Give the percentage of the table: --percent 50",
                es="Indique el porcentaje de la tabla: --percent 50",
            )
        ) from error
    row = grant_rate(
        code=member_id,
        kind=kind,
        basis_points=basis_points,
        valid_from=valid_from,
        valid_until=until,
        reason=reason,
        actor=console.actor(),
        at=clock.now(),
    )
    console.tell(
        Text(
            en=f"{member_id}: {kind}, {row.basis_points / 100:g} % of the table from {valid_from}.",
            es=f"{member_id}: {kind}, {row.basis_points / 100:g} % de la tabla desde el {valid_from}.",
        )
    )


@plans.command("add", help=say(en="Agree a plan for all that is open.", es="Acuerda un plan por todo lo abierto."))
def add_plan(
    member: Annotated[str, typer.Option("--member", metavar="ID", help=say(en="With whom.", es="Con quién."))],
    first_on: Annotated[
        date, console.day_option("--first-on", en="First instalment due.", es="Vence la primera parcialidad.")
    ],
    instalments: Annotated[int, typer.Option("--instalments", min=2, max=60)] = 12,
    starts_on: Annotated[
        date | None, console.day_option("--starts-on", en="Begins (today).", es="Empieza (hoy).")
    ] = None,
    note: Annotated[str, typer.Option("--note", help=say(en="In a few words.", es="En pocas palabras."))] = "",
) -> None:
    """Agree a payment plan."""
    from tequio.dues.operations.agreeing import agree_plan
    from tequio.dues.queries import plan_parts

    plan = agree_plan(
        code=member,
        first_on=first_on,
        starts_on=starts_on,
        count=instalments,
        note=note,
        actor=console.actor(),
        at=clock.now(),
    )
    parts, currency = plan_parts(plan=plan)
    for part in parts:
        amount = printed(minor=part.amount, currency=currency)
        console.tell(Text(en=f"{part.due_on}  {amount}", es=f"{part.due_on}  {amount}"))


def debtors(
    on: Annotated[date | None, console.day_option("--on", en="On which day (today).", es="En qué día (hoy).")] = None,
    center: Annotated[str | None, typer.Option("--center", metavar="us|mx")] = None,
    first: Annotated[int, typer.Option("--first", min=1, max=1_000_000, help=say(en="How many.", es="Cuántas."))] = 50,
    as_csv: Annotated[bool, typer.Option("--csv", help=say(en="As CSV.", es="En CSV."))] = False,
    as_json: AsJson = False,
) -> None:
    """Who is behind: oldest debt first, with the total."""
    from tequio.centers.queries import all_centers, center_by_code
    from tequio.dues.debtors import debtors as query

    found = center_by_code(code=center) if center else None
    # Without a center, nobody is called late before the day is over in every one of them.
    today = clock.today(zone=found.zone) if found else min(clock.today(zone=c.zone) for c in all_centers())
    rows, totals = query(on=on or today, center=found, first=first)
    if as_csv:
        from tequio.kernel.spreadsheets import csv_lines

        header = ("member_id", "member_name", "standing", "oldest_due", "owed", "currency")
        lines = ((r.code, r.name, r.standing, r.oldest_due, whole_units(minor=r.owed), r.currency) for r in rows)
        console.write_lines(csv_lines(header=header, rows=lines))
        return
    if as_json:
        console.write_json(
            {
                "debtors": [
                    {
                        "member": r.code,
                        "name": r.name,
                        "standing": r.standing,
                        "oldest_due": r.oldest_due,
                        "owed": whole_units(minor=r.owed),
                        "currency": r.currency,
                    }
                    for r in rows
                ],
                "total": {code: whole_units(minor=minor) for code, minor in totals.items()},
            }
        )
        return
    if not rows:
        console.tell(Text(en="Nobody is behind.", es="Nadie está atrasado."))
    for r in rows:
        owed = printed(minor=r.owed, currency=r.currency)
        console.tell(
            Text(
                en=f"{r.code}  {r.name}  since {r.oldest_due}  {owed}",
                es=f"{r.code}  {r.name}  desde {r.oldest_due}  {owed}",
            )
        )
    for code, minor in sorted(totals.items()):
        total = printed(minor=minor, currency=code)
        console.tell(Text(en=f"all overdue: {total}", es=f"todo lo vencido: {total}"))
