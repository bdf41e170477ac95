"""One's own applications: where one gets in, what each is told, and an end to it."""

from allauth.idp.oidc.adapter import get_adapter
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from tequio.accounts.guards import guarded, signed_in
from tequio.accounts.models import User
from tequio.kernel import clock
from tequio.kernel.web.pages import go, page
from tequio.services.operations.applications import leave_application
from tequio.services.signing_in.mine import applications_of

_LONGEST_CODE = 40


@guarded(signed_in)
def my_applications(request: HttpRequest) -> HttpResponseBase:
    """Applications this person gets in to or did, what each is told of it; a button ends what one may ask."""
    user = request.user
    if not isinstance(user, User):
        raise TypeError(f"{type(user)} has no applications")
    if request.method == "POST":
        if request.POST.get("act") == "leave":
            leave_application(code=request.POST.get("code", "")[:_LONGEST_CODE], user=user, at=clock.now())
        return go(reverse("my_applications"))
    context = {"mine": applications_of(user=user), "scope_names": get_adapter().scope_display}
    return page(request, "services/my_applications.html", context)
