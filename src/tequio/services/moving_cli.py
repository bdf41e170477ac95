"""Commands for moving members in from another provider: waves, mailboxes, steps, balances."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from tequio.kernel import clock, console
from tequio.kernel.console import AsJson, say
from tequio.rules.reasons import Text

app = console.new_app(en="Moving members in from another provider.", es="Mudar membresías desde otro proveedor.")

WaveCode = Annotated[str, typer.Option("--wave", help=say(en="The code of the wave.", es="El código de la tanda."))]
Number = Annotated[int, typer.Option("--number", help=say(en="Of the mailbox, as shown.", es="Del buzón, como se ve."))]
MemberId = Annotated[str, typer.Option("--member", metavar="ID", help=say(en="The member's id.", es="Su id."))]


def _who() -> dict[str, Any]:
    return {"actor": console.actor(), "at": clock.now()}


def _done() -> None:
    console.tell(Text(en="Written down.", es="Anotado."))


@app.command("begin", help=say(en="Begin a wave.", es="Empieza una tanda."))
def begin(
    code: Annotated[str, typer.Option("--code")],
    name: Annotated[str, typer.Option("--name")],
    provider: Annotated[str, typer.Option("--provider", help=say(en="Where they come from.", es="De dónde vienen."))],
    center: Annotated[str, typer.Option("--center")],
    contact_by: Annotated[date, console.day_option("--contact-by", en="Contacted by.", es="Contactadas antes del.")],
    consent_by: Annotated[date, console.day_option("--consent-by", en="Consent by.", es="Consentimiento antes del.")],
    copy_by: Annotated[date, console.day_option("--copy-by", en="Copied by.", es="Copiadas antes del.")],
) -> None:
    """Begin a wave with its last days."""
    from tequio.services.operations.moving import begin_wave

    begin_wave(
        code=code,
        name=name,
        provider=provider,
        center_code=center,
        contact_by=contact_by,
        consent_by=consent_by,
        copy_by=copy_by,
        **_who(),
    )
    _done()


@app.command("show", help=say(en="Every wave, or one with its mailboxes.", es="Las tandas, o una con sus buzones."))
def show(wave: WaveCode = "", as_json: AsJson = False) -> None:
    """Show the waves; of one each mailbox, its next step, whether it is late."""
    from tequio.rules.moving import STEP_NAMES
    from tequio.services.operations.moving import wave_by_code
    from tequio.services.queries.moving import wave_shown

    if not wave:
        _show_all(as_json=as_json)
        return
    row = wave_by_code(code=wave)
    found = wave_shown(wave=row, on=clock.today(zone=row.center.zone))
    if as_json:
        console.write_json(
            [
                {
                    "number": box.row.pk,
                    "member": box.row.member.code,
                    "old_address": box.row.old_address,
                    "new_address": box.row.new_address,
                    "step": box.step.value,
                    "late": box.late,
                    "before": box.row.count_before,
                    "after": box.row.count_after,
                    "undone_on": box.row.undone_on,
                }
                for box in found.boxes
            ]
        )
        return
    for box in found.boxes:
        step, late = STEP_NAMES[box.step], box.late
        line = f"{box.row.pk}: {box.row.member.code} {box.row.old_address} → {box.row.new_address}"
        console.tell(
            Text(
                en=f"{line}: {'undone' if box.row.undone_on else step.en}{', late' if late else ''}",
                es=f"{line}: {'deshecho' if box.row.undone_on else step.es}{', con atraso' if late else ''}",
            )
        )


def _show_all(*, as_json: bool) -> None:
    from tequio.services.models import Wave
    from tequio.services.queries.moving import wave_shown

    rows = Wave.objects.select_related("center").order_by("begun_at", "pk")
    shown = [wave_shown(wave=row, on=clock.today(zone=row.center.zone)) for row in rows]
    if as_json:
        console.write_json(
            [
                {
                    "code": one.wave.code,
                    "name": one.wave.name,
                    "late": one.late,
                    "steps": {step.value: count for step, count in one.counts},
                }
                for one in shown
            ]
        )
        return
    for one in shown:
        many = sum(count for _, count in one.counts)
        line = f"{one.wave.code}: {one.wave.name}"
        console.tell(
            Text(en=f"{line}, {many} mailboxes, {one.late} late", es=f"{line}, {many} buzones, {one.late} con atraso")
        )


@app.command("add", help=say(en="Put a mailbox on a wave's list.", es="Agrega un buzón a una tanda."))
def add(
    wave: WaveCode,
    member_id: MemberId,
    old: Annotated[str, typer.Option("--old", help=say(en="The old address.", es="La dirección anterior."))],
    new: Annotated[str, typer.Option("--new", help=say(en="The new address.", es="La dirección nueva."))],
) -> None:
    """Put a mailbox on a wave's list."""
    from tequio.services.operations.moving import add_mailbox

    box = add_mailbox(wave_code=wave, member_code=member_id, old_address=old, new_address=new, **_who())
    console.tell(Text(en=f"On the list, as number {box.pk}.", es=f"En la lista, con el número {box.pk}."))


@app.command("contacted", help=say(en="The member was contacted.", es="Se contactó a la membresía."))
def contacted(number: Number) -> None:
    """Put down that the member was told about the move."""
    from tequio.services.operations.moving import contacted as run

    run(box_pk=number, **_who())
    _done()


@app.command("consented", help=say(en="Consent was given.", es="Dio su consentimiento."))
def consented(
    number: Number,
    consent: Annotated[str, typer.Option("--how", help=say(en="Who, and how.", es="Quién y cómo."))],
) -> None:
    """Put down who consented and how; the new mailbox is opened."""
    from tequio.services.operations.moving import consented as run

    run(box_pk=number, consent=consent, **_who())
    _done()


@app.command("copied", help=say(en="It was copied and counted.", es="Se copió y se contó."))
def copied(
    number: Number,
    before: Annotated[int, typer.Option("--before", min=0)],
    after: Annotated[int, typer.Option("--after", min=0)],
    forward_until: Annotated[
        date, console.day_option("--forward-until", en="The old address forwards until.", es="Reenvía hasta.")
    ],
    why_fewer: Annotated[str, typer.Option("--why-fewer")] = "",
) -> None:
    """Put down the counts; the member is told that its account has moved."""
    from tequio.services.operations.moving import copied as run

    run(box_pk=number, before=before, after=after, why_fewer=why_fewer, forward_until=forward_until, **_who())
    _done()


@app.command("finish", help=say(en="The old address has ended.", es="La dirección anterior se acabó."))
def finish(number: Number) -> None:
    """Call a mailbox done."""
    from tequio.services.operations.moving import finish as run

    run(box_pk=number, **_who())
    _done()


@app.command("undo", help=say(en="Take a mailbox back.", es="Deshace la mudanza de un buzón."))
def undo(number: Number, reason: Annotated[str, typer.Option("--reason", help=say(en="Why.", es="Por qué."))]) -> None:
    """Undo the move of a mailbox; its new account is closed, and nothing in it is lost."""
    from tequio.services.operations.moving import undo_mailbox

    undo_mailbox(box_pk=number, reason=reason, **_who())
    _done()


@app.command("balance", help=say(en="Bring a balance over.", es="Trae un saldo."))
def balance(
    wave: WaveCode,
    member_id: MemberId,
    amount: Annotated[int, console.amount_option("--amount", en="What it owed.", es="Lo que debía.")],
    due_on: Annotated[
        date, console.day_option("--due-on", en="Due since, or as of.", es="Vencido desde, o a qué día.")
    ],
    evidence: Annotated[str, typer.Option("--evidence", help=say(en="Where it is written.", es="Dónde consta."))],
    ahead: Annotated[
        bool, typer.Option("--ahead", help=say(en="It had paid this ahead.", es="Lo tenía pagado por adelantado."))
    ] = False,
    paper: Annotated[
        Path | None, typer.Option("--paper", help=say(en="A PDF or picture.", es="Un PDF o una imagen."), exists=True)
    ] = None,
) -> None:
    """Book what a member owed where it came from, or had paid ahead, with where that is written and the paper."""
    from django.db import transaction

    from tequio.services.operations.balances import add_evidence, bring_balance

    who = _who()
    with transaction.atomic():
        row = bring_balance(
            wave_code=wave,
            member_code=member_id,
            amount=-amount if ahead else amount,
            due_on=due_on,
            evidence=evidence,
            **who,
        )
        if paper is not None:
            with paper.open("rb") as file:
                add_evidence(wave_code=wave, balance_pk=row.pk, name=paper.name, file=file, **who)
    booked = row.payment if row.invoice is None else row.invoice
    number = booked.number if booked is not None else ""
    console.tell(Text(en=f"Booked as {number}.", es=f"Registrado como {number}."))


@app.command("undo-balance", help=say(en="Take a balance back.", es="Retira un saldo."))
def undo_balance(
    wave: WaveCode,
    number: Annotated[
        str, typer.Option("--number", "--invoice", help=say(en="Of its charge or credit.", es="De su cargo o saldo."))
    ],
) -> None:
    """Take a balance back: its charge is cancelled, or its credit voided."""
    from django.db.models import Q

    from tequio.services.models import BroughtBalance
    from tequio.services.operations.balances import undo_balance as run

    row = BroughtBalance.objects.filter(Q(invoice__number=number) | Q(payment__number=number)).first()
    run(wave_code=wave, balance_pk=row.pk if row is not None else 0, **_who())
    _done()
