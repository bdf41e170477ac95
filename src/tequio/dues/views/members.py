"""Finding the member a form is about: the one it counts as, so that nothing is entered for a merged entry unseen."""

from dataclasses import dataclass

from django.http import Http404, HttpResponseBase
from django.urls import reverse

from tequio.kernel.web.pages import go
from tequio.members.models import Member


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The member, or, where its entry was merged into another, the same form of that one."""

    found: Member | None
    elsewhere: HttpResponseBase


def head_or_its_page(*, member_pk: int, name: str) -> Found:
    """The member of a number; `name` is the address to go to with the head of a merged one."""
    member = Member.objects.select_related("center").filter(pk=member_pk).first()
    if member is None:
        raise Http404
    elsewhere = go(reverse(name, kwargs={"member_pk": member.merged_into_id or member.pk}))
    return Found(found=None if member.merged_into_id else member, elsewhere=elsewhere)
