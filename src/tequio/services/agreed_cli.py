"""Commands about what was decided: the catalog and its terms, services lent to coalitions, how careful it all is."""

from datetime import date
from typing import Annotated

import typer

from tequio.kernel import clock, console
from tequio.kernel.console import AsJson, say
from tequio.kernel.errors import Refusal
from tequio.rules.reasons import Text
from tequio.services.cli import app

__all__ = ["app"]

Count = Annotated[str, typer.Option(metavar="N", help=say(en="A number, or all.", es="Un número, o all (todos)."))]
Service = Annotated[str, typer.Option("--service", help=say(en="Its code.", es="Su código."))]
DecisionCode = Annotated[
    str, typer.Option("--decision", help=say(en="The decision behind it.", es="El acuerdo que lo respalda."))
]
LoanCode = Annotated[str, typer.Option("--loan", help=say(en="The code of the loan.", es="El código del préstamo."))]


@app.command("catalog", help=say(en="What there is, and what comes with dues.", es="Qué hay, y qué incluye la cuota."))
def catalog(as_json: AsJson = False) -> None:
    """Show what comes with which dues part today."""
    from tequio.services.effects.counts import said
    from tequio.services.queries.entitled import catalog_on

    rows = catalog_on(on=clock.now().date())
    if as_json:
        console.write_json(
            [
                {
                    "code": s.code,
                    "name": s.name.as_dict(),
                    "membership": s.with_membership,
                    "operations": s.with_operations,
                }
                for s in rows
            ]
        )
        return
    for s in rows:
        counts = said(membership=s.with_membership, operations=s.with_operations)
        console.tell(Text(en=f"{s.code}: {s.name.en}: {counts.en}", es=f"{s.code}: {s.name.es}: {counts.es}"))


@app.command("terms", help=say(en="Enter terms that were decided.", es="Registra condiciones acordadas."))
def terms(
    service: Service,
    valid_from: Annotated[date, console.day_option("--from", en="Their first day.", es="Su primer día.")],
    membership: Count,
    operations: Count,
    decision: DecisionCode,
) -> None:
    """Say how many of a service come with each dues part from a day on, as a recorded decision says."""
    from tequio.services.operations.agreeing import decision_by_code
    from tequio.services.operations.catalog import adopt_terms
    from tequio.services.operations.opening import kind_by_code

    adopt_terms(
        kind=kind_by_code(code=service),
        valid_from=valid_from,
        with_membership=_count(membership),
        with_operations=_count(operations),
        decision=decision_by_code(code=decision),
        actor=console.actor(),
        at=clock.now(),
    )
    console.tell(Text(en="Entered.", es="Registradas."))


@app.command("offer", help=say(en="Put a service on the list.", es="Agrega un servicio a la lista."))
def offer(
    code: Annotated[str, typer.Option("--code")],
    name_en: Annotated[str, typer.Option("--name-en", help=say(en="Its English name.", es="Su nombre en inglés."))],
    name_es: Annotated[str, typer.Option("--name-es", help=say(en="Its Spanish name.", es="Su nombre en español."))],
    works_as: Annotated[
        str, typer.Option("--works-as", help=say(en="In payment policies.", es="En las políticas de pago."))
    ],
    names_as: Annotated[str, typer.Option("--names-as", help="address | login | host | identifier")],
) -> None:
    """Put a new service on the list; nobody may have it before it has terms."""
    from tequio.services.operations.catalog import offer_service

    offer_service(
        code=code,
        name=Text(en=name_en, es=name_es),
        works_as=works_as,
        names_as=names_as,
        actor=console.actor(),
        at=clock.now(),
    )
    console.tell(Text(en="On the list.", es="En la lista."))


@app.command("settings", help=say(en="How careful the program is.", es="Qué tan cuidadoso es el programa."))
def settings(
    breaker_percent: Annotated[
        float | None,
        typer.Option(
            "--breaker-percent",
            min=0,
            max=100,
            help=say(en="Per cent shut out in a day.", es="Por ciento que queda fuera en un día."),
        ),
    ] = None,
    breaker_fewest: Annotated[int | None, typer.Option("--breaker-fewest")] = None,
    export_days: Annotated[int | None, typer.Option("--export-days")] = None,
    most_tries: Annotated[int | None, typer.Option("--most-tries")] = None,
    domains: Annotated[
        list[str] | None,
        typer.Option("--domain", help=say(en="All of them, one each.", es="Todos, uno por opción.")),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show how careful the program is, and change what is given."""
    from tequio.rules.money import WHOLE_SHARE
    from tequio.services.operations.settings import change_settings
    from tequio.services.operations.settings import settings as current

    row = current()
    given = (breaker_percent, breaker_fewest, export_days, most_tries, domains)
    if any(one is not None for one in given):
        share = row.breaker_share if breaker_percent is None else round(breaker_percent * WHOLE_SHARE / 100)
        row = change_settings(
            breaker_share=share,
            breaker_fewest=row.breaker_fewest if breaker_fewest is None else breaker_fewest,
            export_days=row.export_days if export_days is None else export_days,
            most_tries=row.most_tries if most_tries is None else most_tries,
            domains=row.domains if domains is None else domains,
            actor=console.actor(),
            at=clock.now(),
        )
    percent = row.breaker_share * 100 / WHOLE_SHARE
    if as_json:
        console.write_json(
            {
                "breaker_percent": percent,
                "breaker_fewest": row.breaker_fewest,
                "export_days": row.export_days,
                "most_tries": row.most_tries,
                "domains": row.domains,
            }
        )
        return
    listed = ", ".join(row.domains) or "—"
    console.tell(
        Text(
            en=f"At most {percent:g} % of members ({row.breaker_fewest} in any case) are shut out in a day; an offered "
            f"export waits {row.export_days} days; a person looks after {row.most_tries} tries. Domains: {listed}.",
            es=f"En un día queda fuera a lo más el {percent:g} % de las membresías ({row.breaker_fewest} de todos "
            f"modos); una copia ofrecida espera {row.export_days} días; tras {row.most_tries} intentos revisa una "
            f"persona. Dominios: {listed}.",
        )
    )


@app.command("loans", help=say(en="What is lent to coalitions.", es="Lo que se presta a coaliciones."))
def loans(as_json: AsJson = False) -> None:
    """List what is lent, with its decision and its last day."""
    from tequio.services.models import Lending

    rows = Lending.objects.select_related("decision").prefetch_related("items__kind").order_by("code")
    found = [
        {
            "code": row.code,
            "name": row.name,
            "decision": row.decision.code,
            "from": row.first_day,
            "until": row.last_day,
            "counts": {item.kind.code: item.count for item in row.items.all()},
        }
        for row in rows
    ]
    if as_json:
        console.write_json(found)
        return
    for row in rows:
        last, cited = row.last_day or "—", row.decision.code
        console.tell(
            Text(
                en=f"{row.code}: {row.name}, from {row.first_day} through {last} ({cited})",
                es=f"{row.code}: {row.name}, desde {row.first_day} hasta {last} ({cited})",
            )
        )


@app.command(help=say(en="Lend services by a decision.", es="Presta servicios por un acuerdo."))
def lend(
    code: Annotated[str, typer.Option("--code")],
    name: Annotated[str, typer.Option("--name", help=say(en="Of the coalition.", es="De la coalición."))],
    center: Annotated[str, typer.Option("--center")],
    decision: DecisionCode,
    counts: Annotated[list[str], typer.Option("--count", metavar="SERVICE=N")],
    first_day: Annotated[date, console.day_option("--from", en="Its first day.", es="Su primer día.")],
    last_day: Annotated[date | None, console.day_option("--until", en="Its last day.", es="Su último día.")] = None,
    email: Annotated[str, typer.Option("--email")] = "",
    language: Annotated[str, typer.Option("--language")] = "en",
) -> None:
    """Lend services to a coalition that is no member."""
    from tequio.services.operations.agreeing import lend as run

    wanted = {}
    for count in counts:
        service, _, number = count.partition("=")
        if not number.isascii() or not number.isdecimal():
            raise Refusal(en=f"Write it like mailbox=3, not {count}.", es=f"Escríbalo como mailbox=3, no {count}.")
        wanted[service] = int(number)
    run(
        code=code,
        name=name,
        center_code=center,
        decision_code=decision,
        counts=wanted,
        first_day=first_day,
        last_day=last_day,
        email=email,
        language=language,
        actor=console.actor(),
        at=clock.now(),
    )
    console.tell(Text(en=f"Lent: {name}.", es=f"Prestado: {name}."))


@app.command("open-lent", help=say(en="Open an account for a coalition.", es="Abre una cuenta a una coalición."))
def open_lent(
    loan: LoanCode,
    service: Service,
    name: Annotated[str, typer.Option("--name")],
    held_by: Annotated[str, typer.Option("--held-by", help=say(en="Who uses it.", es="Quién la usa."))] = "",
) -> None:
    """Open an account of what was lent."""
    from tequio.services.operations.opening import open_lent as run

    account = run(lending_code=loan, service=service, name=name, held_by=held_by, actor=console.actor(), at=clock.now())
    console.tell(Text(en=f"{account.name} is opened.", es=f"{account.name} queda abierta."))


@app.command("end-loan", help=say(en="Say when a loan ends.", es="Dice cuándo termina un préstamo."))
def end_loan(
    loan: LoanCode,
    until: Annotated[date, console.day_option("--until", en="Its last day.", es="Su último día.")],
) -> None:
    """Say until when services are lent."""
    from tequio.services.operations.agreeing import end_loan as run

    run(code=loan, last_day=until, actor=console.actor(), at=clock.now())
    console.tell(Text(en="Written down.", es="Anotado."))


def _count(typed: str) -> int | None:
    """A count as typed; None for as many as needed."""
    if typed == "all":
        return None
    if not (typed.isascii() and typed.isdecimal()):
        raise Refusal(en=f"Write a number or all, not {typed}.", es=f"Escriba un número o all, no {typed}.")
    return int(typed)
