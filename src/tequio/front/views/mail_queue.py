"""Tending the queue of mail: what waits and why, sending it now, trying again, stopping one, a test mail."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse

from tequio.accounts.guards import actor_of, guarded, viewer_in
from tequio.accounts.permissions import (
    Scope,
    is_administrator,
    is_treasurer_somewhere,
    may_change_center,
    may_read_center,
    may_read_lists,
)
from tequio.accounts.queries import names_of
from tequio.front.queries import mail_queue as queries
from tequio.front.queries.journal_list import zone_of_books
from tequio.kernel import background, clock
from tequio.kernel.background import Progress
from tequio.kernel.errors import Refusal
from tequio.kernel.mail import operations, rounds
from tequio.kernel.mail.kinds import all_kinds
from tequio.kernel.mail.models import MailState, OutgoingMail
from tequio.kernel.mail.queries import STATE_NAMES
from tequio.kernel.mail.sending import deliver_one
from tequio.kernel.mail.transport import sends_for_real
from tequio.kernel.runs.models import Run, RunState
from tequio.kernel.web.languages import language_of
from tequio.kernel.web.lists import PER_PAGE, list_page, page_number
from tequio.kernel.web.pages import go, page
from tequio.rules.reasons import Text

may_send = is_administrator | is_treasurer_somewhere
_SHORT = 1.5  # seconds a person waits without being told how far it is


@guarded(may_read_lists)
def mail_queue(request: HttpRequest) -> HttpResponseBase:
    """The mails a person may see, what waits or failed first asked for, fifty a page."""
    viewer, at = viewer_in(request), clock.now()
    kinds = sorted(((kind.code, kind.name) for kind in all_kinds()), key=lambda pair: pair[1].to(language_of(request)))
    filters = queries.filters_of(query=request.GET, kinds=[code for code, _ in kinds])
    found = queries.listed(viewer=viewer, filters=filters)
    number = page_number(query=request.GET)
    mails = list(found[(number - 1) * PER_PAGE : number * PER_PAGE])
    context = {
        "list": list_page(
            rows=queries.rows_of(mails=mails, at=at),
            count=found.count(),
            number=number,
            path=request.path,
            query=request.GET,
        ),
        "filters": filters,
        "is_filtered": filters != queries.MailFilters(),
        "states": [(state.value, STATE_NAMES[state]) for state in MailState],
        "kinds": kinds,
        "may_send": may_send(viewer),
        "may_try": is_administrator(viewer),
        "sends_for_real": sends_for_real(),
        "zone": zone_of_books(),
    }
    return page(request, "front/mail_queue.html", context)


def _mail(*, mail_pk: int) -> OutgoingMail:
    mail = OutgoingMail.objects.filter(pk=mail_pk).first()
    if mail is None:
        raise Http404
    return mail


def _mail_page(request: HttpRequest, *, mail_pk: int, problem: Text | None = None) -> HttpResponseBase:
    mail = _mail(mail_pk=mail_pk)
    [row] = queries.rows_of(mails=[mail], at=clock.now())
    center_pk = row.about.center_pk if row.about else None
    context = {
        "row": row,
        "problem": problem,
        "may_change": may_change_center(viewer_in(request), Scope(center_pk=center_pk)),
        "zone": zone_of_books(),
        "sends_for_real": sends_for_real(),
    }
    return page(request, "front/mail.html", context, status=409 if problem else 200)


@guarded(may_read_center, scope=queries.scope_of_mail)
def one_mail(request: HttpRequest, mail_pk: int) -> HttpResponseBase:
    """Where one mail stands, to whom it goes, and what stood in the way."""
    return _mail_page(request, mail_pk=mail_pk)


@guarded(may_change_center, scope=queries.scope_of_mail)
def retry_mail(request: HttpRequest, mail_pk: int) -> HttpResponseBase:
    """Put a mail that failed back in the queue; asked for again, or of one that did not fail, it changes nothing."""
    if request.method == "POST" and _mail(mail_pk=mail_pk).state != MailState.WAITING:
        try:
            operations.retry(pk=mail_pk, actor=actor_of(request), at=clock.now())
        except Refusal as refusal:
            return _mail_page(request, mail_pk=mail_pk, problem=refusal.text)
    return go(reverse("one_mail", kwargs={"mail_pk": mail_pk}))


@guarded(may_change_center, scope=queries.scope_of_mail)
def cancel_mail(request: HttpRequest, mail_pk: int) -> HttpResponseBase:
    """Say what stopping a mail means, and stop it."""
    mail = _mail(mail_pk=mail_pk)
    if mail.state not in (MailState.WAITING, MailState.FAILED):
        return go(reverse("one_mail", kwargs={"mail_pk": mail_pk}))
    if request.method == "POST":
        try:
            operations.cancel(pk=mail_pk, actor=actor_of(request), at=clock.now())
        except Refusal as refusal:
            return _mail_page(request, mail_pk=mail_pk, problem=refusal.text)
        return go(reverse("one_mail", kwargs={"mail_pk": mail_pk}))
    [row] = queries.rows_of(mails=[mail], at=clock.now())
    return page(request, "front/cancel_mail.html", {"row": row, "zone": zone_of_books()})


@guarded(may_send)
def send_mail(request: HttpRequest) -> HttpResponseBase:
    """Say how many mails would go out, and send them beside the page. What is few is done before the answer."""
    at = clock.now()
    if request.method != "POST":
        context = {"due": rounds.due_count(at=at), "sends_for_real": sends_for_real()}
        return page(request, "front/send_mail.html", context)
    run_pk = rounds.ask_to_send(actor=actor_of(request), at=at)
    name = _work_of(run_pk=run_pk)

    def work(_: Progress) -> None:
        rounds.send_round(run_pk=run_pk, at=at)

    background.start(name=name, work=work)
    background.wait(name=name, seconds=_SHORT)
    return go(reverse("mail_round", kwargs={"run_pk": run_pk}))


def _work_of(*, run_pk: int) -> str:
    return f"mail-{run_pk}"


@guarded(may_read_lists)
def mail_round(request: HttpRequest, run_pk: int) -> HttpResponseBase:
    """How far a sending is, and for good what came of it."""
    run = Run.objects.filter(pk=run_pk, kind=rounds.KIND).first()
    if run is None:
        raise Http404
    counts = run.parameters
    context: dict[str, Any] = {
        "run": run,
        "is_over": run.state != RunState.RUNNING,
        "counts": counts,
        "done": sum(counts[name] for name in ("sent", "put_off", "failed", "cancelled")),
        "why": rounds.why_it_ended(run=run),
        "here": background.progress_of(name=_work_of(run_pk=run_pk)) is not None,
        "may_send": may_send(viewer_in(request)),
        "who": names_of(actors={run.actor}).get(run.actor, run.actor),
        "zone": zone_of_books(),
        "sends_for_real": sends_for_real(),
    }
    return page(request, "front/mail_round.html", context)


@guarded(is_administrator)
def mail_test(request: HttpRequest) -> HttpResponseBase:
    """Send a test mail to one's own address, and show on its page what came of it."""
    user = request.user
    if not user.is_authenticated:
        raise PermissionDenied
    if request.method != "POST":
        return page(request, "front/mail_test.html", {"address": user.email, "sends_for_real": sends_for_real()})
    at = clock.now()
    mail_pk = rounds.queue_trial(to_address=user.email, language=language_of(request), actor=actor_of(request), at=at)
    name = f"test-mail-{mail_pk}"

    def work(_: Progress) -> None:
        deliver_one(pk=mail_pk, at=at)

    background.start(name=name, work=work)
    background.wait(name=name, seconds=_SHORT)
    return go(reverse("one_mail", kwargs={"mail_pk": mail_pk}))
