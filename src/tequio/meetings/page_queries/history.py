"""Every wording of a note, and what each changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tequio.decisions.queries.hours import Moment, hours
from tequio.meetings.models import MinutesText, Note, RevisionKind
from tequio.meetings.page_queries.notes import HOW
from tequio.rules.paragraphs import Change, Node, changes, paragraphs, tree
from tequio.rules.reasons import Text

MOST: Final = 100  # revisions shown, the newest; comparing more takes longer than anybody reads


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionShown:
    """One wording: its number, how it came about, what it changed; the first one whole."""

    number: int
    how: Text
    is_approved: bool
    who: str
    when: Moment
    why: str
    nodes: tuple[Node, ...]
    changes: tuple[Change, ...]


def history_of(*, note: Note) -> Sequence[RevisionShown]:
    """The wordings of a note, the newest first. Three queries."""
    rows = list(note.revisions.select_related("made_by").order_by("-number")[: MOST + 1])
    approved = set(MinutesText.objects.filter(revision__note=note).values_list("revision_id", flat=True))
    clocks = hours()
    found = []
    for place, row in enumerate(rows[:MOST]):
        before = rows[place + 1].text if place + 1 < len(rows) else None
        found.append(
            RevisionShown(
                number=row.number,
                how=HOW[RevisionKind(row.kind)],
                is_approved=row.pk in approved,
                who=row.made_by.name if row.made_by else "",
                when=clocks.moment(row.made_at),
                why=row.why,
                nodes=tree(paragraphs(text=row.text)) if before is None else (),
                changes=changes(before=before, after=row.text) if before is not None else (),
            )
        )
    return found
