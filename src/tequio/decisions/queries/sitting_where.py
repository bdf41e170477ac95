"""Where a person sits: read only by the permissions of a body's pages."""

from tequio.accounts.permissions import Sits, Viewer
from tequio.decisions.models import Body, Office, Voters
from tequio.decisions.queries.seated import terms_running
from tequio.kernel import clock

_KEEPERS = frozenset({Office.CHAIR.value, Office.CO_CHAIR.value})


def sits_of(viewer: Viewer) -> Sits:
    """The bodies a person may vote in, and those it chairs, today.

    Whoever signs in for a member sits in the assemblies of all members; whether its member votes on a question is
    said by the electorate of the vote, which is drawn up when it opens.
    """
    if viewer.user_pk is None:
        return Sits()
    today = clock.now().date()
    terms = terms_running(on=today).filter(user=viewer.user_pk)
    on, keeps = set(), set()
    for body, office in terms.values_list("seat__body_id", "seat__office"):
        on.add(body)
        if office in _KEEPERS:
            keeps.add(body)
    if viewer.members:
        on.update(Body.objects.filter(voters=Voters.MEMBERS, ended_on__isnull=True).values_list("pk", flat=True))
    return Sits(on=frozenset(on), keeps=frozenset(keeps))
