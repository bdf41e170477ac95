"""Work on a meeting of an instance, in a process of its own: `meet_there.py begin`, then `meet_there.py clerk` at once.

`begin` opens a committee's meeting with an item, and a next meeting that takes over what is left open. A clerk waits
for a line, then marks somebody who is there, closes the item and the meeting, and brings both agendas in step; it says
what of that was its doing.
"""

import os
import sys
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ["DJANGO_SETTINGS_MODULE"] = "tequio.project.settings"

import django

django.setup()

from committees import AT, proposal  # noqa: E402 - CONFIG: Django is awake now
from gatherings import item, meeting  # noqa: E402 - CONFIG: as above
from meetings.sessions import gathered, here  # noqa: E402 - CONFIG: as above
from tequio.accounts.models import User  # noqa: E402 - CONFIG: as above
from tequio.decisions.operations.placing import place_all  # noqa: E402 - CONFIG: as above
from tequio.meetings.models import AgendaItem, Meeting, Place  # noqa: E402 - CONFIG: as above
from tequio.meetings.operations.agenda import close_item  # noqa: E402 - CONFIG: as above
from tequio.meetings.operations.carrying_over import bring_in_step  # noqa: E402 - CONFIG: as above
from tequio.meetings.operations.holding import close_meeting  # noqa: E402 - CONFIG: as above

if sys.argv[1] == "begin":
    met, part, people, places = gathered(3, code="council")
    item(part, "Done")
    item(part, "Left open", position=2)
    meeting(part.body, places=places, starts_at=AT + timedelta(days=30), title="Next")
    proposal(part.body, people[0], at=AT)
    place_all(body=part.body, actor="test", at=AT)
else:
    first, following = Meeting.objects.filter(parts__body__code="council").order_by("starts_at")
    done, user = AgendaItem.objects.get(title_en="Done"), User.objects.order_by("pk").first()
    place = Place.objects.get(code="york")
    print("ready", flush=True)  # noqa: T201 - CONFIG: the test waits for it
    sys.stdin.readline()
    mark = here(first, place, user)
    acts = [
        close_item(item=done, actor="test", at=AT),
        close_meeting(meeting=first, actor="test", at=AT + timedelta(minutes=1)),
    ]
    bring_in_step(meeting=following, at=AT + timedelta(minutes=2))
    print(mark.pk, *acts)  # noqa: T201 - CONFIG: the test reads it
