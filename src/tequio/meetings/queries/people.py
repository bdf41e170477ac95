"""The people of a meeting: who sits on its bodies that day."""

from tequio.accounts.models import User
from tequio.decisions.queries.hours import day_everywhere
from tequio.decisions.queries.seated import terms_running
from tequio.meetings.models import Meeting


def people_of(*, meeting: Meeting) -> list[User]:
    """Who sits on the bodies of a meeting on its day, by name. Two queries."""
    bodies = meeting.parts.values("body_id")
    terms = terms_running(on=day_everywhere(at=meeting.starts_at)).filter(seat__body__in=bodies)
    return list(User.objects.filter(pk__in=terms.values("user_id"), is_active=True).order_by("name", "pk"))


def account_named(text: str, /) -> User | None:
    """The open account of an e-mail address; None where there is none, or the text is no address."""
    return User.objects.filter(email__iexact=text.strip(), is_active=True).first() if "@" in text else None
