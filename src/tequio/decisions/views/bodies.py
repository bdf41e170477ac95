"""Bodies: the list, one body's page, its sittings; the priorities of a year."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from tequio.accounts.guards import guarded, signed_in, viewer_in
from tequio.accounts.permissions import (
    Scope,
    is_administrator,
    may_keep_body,
    may_read_body,
    may_speak_there,
    may_suggest,
)
from tequio.centers.models import Center
from tequio.decisions import hooks
from tequio.decisions.finding import body_or_404, person_in
from tequio.decisions.models import Sitting
from tequio.decisions.operations.founding import cancel_sitting, plan_sitting, rank_priorities
from tequio.decisions.page_queries.bodies import bodies_listed, body_shown, priorities_listed
from tequio.decisions.queries.hours import city_of, day_everywhere, hours
from tequio.decisions.scopes import scope_of_body, scope_of_sitting
from tequio.decisions.views.proposing import REFUSED
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.kernel.web.forms import DayField, PlainForm, say
from tequio.kernel.web.pages import go, page
from tequio.rules.reasons import Text


class SittingForm(PlainForm):
    """When a body sits, on which clock."""

    day = DayField(label=say(en="Day", es="Día"))
    hour = forms.TimeField(label=say(en="Hour", es="Hora"), widget=forms.TimeInput(attrs={"type": "time"}))
    zone = forms.ChoiceField(label=say(en="On the clock of", es="Según el reloj de"))
    title_en = forms.CharField(
        label=say(en="What it is called (English), if anything", es="Cómo se llama (inglés), si acaso"),
        max_length=120,
        required=False,
    )
    title_es = forms.CharField(
        label=say(en="What it is called (Spanish), if anything", es="Cómo se llama (español), si acaso"),
        max_length=120,
        required=False,
    )

    def complete(self) -> None:
        """The clocks of the centers."""
        zones = list(dict.fromkeys(Center.objects.order_by("pk").values_list("zone", flat=True))) or ["UTC"]
        field = self.fields["zone"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - CONFIG: tells the type checker
        field.choices = [(zone, say(en=city_of(zone=zone).en, es=city_of(zone=zone).es)) for zone in zones]

    def starts_at(self) -> datetime:
        """The moment that the clock on that wall shows."""
        said = self.cleaned_data
        return datetime.combine(said["day"], said["hour"], tzinfo=ZoneInfo(said["zone"]))


class PrioritiesForm(PlainForm):
    """What the members ranked for a year, one a line, in both languages."""

    year = forms.IntegerField(label=say(en="Year", es="Año"), min_value=2000, max_value=2200)
    texts_en = forms.CharField(
        label=say(en="In English, one a line, the first first", es="En inglés, una por línea, la primera primero"),
        max_length=6_000,
        widget=forms.Textarea(attrs={"rows": 8, "lang": "en"}),
    )
    texts_es = forms.CharField(
        label=say(en="In Spanish, in the same order", es="En español, en el mismo orden"),
        max_length=6_000,
        widget=forms.Textarea(attrs={"rows": 8, "lang": "es"}),
    )

    def texts(self) -> list[Text]:
        """The lines of both languages in pairs. Refuses different numbers of them."""
        english, spanish = (
            [line.strip()[:300] for line in self.cleaned_data[name].splitlines() if line.strip()]
            for name in ("texts_en", "texts_es")
        )
        if len(english) != len(spanish):
            raise Refusal(
                en=f"There are {len(english)} lines in English and {len(spanish)} in Spanish.",
                es=f"Hay {len(english)} líneas en inglés y {len(spanish)} en español.",
            )
        return [Text(en=en, es=es) for en, es in zip(english, spanish, strict=True)]


@guarded(signed_in)
def bodies(request: HttpRequest) -> HttpResponseBase:
    """Every body: what it is for, how many seats are open, when it sits next."""
    at = clock.now()
    rows = bodies_listed(on=day_everywhere(at=at), at=at)
    context = {
        "rows": rows,
        "priorities": priorities_listed(),
        "may_rank": is_administrator(viewer_in(request)),
    }
    return page(request, "decisions/bodies.html", context)


@guarded(signed_in, scope=scope_of_body)
def body(request: HttpRequest, body: str) -> HttpResponseBase:
    """One body: mandate, rule, seats, sittings; its proposals for whoever may read them."""
    found, at, viewer = body_or_404(code=body), clock.now(), viewer_in(request)
    scope = Scope(body_pk=found.pk)
    context = {
        "shown": body_shown(body=found, on=day_everywhere(at=at), at=at),
        "may_read": may_read_body(viewer, scope),
        "may_keep": may_keep_body(viewer, scope),
        "may_appoint": is_administrator(viewer),
        "may_speak": may_speak_there(viewer, scope),
        "may_suggest": may_suggest(viewer, scope),
    }
    return page(request, "decisions/body.html", context)


@guarded(may_keep_body, scope=scope_of_body)
def add_sitting(request: HttpRequest, body: str) -> HttpResponseBase:
    """Put a sitting on the list."""
    found, person = body_or_404(code=body), person_in(request)
    form = SittingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            plan_sitting(
                body=found,
                starts_at=form.starts_at(),
                zone=said["zone"],
                title=Text(en=said["title_en"] or said["title_es"], es=said["title_es"] or said["title_en"]),
                actor=person.actor,
                at=clock.now(),
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return go(reverse("body", kwargs={"body": found.code}))
    return page(
        request, "decisions/add_sitting.html", {"body": found, "form": form}, status=REFUSED if form.is_bound else 200
    )


@guarded(may_keep_body, scope=scope_of_sitting)
def drop_sitting(request: HttpRequest, sitting_pk: int) -> HttpResponseBase:
    """Cancel a sitting, after a look; one that a meeting gave its body is cancelled with the meeting."""
    sitting, person = Sitting.objects.select_related("body").get(pk=sitting_pk), person_in(request)
    elsewhere = hooks.cancelled_elsewhere(sitting_pk)
    if elsewhere is not None:
        return go(elsewhere)
    form = PlainForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            cancel_sitting(sitting=sitting, actor=person.actor, at=clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return go(reverse("body", kwargs={"body": sitting.body.code}))
    context = {"sitting": sitting, "when": hours().moment(sitting.starts_at), "body": sitting.body, "form": form}
    return page(request, "decisions/cancel_sitting.html", context, status=REFUSED if form.is_bound else 200)


@guarded(is_administrator)
def rank(request: HttpRequest) -> HttpResponseBase:
    """Put down what the members ranked for a year."""
    person, at = person_in(request), clock.now()
    form = PrioritiesForm(request.POST if request.method == "POST" else None, initial={"year": at.year})
    if request.method == "POST" and form.is_valid():
        try:
            rank_priorities(
                year=form.cleaned_data["year"], texts=form.texts(), decision=None, actor=person.actor, at=at
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return go(reverse("bodies") + "#priorities")
    return page(request, "decisions/priorities.html", {"form": form}, status=REFUSED if form.is_bound else 200)
