"""What services hold about a person who signs in: accounts it is named on, applications that know it."""

from collections.abc import Mapping

from tequio.accounts.models import User
from tequio.services.models import ServiceAccount, Subject


def held_about(*, user: User) -> Mapping[str, object]:
    """The accounts it signs in by and the applications it let know who it is. Two queries."""
    accounts = ServiceAccount.objects.filter(person=user).order_by("pk")
    known = Subject.objects.filter(user=user).order_by("first_at", "pk")
    return {
        "logins": [
            {"service": service, "name": name, "opened": opened, "closed": closed}
            for service, name, opened, closed in accounts.values_list("kind__code", "name", "opened_on", "closed_on")
        ],
        "applications": [
            {"application": code, "known_since": since, "known_as": word}
            for code, since, word in known.values_list("application__code", "first_at", "word")
        ],
    }
