"""`tequio meetings show`: a meeting with its agenda, who is there and the quorum of each body."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tequio.kernel import clock, console
from tequio.kernel.console import AsJson, say
from tequio.meetings.calendar_cli import Number, meetings
from tequio.rules.reasons import Text

if TYPE_CHECKING:
    from tequio.meetings.page_queries.agenda import ItemShown, PartShown
    from tequio.meetings.page_queries.meeting import MeetingShown

__all__ = ["meetings"]


@meetings.command(
    "show",
    help=say(en="A meeting: agenda, who is there, quorum.", es="Una reunión: orden del día, quién está, quórum."),
)
def show(number: Number, as_json: AsJson = False) -> None:
    """Show a meeting; its agenda is brought in step with where proposals are placed."""
    from tequio.accounts.permissions import Viewer
    from tequio.meetings.operations.carrying_over import bring_in_step
    from tequio.meetings.page_queries.meeting import meeting_shown
    from tequio.meetings.queries.found import meeting_by_number

    meeting, at = meeting_by_number(pk=number), clock.now()
    bring_in_step(meeting=meeting, at=at)
    shown = meeting_shown(meeting=meeting, viewer=Viewer(), at=at)
    if as_json:
        console.write_json(_as_dict(shown))
        return
    for line in _told(shown):
        console.tell(line)


def _told(shown: "MeetingShown") -> Iterator[Text]:
    when, state = shown.when.said, shown.state_name
    yield Text(en=f"{shown.title.en}: {when.en} ({state.en}).", es=f"{shown.title.es}: {when.es} ({state.es}).")
    if shown.attended:
        en = ", ".join(f"{place.name.en} {len(place.here)}" for place in shown.places)
        es = ", ".join(f"{place.name.es} {len(place.here)}" for place in shown.places)
        yield Text(en=f"Present: {en}.", es=f"Presentes: {es}.")
    for vote in shown.open_votes:
        yield Text(en=f"Vote {vote.pk} is open: {vote.motion_en}", es=f"Votación {vote.pk} abierta: {vote.motion_es}")
    for part in shown.parts:
        yield Text(en=f"{part.name.en}, {part.hours.en}", es=f"{part.name.es}, {part.hours.es}")
        yield from part.quorum.lines if part.quorum is not None else ()
        for item in part.items:
            yield _item(item)
        if part.items:
            yield part.sums
        for task in part.tasks:
            done = Text(en="done", es="hecha") if task.done else Text(en="open", es="pendiente")
            yield Text(en=f"Task: {task.title.en} ({done.en})", es=f"Tarea: {task.title.es} ({done.es})")


_STATES = {
    "planned": Text(en="", es=""),
    "now": Text(en=" (now)", es=" (ahora)"),
    "closed": Text(en=" (done)", es=" (tratado)"),
    "carried": Text(en=" (carried over)", es=" (pasa a la siguiente)"),
}


def _item(item: "ItemShown") -> Text:
    state, about = _STATES[item.state], f" [{item.proposal}]" if item.proposal else ""
    en, es = item.title.en or item.title.es, item.title.es or item.title.en
    return Text(
        en=f"  {item.number}. {item.hours.en}: {en}{about}, {item.kind.en}{state.en}",
        es=f"  {item.number}. {item.hours.es}: {es}{about}, {item.kind.es}{state.es}",
    )


def _as_dict(shown: "MeetingShown") -> dict[str, Any]:
    return {
        "meeting": shown.meeting.pk,
        "title": shown.title.as_dict(),
        "state": shown.state,
        "starts": shown.when.as_dict(),
        "minutes": shown.meeting.minutes,
        "places": [
            {"code": place.code, "name": place.name.as_dict(), "here": [one.name for one in place.here]}
            for place in shown.places
        ],
        "present": shown.present,
        "centers": [{"center": name.as_dict(), "present": count} for name, count in shown.centers],
        "open_votes": [vote.pk for vote in shown.open_votes],
        "parts": [_part_as_dict(part) for part in shown.parts],
    }


def _part_as_dict(part: "PartShown") -> dict[str, Any]:
    quorum = part.quorum
    return {
        "body": part.body,
        "minutes": part.minutes,
        "overrun": part.overrun,
        "quorum": quorum
        and {"met": quorum.met, "here": quorum.here, "electorate": quorum.electorate, "needed": quorum.needed},
        "items": [
            {
                "item": item.pk,
                "number": item.number,
                "kind": item.kind.as_dict(),
                "title": item.title.as_dict(),
                "hours": item.hours.as_dict(),
                "minutes": item.minutes,
                "state": item.state,
                "proposal": item.proposal or None,
                "by_rule": item.by_rule,
                "late": item.late.as_dict() if item.late else None,
                "carried_from": item.carried_from[0] if item.carried_from else None,
                "carried_to": item.carried_to[0] if item.carried_to else None,
                "decisions": [decision.code for decision in item.decisions],
            }
            for item in part.items
        ],
        "tasks": [
            {"task": task.pk, "title": task.title.as_dict(), "done": task.done is not None} for task in part.tasks
        ],
    }
