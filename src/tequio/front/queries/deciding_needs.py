"""What of deciding needs a person, for home: votes to cast or enter, decisions to confirm, tasks."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from tequio.accounts.models import User
from tequio.accounts.permissions import Sits
from tequio.decisions.models import ActionItem, Ballot, DecisionEffect, EffectState, Elector, How, Vote
from tequio.decisions.queries.hours import hours
from tequio.front.queries.follow_up_needs import Need
from tequio.kernel.texts import text_of
from tequio.members.models import MemberAccess
from tequio.rules.reasons import Text

_ONE_BY_ONE = 5


def deciding_needs(*, user: User, sits: Sits, keeps_all: bool, on: date, at: datetime) -> list[Need]:
    """What waits for a person in the bodies it sits on, the most urgent first. Five queries.

    `keeps_all` is whether it keeps the papers of every body, as an administrator does.
    """
    if not sits.on and not sits.keeps and not keeps_all:
        return _tasks(user=user, on=on)
    return [
        *_votes(user=user, sits=sits, at=at),
        *_to_enter(sits=sits, keeps_all=keeps_all),
        *_to_confirm(sits=sits, keeps_all=keeps_all, on=on),
        *_tasks(user=user, on=on),
    ]


def _votes(*, user: User, sits: Sits, at: datetime) -> list[Need]:
    """Votes online in which somebody this person speaks for has not said anything."""
    own = Elector.objects.filter(vote=OuterRef("pk")).filter(
        Q(user=user) | Q(member__in=MemberAccess.objects.filter(user=user).values("member_id"))
    )
    said = Ballot.objects.filter(elector=OuterRef("pk")).exclude(choice="")
    waiting = Vote.objects.filter(body__in=sits.on, closed_at__isnull=True, how=How.ONLINE, closes_at__gt=at)
    rows = list(waiting.filter(Exists(own.filter(~Exists(said)))).order_by("closes_at")[:_ONE_BY_ONE])
    clocks = hours()
    needs = []
    for vote in rows:
        closes, motion = clocks.moment(vote.closes_at).said, text_of(row=vote, name="motion")
        needs.append(
            Need(
                count=1,
                one=Text(en=f"vote closes {closes.en}", es=f"votación cierra el {closes.es}"),
                many=Text(en="", es=""),
                note=motion,
                url=reverse("vote", kwargs={"vote_pk": vote.pk}),
            )
        )
    return needs


def _to_enter(*, sits: Sits, keeps_all: bool) -> list[Need]:
    """Votes taken in a sitting whose ballots have still to be entered."""
    rows = Vote.objects.filter(closed_at__isnull=True, how=How.SITTING)
    if not keeps_all:
        rows = rows.filter(body__in=sits.keeps)
    return [
        Need(
            count=1,
            one=Text(
                en="vote of a sitting to be entered and closed", es="votación de una sesión por registrar y cerrar"
            ),
            many=Text(en="", es=""),
            note=text_of(row=vote, name="motion"),
            url=reverse("vote", kwargs={"vote_pk": vote.pk}),
        )
        for vote in rows.order_by("pk")[:_ONE_BY_ONE]
    ]


def _to_confirm(*, sits: Sits, keeps_all: bool, on: date) -> Sequence[Need]:
    """Decisions with effects that nobody has confirmed; those whose day has come before the others."""
    rows = DecisionEffect.objects.filter(state=EffectState.WAITING, confirmed_as="").select_related("decision")
    if not keeps_all:
        rows = rows.filter(decision__body__in=sits.keeps)
    decisions = {row.decision.code: row for row in rows.order_by("-effective_on")}
    late = {code for code, row in decisions.items() if row.effective_on <= on}
    needs = []
    for code, row in sorted(decisions.items(), key=lambda one: one[1].effective_on)[:_ONE_BY_ONE]:
        title = text_of(row=row.decision, name="title")
        when = (
            Text(en="its day has come", es="ya llegó su fecha")
            if code in late
            else Text(en=f"from {row.effective_on:%Y-%m-%d}", es=f"desde {row.effective_on:%Y-%m-%d}")
        )
        needs.append(
            Need(
                count=1,
                one=Text(en="decision to be confirmed and carried out", es="acuerdo por confirmar y llevar a cabo"),
                many=Text(en="", es=""),
                note=Text(en=f"{title.en}: {when.en}", es=f"{title.es}: {when.es}"),
                url=reverse("carry_out", kwargs={"code": code}),
            )
        )
    return needs


def _tasks(*, user: User, on: date) -> list[Need]:
    mine = ActionItem.objects.filter(owner=user, closed_at__isnull=True)
    count = mine.count()
    if not count:
        return []
    late = mine.filter(Q(due_on__lt=on) | Q(sitting__starts_at__date__lt=on)).count()
    return [
        Need(
            count=count,
            one=Text(en="task of yours is open", es="tarea suya está pendiente"),
            many=Text(en="tasks of yours are open", es="tareas suyas están pendientes"),
            note=Text(en=f"{late} late", es=f"{late} con atraso")
            if late
            else Text(en="None is late.", es="Ninguna atrasada."),
            url=reverse("tasks") + "?show=mine",
        )
    ]
