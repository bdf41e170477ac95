"""How accounts are wanted: a projection of rules/entitlement.py, written here and nowhere else.

Whatever opens a door is written at once, in the transaction of the payment, hold or call it follows from. Whatever
closes one is written by suspending.py alone, which counts first. Each change is a new generation of the account with
one job to carry it out; jobs of earlier generations are passed over.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q
from django.db.models.functions import Coalesce

from tequio.kernel import bulk
from tequio.kernel.journal.kinds import Kind
from tequio.kernel.journal.operations import Happening
from tequio.members.models import Member
from tequio.rules.entitlement import Entitlement, Held, State, Wish, wishes
from tequio.rules.reasons import Text
from tequio.services.models import Job, JobState, ServiceAccount
from tequio.services.operations.applications import end_tokens
from tequio.services.queries.entitled import Terms, entitled, lent_out, terms_at

RANK = {state: position for position, state in enumerate(State)}
_OPENS = {State.OPEN, State.LIMITED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """An account that is to be wanted otherwise. `owner` is its member's id, or none for what is lent."""

    pk: int
    owner: int | None
    before: State
    generation: int
    wish: Wish
    by_owner: bool = False

    @property
    def worse(self) -> bool:
        """Whether it closes a door or narrows one."""
        return RANK[self.wish.state] > RANK[self.before]

    @property
    def suspends(self) -> bool:
        """Whether it shuts somebody out who got in until now."""
        return self.before in _OPENS and self.wish.state is State.SUSPENDED


@dataclass(slots=True, kw_only=True)
class Changes:
    """What has to change: states, and reasons alone of accounts that stay as they are."""

    states: list[Change] = field(default_factory=list)
    reasons: list[tuple[str, str, bool, int]] = field(default_factory=list)


def changes(*, terms: Terms, member_pks: Collection[int] | None = None) -> Changes:
    """What would have to change, of some members' accounts or of everybody's, lent ones included."""
    accounts = ServiceAccount.objects.annotate(owner=Coalesce("member__merged_into_id", "member_id"))
    if member_pks is not None:
        these = bulk.these(list(member_pks))
        accounts = accounts.filter(Q(member_id__in=these) | Q(member__merged_into_id__in=these))
    rows = accounts.order_by("owner", "lending_id", "kind_id", "pk").values_list(
        *("owner", "lending_id", "kind__code", "pk", "wanted", "on_hold", "why_en", "why_es", "generation"),
        *("closed_on", "removed_after"),
    )
    grouped: dict[tuple[int | None, int | None, str], list[tuple[object, ...]]] = {}
    for owner, lending, code, *rest in rows.iterator(chunk_size=10_000):
        grouped.setdefault((owner, lending, code), []).append(tuple(rest))
    may = entitled(terms=terms, member_pks={owner for owner, _, _ in grouped if owner is not None})
    loans = lent_out(terms=terms) if any(lending is not None for _, lending, _ in grouped) else {}
    found = Changes()
    for (owner, lending, code), held in grouped.items():
        own: Mapping[str, Entitlement] = may.get(owner, {}) if owner is not None else loans.get(lending or 0, {})
        if code in own:  # a service without terms yet is left as it is
            _compare(found=found, entitlement=own[code], owner=owner, rows=held)
    return found


def _compare(
    *, found: Changes, entitlement: Entitlement, owner: int | None, rows: Sequence[tuple[object, ...]]
) -> None:
    held = [Held(pk=r[0], closed_on=r[6], removed_after=r[7]) for r in rows]  # type: ignore[arg-type]
    for wish, row in zip(wishes(entitlement=entitlement, accounts=held), rows, strict=True):
        _, wanted, on_hold, why_en, why_es, generation, closed_on, _ = row
        if wanted != wish.state:
            found.states.append(
                Change(
                    pk=wish.pk,
                    owner=owner,
                    before=State(str(wanted)),
                    generation=int(generation),  # type: ignore[call-overload]
                    wish=wish,
                    by_owner=closed_on is not None,
                )
            )
        elif (bool(on_hold), why_en, why_es) != (wish.on_hold, wish.reason.en, wish.reason.es):
            found.reasons.append((wish.reason.en, wish.reason.es, wish.on_hold, wish.pk))


def carry_over(*, changed: Iterable[Change], actor: str, at: datetime) -> list[Happening]:
    """Write how accounts are wanted from now on, each with its job; returns what the journal says of it.

    In a transaction of the caller, which holds what it should. An account that moved on since it was looked at stays.
    """
    listed = list(changed)
    if not listed:
        return []
    moment = bulk.stored_moment(at)
    # Another process may have written one of them since: its generation tells.
    current = dict(
        ServiceAccount.objects.select_for_update()
        .filter(pk__in=bulk.these(sorted(change.pk for change in listed)))
        .order_by("pk")
        .values_list("pk", "generation")
    )
    listed = [change for change in listed if current.get(change.pk) == change.generation]
    bulk.update_by_id(
        model=ServiceAccount,
        columns=("wanted", "on_hold", "why_en", "why_es", "wanted_since", "generation"),
        rows=[
            (c.wish.state.value, c.wish.on_hold, c.wish.reason.en, c.wish.reason.es, moment, c.generation + 1, c.pk)
            for c in listed
        ],
    )
    put_jobs(
        rows=[(c.pk, c.generation + 1, c.wish.state, c.wish.reason, not c.worse) for c in listed], actor=actor, at=at
    )
    end_tokens(account_pks=[c.pk for c in listed if c.wish.state not in _OPENS])
    return _happenings(listed)


def put_jobs(*, rows: Sequence[tuple[int, int, State, Text, bool]], actor: str, at: datetime) -> None:
    """Put down a job for each (account, generation, state, reason, urgent); earlier ones of the account are passed."""
    if not rows:
        return
    pks = bulk.these([row[0] for row in rows])
    open_ones = Job.objects.filter(account_id__in=pks, state__in=[JobState.WAITING, JobState.DEAD])
    open_ones.update(state=JobState.PASSED)
    moment = bulk.stored_moment(at)
    bulk.insert(
        model=Job,
        columns=(
            *("account_id", "generation", "wanted", "because_en", "because_es", "verb", "state", "urgent", "tries"),
            *("not_before", "claimed_by", "error_en", "error_es", "owner", "by_hand", "made_at", "made_by"),
        ),
        rows=[
            (
                *(pk, generation, state.value, reason.en, reason.es, "", JobState.WAITING.value, urgent, 0),
                *(moment, "", "", "", "", "", moment, actor),
            )
            for pk, generation, state, reason, urgent in rows
        ],
    )


def ask_again(*, account_pks: Collection[int], actor: str, at: datetime, ahead: int = 1) -> int:
    """Have accounts brought to how they are wanted once more: a new generation of the same state; returns how many.

    `ahead` is how far the generation jumps: a server that has a later one than ours is overtaken so.
    """
    rows = list(
        ServiceAccount.objects.select_for_update()
        .filter(pk__in=bulk.these(list(account_pks)))
        .order_by("pk")
        .values_list("pk", "generation", "wanted", "why_en", "why_es")
    )
    bulk.update_by_id(model=ServiceAccount, columns=("generation",), rows=[(r[1] + ahead, r[0]) for r in rows])
    put_jobs(
        rows=[
            (pk, generation + ahead, State(wanted), Text(en=en, es=es), State(wanted) in _OPENS)
            for pk, generation, wanted, en, es in rows
        ],
        actor=actor,
        at=at,
    )
    return len(rows)


def write_reasons(*, reasons: Sequence[tuple[str, str, bool, int]]) -> None:
    """Write reasons that changed while the state did not; no server is asked for that."""
    bulk.update_by_id(model=ServiceAccount, columns=("why_en", "why_es", "on_hold"), rows=reasons)


def better_at_once(*, member_pks: Collection[int], actor: str, at: datetime) -> list[Happening]:
    """Open again whatever these members may have again; nothing is closed here. In the caller's transaction.

    What a payment of all that is overdue, a hold or a call leads to: dues calls it wherever a standing changed.
    """
    if not ServiceAccount.objects.filter(
        Q(member_id__in=bulk.these(list(member_pks))) | Q(member__merged_into_id__in=bulk.these(list(member_pks)))
    ).exists():
        return []
    found = changes(terms=terms_at(at=at), member_pks=member_pks)
    return carry_over(changed=[c for c in found.states if not c.worse], actor=actor, at=at)


def _happenings(listed: Sequence[Change]) -> list[Happening]:
    """One event for each owner and direction, without a name of any account."""
    owners = bulk.these(sorted({change.owner for change in listed if change.owner is not None}))
    codes = dict(Member.objects.filter(pk__in=owners).values_list("pk", "code"))
    counted: dict[tuple[int | None, str, str], int] = {}
    for change in listed:
        key = (change.owner, change.before.value, change.wish.state.value)
        counted[key] = counted.get(key, 0) + 1
    return [
        Happening(
            kind=Kind.SERVICES_CHANGED,
            subject=f"member:{codes[owner]}" if owner is not None else "services:lent",
            payload={"from": before, "to": after, "accounts": count},
        )
        for (owner, before, after), count in counted.items()
    ]
