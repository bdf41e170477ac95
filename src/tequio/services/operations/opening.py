"""Accounts as their owners have them: opened within what they may have, closed, opened again, handed over."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from tequio.kernel.clock import day_in
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.members.locking import lock_member
from tequio.members.models import Member
from tequio.members.queries import family_of
from tequio.rules.entitlement import Entitlement, State
from tequio.services import names
from tequio.services.models import AppPassword, Lending, ServiceAccount, ServiceKind
from tequio.services.operations import wanting
from tequio.services.operations.applications import end_tokens
from tequio.services.operations.settings import settings
from tequio.services.queries.entitled import entitled, lent_out, terms_at

LONGEST_HOLDER = 120


@transaction.atomic
def open_account(
    *, code: str, service: str, name: str, held_by: str, actor: str, at: datetime, trusted: bool = False
) -> ServiceAccount:
    """Open an account of a service for a member, if it may have another one now.

    `name` as a person typed it; refuses one that is taken, reserved, hostile, or an address on a foreign domain. With
    `trusted` (whoever runs the servers) reserved names and all domains are allowed; the number never is passed over:
    that is what exceptions are for.
    """
    held = lock_member(code=code)
    kind = kind_by_code(code=service)
    terms = terms_at(at=at)
    may = entitled(terms=terms, member_pks=[held.head.pk])[held.head.pk].get(service)
    taken = ServiceAccount.objects.filter(member_id__in=held.family, kind=kind)
    refuse_another(entitlement=may, count=_in_use(taken))
    name = names.checked(typed=name, names_as=kind.names_as)
    if not trusted:
        names.refuse_reserved(name=name, names_as=kind.names_as)
        if kind.names_as == "address":
            names.refuse_other_domain(name=name, domains=_domains(member=held.head))
    account = _opened(
        kind=kind,
        name=name,
        owner={"member": held.head},
        held_by=held_by,
        entitlement=may,
        on=day_in(zone=held.center.zone, at=at),
        actor=actor,
        at=at,
    )
    _note(account=account, kind=Kind.SERVICE_ACCOUNT_OPENED, actor=actor, at=at, payload={"service": service})
    return account


@transaction.atomic
def open_lent(*, lending_code: str, service: str, name: str, held_by: str, actor: str, at: datetime) -> ServiceAccount:
    """Open an account for a coalition that services were lent to, by whoever runs the servers."""
    lending = Lending.objects.select_for_update(of=("self",)).select_related("center").filter(code=lending_code).first()
    if lending is None:
        raise Refusal(en=f"Nothing was lent as {lending_code}.", es=f"No hay ningún préstamo {lending_code}.")
    kind = kind_by_code(code=service)
    may = lent_out(terms=terms_at(at=at), lending_pks=[lending.pk])[lending.pk].get(service)
    refuse_another(entitlement=may, count=_in_use(ServiceAccount.objects.filter(lending=lending, kind=kind)))
    account = _opened(
        kind=kind,
        name=names.checked(typed=name, names_as=kind.names_as),
        owner={"lending": lending},
        held_by=held_by,
        entitlement=may,
        on=day_in(zone=lending.center.zone, at=at),
        actor=actor,
        at=at,
    )
    _note(account=account, kind=Kind.SERVICE_ACCOUNT_OPENED, actor=actor, at=at, payload={"service": service})
    return account


@transaction.atomic
def close_account(*, account_pk: int, actor: str, at: datetime) -> None:
    """Close an account at its owner's wish: nobody gets in, nothing is lost, and its place is free for another one."""
    account, on = _locked(account_pk=account_pk, at=at)
    if account.closed_on is not None or account.wanted == State.REMOVED:
        raise Refusal(en=f"{account.name} is closed already.", es=f"{account.name} ya está cerrada.")
    ServiceAccount.objects.filter(pk=account.pk).update(closed_on=on, closed_by=actor)
    _realign(account=account, actor=actor, at=at)
    _note(account=account, kind=Kind.SERVICE_ACCOUNT_CLOSED, actor=actor, at=at)


@transaction.atomic
def reopen_account(*, account_pk: int, actor: str, at: datetime) -> None:
    """Open a closed account again, if its owner may have another one now."""
    account, _ = _locked(account_pk=account_pk, at=at)
    if account.closed_on is None or account.wanted == State.REMOVED:
        raise Refusal(en=f"{account.name} is not closed.", es=f"{account.name} no está cerrada.")
    family = _family(account=account)
    siblings = ServiceAccount.objects.filter(member_id__in=family, kind=account.kind_id)
    if account.lending_id is not None:
        siblings = ServiceAccount.objects.filter(lending=account.lending_id, kind=account.kind_id)
    refuse_another(entitlement=_entitlement(account=account, at=at), count=_in_use(siblings))
    ServiceAccount.objects.filter(pk=account.pk).update(closed_on=None, closed_by="")
    _realign(account=account, actor=actor, at=at)
    _note(account=account, kind=Kind.SERVICE_ACCOUNT_REOPENED, actor=actor, at=at)


@transaction.atomic
def hand_over(*, account_pk: int, held_by: str, actor: str, at: datetime) -> None:
    """Hand an account to another person: from then on nothing of the one before opens it, here or in applications."""
    account, _ = _locked(account_pk=account_pk, at=at)
    holder = _holder(held_by)
    if not holder:
        raise Refusal(en="Say who uses it from now on.", es="Diga quién la usa de ahora en adelante.")
    if account.wanted == State.REMOVED:
        raise Refusal(en=f"{account.name} was removed.", es=f"{account.name} se eliminó.")
    end_tokens(account_pks=[account.pk])
    ServiceAccount.objects.filter(pk=account.pk).update(held_by=holder, person=None)
    in_use = AppPassword.objects.filter(account=account, revoked_at__isnull=True)
    if in_use.update(revoked_at=at, revoked_by=actor):
        wanting.ask_again(account_pks=[account.pk], actor=actor, at=at)
    _note(account=account, kind=Kind.SERVICE_ACCOUNT_HANDED_OVER, actor=actor, at=at)


def kind_by_code(*, code: str) -> ServiceKind:
    """The kind of service with a code. Refuses one there is none of."""
    kind = ServiceKind.objects.filter(code=code).first()
    if kind is None:
        raise Refusal(en=f"There is no service {code}.", es=f"No hay ningún servicio {code}.")
    return kind


def refuse_another(*, entitlement: Entitlement | None, count: int) -> None:
    """Refuse one more account of a service than its owner may have, or any where none may be opened now."""
    if entitlement is None:
        raise Refusal(en="This service is not offered now.", es="Este servicio no se ofrece ahora.")
    if not entitlement.may_open:
        why = entitlement.reason if entitlement.most != 0 else entitlement.count_reason
        raise Refusal(en=f"None can be opened now. {why.en}", es=f"Ahora no se puede abrir ninguna. {why.es}")
    if entitlement.most is not None and count >= entitlement.most:
        why = entitlement.count_reason
        raise Refusal(
            en=f"All it may have are in use: {count}. {why.en} Close one first.",
            es=f"Ya se usan todas las que puede tener: {count}. {why.es} Cierre una antes.",
        )


def _opened(
    *,
    kind: ServiceKind,
    name: str,
    owner: dict[str, Member | Lending],
    held_by: str,
    entitlement: Entitlement | None,
    on: date,
    actor: str,
    at: datetime,
) -> ServiceAccount:
    if ServiceAccount.objects.filter(kind=kind, name=name).exists():
        raise Refusal(
            en=f"{name} is taken, or was once: a name is never given twice. Choose another one.",
            es=f"{name} ya está ocupada o lo estuvo: un nombre nunca se da dos veces. Elija otro.",
        )
    if entitlement is None:
        raise Refusal(en="This service is not offered now.", es="Este servicio no se ofrece ahora.")
    account = ServiceAccount.objects.create(
        **owner,
        kind=kind,
        name=name,
        held_by=_holder(held_by),
        wanted=entitlement.state.value,
        on_hold=entitlement.on_hold,
        why_en=entitlement.reason.en,
        why_es=entitlement.reason.es,
        wanted_since=at,
        opened_on=on,
        opened_by=actor,
    )
    wanting.put_jobs(
        rows=[(account.pk, account.generation, entitlement.state, entitlement.reason, True)], actor=actor, at=at
    )
    return account


def _holder(typed: str) -> str:
    """Who uses an account, as typed: a line of text, without what would turn it round or break it."""
    return "".join(letter for letter in typed.strip() if letter.isprintable())[:LONGEST_HOLDER]


def _in_use(accounts: object) -> int:
    return int(accounts.filter(closed_on__isnull=True).exclude(wanted=State.REMOVED).count())  # type: ignore[attr-defined]


def _domains(*, member: Member) -> set[str]:
    own = ServiceAccount.objects.filter(member_id__in=family_of(head=member), kind__names_as="host")
    sites = own.filter(closed_on__isnull=True).exclude(wanted=State.REMOVED)
    return {*settings().domains, *sites.values_list("name", flat=True)}


def _family(*, account: ServiceAccount) -> Collection[int]:
    member = account.member
    return [] if member is None else family_of(head=member.merged_into or member)


def _locked(*, account_pk: int, at: datetime) -> tuple[ServiceAccount, date]:
    """An account, held with its owner, and today in its center."""
    account = ServiceAccount.objects.select_related("member__merged_into", "lending__center").get(pk=account_pk)
    if account.member is not None:
        center = lock_member(code=account.member.code).center
    elif account.lending is not None:
        center = account.lending.center
    else:
        raise LookupError("an account without an owner")
    ServiceAccount.objects.select_for_update(of=("self",)).get(pk=account_pk)
    account.refresh_from_db()
    return account, day_in(zone=center.zone, at=at)


def _entitlement(*, account: ServiceAccount, at: datetime) -> Entitlement | None:
    terms = terms_at(at=at)
    code = account.kind.code
    if account.member is not None:
        head = (account.member.merged_into or account.member).pk
        return entitled(terms=terms, member_pks=[head])[head].get(code)
    return lent_out(terms=terms, lending_pks=[account.lending_id or 0])[account.lending_id or 0].get(code)


def _realign(*, account: ServiceAccount, actor: str, at: datetime) -> None:
    """After an account was closed or opened again: itself, and whoever takes its place or gives it back."""
    terms = terms_at(at=at)
    if account.member is not None:
        found = wanting.changes(terms=terms, member_pks=[(account.member.merged_into or account.member).pk])
    else:
        found = wanting.changes(terms=terms)
        found.states = [c for c in found.states if c.owner is None]
    wanting.write_reasons(reasons=found.reasons)
    own = [c for c in found.states if c.pk == account.pk or not c.worse]
    journal.append_many(happenings=wanting.carry_over(changed=own, actor=actor, at=at), actor=actor, at=at)


def _note(
    *, account: ServiceAccount, kind: Kind, actor: str, at: datetime, payload: dict[str, object] | None = None
) -> None:
    """The journal names an account by its number: its name may be a person's."""
    journal.append(kind=kind, subject=f"account:{account.pk}", actor=actor, at=at, payload=payload or {})
