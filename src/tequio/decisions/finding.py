"""Finding what an address names, once the permission has let somebody through."""

from django.http import Http404

from tequio.accounts.models import User
from tequio.decisions.models import Body, Proposal, Version
from tequio.decisions.operations.versions import latest_version


def body_or_404(*, code: str) -> Body:
    """The body of a code."""
    found = Body.objects.filter(code=code).first()
    if found is None:
        raise Http404
    return found


def proposal_or_404(*, code: str) -> Proposal:
    """The proposal of a code, with its body and sponsor."""
    found = Proposal.objects.select_related("body", "sponsor", "priority").filter(code=code).first()
    if found is None:
        raise Http404
    return found


def newest(*, proposal: Proposal) -> Version:
    """The version that is there now."""
    return latest_version(proposal=proposal)


def person_in(request: object) -> User:
    """The person who asks, as operations take it; the guard has let nobody else through."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        raise Http404
    return user
