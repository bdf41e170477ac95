"""February 2016 again, as far as agendas go: present per center, three ends of one topic, what came too late."""

from datetime import timedelta

import pytest

from committees import ACTOR, AT, DAY, HOUR, committee, proposal, voted
from gatherings import item, meeting, place
from meetings.sessions import closed, here
from tequio.accounts.permissions import Viewer
from tequio.decisions.operations.placing import place_all
from tequio.meetings.operations.agenda import close_item, take_up
from tequio.meetings.operations.carrying_over import bring_all_in_step, bring_in_step
from tequio.meetings.operations.holding import open_meeting
from tequio.meetings.page_queries.meeting import meeting_shown

pytestmark = pytest.mark.django_db


def part_of(met, at):
    shown = meeting_shown(meeting=type(met).objects.get(pk=met.pk), viewer=Viewer(), at=at)
    return shown, shown.parts[0]


def told(part):
    return [
        (one.title.en, one.state, one.why_here.en if one.why_here else None, bool(one.carried_from), bool(one.late))
        for one in part.items
    ]


def test_a_topic_ends_in_three_ways_late_proposals_go_on_and_the_quorum_is_stated(sample_rules):
    from tequio.centers.models import Center

    us, mx = Center.objects.get(code="us"), Center.objects.get(code="mx")
    york, centro = place("york", center=us), place("centro", language="es", center=mx)
    lc, people = committee(11, code="lc", centers=(us, mx))
    february = meeting(lc, places=[york, centro], minutes=120)
    march = meeting(lc, places=[york, centro], starts_at=AT + 28 * DAY, minutes=120)
    wait, board, network = (proposal(lc, people[0], ask=ask) for ask in ("Wait", "Join a board", "A network"))
    late = proposal(lc, people[1], ask="Late", at=AT - 2 * DAY)
    place_all(body=lc, actor=ACTOR, at=AT - DAY)
    part = february.parts.get()
    reports = item(part, "Reports", kind="report", position=0)
    for number, user in enumerate(people[:9]):
        here(february, york if number % 2 == 0 else centro, user)
    here(february, york, name="A guest", by=people[0])
    open_meeting(meeting=february, actor=ACTOR, at=AT)

    _, shown = part_of(february, AT)
    assert [one[:3] for one in told(shown)] == [
        ("Reports", "planned", None),
        *((ask, "planned", "its review is over by then") for ask in ("Wait", "Join a board", "A network")),
    ]
    assert [(one.code, one.ask.en) for one in shown.too_late] == [(late.code, "Late")]

    favor = ["favor"] * 9
    voted(wait, people[:9], *favor, qualifier="defer", qualifier_data={"sitting": march.parts.get().sitting_id})
    by_proposal = {one.proposal: one.pk for one in shown.items}
    take_up(item=part.items.get(pk=by_proposal[board.code]), actor=ACTOR, at=AT)
    voted(network, people[:9], *favor, qualifier="put_in_writing", qualifier_data={"owner": people[2].pk})
    close_item(item=reports, actor=ACTOR, at=AT)
    closed(february, at=AT + 2 * HOUR)
    place_all(body=lc, actor=ACTOR, at=AT + 2 * DAY)
    bring_all_in_step(at=AT + 2 * DAY)

    head, shown = part_of(february, AT + 2 * DAY)
    assert [(name.en, count) for name, count in head.centers] == [(mx.name_en, 4), (us.name_en, 6)]
    assert [(one.why.en, one.met) for one in shown.stated] == [
        ("when it was opened", True),
        *[("when a vote was opened", True)] * 2,
    ]
    assert shown.stated[0].lines[0].en.startswith("Present: 9 of 11, needed at least 1/2, which is 6")
    assert [(one.title.en, one.state) for one in shown.items] == [
        ("Reports", "closed"),
        ("Wait", "closed"),
        ("Join a board", "carried"),
        ("A network", "closed"),
    ]
    ends = [one.decisions[0].end.en if one.decisions else None for one in shown.items]
    assert ends == [None, "deferred", None, "assigned to be put in writing"]
    _, following = part_of(march, AT + 2 * DAY)
    assert sorted(told(following)) == [
        ("A network", "planned", "its review is over by then", False, False),
        ("Join a board", "planned", "its review is over by then", True, False),
        ("Late", "planned", "it came too late for the meeting before", False, True),
        ("Wait", "planned", "it was deferred to this meeting", False, False),
    ]
    assert [(one.title.en, one.owner) for one in following.tasks] == [("Put in writing: A network", people[2].name)]
    assert bring_in_step(meeting=march, at=AT + 2 * DAY + timedelta(hours=1)) == 0
