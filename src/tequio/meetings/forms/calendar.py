"""Forms of when and where: planning and moving a meeting, its rooms, places, interpreters."""

from typing import Any

from django import forms

from tequio.centers.models import Center
from tequio.decisions.models import Body
from tequio.kernel.texts import text_of
from tequio.kernel.web.forms import PlainForm, note_field, say
from tequio.meetings.forms.hours import HourForm, place_fields, places_chosen
from tequio.meetings.models import Direction, Interpreter, Meeting, Place
from tequio.meetings.operations.planning import LONGEST
from tequio.rules.deadlines import CHAIN, MOST_DAYS, NAMES, DueBefore
from tequio.rules.interpreting import NAMES as DIRECTIONS

_LANGUAGES = [("en", say(en="English", es="inglés")), ("es", say(en="Spanish", es="español"))]


class PlanForm(HourForm):
    """A meeting: what it is called, when, how long each body takes, where, what is due before."""

    title_en = forms.CharField(
        label=say(en="What it is called, in English", es="Cómo se llama, en inglés"), max_length=160
    )
    title_es = forms.CharField(
        label=say(en="What it is called, in Spanish", es="Cómo se llama, en español"), max_length=160
    )
    minutes = forms.IntegerField(label=say(en="Minutes", es="Minutos"), min_value=1, max_value=LONGEST, initial=60)
    other = forms.ChoiceField(label=say(en="Shared with", es="Compartida con"), required=False)
    other_minutes = forms.IntegerField(
        label=say(en="Minutes of the other body", es="Minutos de la otra instancia"),
        min_value=1,
        max_value=LONGEST,
        required=False,
    )

    def __init__(self, *args: Any, others: list[Body], **kwargs: Any) -> None:
        self.others = others
        super().__init__(*args, **kwargs)

    def complete(self) -> None:
        """The bodies one may plan for, the places, the deadlines."""
        super().complete()
        field = self.fields["other"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - CONFIG: tells the type checker
        names = [(body.code, text_of(row=body, name="name")) for body in self.others]
        field.choices = [
            ("", say(en="no other body", es="ninguna otra instancia")),
            *((code, say(en=name.en, es=name.es)) for code, name in names),
        ]
        self.fields |= place_fields(chosen=True)
        for kind in CHAIN:
            self.fields[f"due_{kind}"] = forms.IntegerField(
                label=say(en=f"{NAMES[kind].en}: days before", es=f"{NAMES[kind].es}: días antes"),
                min_value=0,
                max_value=MOST_DAYS,
                required=False,
            )

    def places(self) -> list[Place]:
        """The places that were ticked."""
        return list(Place.objects.filter(code__in=places_chosen(self.cleaned_data)).order_by("pk"))

    def deadlines(self) -> list[DueBefore]:
        """The deadlines that were typed."""
        typed = self.cleaned_data
        return [DueBefore(kind=kind, days=typed[f"due_{kind}"]) for kind in CHAIN if typed[f"due_{kind}"] is not None]


class CancelForm(PlainForm):
    """Why."""

    because = note_field(
        label=say(en="Why", es="Por qué"),
        hint=say(en="Whoever was called is told.", es="Se les dice a quienes fueron convocados."),
    )


class RoomsForm(PlainForm):
    """Where people sit in a meeting: each place, and the room or address there."""

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        self.meeting = meeting
        super().__init__(*args, **kwargs)

    def complete(self) -> None:
        """A box and a line for each place."""
        there = {row.place_id: row.where for row in self.meeting.meeting_places.all()}
        for place in Place.objects.order_by("pk"):
            if place.closed_on is not None and place.pk not in there:
                continue
            name = text_of(row=place, name="name")
            self.fields[f"place-{place.code}"] = forms.BooleanField(
                label=say(en=name.en, es=name.es), required=False, initial=place.pk in there
            )
            self.fields[f"where-{place.code}"] = forms.CharField(
                label=say(en=f"Where: {name.en}", es=f"En qué lugar: {name.es}"),
                help_text=say(en="A room, or an address on line.", es="Un salón, o una dirección en línea."),
                max_length=300,
                required=False,
                initial=there.get(place.pk, ""),
                widget=forms.TextInput(attrs={"size": 50, "autocomplete": "off"}),
            )

    def rooms(self) -> dict[str, str | None]:
        """By the place's code the room that was typed; None for a place that is left out."""
        typed = self.cleaned_data
        codes = [name.removeprefix("place-") for name in typed if name.startswith("place-")]
        return {code: typed[f"where-{code}"] if typed[f"place-{code}"] else None for code in codes}


class PlaceForm(PlainForm):
    """A place to meet."""

    code = forms.SlugField(
        label=say(en="Code", es="Código"),
        help_text=say(en="Small letters and hyphens, like new-york.", es="Minúsculas y guiones, como nueva-york."),
        max_length=40,
    )
    name_en = forms.CharField(label=say(en="Name, in English", es="Nombre, en inglés"), max_length=120)
    name_es = forms.CharField(label=say(en="Name, in Spanish", es="Nombre, en español"), max_length=120)
    zone = forms.CharField(
        label=say(en="Zone", es="Zona horaria"),
        help_text=say(en="Like America/Mexico_City.", es="Como America/Mexico_City."),
        max_length=60,
    )
    language = forms.ChoiceField(
        label=say(en="Language spoken there", es="Idioma que se habla ahí"), choices=_LANGUAGES
    )
    center = forms.ChoiceField(label=say(en="People there count for", es="Quien está ahí cuenta para"), required=False)
    online = forms.BooleanField(label=say(en="It is online", es="Es en línea"), required=False)

    def complete(self) -> None:
        """The centers."""
        field = self.fields["center"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - CONFIG: tells the type checker
        names = [(center.code, text_of(row=center, name="name")) for center in Center.objects.order_by("code")]
        field.choices = [
            ("", say(en="no center in particular", es="ningún centro en particular")),
            *((code, say(en=name.en, es=name.es)) for code, name in names),
        ]


class SignUpForm(PlainForm):
    """Interpreting in a direction; whoever keeps the meeting's papers puts others down, and the paid reserve."""

    direction = forms.ChoiceField(
        label=say(en="Direction", es="Dirección"),
        choices=[(one.value, say(en=DIRECTIONS[one].en, es=DIRECTIONS[one].es)) for one in Direction],
    )

    def __init__(self, *args: Any, keeps: bool, **kwargs: Any) -> None:
        self.keeps = keeps
        super().__init__(*args, **kwargs)

    def complete(self) -> None:
        """The name of somebody else, for whoever may put others down."""
        if self.keeps:
            self.fields["name"] = forms.CharField(
                label=say(en="Somebody else", es="Otra persona"),
                help_text=say(en="Empty for yourself.", es="Vacío si es usted."),
                max_length=120,
                required=False,
            )
            self.fields["paid"] = forms.BooleanField(
                label=say(en="Of the paid reserve", es="De la reserva pagada"), required=False
            )


class MinutesForm(PlainForm):
    """How many minutes each interpreter gave."""

    def __init__(self, *args: Any, interpreters: list[Interpreter], **kwargs: Any) -> None:
        self.interpreters = interpreters
        super().__init__(*args, **kwargs)

    def complete(self) -> None:
        """A field for each."""
        for one in self.interpreters:
            who, way = one.user.name if one.user else one.name, DIRECTIONS[one.direction]
            self.fields[f"minutes-{one.pk}"] = forms.IntegerField(
                label=say(en=f"{who}, {way.en}: minutes", es=f"{who}, {way.es}: minutos"),
                min_value=0,
                max_value=LONGEST,
                required=False,
                initial=one.minutes_given,
            )
