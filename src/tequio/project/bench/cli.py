"""`tequio bench`."""

from typing import Annotated, Any

import typer

from tequio.kernel import console
from tequio.kernel.console import AsJson, say
from tequio.rules.reasons import Text

app = console.new_app(
    en="Benchmarks on throw-away data of their own.", es="Mediciones con datos propios que se desechan."
)


@app.callback()
def start() -> None:
    """Benchmarks need no instance."""


@app.command(help=say(en="A dues run over many members.", es="Una corrida de cuotas de muchas membresías."))
def dues(
    members: Annotated[int, typer.Option("--members", min=100, max=5_000_000)] = 100_000,
    seed: Annotated[int, typer.Option("--seed")] = 2016,
    as_json: AsJson = False,
) -> None:
    """Measure a dues run."""
    from tequio.project.bench.throwaway import instance

    with instance(prefix="bench") as folder:
        from tequio.project.bench.dues import measure

        found = measure(members=members, seed=seed, folder=folder)
    _print(found=found, as_json=as_json)


@app.command(help=say(en="A night of notices about late dues.", es="Una noche de recordatorios."))
def notices(
    members: Annotated[int, typer.Option("--members", min=100, max=5_000_000)] = 100_000,
    seed: Annotated[int, typer.Option("--seed")] = 2016,
    as_json: AsJson = False,
) -> None:
    """Measure the putting down of notices that are due."""
    from tequio.project.bench.throwaway import instance

    with instance(prefix="bench") as folder:
        from tequio.project.bench.notices import measure

        found = measure(members=members, seed=seed, folder=folder)
    _print(found=found, as_json=as_json)


@app.command(help=say(en="The preview of a table of dues.", es="La vista previa de una tabla de cuotas."))
def preview(
    members: Annotated[int, typer.Option("--members", min=100, max=5_000_000)] = 100_000,
    seed: Annotated[int, typer.Option("--seed")] = 2016,
    as_json: AsJson = False,
) -> None:
    """Measure what a proposal's page shows of a table of dues."""
    from tequio.project.bench.throwaway import instance

    with instance(prefix="bench"):
        from tequio.project.bench.preview import measure

        found = measure(members=members, seed=seed)
    _print(found=found, as_json=as_json)


@app.command(help=say(en="The forecast of a year.", es="El pronóstico de un año."))
def forecast(
    members: Annotated[int, typer.Option("--members", min=10, max=1_000_000)] = 850,
    paths: Annotated[int, typer.Option("--paths", min=100, max=100_000)] = 10_000,
    seed: Annotated[int, typer.Option("--seed")] = 2016,
    as_json: AsJson = False,
) -> None:
    """Measure the forecast of twelve months, and compare it with a plain loop over every member."""
    from tequio.project.bench.forecast import measure

    _print(found=measure(members=members, paths=paths, seed=seed), as_json=as_json)


@app.command(help=say(en="A comparison of many accounts.", es="Una comparación de muchas cuentas."))
def reconcile(
    accounts: Annotated[int, typer.Option("--accounts", min=1000, max=2_000_000)] = 100_000,
    seed: Annotated[int, typer.Option("--seed")] = 2016,
    as_json: AsJson = False,
) -> None:
    """Measure a full comparison of services with a server, and a thousand changes."""
    from tequio.project.bench.throwaway import instance

    with instance(prefix="bench"):
        from tequio.project.bench.reconcile import measure

        found = measure(accounts=accounts, seed=seed)
    _print(found=found, as_json=as_json)


@app.command(help=say(en="A bank statement of many lines.", es="Un estado de cuenta de muchos movimientos."))
def matching(
    transactions: Annotated[int, typer.Option("--transactions", min=100, max=200_000)] = 100_000,
    seed: Annotated[int, typer.Option("--seed")] = 2016,
    as_json: AsJson = False,
) -> None:
    """Measure saying whose each line of a statement is, against as many open invoices."""
    from tequio.project.bench.throwaway import instance

    with instance(prefix="bench"):
        from tequio.project.bench.matching import measure

        found = measure(transactions=transactions, seed=seed)
    _print(found=found, as_json=as_json)


@app.command(help=say(en="The busiest pages.", es="Las páginas más usadas."))
def pages(
    members: Annotated[int, typer.Option("--members", min=100, max=5_000_000)] = 100_000,
    looks: Annotated[int, typer.Option("--looks", min=3, max=1_000)] = 40,
    seed: Annotated[int, typer.Option("--seed")] = 2016,
    as_json: AsJson = False,
) -> None:
    """Measure the member list, a member's page and home."""
    from tequio.project.bench.throwaway import instance

    with instance(prefix="bench"):
        from tequio.project.bench.pages import measure

        found = measure(members=members, seed=seed, looks=looks)
    _print(found=found, as_json=as_json)


@app.command(help=say(en="A batch of invoices as PDF.", es="Un lote de avisos de cuota como PDF."))
def pdf(
    invoices: Annotated[int, typer.Option("--invoices", min=10, max=1_000)] = 500,
    seed: Annotated[int, typer.Option("--seed")] = 2016,
    as_json: AsJson = False,
) -> None:
    """Measure the typesetting of invoices on one core and on two."""
    from tequio.project.bench.throwaway import instance

    with instance(prefix="bench"):
        from tequio.project.bench.pdf import measure

        found = measure(invoices=invoices, seed=seed)
    _print(found=found, as_json=as_json)


@app.command(help=say(en="Notes of meetings, in every format.", es="Notas de reuniones, en cada formato."))
def notes(
    megabytes: Annotated[int, typer.Option("--megabytes", min=1, max=100)] = 5,
    seed: Annotated[int, typer.Option("--seed")] = 2016,
    hostile: Annotated[
        bool,
        typer.Option(
            "--hostile",
            help=say(
                en="Instead, files of the shapes that are slow to read, so large each.",
                es="En su lugar, archivos de las formas lentas de leer, de ese tamaño cada uno.",
            ),
        ),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Measure the reading of notes."""
    if hostile:
        from tequio.project.bench.hostile_notes import measure
    else:
        from tequio.project.bench.notes import measure

    _print(found=measure(megabytes=megabytes, seed=seed), as_json=as_json)


def _print(*, found: dict[str, Any], as_json: bool) -> None:
    if as_json:
        console.write_json(found)
        return
    for name, value in found.items():
        console.tell(Text(en=f"{name}: {value}", es=f"{name}: {value}"))
