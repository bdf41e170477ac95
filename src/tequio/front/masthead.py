"""What stands on top of every page: the words of the navigation for this person, and the cities of the dateline."""

from collections.abc import Sequence

from babel.dates import get_timezone_location
from django.core.cache import caches
from django.http import HttpRequest
from django.urls import reverse

from tequio.accounts.guards import viewer_in
from tequio.accounts.permissions import may_call, may_read_everything, may_read_lists, may_see_servers
from tequio.centers.models import Center
from tequio.kernel.web.pages import Link, Place
from tequio.rules.reasons import Text

_KEY = "places"
_MINUTES = 10 * 60

_LISTS = (
    ("members", ("/members/", "/imports/"), Text(en="Members", es="Membresías")),
    ("dues", ("/dues/", "/invoices/"), Text(en="Dues", es="Cuotas")),
    ("payments", ("/payments/", "/bank/", "/proofs/"), Text(en="Payments", es="Pagos")),
    ("budgets", ("/budgets/", "/bookings/", "/booking/"), Text(en="Budgets", es="Presupuestos")),
    ("follow_up_tasks", ("/follow-up/", "/calls/"), Text(en="Follow-up", es="Seguimiento")),
    ("standing_report", ("/standing/",), Text(en="Standing", es="Situación")),
    ("rules", ("/rules/",), Text(en="Rules", es="Reglas")),
)


def navigation(request: HttpRequest) -> Sequence[Link]:
    """The words of the navigation: lists for whoever may read lists, the own account for everybody."""
    viewer = viewer_in(request)
    if viewer.user_pk is None:
        return ()
    links = [Link(url=reverse("home"), text=Text(en="What needs me", es="Lo que me toca"), stems=("/",))]
    if may_read_lists(viewer):
        links += [Link(url=reverse(name), text=text, stems=stems) for name, stems, text in _LISTS]
    elif may_call(viewer):
        links.append(Link(url=reverse("call_list"), text=Text(en="Calls", es="Llamadas"), stems=("/calls/",)))
    links.append(
        Link(
            url=reverse("meetings"),
            text=Text(en="Meetings", es="Reuniones"),
            stems=("/meetings/", "/notes/", "/minutes/"),
        )
    )
    links.append(
        Link(
            url=reverse("proposals"),
            text=Text(en="Proposals", es="Propuestas"),
            stems=("/proposals/", "/votes/", "/bodies/", "/decisions/", "/tasks/", "/sittings/"),
        )
    )
    if may_see_servers(viewer):
        links.append(Link(url=reverse("services"), text=Text(en="Services", es="Servicios"), stems=("/services/",)))
    if may_read_everything(viewer):
        links.append(Link(url=reverse("journal"), text=Text(en="Journal", es="Bitácora"), stems=("/journal/",)))
    links.append(Link(url=reverse("my_account"), text=Text(en="My account", es="Mi cuenta"), stems=("/account/",)))
    return links


def places() -> Sequence[Place]:
    """The cities of the centers. Kept for ten minutes in this process: a center moves rarely."""
    memory = caches["memory"]
    found: list[Place] | None = memory.get(_KEY)
    if found is None:
        zones = Center.objects.order_by("pk").values_list("zone", flat=True)
        found = [Place(name=_city(zone), zone=zone) for zone in dict.fromkeys(zones)]
        memory.set(_KEY, found, _MINUTES)
    return found


def _city(zone: str) -> Text:
    """The city a zone is named after, in both languages."""
    return Text(
        en=get_timezone_location(zone, locale="en", return_city=True),
        es=get_timezone_location(zone, locale="es_MX", return_city=True),
    )
