"""The forms of a vote: opening it with its motion, casting a ballot, entering a sitting's ballots."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from tequio.accounts.models import User
from tequio.decisions.models import How, Question, Sitting
from tequio.decisions.operations.voting import LONGEST_REASON
from tequio.kernel.web.forms import DayField, PlainForm, note_field, say
from tequio.rules.deciding import Choice
from tequio.rules.dividing import Qualifier
from tequio.rules.motions import CHOICE_NAMES, QUALIFIER_NAMES
from tequio.rules.reasons import Text

CHOICE_NOTES = {
    Choice.FAVOR: Text(en="", es=""),
    Choice.ABSTAIN: Text(en="counts for the quorum, not as a vote", es="cuenta para el quórum, no como voto"),
    Choice.AGAINST: Text(en="let it pass if the others want it", es="que se apruebe si los demás quieren"),
    Choice.BLOCK: Text(en="goes against what we stand for; say why", es="va contra nuestros principios; diga por qué"),
}


def _capital(text: Text) -> Any:
    return say(en=text.en[:1].upper() + text.en[1:], es=text.es[:1].upper() + text.es[1:])


class OpenVoteForm(PlainForm):
    """Putting a question to the vote: which one, with which motion, where, until when."""

    question = forms.ModelChoiceField(
        label=say(en="Which question", es="Qué cuestión"), queryset=Question.objects.none(), empty_label=None
    )
    qualifier = forms.ChoiceField(
        label=say(en="The motion is to", es="La moción es"),
        choices=[(name.value, _capital(text)) for name, text in QUALIFIER_NAMES.items()],
        widget=forms.RadioSelect,
        initial=Qualifier.NONE.value,
    )
    how = forms.ChoiceField(
        label=say(en="Where it is voted", es="Dónde se vota"),
        choices=[
            (How.ONLINE.value, say(en="Online, each for themselves", es="En línea, cada quien su voto")),
            (
                How.SITTING.value,
                say(en="In a sitting, entered by its chair", es="En una sesión; registra quien preside"),
            ),
        ],
        widget=forms.RadioSelect,
        initial=How.ONLINE.value,
    )
    sitting = forms.ModelChoiceField(
        label=say(en="In which sitting", es="En qué sesión"),
        queryset=Sitting.objects.none(),
        required=False,
        empty_label="—",
    )
    closes_on = DayField(
        label=say(en="Closes on, where it is online", es="Cierra el, si es en línea"),
        required=False,
        help_text=say(en="left empty: as long as the rule says", es="vacío: lo que diga la regla"),
    )
    closes_hour = forms.TimeField(
        label=say(en="at", es="a las"), required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )
    amendments = forms.CharField(
        label=say(en="With modifications: numbers of amendments", es="Con modificaciones: sus números"),
        required=False,
        max_length=60,
        help_text=say(en="like 1, 3", es="como 1, 3"),
    )
    words_en = note_field(label=say(en="or in words (English)", es="o con palabras (inglés)"), required=False)
    words_es = note_field(label=say(en="or in words (Spanish)", es="o con palabras (español)"), required=False)
    evaluate_on = DayField(
        label=say(en="Continue developing: evaluated on", es="Seguir desarrollando: se evalúa el"), required=False
    )
    owner = forms.ModelChoiceField(
        label=say(en="In principle, or in writing: by whom", es="En principio, o por escrito: quién"),
        queryset=User.objects.none(),
        required=False,
        empty_label="—",
    )
    due_on = DayField(label=say(en="Due on", es="Para el"), required=False)
    later = forms.ModelChoiceField(
        label=say(en="Defer, or due at, the sitting of", es="Aplazar, o entregar, en la sesión del"),
        queryset=Sitting.objects.none(),
        required=False,
        empty_label="—",
    )

    def __init__(
        self,
        *args: Any,
        questions: Sequence[Question],
        sittings: Sequence[Sitting],
        coming: Sequence[Sitting],
        people: Sequence[User],
        zone: str,
        **kwargs: Any,
    ) -> None:
        self.zone = zone
        self.rows = {
            "question": Question.objects.filter(pk__in=[one.pk for one in questions]).order_by("number"),
            "sitting": Sitting.objects.filter(pk__in=[one.pk for one in sittings]).order_by("-starts_at"),
            "later": Sitting.objects.filter(pk__in=[one.pk for one in coming]).order_by("starts_at"),
            "owner": User.objects.filter(pk__in=[one.pk for one in people]).order_by("name"),
        }
        super().__init__(*args, **kwargs)

    def complete(self) -> None:
        """The questions, sittings and people there are."""
        for name, rows in self.rows.items():
            self._offer(name, rows)
        self._name("question", lambda one: say(en=one.title_en or one.title_es, es=one.title_es or one.title_en))
        self._name("sitting", self._hour)
        self._name("later", self._hour)
        self._name("owner", lambda one: one.name)

    def _offer(self, name: str, rows: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - CONFIG: tells the type checker
        field.queryset = rows

    def _name(self, name: str, said: Any) -> None:
        field: Any = self.fields[name]
        field.label_from_instance = said

    def _hour(self, sitting: Sitting) -> str:
        return f"{sitting.starts_at.astimezone(ZoneInfo(sitting.zone)):%Y-%m-%d %H:%M}"

    def closes_at(self) -> datetime | None:
        """The hour at which it closes, on the clocks of the body's first center; None where the rule says."""
        day, hour = self.cleaned_data["closes_on"], self.cleaned_data["closes_hour"]
        if day is None:
            return None
        moment = datetime.combine(day, hour) if hour else datetime(day.year, day.month, day.day, 20)  # noqa: DTZ001 - CONFIG: the zone follows
        return moment.replace(tzinfo=ZoneInfo(self.zone))

    def qualifier_data(self) -> dict[str, Any]:
        """What the motion says besides yes, as far as its qualifier asks for it."""
        said = self.cleaned_data
        numbers = [int(part) for part in said["amendments"].replace(",", " ").split() if part.isdecimal()]
        words = Text(en=said["words_en"], es=said["words_es"])
        offered: dict[str, Any] = {
            "amendments": numbers,
            "words": words if words.en or words.es else None,
            "evaluate_on": said["evaluate_on"],
            "owner": said["owner"],
            "due_on": said["due_on"],
            "sitting": said["later"],
        }
        asked = {
            Qualifier.WITH_MODIFICATIONS: ("amendments", "words"),
            Qualifier.IN_PRINCIPLE: ("owner", "due_on", "sitting"),
            Qualifier.CONTINUE_DEVELOPING: ("evaluate_on", "owner"),
            Qualifier.DEFER: ("sitting",),
            Qualifier.PUT_IN_WRITING: ("owner", "due_on", "sitting"),
        }.get(Qualifier(said["qualifier"]), ())
        return {name: offered[name] for name in asked if offered[name] not in (None, [])}


class BallotForm(PlainForm):
    """One ballot: what it says and why."""

    elector = forms.IntegerField(widget=forms.HiddenInput)
    saw = forms.IntegerField(widget=forms.HiddenInput)
    choice = forms.ChoiceField(
        label=say(en="Your vote", es="Su voto"),
        choices=[(choice.value, _capital(text)) for choice, text in CHOICE_NAMES.items()],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=say(en="Your reason", es="Su razón"),
        help_text=say(
            en="optional, except for a block; in either language", es="opcional, salvo al bloquear; en cualquier idioma"
        ),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        """A block says why."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("choice") == Choice.BLOCK and not said.get("reason", "").strip():
            self.add_error("reason", say(en="A block says why.", es="Al bloquear se dice por qué."))
        return said


class EnterForm(PlainForm):
    """The ballots of a sitting, elector by elector."""

    def __init__(self, *args: Any, electors: Sequence[tuple[int, Text, str, str]], **kwargs: Any) -> None:
        self.electors = [pk for pk, *_ in electors]
        self.entered = electors
        super().__init__(*args, **kwargs)

    def complete(self) -> None:
        """What each elector said, and why."""
        choices = [
            ("", say(en="not there, or nothing", es="no estuvo, o nada")),
            *((c.value, _capital(t)) for c, t in CHOICE_NAMES.items()),
        ]
        for pk, name, choice, reason in self.entered:
            self.fields[f"choice_{pk}"] = forms.ChoiceField(
                label=say(en=name.en, es=name.es), choices=choices, required=False, initial=choice
            )
            self.fields[f"reason_{pk}"] = forms.CharField(
                label=say(en=f"{name.en}: reason", es=f"{name.es}: razón"),
                required=False,
                initial=reason,
                max_length=LONGEST_REASON,
            )

    def said(self) -> dict[int, tuple[str, str]]:
        """What was entered for each elector: the choice and the reason."""
        return {
            pk: (self.cleaned_data[f"choice_{pk}"], self.cleaned_data[f"reason_{pk}"].strip()) for pk in self.electors
        }
