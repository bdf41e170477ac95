"""What needs a person, each kind with what to do about it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from tequio.centers.models import Center
from tequio.followup.models import DispatchState, PaymentClaim, Release, Task, TaskKind
from tequio.rules.reasons import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskText:
    """A kind of task: its name, and what to do."""

    name: Text
    what: Text


TASK_TEXTS = {
    TaskKind.HARDSHIP.value: TaskText(
        name=Text(en="asks for more than a caller may agree", es="pide más de lo que puede acordar quien llama"),
        what=Text(
            en="Call back, agree a hold, a plan or a rate on its page, and close this.",
            es="Comuníquese, acuerde una prórroga, un plan o una cuota en su página, y cierre esto.",
        ),
    ),
    TaskKind.CLAIM.value: TaskText(
        name=Text(en="says it has paid", es="dice que ya pagó"),
        what=Text(
            en="Look for the money, enter it, and settle the claim.",
            es="Busque el dinero, regístrelo y resuelva el aviso.",
        ),
    ),
    TaskKind.MANY_CAME_BACK.value: TaskText(
        name=Text(en="very many mails came back", es="regresaron muchísimos correos"),
        what=Text(
            en="The fault may be ours: look at the mail server. Close this to take them as undeliverable.",
            es="La falla puede ser nuestra: revise el servidor de correo. Cierre esto para darlos por no entregables.",
        ),
    ),
    TaskKind.NO_WAY.value: TaskText(
        name=Text(en="cannot be reached by this step", es="no hay cómo avisarle en este paso"),
        what=Text(
            en="Find an e-mail address, a postal address or a number; or log that you tried.",
            es="Consiga un correo, un domicilio o un teléfono; o anote que lo intentó.",
        ),
    ),
    TaskKind.BOUNCED.value: TaskText(
        name=Text(en="its e-mail address bounced", es="su correo electrónico rebotó"),
        what=Text(en="Find the new address.", es="Consiga la dirección nueva."),
    ),
    TaskKind.RETURNED.value: TaskText(
        name=Text(en="a letter came back", es="regresó una carta"),
        what=Text(en="Find where it is now.", es="Averigüe dónde está ahora."),
    ),
    TaskKind.WRONG_NUMBER.value: TaskText(
        name=Text(en="the number is another’s", es="el teléfono es de otra persona"),
        what=Text(en="Find the right number.", es="Consiga el teléfono correcto."),
    ),
    TaskKind.NO_ADDRESS.value: TaskText(
        name=Text(en="no postal address", es="sin domicilio"),
        what=Text(
            en="Its mails ask for it; ask when you speak.", es="Sus correos ya lo piden; pregúntelo cuando hablen."
        ),
    ),
    TaskKind.NOT_WARNED.value: TaskText(
        name=Text(en="would be called before any warning arrived", es="se le llamaría antes de que llegue un aviso"),
        what=Text(
            en="Reach it some other way and log it, or find an address.",
            es="Localícela de otra forma y anótelo, o consiga una dirección.",
        ),
    ),
}
KINDS = tuple(TASK_TEXTS)


def open_tasks_of(*, centers: Sequence[Center], kind: str = "") -> QuerySet[Task]:
    """The open tasks of some centers, of one kind or all, the oldest first."""
    rows = Task.objects.select_related("member", "center").filter(center__in=list(centers), closed_on__isnull=True)
    if kind:
        rows = rows.filter(kind=kind)
    return rows.order_by("opened_on", "pk")


def task_counts(*, centers: Sequence[Center]) -> dict[str, int]:
    """How many tasks of each kind are open."""
    rows = Task.objects.filter(center__in=list(centers), closed_on__isnull=True)
    return dict(rows.order_by().values_list("kind").annotate(count=Count("pk")))


def open_claims_of(*, centers: Sequence[Center]) -> list[PaymentClaim]:
    """The claims of payment nobody has settled, the oldest first."""
    rows = PaymentClaim.objects.select_related("member").filter(
        member__center__in=list(centers), settled_on__isnull=True
    )
    return list(rows.order_by("said_on", "pk"))


def open_releases_of(*, centers: Sequence[Center]) -> list[Release]:
    """Notices to many that wait for people."""
    rows = Release.objects.select_related("center").filter(center__in=list(centers), ended_at__isnull=True)
    held = Count("dispatches", filter=Q(dispatches__state=DispatchState.HELD))
    return list(rows.annotate(count=held).order_by("pk"))
