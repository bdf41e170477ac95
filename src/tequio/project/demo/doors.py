"""Services in the demo's year: a member is limited, called, pays, and its doors open while the payment is entered.

Its site and its mailbox stand in two files that web and mail servers read (the htpasswd connector): nothing is acted.
The rule that limits it is decided in October, in the committee's sitting, and carried out like any other.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from tequio.decisions.operations import carrying_out, placing
from tequio.followup.models import CallItem, CallOutcome
from tequio.followup.operations.asking import ask_to_call
from tequio.followup.operations.calling import CLAIM, Outcome, claim, save_call
from tequio.project.demo import committee, effects, gatherings, motions, scenes
from tequio.project.demo.agenda import Agenda
from tequio.project.demo.cast import Person
from tequio.project.demo.scenes import CALLERS, OFFICE, owed, pay
from tequio.project.demo.story import ACTOR, Story
from tequio.rules.deciding import Choice
from tequio.services import at_once
from tequio.services.connectors import registry
from tequio.services.connectors.contract import Connector
from tequio.services.connectors.htpasswd import HtpasswdConnector
from tequio.services.operations.opening import open_account
from tequio.services.operations.passwords import make_password
from tequio.services.operations.reconciling import work_off
from tequio.services.operations.settings import change_settings

FILES = {"sites": "site", "mail": "mailbox"}
SITE, MAILBOX = "radio.example.org", "radio@mail.example.org"
_OPENED, _PROPOSED, _DECIDED = date(2016, 1, 5), date(2016, 9, 22), date(2016, 10, 1)
_CONFIRMED = date(2016, 10, 2)  # the day before it holds
_CALLED, PAID = date(2016, 10, 12), scenes.PAID_AFTER_THE_CALL
_AWAY = ("hazel.petrov@example.org", "leobardo.cruz@example.org")
_LOOKED_AFTER = timedelta(seconds=1)
_NOTE = "Their treasurer moved; will pay on Monday."


def servers(*, folder: Path) -> list[Connector]:
    """The two files logins stand in, as connectors."""
    return [HtpasswdConnector(name=name, service=service, path=_file(folder, name)) for name, service in FILES.items()]


def write_connectors(*, folder: Path, home: Path) -> None:
    """Name the two files in the instance's connectors.toml, so that a site that is served looks after them."""
    tables = [
        f'[{name}]\ntype = "htpasswd"\nservices = ["{service}"]\npath = "{_file(folder, name)}"\n'
        for name, service in FILES.items()
    ]
    (home / registry.FILE).write_text("\n".join(tables), encoding="utf-8")


@contextmanager
def served(*, folder: Path) -> Iterator[None]:
    """Have the two files as this instance's servers; what is done at once is done by the scenes, on their clock."""
    with registry.instead(*servers(folder=folder)), at_once.left_to_caller():
        yield


def write_agenda(*, agenda: Agenda, story: Story, person: Person) -> None:
    """Put what happens into the agenda: accounts, the rule of October, the call, the payment."""
    scene = _Doors(story=story, person=person)
    agenda.add(on=_OPENED, scene=scene.open_accounts)
    agenda.add(on=_PROPOSED, scene=scene.propose)
    agenda.add(on=_DECIDED, scene=scene.decide)
    agenda.add(on=_CONFIRMED, scene=scene.carry_out)
    agenda.add(on=_CALLED, scene=scene.call)
    agenda.add(on=PAID, scene=scene.pay_all)


class _Doors:
    def __init__(self, *, story: Story, person: Person) -> None:
        self.story = story
        self.person = person

    def open_accounts(self, at: datetime) -> None:
        """A site and a mailbox, each with a password for a device; they are on their servers at once."""
        made: dict[str, Any] = {"actor": OFFICE[self.person.center], "at": at}
        change_settings(
            breaker_share=500,
            breaker_fewest=3,
            export_days=30,
            most_tries=8,
            domains=["mail.example.org"],
            **made,
        )
        for service, name in (("site", SITE), ("mailbox", MAILBOX)):
            account = open_account(code=self.person.code, service=service, name=name, held_by="Radio", **made)
            make_password(account_pk=account.pk, device="office", protocol="", **made)
        self._look(at)

    def propose(self, at: datetime) -> None:
        """Somebody writes down what was asked for all year."""
        self.story.propose(
            name="limited",
            motion=motions.LIMITED_FIRST,
            by=committee.SPONSOR,
            at=at,
            effects=[effects.LIMITED_FIRST],
        )
        placing.place_all(actor=ACTOR, at=at)

    def decide(self, at: datetime) -> None:
        """The committee is of one mind."""
        gatherings.gather(story=self.story, meeting=self.story.meeting(on=_DECIDED), absent=_AWAY, at=at)
        self.decided = self.story.vote(name="limited", ballots=((Choice.FAVOR, 12),), at=at)

    def carry_out(self, at: datetime) -> None:
        """The chair confirms: the rule holds, and the next look at standings limits whoever is two months late."""
        carrying_out.confirm(decision=self.decided, by=self.story.chair, actor=ACTOR, at=at)

    def call(self, at: datetime) -> None:
        """Somebody calls; the member promises a day."""
        caller = CALLERS[self.person.center]
        ask_to_call(code=self.person.code, actor=OFFICE[self.person.center], at=at)
        item = CallItem.objects.filter(member__code=self.person.code, closed_at__isnull=True).get()
        claim(item_pk=item.pk, actor=caller, at=at, until=at + CLAIM)
        item.refresh_from_db()
        save_call(
            item_pk=item.pk,
            claim_mark=item.claim,
            outcome=Outcome(kind=CallOutcome.PROMISED, pay_on=PAID, note=_NOTE),
            caller=caller,
            actor=caller,
            at=at,
        )

    def pay_all(self, at: datetime) -> None:
        """Everything that is owed is paid, and the doors open."""
        pay(person=self.person, amount=owed(code=self.person.code), at=at, method="transfer")
        self._look(at)

    def _look(self, at: datetime) -> None:
        work_off(now=lambda: at + _LOOKED_AFTER, actor=ACTOR)


def _file(folder: Path, name: str) -> Path:
    return folder / f"{name}.htpasswd"
