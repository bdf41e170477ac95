"""The meetings of the demo's year: who came where, what each city noted, what was translated, what a line became."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from tequio.accounts.models import User
from tequio.decisions.models import ActionItem, Decision
from tequio.decisions.operations.recording import Counts
from tequio.decisions.queries.seated import terms_running
from tequio.meetings.models import AgendaItem, AgendaKind, MarkKind, Meeting, MeetingPart, Minutes, Note, Place
from tequio.meetings.operations.agenda import ItemWanted, add_item, close_item
from tequio.meetings.operations.attending import mark_here
from tequio.meetings.operations.holding import close_meeting, open_meeting
from tequio.meetings.operations.marking import Line, link_there
from tequio.meetings.operations.minutes import approve, put_forward
from tequio.meetings.operations.notes import write_note
from tequio.meetings.operations.translating import review, translate
from tequio.project.demo import committee, motions, noted
from tequio.project.demo.noted import MEXICO, NEW_YORK
from tequio.project.demo.story import ACTOR, FEBRUARY, MARCH, Story
from tequio.rules.reasons import Text

_HOUR = timedelta(hours=1)
_REPORTS = Text(en="Reports of both centers", es="Informes de los dos centros")
_MEETINGS = Text(en="How often we meet", es="Cada cuánto nos reunimos")
_ONLINE = "nahum.reyna@example.org"
_SCRIBES = {NEW_YORK: "elias.marrow@example.org", MEXICO: "karina.lozada@example.org"}
_TRANSLATOR, _REVIEWER = "bruno.castells@example.org", "marisol.quetzal@example.org"
_HOMES = {"us": NEW_YORK, "mx": MEXICO}


def gather(*, story: Story, meeting: Meeting, absent: Iterable[str] = (), at: datetime) -> None:
    """Open a meeting, with everybody there who sits on one of its bodies, but those absent."""
    open_meeting(meeting=meeting, actor=ACTOR, at=at)
    sits = terms_running(on=at.date()).filter(seat__body__meeting_parts__meeting=meeting)
    here = set(sits.values_list("user__email", flat=True)) - set(absent)
    for one in committee.SITTERS:
        if one.email in here:
            place = "online" if one.email == _ONLINE else _HOMES[one.center]
            _here(story=story, meeting=meeting, place=place, user=story.people[one.email], at=at)


def plan_february(*, story: Story, at: datetime) -> None:
    """Put on the agenda what no proposal stands for: the reports, and how often to meet."""
    part = _part(story=story, meeting=story.meeting(on=FEBRUARY))
    for kind, title, minutes in ((AgendaKind.REPORT, _REPORTS, 20), (AgendaKind.DISCUSSION, _MEETINGS, 10)):
        wanted = ItemWanted(kind=kind, title=title, minutes=minutes)
        add_item(part=part, item=wanted, by=story.chair, actor=ACTOR, at=at)


def gather_in_february(*, story: Story, at: datetime) -> None:
    """Six people in New York, four in Mexico City, one on line, and a guest."""
    meeting = story.meeting(on=FEBRUARY)
    gather(
        story=story,
        meeting=meeting,
        absent=("gideon.salas@example.org", "bruno.castells@example.org", "nahum.reyna@example.org"),
        at=at - _HOUR,
    )
    _here(story=story, meeting=meeting, place=NEW_YORK, name="Oren Maddox", at=at - _HOUR)


def note_february(*, story: Story, at: datetime) -> None:
    """Each city's notes of the meeting, their translations, and the lines that are records; then it is closed."""
    meeting = story.meeting(on=FEBRUARY)
    for name, sides in noted.FEBRUARY.items():
        item = _item(story=story, name=name, meeting=meeting)
        for place, text in sides.items():
            _write(story=story, item=item, place=place, text=text, at=at)
        if item.proposal is None:
            close_item(item=item, actor=ACTOR, at=at)
    dues = _item(story=story, name="dues", meeting=meeting)
    for place, said in ((MEXICO, noted.DUES_IN_ENGLISH), (NEW_YORK, noted.DUES_IN_SPANISH)):
        note = Note.objects.get(item=dues, place__code=place)
        by = story.people[_TRANSLATOR]
        made, _ = translate(note=note, of=1, said=said, base=0, by=by, actor=ACTOR, at=at)
        review(note=note, number=made.number, by=story.people[_REVIEWER], actor=ACTOR, at=at)
    _mark(story=story, meeting=meeting, at=at)
    close_meeting(meeting=meeting, actor=ACTOR, at=at)


def put_the_minutes_forward(*, story: Story, at: datetime) -> None:
    """February's notes go on March's agenda as minutes."""
    part = _part(story=story, meeting=story.meeting(on=FEBRUARY))
    put_forward(part=part, by=story.chair, actor=ACTOR, at=at)


def approve_the_minutes(*, story: Story, at: datetime) -> None:
    """March approves what February noted, nobody against."""
    minutes = Minutes.objects.get(part=_part(story=story, meeting=story.meeting(on=FEBRUARY)))
    here = _part(story=story, meeting=story.meeting(on=MARCH))
    approve(minutes=minutes, at_part=here, counts=Counts(in_favor=11, against=0, abstained=1), actor=ACTOR, at=at)


def correct_the_minutes(*, story: Story, at: datetime) -> None:
    """Afterwards Mexico City corrects a figure of its report: a revision with a date and a reason."""
    item = _item(story=story, name="report", meeting=story.meeting(on=FEBRUARY))
    text = noted.FEBRUARY["report"][MEXICO].replace(*noted.CORRECTED)
    _write(story=story, item=item, place=MEXICO, text=text, base=1, why=noted.WHY_CORRECTED, at=at)


def write_a_line_anew(*, story: Story, at: datetime) -> None:
    """Two days later New York puts a sentence more clearly; its translation is older than the text from then on."""
    item = _item(story=story, name="dues", meeting=story.meeting(on=FEBRUARY))
    text = noted.FEBRUARY["dues"][NEW_YORK].replace(*noted.WRITTEN_ANEW)
    _write(story=story, item=item, place=NEW_YORK, text=text, base=1, at=at)


def hold_what_meets(*, story: Story, at: datetime) -> None:
    """Every meeting of the day that no scene has opened is held without anything to tell, and every one is closed."""
    day = Meeting.objects.filter(starts_at__date=at.date(), cancelled_at__isnull=True, closed_at__isnull=True)
    for meeting in day.order_by("starts_at", "pk"):
        if meeting.opened_at is None:
            gather(story=story, meeting=meeting, absent=(_SCRIBES[NEW_YORK],), at=at)
            part = meeting.parts.order_by("position")[0]
            wanted = ItemWanted(kind=AgendaKind.REPORT, title=_REPORTS, minutes=20)
            item = add_item(part=part, item=wanted, by=story.chair, actor=ACTOR, at=at)
            for place, text in noted.QUIET.items():
                _write(story=story, item=item, place=place, text=text, at=at)
            close_item(item=item, actor=ACTOR, at=at)
        close_meeting(meeting=meeting, actor=ACTOR, at=at)


def _mark(*, story: Story, meeting: Meeting, at: datetime) -> None:
    """Lines of the notes that lead to what was decided, and to the task."""
    decided = {
        row.question_id: row for row in Decision.objects.filter(sitting__meeting_part__meeting=meeting, recorded=False)
    }
    of_dues = {row.title_en: row for row in decided.values() if row.proposal_id == story.asked["dues"].pk}
    raised, split = (of_dues[title.en] for title, _ in motions.PARTS_OF_FEBRUARY)
    for name, place, words, kind, record in (
        ("dues", NEW_YORK, "We did not approve a raise", MarkKind.DECISION, {"decision": raised}),
        ("dues", NEW_YORK, "Restructuring passes in principle", MarkKind.DECISION, {"decision": split}),
        ("dues", MEXICO, "No se aprueba subir", MarkKind.DECISION, {"decision": raised}),
        ("dues", MEXICO, "Se aprueba en principio", MarkKind.DECISION, {"decision": split}),
        (
            *("dues", NEW_YORK, "Ixchel writes the new structure", MarkKind.TASK),
            {"task": ActionItem.objects.get(title_en=motions.WRITE_THE_STRUCTURE.en)},
        ),
    ):
        note = Note.objects.get(item=_item(story=story, name=name, meeting=meeting), place__code=place)
        revision = note.revisions.order_by("-number")[0]
        lines = revision.text.splitlines()
        number = next(n for n, line in enumerate(lines, start=1) if words in line)
        line = Line(note=note, revision=revision, line=number, words=lines[number - 1])
        link_there(line=line, kind=kind, by=story.chair, actor=ACTOR, at=at, **record)


def _part(*, story: Story, meeting: Meeting) -> MeetingPart:
    return MeetingPart.objects.get(meeting=meeting, body=story.body)


def _item(*, story: Story, name: str, meeting: Meeting) -> AgendaItem:
    """An item of the committee's part: that of a proposal by its name, or one of the two without."""
    items = AgendaItem.objects.filter(part=_part(story=story, meeting=meeting), withdrawn_at__isnull=True)
    titles: Mapping[str, Text] = {"report": _REPORTS, "meetings": _MEETINGS}
    if name in titles:
        return items.get(title_en=titles[name].en)
    return items.get(proposal=story.asked[name])


def _here(
    *, story: Story, meeting: Meeting, place: str, at: datetime, user: User | None = None, name: str = ""
) -> None:
    there = Place.objects.get(code=place)
    mark_here(meeting=meeting, place=there, user=user, name=name, by=story.chair, actor=ACTOR, at=at)


def _write(
    *, story: Story, item: AgendaItem, place: str, text: str, at: datetime, base: int = 0, why: str = ""
) -> None:
    by, there = story.people[_SCRIBES[place]], Place.objects.get(code=place)
    write_note(item=item, place=there, text=text, base=base, why=why, by=by, actor=ACTOR, at=at)
