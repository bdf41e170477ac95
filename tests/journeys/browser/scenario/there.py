"""The organization of the scenario, served: `there.py FOLDER PORT`, in a process of its own.

What is done here is what stands before the scenario begins: the sample rules as they were in January 2016, a roll of
ten members, people with their roles and seats, the committee's meetings. All the rest is done on pages. The clock is
the demonstration's; whoever tests sets it in the folder and lets the server look at it again (see playing.py).
"""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

FOLDER, PORT = Path(sys.argv[1]), int(sys.argv[2])
sys.path.insert(0, str(Path(__file__).parents[3]))
os.environ["TEQUIO_HOME"] = str(FOLDER)
os.environ["DJANGO_SETTINGS_MODULE"] = "tequio.project.settings"
os.environ["TEQUIO_DEMO"] = "yes"
os.environ["TEQUIO_URL"] = f"http://localhost:{PORT}"

import django  # noqa: E402 - CONFIG: what it reads is set

from tequio.kernel import instance  # noqa: E402 - CONFIG: as above

instance.create()
(FOLDER / instance.DEMO_MARK).touch()
django.setup()

from django.core.management import call_command  # noqa: E402 - CONFIG: Django is awake now
from django.db import connections, transaction  # noqa: E402 - CONFIG: as above

from journeys.browser.scenario.roll import ROLL, SCRIBES  # noqa: E402 - CONFIG: as above
from tequio.accounts.models import Role, User  # noqa: E402 - CONFIG: as above
from tequio.accounts.operations import add_person, grant_role  # noqa: E402 - CONFIG: as above
from tequio.centers.models import Center  # noqa: E402 - CONFIG: as above
from tequio.kernel import clock  # noqa: E402 - CONFIG: as above
from tequio.members.operations import import_roll  # noqa: E402 - CONFIG: as above
from tequio.project.demo import people, story  # noqa: E402 - CONFIG: as above
from tequio.project.rulebook import SAMPLE, load_rules  # noqa: E402 - CONFIG: as above
from tequio.project.serving import serve  # noqa: E402 - CONFIG: as above
from tequio.rules.reasons import Text  # noqa: E402 - CONFIG: as above

BEGINS = datetime(2016, 1, 25, 18, tzinfo=UTC)
TREASURERS = (
    ("dalia.renner@example.org", "Dalia Renner", "en", "us"),
    ("yunuen.carpio@example.org", "Yunuén Carpio", "es", "mx"),
)

call_command("migrate", verbosity=0, interactive=False)
call_command("createcachetable", verbosity=0)
if not User.objects.exists():  # a folder that has come to some day already is served as it stands
    with transaction.atomic():
        load_rules(path=SAMPLE, actor="test", at=BEGINS, decided_before=story.JUNE)
        roll = FOLDER / "roll.csv"
        roll.write_text(ROLL, encoding="utf-8")
        import_roll(path=roll, actor="test", at=BEGINS)
        story.Story(at=BEGINS)
        for email, name, language, center in TREASURERS:
            user = add_person(email=email, name=name, language=language, actor="test", at=BEGINS)
            grant_role(user=user, role=Role.TREASURER, center=Center.objects.get(code=center), actor="test", at=BEGINS)
        administrator = add_person(
            email="mireya.ocotl@example.org", name="Mireya Ocotl", language="es", actor="test", at=BEGINS
        )
        grant_role(user=administrator, role=Role.ADMINISTRATOR, center=None, actor="test", at=BEGINS)
    clock.set_demo(at=BEGINS)
# Whoever keeps notes or speaks in the scenario comes in by the same door.
for email in SCRIBES:
    people.ROLES[email] = Text(en="sits on the committee", es="está en el comité")
assert User.objects.filter(email__in=people.ROLES).count() >= len(SCRIBES)
connections.close_all()
serve(address="127.0.0.1", port=PORT)
