"""Finding the member a page is about."""

from django.http import Http404, HttpResponseBase
from django.urls import reverse

from tequio.kernel.web.pages import go
from tequio.members.models import Member


def member_of_page(*, member_pk: int) -> Member:
    """The member of a number with its center, merged or not. Answers 404 where there is none."""
    found = Member.objects.select_related("center").filter(pk=member_pk).first()
    if found is None:
        raise Http404
    return found


def member_or_head(*, member_pk: int, name: str) -> tuple[Member, HttpResponseBase | None]:
    """The member of a number; for one merged into another, the way to the page `name` of the one it counts as."""
    found = member_of_page(member_pk=member_pk)
    if found.merged_into_id is None:
        return found, None
    return found, go(reverse(name, kwargs={"member_pk": found.merged_into_id}))
