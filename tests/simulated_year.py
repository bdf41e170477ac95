"""A year of follow-up at random: payers, promises, nights that were missed, mail that fails, callers, letters.

Everything happens by the program's own operations. What must be true at the very moment something goes out is looked
at then, and kept in `broken` as sentences; what must be true at the end is for the tests to look at.
"""

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from delivery_reports import report
from nights import Post

FIRST_DAY = date(2016, 1, 1)
DAY = timedelta(days=1)
ACTOR = "test"


def at_hour(day, hour):
    """A moment of a day, in UTC."""
    return datetime.combine(day, time(hour), tzinfo=UTC)


@dataclass
class World:
    """A year under way. `seed` decides everything that is left to chance."""

    seed: int
    broken: list = field(default_factory=list)
    happened: dict = field(default_factory=dict)
    bounced: list = field(default_factory=list)
    last_worked: date | None = None

    def __post_init__(self):
        self.rng = random.Random(self.seed)
        self.post = WatchedPost(self)

    def count(self, what, many=1):
        """That something happened."""
        self.happened[what] = self.happened.get(what, 0) + many


class WatchedPost(Post):
    """A way out that looks, as each notice goes, whether it should; `bad`: addresses that bounce days later."""

    def __init__(self, world):
        super().__init__()
        self.world, self.bad, self.today = world, set(), None

    def send(self, *, message, name):
        from tequio.followup.facts import is_quiet, money_known_on
        from tequio.followup.models import Dispatch
        from tequio.followup.operations.sweeping import why_not
        from tequio.kernel.mail.models import OutgoingMail

        mail = OutgoingMail.objects.get(message_id=message.extra_headers["Message-ID"])
        pk = int(mail.subject.removeprefix("dispatch:"))
        if Dispatch.objects.get(pk=pk).state == "waiting":
            for why in why_not(dispatch_pks=[pk], on=self.today).values():
                self.world.broken.append(f"dispatch {pk} was mailed on {self.today} though {why}")
            center = Dispatch.objects.select_related("center").get(pk=pk).center
            known = money_known_on(center=center)
            if is_quiet(center=center, on=self.today) or (self.today - known).days > 10:
                self.world.broken.append(f"dispatch {pk} was mailed on a holiday or without the money known")
        super().send(message=message, name=name)
        if message.to[0] in self.bad:
            self.world.bounced.append(mail.message_id)


def live(*, world, folder, members, days):
    """Import a roll and live through so many days of 2016."""
    from tequio.centers.models import Center
    from tequio.followup.models import QuietDay
    from tequio.members.models import Contact
    from tequio.members.operations import import_roll
    from tequio.project.demo.roll import write_roll
    from tequio.project.rulebook import SAMPLE, load_rules

    at = at_hour(FIRST_DAY, 12)
    rules = folder / "rules.toml"
    # So few at once need a person here that it happens in a small organization too.
    rules.write_text(SAMPLE.read_text().replace("preview_above = 10", "preview_above = 1"))
    load_rules(path=rules, actor=ACTOR, at=at)
    write_roll(path=folder / "roll.csv", members=members, seed=world.seed)
    import_roll(path=folder / "roll.csv", actor=ACTOR, at=at)
    emails = sorted(email for email in Contact.objects.values_list("email", flat=True) if email)
    world.rng.shuffle(emails)
    world.post.refused, world.post.bad = set(emails[: len(emails) // 20]), set(emails[-len(emails) // 20 :])
    for center in Center.objects.order_by("pk"):
        for number in (35, 75, 121, 122, 200, 259, 300):
            QuietDay.objects.create(center=center, on=FIRST_DAY + number * DAY, name_en="x", name_es="x")
    for number in range(1, days + 1):
        live_through(world=world, day=FIRST_DAY + number * DAY)


def live_through(*, world, day):
    """One day: people pay and write, the night's work is done or missed, letters are posted, callers call."""
    rng = world.rng
    world.post.today = day
    people_pay(world=world, day=day)
    if rng.random() < 0.85 and day.toordinal() % 40 > 2:  # every forty days the machine is off for three
        world.post.away = day.toordinal() % 23 < 2  # the mail server is down for two days
        night(world=world, day=day)
    if rng.random() < 0.3:
        letters(world=world, day=day)
    if rng.random() < 0.5:
        calls(world=world, day=day)
    if rng.random() < 0.4:
        bounces(world=world, day=day)
    releases(world=world, day=day)


def night(*, world, day):
    """The daily work, twice on some days and once with the clock set back."""
    from tequio.followup.operations.knowing import money_read
    from tequio.project.daily import tick

    at = at_hour(day, 18)
    if world.rng.random() < 0.3:
        for center in centers():
            money_read(center=center, through=day, actor=ACTOR, at=at)
    for moment in [at, *([at] if world.rng.random() < 0.1 else []), *([at - 2 * DAY] if day.day == 17 else [])]:
        world.post.today = moment.date()
        done = tick(actor=ACTOR, at=moment)
        world.count("notices", done.notices.dispatches)
        world.count("dropped", done.dropped)
    world.post.today = day
    world.last_worked = day
    world.count("nights")


def centers():
    """Every center."""
    from tequio.centers.queries import all_centers

    return all_centers()


def owing():
    """Codes of members that owe something, in an order that is always the same."""
    from tequio.dues.models import Invoice

    rows = Invoice.objects.filter(rest__gt=0, member__merged_into__isnull=True)
    return sorted(set(rows.order_by().values_list("member__code", flat=True)))


def people_pay(*, world, day):
    """Some pay all, some a part, some ask for time, some say they have paid, some leave."""
    from django.db.models import Sum

    from tequio.dues.models import Invoice
    from tequio.dues.operations import agreeing, paying
    from tequio.members.models import Member, Membership
    from tequio.members.operations.staying import leave

    rng, at = world.rng, at_hour(day, 9)
    for code in owing():
        chance = rng.random()
        if chance < 0.008:
            owed = Invoice.objects.filter(member__code=code).aggregate(rest=Sum("rest"))["rest"]
            amount = owed if rng.random() < 0.7 else max(1, owed // 2)
            currency = Member.objects.get(code=code).center.currency
            paying.add_payment(code=code, amount=amount, currency=currency, on=day, method="cash", actor=ACTOR, at=at)
            world.count("payments")
        elif chance < 0.0085:
            agreeing.grant_hold(code=code, until=day + 20 * DAY, reason="x", actor=ACTOR, at=at)
            world.count("holds")
        elif chance < 0.0087 and Membership.objects.filter(member__code=code, left_on=None).exists():
            leave(code=code, on=day, actor=ACTOR, at=at)
            world.count("left")


def letters(*, world, day):
    """Somebody prints the letters that wait, and posts them now or days later; some are returned."""
    from tequio.followup.models import Dispatch, LetterBatch
    from tequio.followup.operations.posting import letter_came_back, paid_since, post_letters, print_letters
    from tequio.followup.operations.sweeping import why_not
    from tequio.kernel.errors import Refusal

    at = at_hour(day, 19)
    for center in centers():
        for batch in LetterBatch.objects.filter(center=center, posted_on__isnull=True).order_by("pk"):
            post_letters(batch_pk=batch.pk, on=day, leave_out=[], actor=ACTOR, at=at)
            assert not paid_since(batch=batch, at=at)
            sent = list(batch.dispatches.filter(state="sent").values_list("pk", flat=True))
            for pk, why in why_not(dispatch_pks=sent, on=day).items():
                world.broken.append(f"letter {pk} was posted on {day} though {why}")
            world.count("letters", len(sent))
        try:
            print_letters(center=center, actor=ACTOR, at=at)
        except Refusal:
            continue
    for pk in Dispatch.objects.filter(channel="letter", state="sent").values_list("pk", flat=True):
        if world.rng.random() < 0.01:
            letter_came_back(dispatch_pk=pk, why="moved", actor=ACTOR, at=at)
            world.count("letters_back")


def calls(*, world, day):
    """A caller takes some members, one after another, and whatever happens in a call happens."""
    from tequio.followup.models import CallItem
    from tequio.followup.operations.calling import claim_next, give_back, save_call

    rng, at = world.rng, at_hour(day, 20)
    pks = frozenset(center.pk for center in centers())
    for number in range(6):
        caller = f"caller {number % 2}"
        item = claim_next(center_pks=pks, actor=caller, at=at)
        if item is None:
            return
        if rng.random() < 0.1:
            give_back(item_pk=item.pk, claim_mark=item.claim)
            continue
        if rng.random() < 0.05:
            continue  # the caller went home: the claim runs out
        for _ in range(2 if rng.random() < 0.2 else 1):  # a button pressed twice
            save_call(
                item_pk=item.pk,
                claim_mark=item.claim,
                outcome=outcome(rng=rng, day=day, at=at),
                caller=caller,
                actor=caller,
                at=at,
            )
        world.count("calls")
        assert (
            not CallItem.objects.filter(pk=item.pk, claim=item.claim, closed_at__isnull=True).exclude(claim="").exists()
        )


def outcome(*, rng, day, at):
    """What may come of a call."""
    from tequio.followup.models import CallOutcome
    from tequio.followup.operations.calling import Outcome
    from tequio.followup.operations.hardship import Ask, Hardship

    kind = rng.choice(list(CallOutcome))
    return Outcome(
        kind=kind,
        note="x",
        pay_on=day + rng.randrange(1, 25) * DAY,
        call_back_at=at + rng.randrange(1, 9) * DAY,
        hardship=Hardship(ask=Ask.TIME, until=day + rng.choice((10, 200)) * DAY),
    )


def bounces(*, world, day):
    """What came back by mail is read; and claims of payment are settled, tasks of floods closed."""
    from tequio.followup.models import PaymentClaim, Task, TaskKind
    from tequio.followup.operations.bouncing import take_bounces
    from tequio.followup.operations.promising import settle_claim
    from tequio.followup.operations.tasks import close_task

    at = at_hour(day, 21)
    done = take_bounces(mails=[report(message_id=one) for one in world.bounced], actor=ACTOR, at=at)
    world.count("bounces", done.came_back)
    if not done.waiting:
        world.bounced.clear()
    for pk in PaymentClaim.objects.filter(settled_on__isnull=True).values_list("pk", flat=True):
        if world.rng.random() < 0.2:
            settle_claim(pk=pk, found=False, actor=ACTOR, at=at)
    for pk in Task.objects.filter(kind=TaskKind.MANY_CAME_BACK, closed_on__isnull=True).values_list("pk", flat=True):
        close_task(pk=pk, note="", actor=ACTOR, at=at)


def releases(*, world, day):
    """What is held because it goes to many is looked at by one person, or two, or refused."""
    from tequio.followup.models import Release
    from tequio.followup.operations.releasing import refuse_release, release

    for row in Release.objects.filter(ended_at__isnull=True):
        chance = world.rng.random()
        if chance < 0.05:
            refuse_release(pk=row.pk, actor="user:1", at=at_hour(day, 22))
            world.count("refused")
        elif chance < 0.5:
            person = "user:2" if row.first_by else "user:1"
            release(pk=row.pk, seen=row.dispatches.filter(state="held").count(), actor=person, at=at_hour(day, 22))
            world.count("released")
