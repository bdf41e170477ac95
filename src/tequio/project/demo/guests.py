"""Services in the demo's year for whoever comes from elsewhere: a coalition, mailboxes that move in, two applications.

What is lent is decided in November's sitting, like any other rule. The mailboxes stand at the end of the year where a
real wave would: one nobody answered for, one without a word yet, one being copied, one that moved, one taken back.
"""

from datetime import date, datetime
from typing import Any

from tequio.accounts.models import User
from tequio.decisions.operations import carrying_out, placing
from tequio.dues.models import Invoice
from tequio.dues.operations.paying import add_payment
from tequio.kernel.errors import Refusal
from tequio.members.models import Member
from tequio.project.demo import effects, gatherings, motions
from tequio.project.demo.agenda import Agenda
from tequio.project.demo.scenes import OFFICE
from tequio.project.demo.story import ACTOR, Story
from tequio.rules.deciding import Choice
from tequio.rules.reasons import Text
from tequio.services.models import BroughtBalance, MovingMailbox, ServiceAccount
from tequio.services.operations import balances, moving
from tequio.services.operations.applications import name_person, register_application
from tequio.services.operations.opening import kind_by_code, open_account, open_lent
from tequio.services.operations.reconciling import work_off

WAVE = "norte-2016"
LENT = (("mailbox", "agua@mail.example.org", "Coordinación"), ("list", "agua@lists.example.org", "Coordinación"))
# Where the two take people back: the first runs on a server and keeps a secret, the second lives in a browser.
FILES = ("files", Text(en="Shared files", es="Archivos compartidos"), "https://files.example.org/signed-in", True)
CALENDAR = ("calendar", Text(en="Calendar", es="Calendario"), "https://calendar.example.org/signed-in", False)
_REGISTERED = date(2016, 7, 11)
_PROPOSED, _DECIDED, _CONFIRMED = date(2016, 10, 27), date(2016, 11, 5), date(2016, 11, 6)
_LENT_FROM = date.fromisoformat(effects.LENT["data"]["from"])
_BEGUN, _CONTACTED, _CONSENTED = date(2016, 11, 8), date(2016, 11, 15), date(2016, 11, 22)
_COPIED, _TAKEN_BACK = date(2016, 12, 6), date(2016, 12, 13)
_CONTACT_BY, _CONSENT_BY, _COPY_BY = date(2016, 11, 30), date(2017, 1, 13), date(2017, 1, 31)
_FORWARD_UNTIL = date(2017, 6, 30)
_AWAY = ("gideon.salas@example.org", "nahum.reyna@example.org")
_BOXES = ("imprenta", "taller", "archivo", "prensa", "cocina")
_CONSENT = "Su representante, por teléfono; lo repitió por correo."
_FEWER = "Tres estaban dañados allá; la membresía los vio."
_AS_OF, _DUE, _SETTLED = date(2016, 10, 31), date(2016, 11, 1), date(2016, 11, 28)
_AHEAD, _OWED = 410_00, 205_00
_STATEMENT = "Estado de cuenta del proveedor anterior, 31 de octubre de 2016"
_STAYS = "Prefieren quedarse donde están este año."


def write_agenda(*, agenda: Agenda, story: Story, spared: frozenset[str]) -> None:
    """Put what happens into the agenda. `spared`: the ids of members that have a part of their own."""
    guests = _Guests(story=story, spared=spared)
    for on, scene in (
        (_REGISTERED, guests.register_applications),
        (_PROPOSED, guests.propose_to_lend),
        (_DECIDED, guests.decide),
        (_CONFIRMED, guests.carry_out),
        (_LENT_FROM, guests.open_what_is_lent),
        (_BEGUN, guests.begin_to_move),
        (_CONTACTED, guests.contact),
        (_CONTACTED, guests.bring_balances),
        (_CONSENTED, guests.consent),
        (_SETTLED, guests.settle),
        (_COPIED, guests.copy),
        (_TAKEN_BACK, guests.take_one_back),
    ):
        agenda.add(on=on, scene=scene)


def name_on_login(*, user: User, member: Member, login: str, at: datetime) -> None:
    """Open a login of a member's for a person, by which it signs in to the two applications.

    Where its standing lets it open nothing new (a seed of somebody's own), the page says so, and that is worth a look.
    """
    made: dict[str, Any] = {"actor": OFFICE["mx"], "at": at}
    try:
        account = open_account(code=member.code, service="cloud", name=login, held_by=user.name, **made)
    except Refusal:
        return
    name_person(account_pk=account.pk, user_pk=user.pk, **made)
    work_off(now=lambda: at, actor=ACTOR)


class _Guests:
    def __init__(self, *, story: Story, spared: frozenset[str]) -> None:
        self.story = story
        self.spared = spared

    def register_applications(self, at: datetime) -> None:
        """Two applications let people in by their account here."""
        for code, name, address, keeps_secret in (FILES, CALENDAR):
            register_application(
                code=code,
                name=name,
                kind=kind_by_code(code="cloud"),
                addresses=[address],
                keeps_secret=keeps_secret,
                actor=ACTOR,
                at=at,
            )

    def propose_to_lend(self, at: datetime) -> None:
        """A coalition without money asks for a list and two mailboxes."""
        karina = "karina.lozada@example.org"
        self.story.propose(name="lent", motion=motions.LEND_TO_WATER, by=karina, at=at, effects=[effects.LENT])
        placing.place_all(actor=ACTOR, at=at)

    def decide(self, at: datetime) -> None:
        """The committee lends them for some months."""
        gatherings.gather(story=self.story, meeting=self.story.meeting(on=_DECIDED), absent=_AWAY, at=at)
        ballots = ((Choice.FAVOR, 11), (Choice.ABSTAIN, 1))
        self.decided = self.story.vote(name="lent", ballots=ballots, at=at)

    def carry_out(self, at: datetime) -> None:
        """The chair confirms: from the next day on they are lent."""
        carrying_out.confirm(decision=self.decided, by=self.story.chair, actor=ACTOR, at=at)

    def open_what_is_lent(self, at: datetime) -> None:
        """Whoever runs the servers opens a mailbox and a list; the second mailbox waits until somebody needs it."""
        for service, name, held_by in LENT:
            open_lent(
                lending_code=effects.LENT["data"]["code"],
                service=service,
                name=name,
                held_by=held_by,
                actor=OFFICE["mx"],
                at=at,
            )
        work_off(now=lambda: at, actor=ACTOR)

    def begin_to_move(self, at: datetime) -> None:
        """Members whose provider closes bring their mailboxes."""
        made = self._made(at)
        moving.begin_wave(
            code=WAVE,
            name="Los buzones del norte",
            provider="Correo del Norte",
            center_code="mx",
            contact_by=_CONTACT_BY,
            consent_by=_CONSENT_BY,
            copy_by=_COPY_BY,
            **made,
        )
        for name, code in zip(_BOXES, self._movers(), strict=False):
            moving.add_mailbox(
                wave_code=WAVE,
                member_code=code,
                old_address=f"{name}@norte.example.net",
                new_address=f"{name}@mail.example.org",
                **made,
            )

    def contact(self, at: datetime) -> None:
        """All but the last are reached."""
        for box in self._boxes()[:-1]:
            moving.contacted(box_pk=box, **self._made(at))

    def bring_balances(self, at: datetime) -> None:
        """The first had paid ahead there, the second owed something."""
        for box, amount, on in zip(self._boxes(), (-_AHEAD, _OWED), (_AS_OF, _DUE), strict=False):
            code = MovingMailbox.objects.values_list("member__code", flat=True).get(pk=box)
            balances.bring_balance(
                wave_code=WAVE, member_code=code, amount=amount, due_on=on, evidence=_STATEMENT, **self._made(at)
            )

    def settle(self, at: datetime) -> None:
        """What was owed there is paid here."""
        brought = BroughtBalance.objects.filter(wave__code=WAVE).values("invoice")
        for owed in Invoice.objects.filter(pk__in=brought, rest__gt=0).select_related("member"):
            add_payment(
                code=owed.member.code,
                amount=owed.rest,
                currency=owed.currency,
                on=at.date(),
                method="transfer",
                **self._made(at),
            )

    def consent(self, at: datetime) -> None:
        """Three consent; their mailboxes are opened."""
        for box in self._boxes()[:3]:
            moving.consented(box_pk=box, consent=_CONSENT, **self._made(at))
        work_off(now=lambda: at, actor=ACTOR)

    def copy(self, at: datetime) -> None:
        """Two are copied and counted, one of them with less than there was."""
        for box, after, why in zip(self._boxes()[:2], (4_812, 1_203), ("", _FEWER), strict=False):
            before = after + 3 if why else after
            moving.copied(
                box_pk=box, before=before, after=after, why_fewer=why, forward_until=_FORWARD_UNTIL, **self._made(at)
            )

    def take_one_back(self, at: datetime) -> None:
        """One of them would rather stay; its mailbox here is closed, and nothing in it is lost."""
        for box in self._boxes()[1:2]:
            moving.undo_mailbox(box_pk=box, reason=_STAYS, **self._made(at))
        work_off(now=lambda: at, actor=ACTOR)

    def _movers(self) -> list[str]:
        """Members in Mexico in good standing that have no mailbox yet, by their ids."""
        have = ServiceAccount.objects.filter(kind__code="mailbox", member__isnull=False).values("member_id")
        free = Member.objects.filter(center__code="mx", merged_into__isnull=True, standing="good")
        belong = free.filter(memberships__left_on__isnull=True).exclude(pk__in=have).exclude(code__in=self.spared)
        return list(belong.order_by("code").values_list("code", flat=True).distinct()[: len(_BOXES)])

    def _boxes(self) -> list[int]:
        return list(MovingMailbox.objects.filter(wave__code=WAVE).order_by("pk").values_list("pk", flat=True))

    def _made(self, at: datetime) -> dict[str, Any]:
        return {"actor": OFFICE["mx"], "at": at}
