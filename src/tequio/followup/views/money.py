"""Up to which day a center's money is known, and its holidays: nobody is reminded by mistake."""

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from tequio.accounts.guards import actor_of, guarded, viewer_in
from tequio.accounts.permissions import Scope, may_change_center, may_read_center
from tequio.centers.models import Center
from tequio.followup import facts
from tequio.followup.forms import MoneyForm, QuietForm
from tequio.followup.models import QuietDay
from tequio.followup.operations.knowing import money_read, remove_quiet_day, set_quiet_day
from tequio.followup.policies_in_force import ladder_on, ladders
from tequio.followup.scopes import scope_of_center
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.kernel.mail.transport import reaches_people
from tequio.kernel.texts import text_of
from tequio.kernel.web.pages import go, page
from tequio.rules.reasons import Text


@guarded(may_read_center, scope=scope_of_center)
def money(request: HttpRequest, code: str) -> HttpResponseBase:
    """Say that the money is entered through a day; set and remove holidays."""
    center = Center.objects.get(code=code)
    at = clock.now()
    today = clock.day_in(zone=center.zone, at=at)
    may_change = may_change_center(viewer_in(request), Scope(center_pk=center.pk))
    money_form, quiet_form = MoneyForm(initial={"through": today}), QuietForm()
    faulty = False
    if request.method == "POST" and may_change:
        act = request.POST.get("act", "")
        if act == "money":
            money_form = MoneyForm(request.POST)
        elif act == "quiet":
            quiet_form = QuietForm(request.POST)
        try:
            done = _carried_out(act, request=request, center=center, money_form=money_form, quiet_form=quiet_form)
        except Refusal as refusal:
            (quiet_form if act == "quiet" else money_form).refuse(refusal)
            done = False
        if done:
            return go(reverse("follow_up_money", kwargs={"code": code}))
        faulty = True
    policy = ladder_on(policies=ladders().get(center.pk, []), on=today)
    context = {
        "center": center,
        "center_name": text_of(row=center, name="name"),
        "known": facts.money_known_on(center=center),
        "days": policy.ladder.money_known_days if policy else None,
        "today": today,
        "money_form": money_form,
        "quiet_form": quiet_form,
        "quiet": list(QuietDay.objects.filter(center=center, on__gte=today).order_by("on")),
        "may_change": may_change,
        "reaches_people": reaches_people(),
    }
    return page(request, "followup/money.html", context, status=422 if faulty else 200)


def _carried_out(
    act: str, /, *, request: HttpRequest, center: Center, money_form: MoneyForm, quiet_form: QuietForm
) -> bool:
    actor, at = actor_of(request), clock.now()
    if act == "money" and money_form.is_valid():
        money_read(center=center, through=money_form.cleaned_data["through"], actor=actor, at=at)
        return True
    if act == "quiet" and quiet_form.is_valid():
        said = quiet_form.cleaned_data
        name = Text(en=said["name_en"], es=said["name_es"])
        set_quiet_day(center=center, on=said["quiet_on"], name=name, actor=actor, at=at)
        return True
    if act == "remove":
        pk = request.POST.get("day", "")
        if pk.isascii() and pk.isdigit() and len(pk) < 10:  # noqa: PLR2004 - CONFIG: digits of an id
            remove_quiet_day(center=center, pk=int(pk), actor=actor, at=at)
        return True
    return False
