"""From which line of which notes a decision, a task or a proposal was made: the way back from the record."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from django.urls import reverse

from tequio.accounts.permissions import Viewer
from tequio.decisions.hooks import Origin
from tequio.kernel.clock import day_in
from tequio.meetings.models import NoteMark
from tequio.meetings.seeing import bodies_seen
from tequio.rules.reasons import Text, long_date

_PATHS = {"decision": ("decision",), "task": ("task",), "proposal": ("proposal", "slot__proposal")}


def came_from(*, kind: str, pks: Collection[int], viewer: Viewer) -> Mapping[int, Sequence[Origin]]:
    """Where records of a kind were noted, by their number, of those bodies whose notes the viewer may see."""
    found: dict[int, list[Origin]] = defaultdict(list)
    for path in _PATHS[kind]:
        rows = NoteMark.objects.filter(**{f"{path}__in": list(pks)}, undone_at__isnull=True)
        marks = list(rows.select_related("note__place", "note__item__part__meeting", "slot").order_by("pk"))
        if not marks:
            continue
        bodies = {mark.note.item.part.body_id for mark in marks}
        seen = bodies_seen(what="notes", viewer=viewer, body_pks=bodies)
        for mark in marks:
            if mark.note.item.part.body_id in seen:
                pk = mark.slot.proposal_id if mark.slot is not None else getattr(mark, f"{kind}_id")
                found[pk].append(_origin(mark))
    return found


def _origin(mark: NoteMark) -> Origin:
    item, place = mark.note.item, mark.note.place
    meeting = item.part.meeting
    day = day_in(zone=meeting.zone, at=meeting.starts_at)
    url = reverse("meeting_notes", kwargs={"meeting_pk": meeting.pk})
    return Origin(
        name=Text(
            en=f"notes of {place.name_en}, {long_date(day=day, language='en')}",
            es=f"notas de {place.name_es}, {long_date(day=day, language='es')}",
        ),
        url=f"{url}#item-{item.pk}",
    )
