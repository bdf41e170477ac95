"""Home: what needs this person, in order of urgency."""

from django.http import HttpRequest, HttpResponseBase

from tequio.accounts.guards import guarded, signed_in
from tequio.kernel.web.pages import page


@guarded(signed_in)
def home(request: HttpRequest) -> HttpResponseBase:
    """What needs me."""
    return page(request, "front/home.html", {})
