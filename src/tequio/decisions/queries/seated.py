"""Who sits on a body on a day."""

from datetime import date

from django.db.models import Q, QuerySet

from tequio.accounts import viewers
from tequio.accounts.models import User
from tequio.decisions.models import Body, Term, Voters


def terms_running(*, on: date) -> QuerySet[Term]:
    """The terms that run on a day: begun, not over as planned, not ended before."""
    return (
        Term.objects.filter(starts_on__lte=on)
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on))
        .filter(Q(ended_on__isnull=True) | Q(ended_on__gt=on))
        .filter(Q(seat__closed_on__isnull=True) | Q(seat__closed_on__gt=on))
    )


def sits_on(*, user: User, body: Body, on: date) -> bool:
    """Whether a person sits on a body on a day; in an assembly sits whoever signs in for a member."""
    if body.voters == Voters.MEMBERS and viewers.members_of(user.pk):
        return True
    return terms_running(on=on).filter(seat__body=body, user=user).exists()
