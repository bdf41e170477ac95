"""Who may vote: drawn up when a vote opens and frozen then. And for whom a person casts a ballot, and why."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.db.models.functions import Coalesce

from tequio.accounts.models import User
from tequio.decisions.models import Body, Elector, Vote, Voters
from tequio.decisions.queries.seated import terms_running
from tequio.kernel.bulk import these
from tequio.kernel.journal.operations import canonical
from tequio.members.models import Contact, Member, MemberAccess, Membership
from tequio.rules.deciding import RuleOfDecision
from tequio.rules.reasons import Text
from tequio.rules.standing import Standing

MOST_REPRESENTATIVES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Entitled:
    """Somebody who votes: a person or a member, with the center it speaks for and its weight that day."""

    user_pk: int | None
    member_pk: int | None
    code: str
    center: str
    weight: int
    standing: str = ""


def electorate_of(*, body: Body, rule: RuleOfDecision, on: date) -> list[Entitled]:
    """Who votes in a body on a day, in a fixed order, in at most three queries however many they are.

    People: each with a current term on a seat that votes, once. Members: each in good standing that belongs that day
    and has for as long as the rule asks, by the weight of its kind; merged ones count as one.
    """
    return _people(body=body, rule=rule, on=on) if body.voters == Voters.PEOPLE else _members(rule=rule, on=on)


def electorate_hash(entitled: Iterable[Entitled], /) -> str:
    """A hash of who votes, for which center, with which weight and standing."""
    rows = sorted([e.code, e.center, e.weight, e.standing] for e in entitled)
    return hashlib.sha256(canonical(rows).encode()).hexdigest()


def frozen_electorate(*, vote: Vote) -> list[Entitled]:
    """The electorate of a vote as it was frozen, by code; one query."""
    rows = Elector.objects.filter(vote=vote).values_list(
        "user_id", "member_id", "member__code", "center", "weight", "standing"
    )
    found = [
        Entitled(
            user_pk=user_pk,
            member_pk=member_pk,
            code=code or f"user:{user_pk}",
            center=center,
            weight=weight,
            standing=standing,
        )
        for user_pk, member_pk, code, center, weight, standing in rows
    ]
    return sorted(found, key=lambda e: e.code)


def _people(*, body: Body, rule: RuleOfDecision, on: date) -> list[Entitled]:
    rows = (
        terms_running(on=on)
        .filter(seat__body=body, seat__votes=True, user__is_active=True)
        .order_by("starts_on", "pk")
        .values_list("user_id", "seat__center__code")
    )
    centers: dict[int, str] = {}
    for user_pk, center in rows:
        if not centers.get(user_pk):  # somebody on two seats votes once, for the first center named
            centers[user_pk] = center or ""
    weight = rule.weights.get("person", 1)
    people = [
        Entitled(user_pk=pk, member_pk=None, code=f"user:{pk}", center=center, weight=weight)
        for pk, center in centers.items()
    ]
    return sorted(people, key=lambda e: e.code)


def _members(*, rule: RuleOfDecision, on: date) -> list[Entitled]:
    since = on - timedelta(days=rule.member_days)
    belongs = (
        Membership.objects.filter(Q(left_on__isnull=True) | Q(left_on__gt=on), joined_on__lte=since)
        .annotate(head=Coalesce("member__merged_into_id", "member_id"))
        .values("head")
    )
    rows = Member.objects.filter(pk__in=belongs, merged_into__isnull=True, standing=Standing.GOOD.value).values_list(
        "pk", "code", "kind", "center__code", "standing"
    )
    members = [
        Entitled(
            user_pk=None,
            member_pk=pk,
            code=code,
            center=center,
            weight=rule.weights[kind],
            standing=standing,
        )
        for pk, code, kind, center, standing in rows
    ]
    return sorted(members, key=lambda e: e.code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """An elector a person may cast the ballot of, and why."""

    elector: Elector
    name: str
    why: Text


def voices_of(*, vote: Vote, user: User) -> list[Voice]:
    """The electors of a vote whose ballot a person casts, by name: itself, or members. Five queries at most.

    For a member that is an organization: who signs in for it and has the e-mail address of one of its (at most two)
    representatives. For an individual: whoever signs in for it.
    """
    own = Elector.objects.filter(vote=vote, user=user).first()
    voices = []
    if own is not None:
        voices.append(
            Voice(
                elector=own,
                name=user.name,
                why=Text(en="You sit on this body.", es="Usted tiene un lugar en esta instancia."),
            )
        )
    accesses = MemberAccess.objects.filter(user=user)
    heads = set(accesses.values_list(Coalesce("member__merged_into_id", "member_id"), flat=True))
    if not heads:
        return voices
    electors = list(Elector.objects.select_related("member").filter(vote=vote, member_id__in=heads))
    organizations = [e.member_id for e in electors if e.member and e.member.kind == "organization"]
    representatives = representatives_of(heads=[pk for pk in organizations if pk is not None])
    for elector in electors:
        member = elector.member
        assert member is not None  # noqa: S101 - CONFIG: asked for by member
        if member.kind != "organization":
            why = Text(en="You sign in for this membership.", es="Usted entra por esta membresía.")
        elif user.email.casefold() in representatives.get(member.pk, ()):
            why = Text(en=f"You represent {member.name}.", es=f"Usted representa a {member.name}.")
        else:
            continue
        voices.append(Voice(elector=elector, name=member.name, why=why))
    return sorted(voices, key=lambda v: (v.elector.member_id is not None, v.name, v.elector.pk))


def representatives_of(*, heads: Sequence[int]) -> dict[int, list[str]]:
    """The e-mail addresses of the representatives of members, at most two each, the first of the roll first.

    Contacts of members that were merged into one count after its own.
    """
    if not heads:
        return {}
    rows = (
        Contact.objects.filter(is_representative=True)
        .annotate(head=Coalesce("member__merged_into_id", "member_id"))
        .filter(head__in=these(heads))
        .values_list("head", "member_id", "position", "email")
    )
    found: dict[int, list[str]] = defaultdict(list)
    for head, _, _, email in sorted(rows, key=lambda row: (row[0], row[1] != row[0], row[1], row[2])):
        address = email.strip().casefold()
        if len(found[head]) < MOST_REPRESENTATIVES and address not in found[head]:
            found[head].append(address)
    return {head: [address for address in addresses if address] for head, addresses in found.items()}
