"""Notices to many about being cut off: they wait until one person, or two, have seen how many they go to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from tequio.centers.models import Center
from tequio.followup.models import Dispatch, DispatchState, Notice, Release
from tequio.followup.names import NOTICE, subject_of
from tequio.followup.operations.listing import put_on_call_list
from tequio.followup.policies_in_force import InForce
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.kernel.mail.operations import enqueue_unwritten
from tequio.members.models import Member
from tequio.rules.ladder import Channel
from tequio.rules.money import WHOLE_SHARE
from tequio.rules.standing import Standing

_CUT_OFF = frozenset({Standing.DISABLED, Standing.INACTIVE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Where notices about being cut off go: nowhere yet (`release_pk`), straight out, or not tonight."""

    release_pk: int | None = None
    not_tonight: bool = False


def hold_if_many(*, center: Center, policy: InForce, members: Sequence[int], on: date) -> Held:
    """Whether notices about being cut off wait for people: more members in one go than the policy lets by itself.

    They join the release that is open, unless somebody has looked at that one already: then they wait for another
    night, so that what was seen is what goes out. What went out by itself today counts towards "one go".
    """
    if not members:
        return Held()
    there = Release.objects.select_for_update().filter(center=center, ended_at__isnull=True).first()
    if there is not None and there.first_by:
        return Held(not_tonight=True)
    today = Dispatch.objects.filter(
        center=center, made_on=on, release__isnull=True, step__in=cut_off_steps(policy=policy)
    )
    count = len(set(members)) + today.order_by().values("member_id").distinct().count()
    if there is None and count <= policy.row.preview_above:
        return Held()
    total = (
        Member.objects.filter(center=center, merged_into__isnull=True, memberships__left_on__isnull=True)
        .distinct()
        .count()
    )
    already = there.dispatches.filter(state=DispatchState.HELD).values("member_id").distinct().count() if there else 0
    needs_two = (count + already) * WHOLE_SHARE > policy.row.two_people_share * total
    if there is None:
        there = Release.objects.create(
            center=center, policy=policy.row, made_on=on, members_then=total, needs_two=needs_two
        )
    elif needs_two and not there.needs_two:
        Release.objects.filter(pk=there.pk).update(needs_two=True, members_then=total)
    return Held(release_pk=there.pk)


def cut_off_steps(*, policy: InForce) -> frozenset[str]:
    """The steps of a ladder that are about being cut off: those for members that are disabled or inactive."""
    return frozenset(step.key for step in policy.ladder.steps if step.standings & _CUT_OFF)


@transaction.atomic
def release(*, pk: int, seen: int, actor: str, at: datetime) -> bool:
    """Let held notices go out; True when they go, False when one more person has to look.

    `seen` is how many the person was shown: those still held, without who has paid meanwhile. Refuses one that has
    ended, a number that has changed since, and the same person twice.
    """
    row = _locked(pk=pk)
    count = row.dispatches.filter(state=DispatchState.HELD).count()
    if count != seen:
        raise Refusal(
            en=f"It was {seen} when you looked and is {count} now. Look again.",
            es=f"Eran {seen} cuando usted los vio y ahora son {count}. Revíselos otra vez.",
        )
    if row.first_by and row.first_by == actor:
        raise Refusal(
            en="You have looked at these already; another person has to confirm them too.",
            es="Usted ya los revisó; también tiene que confirmarlos otra persona.",
        )
    if not row.first_by:
        row.first_by, row.first_at = actor, at
    else:
        row.second_by, row.second_at = actor, at
    goes = bool(row.second_by) or not row.needs_two
    if goes:
        row.ended_at = at
        _let_go(row=row, at=at)
    row.save()
    payload = {"release": pk, "dispatches": count, "goes": goes}
    journal.append(kind=Kind.NOTICES_RELEASED, subject=f"center:{row.center.code}", actor=actor, at=at, payload=payload)
    return goes


@transaction.atomic
def refuse_release(*, pk: int, actor: str, at: datetime) -> None:
    """Stop held notices; they are dropped, and come due again the next night if the facts are still the same."""
    row = _locked(pk=pk)
    Notice.objects.filter(dispatch__release=row).update(ended=True)
    row.dispatches.filter(state=DispatchState.HELD).update(state=DispatchState.DROPPED, why="refused")
    row.refused_by, row.ended_at = actor, at
    row.save()
    journal.append(
        kind=Kind.NOTICES_REFUSED, subject=f"center:{row.center.code}", actor=actor, at=at, payload={"release": pk}
    )


def _locked(*, pk: int) -> Release:
    found = Release.objects.select_related("center").filter(pk=pk).first()
    if found is None:
        raise Refusal(en=f"There is no release {pk}.", es=f"No existe el envío retenido {pk}.")
    Center.objects.select_for_update().get(pk=found.center_id)
    row = Release.objects.select_for_update(of=("self",)).select_related("center").get(pk=pk)
    if row.ended_at is not None:
        raise Refusal(
            en="This has been decided already; nothing was changed.", es="Esto ya se decidió; no se cambió nada."
        )
    return row


def _let_go(*, row: Release, at: datetime) -> None:
    """Put what was held on its way: mails in the queue, calls on the list; letters wait to be printed."""
    held = row.dispatches.filter(state=DispatchState.HELD)
    mails = list(held.filter(channel=Channel.MAIL.value).order_by("pk").values_list("pk", flat=True))
    calls = list(held.filter(channel=Channel.CALL.value).order_by("pk").values_list("member_id", "pk"))
    held.update(state=DispatchState.WAITING)
    subjects = [subject_of(dispatch_pk=pk) for pk in mails]
    enqueue_unwritten(kind=NOTICE, subjects=subjects, language=row.center.language, at=at)
    put_on_call_list(center=row.center, calls=calls, at=at)
