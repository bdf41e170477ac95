"""Who comes in by the demonstration's open door: invented people, one for each way of looking at the program."""

from collections.abc import Iterator
from datetime import UTC, datetime

from django.db.models import Case, When

from tequio.accounts.models import Role, User
from tequio.accounts.operations import add_person, grant_role
from tequio.centers.models import Center
from tequio.centers.operations import describe_center
from tequio.dues.models import Invoice
from tequio.members.models import Member, MemberAccess
from tequio.project.demo import guests
from tequio.rules.reasons import Text

YEARS_END = datetime(2016, 12, 31, 18, 30, tzinfo=UTC)  # after all that happens on its last day
ACTOR = "demo"

_PEOPLE = (
    ("dalia.renner@example.org", "Dalia Renner", "en", Role.TREASURER, "us"),
    ("yunuen.carpio@example.org", "Yunuén Carpio", "es", Role.TREASURER, "mx"),
    ("nayeli.cordero@example.org", "Nayeli Cordero", "es", Role.CALLER, "mx"),
    ("nayeli.cordero@example.org", "Nayeli Cordero", "es", Role.CALLER, "us"),
    ("tobias.lark@example.org", "Tobias Lark", "en", Role.AUDITOR, None),
    ("mireya.ocotl@example.org", "Mireya Ocotl", "es", Role.ADMINISTRATOR, None),
)
# What letters print: invented accounts and addresses, for the demonstration only.
_LETTERS = {
    "us": (
        "12 Invented Street\nNew York, NY 10099",
        Text(
            en="Check to “Center in New York”, with the stub.\nTransfer to account 0000 1111, with the code.",
            es="Cheque a «Center in New York», con el talón.\nTransferencia: cuenta 0000 1111, con referencia.",
        ),
        "dues-ny@example.org",
    ),
    "mx": (
        "Calle Inventada 34\nCol. Ejemplo\n06099 Ciudad de México",
        Text(
            en="SPEI to CLABE 000000000000000000\nwith the numeric reference.\nOr in cash at the center.",
            es="SPEI a la CLABE 000000000000000000\ncon la referencia numérica.\nO en efectivo en el centro.",
        ),
        "cuotas-mx@example.org",
    ),
}
ROLES = {
    "dalia.renner@example.org": Text(en="treasurer in New York", es="tesorería en Nueva York"),
    "yunuen.carpio@example.org": Text(en="treasurer in Mexico City", es="tesorería en la Ciudad de México"),
    "nayeli.cordero@example.org": Text(en="a caller of both centers", es="llama por los dos centros"),
    "tobias.lark@example.org": Text(en="auditor: reads everything", es="auditoría: lee todo"),
    "mireya.ocotl@example.org": Text(en="administrator", es="administración"),
    "adaeze.holm@example.org": Text(en="chairs the Leadership Committee", es="coordina el Comité de Dirección"),
    "ixchel.barrera@example.org": Text(
        en="sits on the committee for Mexico City", es="está en el comité por la Ciudad de México"
    ),
    "chema.lobera@example.org": Text(en="a member in Mexico", es="una membresía en México"),
}


def invite(*, at: datetime, url: str) -> Iterator[Text]:
    """Open accounts for the people of the demonstration, and say who may come in and where."""
    centers = {center.code: center for center in Center.objects.all()}
    for code, (address, pay_to, letters) in _LETTERS.items():
        describe_center(code=code, postal_address=address, pay_to=pay_to, letter_email=letters, actor=ACTOR, at=at)
    for email, name, language, role, center in _PEOPLE:
        user = User.objects.filter(email=email).first() or add_person(
            email=email, name=name, language=language, actor=ACTOR, at=at
        )
        grant_role(user=user, role=role, center=centers[center] if center else None, actor=ACTOR, at=at)
    contact = add_person(email="chema.lobera@example.org", name="Chema Lobera", language="es", actor=ACTOR, at=at)
    member = _member_in_mexico()
    MemberAccess.objects.create(user=contact, member=member)
    guests.name_on_login(user=contact, member=member, login="chema", at=at)
    yield Text(en=f"Open {url} and come in as", es=f"Abra {url} y entre como")
    for user in let_in():
        yield Text(en=f"  {user.name}, {ROLES[user.email].en}", es=f"  {user.name}, {ROLES[user.email].es}")
    yield Text(
        en="The door is open in the demo only: a real site asks for a password or code, and a second factor.",
        es="La puerta solo está abierta en la demostración: un sitio real pide contraseña o código, y un segundo paso.",
    )


def let_in() -> list[User]:
    """Who may come in by the open door, in the order it names them."""
    users = {user.email: user for user in User.objects.filter(email__in=ROLES)}
    return [users[email] for email in ROLES if email in users]


def _member_in_mexico() -> Member:
    """A member in Mexico that has something to pay."""
    owing = Invoice.objects.filter(center__code="mx", rest__gt=0, member__merged_into__isnull=True)
    # At risk before good standing before the rest: what a person sees who is a little late.
    ranked = owing.annotate(
        rank=Case(When(member__standing="at_risk", then=0), When(member__standing="good", then=1), default=2)
    )
    return ranked.order_by("rank", "due_on", "pk").select_related("member")[0].member
