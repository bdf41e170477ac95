"""Removing what an inactive member's accounts hold, in two steps: an export is offered, later a person removes.

Nothing here happens by itself, and the second step asks the rule again: whoever paid or came back in between keeps all.
"""

from datetime import date, datetime

from django.db import transaction

from tequio.dues.accounts import accounts_of
from tequio.kernel.clock import day_in
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.members.locking import Locked, lock_member
from tequio.rules.entitlement import ServiceStanding, State, removable_from
from tequio.rules.reasons import long_date
from tequio.rules.standing import Standing, standing_on
from tequio.services.models import ExportOffer, ServiceAccount
from tequio.services.operations import wanting
from tequio.services.operations.applications import end_tokens
from tequio.services.operations.settings import settings
from tequio.services.queries.entitled import standing_of, terms_at

_LONGEST = 300


@transaction.atomic
def offer_export(*, code: str, how: str, actor: str, at: datetime) -> ExportOffer:
    """Put down that an inactive member was offered a copy of what its accounts hold, and how. Refuses any other."""
    held = lock_member(code=code)
    if not how.strip() or len(how) > _LONGEST:
        raise Refusal(
            en="Say how it was offered, and where the copy is had, in 300 letters at most.",
            es="Diga cómo se ofreció y dónde se obtiene la copia, en 300 letras a lo más.",
        )
    if _standing(held=held, at=at).standing is not Standing.INACTIVE:
        raise Refusal(
            en=f"{held.head.name} is not inactive; nothing of it is removed.",
            es=f"{held.head.name} no está inactiva; no se elimina nada suyo.",
        )
    if ExportOffer.objects.filter(member=held.head, removed_on__isnull=True, ended_on__isnull=True).exists():
        raise Refusal(en="An export was offered already.", es="Ya se ofreció una copia.")
    today = day_in(zone=held.center.zone, at=at)
    offer = ExportOffer.objects.create(member=held.head, offered_on=today, offered_by=actor, how=how.strip())
    journal.append(kind=Kind.EXPORT_OFFERED, subject=f"member:{held.head.code}", actor=actor, at=at, payload={})
    return offer


@transaction.atomic
def withdraw_offer(*, code: str, actor: str, at: datetime) -> None:
    """End an offer that was wrong or never reached anybody: a later one has to be made anew. Refuses without one."""
    held = lock_member(code=code)
    offer = open_offer(member_pk=held.head.pk)
    if offer is None:
        raise Refusal(en="No export is offered now.", es="Ahora no hay ninguna copia ofrecida.")
    ExportOffer.objects.filter(pk=offer.pk).update(ended_on=day_in(zone=held.center.zone, at=at))
    journal.append(kind=Kind.EXPORT_OFFER_WITHDRAWN, subject=f"member:{held.head.code}", actor=actor, at=at, payload={})


@transaction.atomic
def remove_accounts(*, code: str, actor: str, at: datetime) -> int:
    """Remove all accounts of an inactive member for good; returns how many.

    Refuses before the policy's months and the days of the offer are over, and whoever is back.
    """
    held = lock_member(code=code)
    today = day_in(zone=held.center.zone, at=at)
    offer = open_offer(member_pk=held.head.pk)
    first = _first_day(held=held, offer=offer, at=at)
    if offer is None or first is None:
        raise Refusal(
            en="Nothing may be removed: first the member is inactive by the payment policy, then an export is offered.",
            es="No se puede eliminar nada: primero la membresía queda inactiva según la política de pago y luego se le "
            "ofrece una copia.",
        )
    if today < first:
        raise Refusal(
            en=f"Nothing may be removed before {long_date(day=first, language='en')}.",
            es=f"No se puede eliminar nada antes del {long_date(day=first, language='es')}.",
        )
    accounts = ServiceAccount.objects.filter(member_id__in=held.family).exclude(wanted=State.REMOVED)
    count = accounts.update(removed_after=offer.offered_on, wanted=State.REMOVED)
    pks = list(
        ServiceAccount.objects.filter(member_id__in=held.family, removed_after=offer.offered_on).values_list(
            "pk", flat=True
        )
    )
    wanting.ask_again(account_pks=pks, actor=actor, at=at)
    end_tokens(account_pks=pks)
    found = wanting.changes(terms=terms_at(at=at), member_pks=[held.head.pk])
    wanting.write_reasons(reasons=found.reasons)
    ExportOffer.objects.filter(pk=offer.pk).update(removed_on=today, removed_by=actor)
    journal.append(
        kind=Kind.SERVICES_REMOVED,
        subject=f"member:{held.head.code}",
        actor=actor,
        at=at,
        payload={"accounts": count, "offered": offer.offered_on.isoformat()},
    )
    return count


def open_offer(*, member_pk: int) -> ExportOffer | None:
    """The export a member is offered now, if any."""
    return ExportOffer.objects.filter(member=member_pk, removed_on__isnull=True, ended_on__isnull=True).first()


@transaction.atomic
def end_offers(*, at: datetime) -> int:
    """End the offers of members that are back: they lead to nothing, and a later one has to be made anew."""
    back = ExportOffer.objects.filter(removed_on__isnull=True, ended_on__isnull=True).exclude(
        member__standing=Standing.INACTIVE
    )
    ended = 0
    for offer in back.select_related("member__center"):
        ended += ExportOffer.objects.filter(pk=offer.pk, ended_on__isnull=True).update(
            ended_on=day_in(zone=offer.member.center.zone, at=at)
        )
    return ended


def _first_day(*, held: Locked, offer: ExportOffer | None, at: datetime) -> date | None:
    return removable_from(
        standing=_standing(held=held, at=at),
        export_offered_on=offer.offered_on if offer else None,
        export_days=settings().export_days,
    )


def _standing(*, held: Locked, at: datetime) -> ServiceStanding:
    """The standing as it is now, worked out anew: what is removed is gone."""
    center = terms_at(at=at).centers[held.center.pk]
    account = accounts_of(heads=[held.head.pk])[held.head.pk]
    verdict = standing_on(account=account, policies=center.policies, on=center.day)
    return standing_of(verdict=verdict, works=center.works, policy=center.policy)
