"""A meeting as its notes are read: its head, and the items of those bodies whose notes somebody may see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tequio.accounts.permissions import Scope, Viewer, may_keep_body
from tequio.decisions.queries.hours import Moment, hours
from tequio.kernel.texts import text_of
from tequio.meetings.models import Meeting, Minutes
from tequio.meetings.page_queries.notes import ItemNotes
from tequio.meetings.seeing import bodies_seen
from tequio.rules.reasons import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class PartRead:
    """The part of a body: its items with notes that are seen, and where its minutes stand."""

    pk: int
    body: Text
    body_code: str
    items: Sequence[tuple[int, int, Text]]  # key, number, title
    minutes: str  # "", "put_forward" or "approved"
    may_read_minutes: bool
    may_keep: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A meeting as its notes are read."""

    pk: int
    title: Text
    when: Moment
    parts: Sequence[PartRead]


def reading_of(*, meeting: Meeting, viewer: Viewer, notes: Mapping[int, ItemNotes]) -> Reading:
    """The head and the items of a meeting, of bodies whose notes are seen. Items that were taken off are left out."""
    parts = []
    readable = bodies_seen(what="minutes", viewer=viewer, body_pks=[part.body_id for part in meeting.parts.all()])
    stand = {row.part_id: row for row in Minutes.objects.filter(part__meeting=meeting)}
    for part in meeting.parts.select_related("body").prefetch_related("items").order_by("position"):
        items = sorted(part.items.all(), key=lambda one: (one.position, one.pk))
        standing = [one for one in items if one.withdrawn_at is None]
        seen = [one for one in standing if notes[one.pk].is_seen]
        if standing and not seen:
            continue
        row = stand.get(part.pk)
        parts.append(
            PartRead(
                pk=part.pk,
                body=text_of(row=part.body, name="name"),
                body_code=part.body.code,
                items=[(one.pk, number, titled(text_of(row=one, name="title"))) for number, one in enumerate(seen, 1)],
                minutes="" if row is None else "approved" if row.approved_at else "put_forward",
                may_read_minutes=part.body_id in readable,
                may_keep=may_keep_body(viewer, Scope(body_pk=part.body_id)),
            )
        )
    return Reading(
        pk=meeting.pk,
        title=titled(text_of(row=meeting, name="title")),
        when=hours().moment(meeting.starts_at),
        parts=parts,
    )


def titled(title: Text, /) -> Text:
    """A title in both languages, where one of them is missing the other's words."""
    return Text(en=title.en or title.es, es=title.es or title.en)
