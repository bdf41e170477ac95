"""The agenda: an item is added, changed, moved, taken up, closed, taken off."""

from django.http import HttpRequest, HttpResponseBase

from tequio.accounts.guards import guarded
from tequio.accounts.permissions import may_keep_body
from tequio.decisions.finding import person_in
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.kernel.web.pages import page
from tequio.meetings.finding import item_or_404, part_or_404
from tequio.meetings.forms.agenda import ItemForm, WithdrawForm, number_in
from tequio.meetings.models import AgendaItem
from tequio.meetings.operations import agenda
from tequio.meetings.page_queries.agenda import proposals_to_link
from tequio.meetings.queries.people import people_of
from tequio.meetings.scopes import scope_of_item, scope_of_part
from tequio.meetings.views.meeting import REFUSED, meeting_page, to_meeting


@guarded(may_keep_body, scope=scope_of_part)
def add_item(request: HttpRequest, part_pk: int) -> HttpResponseBase:
    """Put an item on the agenda of a body's part."""
    part, person = part_or_404(pk=part_pk), person_in(request)
    form = ItemForm(
        request.POST if request.method == "POST" else None,
        proposals=proposals_to_link(part=part),
        people=people_of(meeting=part.meeting),
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = agenda.add_item(part=part, item=form.wanted(), by=person, actor=person.actor, at=clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return to_meeting(part.meeting_id, at=f"item-{made.pk}")
    context = {"part": part, "form": form, "item": None}
    return page(request, "meetings/agenda_item.html", context, status=REFUSED if form.is_bound else 200)


@guarded(may_keep_body, scope=scope_of_item)
def change_item(request: HttpRequest, item_pk: int) -> HttpResponseBase:
    """Change what an item says."""
    item, person = item_or_404(pk=item_pk), person_in(request)
    form = ItemForm(
        request.POST if request.method == "POST" else None,
        proposals=proposals_to_link(part=item.part),
        people=people_of(meeting=item.part.meeting),
        fixed=item.proposal if item.made_by_id is None else None,
        initial=ItemForm.initial_of(item),
    )
    if request.method == "POST" and form.is_valid():
        try:
            agenda.change_item(item=item, to=form.wanted(), actor=person.actor, at=clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return to_meeting(item.part.meeting_id, at=f"item-{item.pk}")
    context = {"part": item.part, "form": form, "item": item}
    return page(request, "meetings/agenda_item.html", context, status=REFUSED if form.is_bound else 200)


@guarded(may_keep_body, scope=scope_of_item)
def withdraw_item(request: HttpRequest, item_pk: int) -> HttpResponseBase:
    """Take an item off the agenda, with a reason."""
    item, person = item_or_404(pk=item_pk), person_in(request)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            agenda.withdraw_item(item=item, because=form.cleaned_data["because"], actor=person.actor, at=clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return to_meeting(item.part.meeting_id, at=f"part-{item.part_id}")
    context = {"part": item.part, "form": form, "item": item}
    return page(request, "meetings/withdraw_item.html", context, status=REFUSED if form.is_bound else 200)


@guarded(may_keep_body, scope=scope_of_item)
def move_item(request: HttpRequest, item_pk: int) -> HttpResponseBase:
    """Put an item one place up or down, or at a number."""
    item, person = item_or_404(pk=item_pk), person_in(request)
    if request.method == "POST":
        try:
            agenda.move_item(item=item, to=_place_in(request), actor=person.actor, at=clock.now())
        except Refusal as refusal:
            return meeting_page(request, meeting=item.part.meeting, refused=refusal)
    return to_meeting(item.part.meeting_id, at=f"item-{item.pk}")


def _place_in(request: HttpRequest) -> int:
    to = number_in(request.POST.get("to", ""))
    if to is None:
        raise Refusal(en="Say at which place, as a number.", es="Diga en qué lugar, con un número.")
    return to


_PROGRESS = {"take_up": agenda.take_up, "close": agenda.close_item, "reopen": agenda.reopen_item}


@guarded(may_keep_body, scope=scope_of_item)
def progress_item(request: HttpRequest, item_pk: int) -> HttpResponseBase:
    """Take an item up, be done with it, or go on with it after all."""
    item, person = item_or_404(pk=item_pk), person_in(request)
    act = _PROGRESS.get(request.POST.get("act", ""))
    if request.method == "POST" and act is not None:
        try:
            act(item=item, actor=person.actor, at=clock.now())
        except Refusal as refusal:
            return meeting_page(request, meeting=item.part.meeting, refused=refusal)
    return to_meeting(item.part.meeting_id, at=_where(item))


def _where(item: AgendaItem) -> str:
    return f"item-{item.pk}"
