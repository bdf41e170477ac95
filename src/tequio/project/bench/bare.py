"""The bare views a page is measured against: the same queries and columns in a plain Django template loop."""

from django.http import HttpRequest, HttpResponse
from django.template import Engine
from django.template.context import RequestContext
from django.urls import include, path

from tequio.accounts.guards import viewer_in
from tequio.centers.models import Center
from tequio.front.queries import member_list, member_page
from tequio.front.queries.month import figures
from tequio.front.queries.needs import needs_of
from tequio.front.views.members import KIND_NAMES
from tequio.kernel import clock
from tequio.members.models import Member

_engine = Engine()
_LIST = _engine.from_string(
    "<!doctype html><title>Members</title>"
    "<p>{% for name, count in tally.items %}{{ name }} {{ count }} {% endfor %}</p>"
    "<form>{% for s in sectors %}<option>{{ s }}</option>{% endfor %}</form><table>"
    "{% for m in rows %}<tr><td><a href='/members/{{ m.pk }}/'>{{ m.name }}</a> {{ m.code }} {{ m.kind }}</td>"
    "<td>{{ m.center.name_en }}</td><td>{{ m.standing }}</td><td>{{ m.standing_since|date:'j M Y' }}</td>"
    "<td>{{ m.oldest|date:'j M Y' }}</td><td>{{ m.center.currency }} {{ m.owed|floatformat:2 }}</td></tr>{% endfor %}"
    "</table>"
)
_MEMBER = _engine.from_string(
    "<!doctype html><title>{{ m.name }}</title><h1>{{ m.name }}</h1><p>{{ p.standing.verdict.standing }} "
    "{{ p.standing.verdict.reason.en }} {{ p.decision.title_en }}</p><table>{% for i in p.invoices %}<tr>"
    "<td>{{ i.number }}</td><td>{{ i.period_start|date:'j M Y' }}</td><td>{{ i.due_on|date:'j M Y' }}</td>"
    "<td>{{ i.total }}</td><td>{{ i.rest }}</td></tr>{% endfor %}</table>{% for c in p.contacts %}<p>{{ c.name }} "
    "{{ c.email }} {{ c.phone }} {{ c.street }}</p>{% endfor %}<ul>{% for t in p.timeline %}<li>"
    "{{ t.on|date:'j M Y' }} {{ t.text.en }} {{ t.end }}</li>{% endfor %}</ul>"
)
_HOME = _engine.from_string(
    "<!doctype html><title>Home</title><ol>{% for n in needs %}<li>{{ n.count }} <a href='{{ n.url }}'>{{ n.text.en }}"
    "</a> {{ n.note.en }}</li>{% endfor %}</ol><table>{% for f in figures %}<tr><td>{{ f.name.en }}</td>"
    "<td>{{ f.now }}</td><td>{{ f.before }}</td></tr>{% endfor %}</table>"
)


def _page(template: object, request: HttpRequest, context: dict[str, object]) -> HttpResponse:
    return HttpResponse(template.render(RequestContext(request, context)))  # type: ignore[attr-defined]  # CONFIG: a template


def members(request: HttpRequest) -> HttpResponse:
    """The member list, bare."""
    visible = member_list.visible(viewer=viewer_in(request))
    on = min(clock.today(zone=center.zone) for center in Center.objects.order_by("code"))
    rows = list(visible.select_related("center").order_by("search_name", "pk")[:50])
    owed = member_list.owed_by(members=[row.pk for row in rows])
    for row in rows:
        oldest, amount = owed.get(row.pk, (None, 0))
        row.oldest, row.owed = oldest, amount / 100  # type: ignore[attr-defined]  # CONFIG: for the template
    context = {"rows": rows, "tally": member_list.tally(members=visible), "sectors": member_list.sectors(), "on": on}
    return _page(_LIST, request, {**context, "kinds": KIND_NAMES})


def member(request: HttpRequest, member_pk: int) -> HttpResponse:
    """A member's page, bare."""
    viewer_in(request).roles  # noqa: B018 - CONFIG: asks the same questions of the database
    found = Member.objects.select_related("center").get(pk=member_pk)
    on = clock.today(zone=found.center.zone)
    return _page(_MEMBER, request, {"m": found, "p": member_page.member_page(member=found, on=on)})


def home(request: HttpRequest) -> HttpResponse:
    """Home, bare."""
    viewer_in(request).roles  # noqa: B018 - CONFIG: as above
    centers = list(Center.objects.order_by("pk"))
    on = min(clock.today(zone=center.zone) for center in centers)
    Member.objects.filter(center__in=centers).exists()
    return _page(
        _HOME, request, {"needs": needs_of(centers=centers, on=on), "figures": figures(centers=centers, on=on)}
    )


urlpatterns = [
    path("bare/", home),
    path("bare/members/", members),
    path("bare/members/<int:member_pk>/", member),
    path("", include("tequio.project.urls")),
]
