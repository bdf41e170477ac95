"""Letters on paper: printed together in the order of posting, posted on a day that is recorded, and come back."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from tequio.centers.models import Center
from tequio.followup.models import Dispatch, DispatchState, LetterBatch
from tequio.followup.operations.settling import come_back, drop
from tequio.followup.operations.sweeping import why_not
from tequio.followup.paper import contacts_of
from tequio.followup.reach import posted_text
from tequio.kernel.clock import day_in
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.rules.ladder import Channel

MOST = 500  # letters in one batch: a morning's folding


@transaction.atomic
def print_letters(*, center: Center, actor: str, at: datetime) -> LetterBatch:
    """Put the letters that wait into a batch, in the order of posting; what is no longer due is dropped meanwhile.

    Letters abroad come last, the rest by postal code, so that the post gets them sorted. Refuses where none waits.
    """
    Center.objects.select_for_update().get(pk=center.pk)
    waiting = Dispatch.objects.filter(center=center, channel=Channel.LETTER.value, state=DispatchState.WAITING)
    rows = list(waiting.select_related("member").order_by("pk")[:MOST])
    gone = why_not(dispatch_pks=[row.pk for row in rows], on=day_in(zone=center.zone, at=at))
    for why in sorted(set(gone.values())):
        drop(pks=[pk for pk, said in gone.items() if said == why], why=why)
    contacts = contacts_of(dispatches=[row for row in rows if row.pk not in gone])
    if not contacts:
        raise Refusal(en="No letter waits to be printed.", es="No hay cartas por imprimir.")
    batch = LetterBatch.objects.create(center=center, printed_by=actor, printed_at=at)
    home = center.currency[:2]
    places = sorted(
        contacts,
        key=lambda pk: (
            (contacts[pk].country or home).upper() != home,
            contacts[pk].country.upper(),
            contacts[pk].postal_code,
            contacts[pk].name,
            pk,
        ),
    )
    for place, pk in enumerate(places, start=1):
        Dispatch.objects.filter(pk=pk).update(state=DispatchState.PRINTED, batch=batch, posting_place=place)
    journal.append(
        kind=Kind.LETTERS_PRINTED,
        subject=f"center:{center.code}",
        actor=actor,
        at=at,
        payload={"batch": batch.pk, "letters": len(places)},
    )
    return batch


def paid_since(*, batch: LetterBatch, at: datetime) -> dict[int, str]:
    """The letters of a batch that should be taken out before posting, and why ("paid", "paused", "left")."""
    printed = list(batch.dispatches.filter(state=DispatchState.PRINTED).values_list("pk", flat=True))
    return why_not(dispatch_pks=printed, on=day_in(zone=batch.center.zone, at=at))


@transaction.atomic
def post_letters(*, batch_pk: int, on: date, leave_out: Collection[int], actor: str, at: datetime) -> int:
    """Record that a batch was posted on a day; returns how many letters. Posted before, it changes nothing.

    Letters named in `leave_out` were taken out, and whatever is no longer due is: they are dropped and come due again
    if the facts do. Refuses a day before printing and one that has not come.
    """
    found = LetterBatch.objects.select_related("center").filter(pk=batch_pk).first()
    if found is None:
        raise Refusal(en=f"There is no batch {batch_pk}.", es=f"No existe el lote {batch_pk}.")
    center = Center.objects.select_for_update().get(pk=found.center_id)
    batch = LetterBatch.objects.select_related("center").get(pk=batch_pk)
    if batch.posted_on is not None:
        return batch.dispatches.filter(sent_on__isnull=False).count()
    today, printed = day_in(zone=center.zone, at=at), day_in(zone=center.zone, at=batch.printed_at)
    if not printed <= on <= today:
        raise Refusal(
            en=f"Letters are posted between the day they were printed ({printed}) and today.",
            es=f"Las cartas se llevan al correo entre el día en que se imprimieron ({printed}) y hoy.",
        )
    out = {**dict.fromkeys(leave_out, "taken_out"), **paid_since(batch=batch, at=at)}
    rows = list(batch.dispatches.filter(state=DispatchState.PRINTED).select_related("policy").order_by("pk"))
    for why in sorted({out[row.pk] for row in rows if row.pk in out}):
        drop(pks=[row.pk for row in rows if out.get(row.pk) == why], why=why)
    posted = [row for row in rows if row.pk not in out]
    batch.dispatches.filter(pk__in=[row.pk for row in posted]).update(state=DispatchState.SENT, sent_on=on)
    batch.posted_on, batch.posted_by = on, actor
    batch.postage = sum(row.policy.postage for row in posted)
    batch.save(update_fields=["posted_on", "posted_by", "postage"])
    journal.append(
        kind=Kind.LETTERS_POSTED,
        subject=f"center:{center.code}",
        actor=actor,
        at=at,
        payload={"batch": batch.pk, "letters": len(posted), "on": on.isoformat()},
    )
    return len(posted)


@transaction.atomic
def letter_came_back(*, dispatch_pk: int, why: str, actor: str, at: datetime) -> bool:
    """A letter was returned by the post: its address is used no more and somebody looks for another.

    False where that was said before. Refuses what was never posted.
    """
    found = Dispatch.objects.filter(pk=dispatch_pk, channel=Channel.LETTER.value).first()
    if found is None:
        raise Refusal(en=f"There is no letter {dispatch_pk}.", es=f"No existe la carta {dispatch_pk}.")
    Center.objects.select_for_update().get(pk=found.center_id)
    row = Dispatch.objects.select_related("center", "member").get(pk=dispatch_pk)
    if row.state == DispatchState.CAME_BACK:
        return False
    if row.state != DispatchState.SENT:
        raise Refusal(en="This letter was not posted.", es="Esta carta no se ha llevado al correo.")
    contact = contacts_of(dispatches=[row]).get(row.pk)
    value = posted_text(contact=contact) if contact else ""
    on = max(day_in(zone=row.center.zone, at=at), row.sent_on or row.made_on)
    come_back(dispatch=row, why=why or "returned", on=on, bad_address=bool(value), value=value, actor=actor, at=at)
    return True
