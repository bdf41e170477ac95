"""The demonstration's open door: come in as one of its invented people, without password or second factor."""

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_POST

from tequio.accounts.guards import anybody, guarded
from tequio.accounts.middleware import DEMO_DOOR
from tequio.accounts.models import User
from tequio.kernel.web.languages import COOKIE
from tequio.kernel.web.pages import go, page
from tequio.project.demo.people import ROLES, let_in


@guarded(anybody)
def door(request: HttpRequest) -> HttpResponseBase:
    """Who there is to come in as."""
    people = [(user, ROLES[user.email]) for user in let_in()]
    return page(request, "demo/door.html", {"people": people})


@require_POST
@guarded(anybody)
def come_in(request: HttpRequest, user_pk: int) -> HttpResponseBase:
    """Sign in as one of them, in that person's language."""
    user = User.objects.filter(pk=user_pk, email__in=ROLES).first()
    if user is None or not settings.DEMO:
        raise Http404
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session[DEMO_DOOR] = True
    answer = go("/")
    answer.delete_cookie(COOKIE)
    return answer
