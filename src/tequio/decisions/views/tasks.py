"""Tasks: the list, and closing one with what came of it."""

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from tequio.accounts import permissions
from tequio.accounts.guards import guarded, signed_in, viewer_in
from tequio.accounts.permissions import Scope, may_keep_body, may_read_everything, may_speak_there
from tequio.decisions import hooks
from tequio.decisions.finding import person_in
from tequio.decisions.models import ActionItem
from tequio.decisions.operations.tasks import close_task
from tequio.decisions.page_queries.tasks import tasks_listed, ways_to_show
from tequio.decisions.queries.hours import day_everywhere
from tequio.decisions.scopes import scope_of_action
from tequio.decisions.views.proposing import REFUSED
from tequio.kernel import clock
from tequio.kernel.web.forms import PlainForm, note_field, say
from tequio.kernel.web.pages import go, page


class CloseTaskForm(PlainForm):
    """What came of it."""

    note = note_field(label=say(en="What came of it", es="Qué resultó"), required=False)


@guarded(signed_in)
def tasks(request: HttpRequest) -> HttpResponseBase:
    """What somebody took on; it comes back until it is closed."""
    viewer, person = viewer_in(request), person_in(request)
    sits = permissions.sits(viewer)
    only = request.GET.get("show", "")
    rows = tasks_listed(
        bodies=None if may_read_everything(viewer) else sits.on | sits.keeps,
        user_pk=person.pk,
        on=day_everywhere(at=clock.now()),
        only=only,
        closed=only == "closed",
    )
    closable = {row.pk for row in rows if row.is_mine or may_keep_body(viewer, Scope(body_pk=row.body_pk))}
    origins = hooks.came_from(kind="task", pks=[row.pk for row in rows], viewer=viewer)
    context = {"rows": rows, "ways": ways_to_show(), "only": only, "closable": closable, "origins": origins}
    return page(request, "decisions/tasks.html", context)


@guarded(may_speak_there | permissions.is_administrator, scope=scope_of_action)
def close_action(request: HttpRequest, action_pk: int) -> HttpResponseBase:
    """Close a task with what came of it."""
    task, person = ActionItem.objects.select_related("body", "owner").get(pk=action_pk), person_in(request)
    form = CloseTaskForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        close_task(task=task, note=form.cleaned_data["note"], actor=person.actor, at=clock.now())
        return go(reverse("tasks"))
    return page(
        request, "decisions/close_action.html", {"task": task, "form": form}, status=REFUSED if form.is_bound else 200
    )
