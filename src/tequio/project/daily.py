"""`tequio tick`: the daily work, safe to run at any hour and as often as one likes; missed days are caught up."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tequio.banking.operations.posting import post_all_queued
from tequio.centers.queries import all_centers
from tequio.decisions.operations.carrying_out import Done, carry_out_due
from tequio.decisions.operations.closing import close_due
from tequio.decisions.operations.placing import place_all
from tequio.decisions.operations.seating import end_terms_due
from tequio.decisions.operations.tasks import bring_up
from tequio.decisions.queries.hours import day_everywhere
from tequio.dues.letters.operations import mail_invoices
from tequio.dues.operations import billing
from tequio.dues.operations.standings import refresh_standings
from tequio.dues.rules_in_force import dues_on, payment_policies
from tequio.followup.operations.making import Made, make_notices
from tequio.followup.operations.settling import settle_mails
from tequio.followup.operations.sweeping import sweep as sweep_follow_up
from tequio.front.operations import record_month_ends
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.kernel.mail.sending import deliver_all
from tequio.kernel.mail.transport import reaches_people, sends_for_real
from tequio.meetings.operations.carrying_over import bring_all_in_step
from tequio.meetings.operations.series import Foreseen, foresee_all
from tequio.members.operations.uploading import sweep
from tequio.project.book_uploads import throw_old_books_away
from tequio.rules.account import policy_on
from tequio.rules.reasons import Text
from tequio.services.operations.daily import Reconciled
from tequio.services.operations.daily import reconcile as reconcile_services


@dataclass(frozen=True, slots=True, kw_only=True)
class TickResult:
    """What the daily work did."""

    resumed: list[int]
    runs: list[int]
    standings_changed: int
    without_dues: list[str]
    mails_sent: int = 0
    mails_left: int = 0
    notices: Made = field(default_factory=Made)
    came_back: int = 0
    dropped: int = 0
    promises_due: int = 0
    votes_closed: list[int] = field(default_factory=list)
    terms_ended: int = 0
    decisions: Done = field(default_factory=Done)
    meetings: Foreseen = field(default_factory=Foreseen)
    no_mail_server: bool = False
    services: Reconciled | None = None

    def said(self) -> list[Text]:
        """What became of late dues, mail, votes and decisions, in sentences: what was done, what waits, and why."""
        put, held = self.notices, self.notices.held
        said = [
            Text(
                en=f"Late dues: {put.mails} mails, {put.letters} letters and {put.calls} calls put down, {put.tasks} "
                f"tasks for people; {self.came_back} came back, {self.dropped} no longer needed.",
                es=f"Cuotas atrasadas: {put.mails} correos, {put.letters} cartas y {put.calls} llamadas apuntadas, "
                f"{put.tasks} tareas para personas; regresaron {self.came_back}, {self.dropped} ya innecesarios.",
            ),
            Text(
                en=f"Mail: {self.mails_sent} sent, {self.mails_left} wait.",
                es=f"Correo: {self.mails_sent} enviados, {self.mails_left} en espera.",
            ),
        ]
        if held:
            said.append(
                Text(
                    en=f"{held} notices about being cut off go to many and wait for a person to look at them.",
                    es=f"{held} avisos de suspensión van a muchas y esperan a que una persona los revise.",
                )
            )
        said += [
            Text(
                en=f"{code}: nobody is reminded, because its money was not entered for too long.",
                es=f"{code}: no se le recuerda a nadie, porque su dinero lleva demasiado sin registrarse.",
            )
            for code in put.money_unknown
        ]
        if self.no_mail_server:
            said.append(
                Text(
                    en="No mail server is set (TEQUIO_SMTP_URL), so nobody is reminded: a folder warns nobody.",
                    es="No hay servidor de correo (TEQUIO_SMTP_URL), así que no se le recuerda a nadie: una carpeta no "
                    "avisa.",
                )
            )
        if self.votes_closed:
            numbers = ", ".join(map(str, self.votes_closed))
            said.append(Text(en=f"Votes closed: {numbers}.", es=f"Votaciones cerradas: {numbers}."))
        said += self.decisions.said()
        said += self.meetings.said()
        if self.services is not None:
            said += self.services.said()
        return said


def tick(*, actor: str, at: datetime) -> TickResult:
    """Finish runs that were cut off, bill what has come due for billing, work out every standing again, send mail.

    Each center bills on its own day of today: every period starting within the policy's days of notice that has
    no invoice, however many days were missed. Centers whose dues are not in force yet are named. Where there is a
    mail server, the invoices made are mailed. Uploads nobody confirmed within a day are thrown away. What is late is
    followed up by the ladder in force. Votes whose hour has come are closed and counted, terms that are over end, and
    what was confirmed is carried out on its day; series of meetings are planned half a year ahead. Proposals that a
    sitting did not come to go on to the next, and stand on its agenda; so does what a meeting left open. Services are
    brought in line with standing, and every server is compared.
    """
    from zoneinfo import ZoneInfo

    # First what bodies decided: from today on other rules may be in force, and other people sit there.
    closed = close_due(actor=actor, at=at)
    terms_ended = end_terms_due(on=day_everywhere(at=at), actor=actor, at=at)
    decisions = carry_out_due(actor=actor, at=at)
    meetings = foresee_all(actor=actor, at=at)
    bring_up(actor=actor, at=at)
    resumed = [o.run_pk for o in billing.resume_unfinished(actor=actor, at=at) if o.run_pk is not None]
    runs: list[int] = []
    without: list[str] = []
    policies = payment_policies()
    for center in all_centers():
        today = at.astimezone(ZoneInfo(center.zone)).date()
        if center.pk not in dues_on(on=today):
            without.append(center.code)
            continue
        policy = policy_on(policies=policies.get(center.pk, []), on=today)
        through = today + timedelta(days=policy.notice_days if policy else 0)
        terms = billing.terms_of(as_of=today, through=through, center_code=center.code)
        outcome = billing.run_dues(terms=terms, actor=actor, at=at)
        if outcome.run_pk is not None:
            runs.append(outcome.run_pk)
            if sends_for_real():  # an outbox folder is for trying out: there a person asks for letters
                mail_invoices(run_pk=outcome.run_pk, actor=actor, at=at)
    post_all_queued(actor=actor, at=at)  # what an import left that was cut off
    changed = refresh_standings(actor=actor, at=at)
    services = reconcile_services(now=lambda: at, actor=actor, full=True)
    record_month_ends(at=at)
    sweep(at=at)
    throw_old_books_away(at=at)
    place_all(actor=actor, at=at)
    bring_all_in_step(at=at)
    # First what became of the nights before, then what is no longer due, and only then what is due now.
    settled = settle_mails(actor=actor, at=at)
    swept = sweep_follow_up(actor=actor, at=at)
    # A folder is no way to reach anybody: nothing may be counted as a warning that nobody received.
    notices = make_notices(actor=actor, at=at) if reaches_people() else Made()
    if resumed or runs or changed:
        journal.append(
            kind=Kind.TICK,
            subject="instance",
            actor=actor,
            at=at,
            payload={"resumed": resumed, "runs": runs, "standings_changed": changed},
        )
    mail = deliver_all(at=at)  # last of all, because a mail server may be slow
    if mail.sent:
        settle_mails(actor=actor, at=at)
    return TickResult(
        resumed=resumed,
        runs=runs,
        standings_changed=changed,
        without_dues=without,
        mails_sent=mail.sent,
        mails_left=mail.left,
        notices=notices,
        came_back=settled.came_back,
        dropped=settled.dropped + swept.dropped,
        promises_due=swept.promises_due,
        votes_closed=closed,
        terms_ended=terms_ended,
        decisions=decisions,
        meetings=meetings,
        no_mail_server=not reaches_people(),
        services=services,
    )
