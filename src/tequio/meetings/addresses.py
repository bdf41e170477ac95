"""Where a meeting is on this site."""

from collections.abc import Collection, Mapping

from django.conf import settings
from django.urls import reverse

from tequio.meetings.models import MeetingPart


def meeting_path(pk: int, /) -> str:
    """The address of a meeting's page within the site."""
    return reverse("meeting", kwargs={"meeting_pk": pk})


def meeting_url(pk: int, /) -> str:
    """Its whole address, for letters and calendars."""
    return f"{settings.SITE_URL}{meeting_path(pk)}"


def where_a_sitting_is_cancelled(sitting_pk: int, /) -> str | None:
    """The page that cancels the meeting in which a sitting is; None where it is in none."""
    meeting_pk = MeetingPart.objects.filter(sitting=sitting_pk).values_list("meeting_id", flat=True).first()
    return None if meeting_pk is None else reverse("cancel_meeting", kwargs={"meeting_pk": meeting_pk})


def pages_of_sittings(sitting_pks: Collection[int], /) -> Mapping[int, str]:
    """The pages of the meetings in which sittings are, by sitting. One query."""
    rows = MeetingPart.objects.filter(sitting__in=sitting_pks).values_list("sitting_id", "meeting_id")
    return {sitting_pk: meeting_path(meeting_pk) for sitting_pk, meeting_pk in rows}
