"""What was decided outside the program: recorded with its source, and who was appointed by it."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from tequio.accounts.guards import actor_of, guarded
from tequio.accounts.models import User
from tequio.accounts.permissions import is_administrator, may_keep_body
from tequio.decisions.finding import body_or_404
from tequio.decisions.forms.choosing import DecisionField, SeatField
from tequio.decisions.models import Body, Seat
from tequio.decisions.operations.recording import Counts, record_decision
from tequio.decisions.operations.seating import appoint
from tequio.decisions.scopes import scope_of_body
from tequio.decisions.views.proposing import REFUSED
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.kernel.web.forms import DayField, PlainForm, say
from tequio.kernel.web.pages import go, page
from tequio.rules.dividing import End
from tequio.rules.motions import END_NAMES
from tequio.rules.reasons import Text


def _words(*, en: str, es: str, language: str) -> forms.CharField:
    attributes = {"rows": 2, "lang": language}
    return forms.CharField(label=say(en=en, es=es), max_length=300, widget=forms.Textarea(attrs=attributes))


class RecordForm(PlainForm):
    """A decision that was taken elsewhere: what, when, where it stands, and how it ended as far as is known."""

    code = forms.SlugField(
        label=say(en="Code", es="Código"),
        max_length=60,
        help_text=say(
            en="small letters, digits and hyphens, like 2016-dues; it stays, and rules name it",
            es="minúsculas, cifras y guiones, como 2016-cuotas; queda así y las reglas lo citan",
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    decided_on = DayField(label=say(en="Day it was taken", es="Fecha en que se tomó"))
    title_en = _words(en="What was decided (English)", es="Qué se acordó (inglés)", language="en")
    title_es = _words(en="What was decided (Spanish)", es="Qué se acordó (español)", language="es")
    source_en = _words(en="Where it says so (English)", es="Dónde consta (inglés)", language="en")
    source_es = _words(en="Where it says so (Spanish)", es="Dónde consta (español)", language="es")
    end = forms.ChoiceField(label=say(en="How it ended", es="Cómo terminó"), required=False)
    in_favor = forms.IntegerField(label=say(en="In favor", es="A favor"), required=False, min_value=0, max_value=30_000)
    against = forms.IntegerField(
        label=say(en="Against", es="En contra"),
        required=False,
        min_value=0,
        max_value=30_000,
        help_text=say(
            en="both counts, or none where they are not stated", es="los dos conteos, o ninguno si no constan"
        ),
    )

    def complete(self) -> None:
        """The ends a decision may have."""
        field: Any = self.fields["end"]
        named = [(end.value, say(en=END_NAMES[end].en, es=END_NAMES[end].es)) for end in End]
        field.choices = [("", say(en="not stated", es="no consta")), *named]

    def clean(self) -> dict[str, Any]:
        """Both counts or none."""
        said: dict[str, Any] = super().clean() or {}
        if (said.get("in_favor") is None) != (said.get("against") is None):
            self.refuse(Refusal(en="Give both counts or none.", es="Indique los dos conteos o ninguno."))
        return said

    def counts(self) -> Counts | None:
        """The counts, where they are stated."""
        said = self.cleaned_data
        if said["in_favor"] is None:
            return None
        return Counts(in_favor=said["in_favor"], against=said["against"])


@guarded(may_keep_body, scope=scope_of_body)
def record(request: HttpRequest, body: str) -> HttpResponseBase:
    """Record a decision of a body that was taken outside the program."""
    found = body_or_404(code=body)
    form = RecordForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = record_decision(
                code=said["code"].lower(),
                body=found,
                title=Text(en=said["title_en"], es=said["title_es"]),
                decided_on=said["decided_on"],
                source=Text(en=said["source_en"], es=said["source_es"]),
                end=said["end"],
                counts=form.counts(),
                actor=actor_of(request),
                at=clock.now(),
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return go(reverse("decision", kwargs={"code": made.code}))
    context = {"body": found, "form": form}
    return page(request, "decisions/record.html", context, status=REFUSED if form.is_bound else 200)


class AppointForm(PlainForm):
    """Who takes which seat of a body, from when, and by which decision."""

    seat = SeatField(
        queryset=Seat.objects.none(), label=say(en="Seat", es="Lugar"), to_field_name="code", empty_label="—"
    )
    email = forms.EmailField(
        label=say(en="E-mail address of the account", es="Correo de la cuenta"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    starts_on = DayField(label=say(en="From this day on", es="Desde esta fecha"))
    ends_on = DayField(
        label=say(en="The first day after it", es="La primera fecha después"),
        required=False,
        help_text=say(en="where a term is set", es="si hay periodo fijado"),
    )
    decision = DecisionField(label=say(en="By this decision", es="Por este acuerdo"))

    def __init__(self, *args: Any, body: Body, **words: Any) -> None:
        self.body = body
        super().__init__(*args, **words)

    def complete(self) -> None:
        """The seats that are open."""
        seat = self.fields["seat"]
        assert isinstance(seat, SeatField)  # noqa: S101 - CONFIG: tells the type checker
        seat.queryset = Seat.objects.filter(body=self.body, closed_on__isnull=True).order_by("code")


@guarded(is_administrator, scope=scope_of_body)
def appoint_by_decision(request: HttpRequest, body: str) -> HttpResponseBase:
    """Put down that a decision gave somebody a seat; one taken in the program appoints by itself."""
    found = body_or_404(code=body)
    form = AppointForm(request.POST if request.method == "POST" else None, body=found)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            appoint(
                seat=said["seat"],
                user=_person(email=said["email"]),
                starts_on=said["starts_on"],
                ends_on=said["ends_on"],
                decision=said["decision"],
                actor=actor_of(request),
                at=clock.now(),
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return go(reverse("body", kwargs={"body": found.code}))
    context = {"body": found, "form": form}
    return page(request, "decisions/appoint.html", context, status=REFUSED if form.is_bound else 200)


def _person(*, email: str) -> User:
    user = User.objects.filter(email=email.strip().casefold()).first()
    if user is None:
        raise Refusal(
            en="No account has that address. Open one for the person first.",
            es="Ninguna cuenta tiene ese correo. Abra primero una para la persona.",
        )
    return user
