"""Voting: a person casts the ballot of an elector; the chair of a sitting enters what was said in the room.

Whoever writes a ballot holds the vote's row, so that two representatives of one member come one after the other: there
is one ballot, the last word counts, and the journal knows both. A person may say which ballot it saw; if another one
was cast meanwhile, it is told by whom and looks again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from tequio.accounts.models import User
from tequio.decisions.models import Ballot, Elector, How, Vote
from tequio.decisions.operations.closing import close_if_decided
from tequio.decisions.queries.electorates import voices_of
from tequio.kernel import bulk
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.rules.deciding import Choice
from tequio.rules.motions import CHOICE_NAMES

LONGEST_REASON = 500
NOT_LOOKED_AT = -1
"""For `saw`: whoever casts did not look at what was cast before."""
NO_BALLOT = -2


def cast(
    *,
    vote: Vote,
    elector: Elector,
    choice: str,
    reason: str = "",
    saw: int = NOT_LOOKED_AT,
    by: User,
    actor: str,
    at: datetime,
) -> Ballot:
    """Cast the ballot of an elector, or change it; the last word counts until the vote closes.

    `saw` is the mark of the ballot the person looked at (`mark_of`). The same said again changes nothing. Refuses a
    vote that is closed or taken in a sitting, a person who is not or does not speak for that elector, and, where `saw`
    was given, a ballot somebody else has cast meanwhile. Where the rule closes early and nothing can change any more,
    the vote is closed.
    """
    choice, reason = _checked(choice=choice, reason=reason)
    with transaction.atomic():
        held = lock_open_vote(vote=vote, at=at)
        if held.how == How.SITTING:
            raise Refusal(
                en="This vote is taken in the sitting; its chair enters the ballots.",
                es="Esta votación se hace en la sesión; quien preside registra los votos.",
            )
        if elector.vote_id != held.pk or all(voice.elector.pk != elector.pk for voice in voices_of(vote=held, user=by)):
            raise Refusal(
                en="You are not in the electorate of this vote, as it was frozen when it opened.",
                es="Usted no está en el electorado de esta votación, tal como quedó fijado al abrirse.",
            )
        before = Ballot.objects.select_related("user").filter(elector=elector).first()
        _refuse_unseen(before=before, saw=saw, by=by)
        if before is not None and (before.choice, before.reason, before.user_id) == (choice, reason, by.pk):
            return before
        ballot = _written(before=before, elector=elector, choice=choice, reason=reason, by=by, at=at)
        journal.append(
            kind=Kind.BALLOT_CAST,
            subject=f"vote:{held.pk}",
            actor=actor,
            at=at,
            payload={"elector": elector.pk, "change": ballot.changes},
        )
    close_if_decided(vote=held, actor=actor, at=at)
    return ballot


def mark_of(ballot: Ballot | None, /) -> int:
    """What tells one state of an elector's ballot from another, for `cast(saw=...)`."""
    return NO_BALLOT if ballot is None else ballot.changes


def _refuse_unseen(*, before: Ballot | None, saw: int, by: User) -> None:
    if saw == NOT_LOOKED_AT or mark_of(before) == saw or before is None or before.user_id == by.pk:
        return
    said = CHOICE_NAMES[Choice(before.choice)] if before.choice else None
    raise Refusal(
        en=f"{before.user.name} has voted meanwhile: {said.en if said else '-'}. The last word counts; if you see it "
        "otherwise, vote again.",
        es=f"Mientras tanto votó {before.user.name}: {said.es if said else '-'}. Cuenta la última palabra; si usted lo "
        "ve de otro modo, vuelva a votar.",
    )


def _written(*, before: Ballot | None, elector: Elector, choice: str, reason: str, by: User, at: datetime) -> Ballot:
    if before is None:
        return Ballot.objects.create(
            elector=elector, choice=choice, reason=reason, language=by.language, user=by, at=at
        )
    before.choice, before.reason, before.language = choice, reason, by.language
    before.user, before.at, before.changes = by, at, before.changes + 1
    before.save(update_fields=["choice", "reason", "language", "user", "at", "changes"])
    return before


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What an elector said in a sitting. An empty choice takes an entry back: it was not there, or said nothing."""

    choice: str
    reason: str = ""


@transaction.atomic
def enter_ballots(*, vote: Vote, said: Mapping[int, Said], by: User, actor: str, at: datetime) -> int:
    """Enter what electors (by id) said in a sitting, ballot by ballot; returns how many entries are new or other.

    Whoever chairs may correct until the vote is closed. Refuses a vote online, where each casts its own, an elector
    of another vote, and a closed vote. Four statements, however many they are.
    """
    held = lock_open_vote(vote=vote, at=at)
    if held.how != How.SITTING:
        raise Refusal(
            en="This vote is taken online: each casts its own ballot.",
            es="Esta votación es en línea: cada quien emite su voto.",
        )
    clean = {
        pk: Said(choice="", reason="") if not one.choice else Said(**_pair(choice=one.choice, reason=one.reason))
        for pk, one in said.items()
    }
    if set(clean) - set(Elector.objects.filter(vote=held).values_list("pk", flat=True)):
        raise Refusal(
            en="An entry is for nobody in the electorate of this vote, as it was frozen when it opened.",
            es="Un registro no es de nadie del electorado de esta votación, tal como quedó fijado al abrirse.",
        )
    there = {ballot.elector_id: ballot for ballot in Ballot.objects.filter(elector__vote=held)}
    fresh, moved = [], []
    for pk, one in sorted(clean.items()):
        before = there.get(pk)
        if before is None and one.choice:
            fresh.append((pk, one.choice, one.reason, by.language, by.pk, bulk.stored_moment(at), 0))
        elif before is not None and (before.choice, before.reason) != (one.choice, one.reason):
            row = (one.choice, one.reason, by.language, by.pk, bulk.stored_moment(at), before.changes + 1)
            moved.append((*row, before.pk))
    columns = ("choice", "reason", "language", "user_id", "at", "changes")
    bulk.insert(model=Ballot, columns=("elector_id", *columns), rows=fresh)
    bulk.update_by_id(model=Ballot, columns=columns, rows=moved)
    if fresh or moved:
        payload = {"entered": len(fresh), "corrected": len(moved)}
        journal.append(kind=Kind.BALLOTS_ENTERED, subject=f"vote:{held.pk}", actor=actor, at=at, payload=payload)
    return len(fresh) + len(moved)


def lock_open_vote(*, vote: Vote, at: datetime) -> Vote:
    """The vote as it is now, its row held until the transaction ends. Refuses one that is closed, or should be."""
    held = Vote.objects.select_for_update(of=("self",)).select_related("rule_row__decision", "body").get(pk=vote.pk)
    if held.closed_at is not None or (held.how == How.ONLINE and at >= held.closes_at):
        raise Refusal(en="This vote is closed.", es="Esta votación ya cerró.")
    return held


def _checked(*, choice: str, reason: str) -> tuple[str, str]:
    if choice not in set(Choice):
        known = ", ".join(Choice)
        raise Refusal(en=f"A ballot says one of: {known}.", es=f"Un voto dice uno de: {known}.")
    reason = " ".join(reason.split())
    if len(reason) > LONGEST_REASON:
        raise Refusal(
            en=f"Give your reason in {LONGEST_REASON} characters at most.",
            es=f"Dé su razón en {LONGEST_REASON} caracteres cuando más.",
        )
    return str(choice), reason


def _pair(*, choice: str, reason: str) -> dict[str, str]:
    choice, reason = _checked(choice=choice, reason=reason)
    return {"choice": choice, "reason": reason}
