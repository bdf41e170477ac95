"""The forms in which a line of the notes is made a record, one for each kind. Both languages are always asked."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms

from tequio.decisions.forms.speaking import STANCES
from tequio.decisions.models import Stance
from tequio.decisions.operations.recording import Counts
from tequio.kernel.web.forms import AmountField, DayField, PlainForm, note_field, say
from tequio.meetings.models import MarkKind
from tequio.rules.motions import END_NAMES
from tequio.rules.reasons import Text

Choices = Sequence[tuple[Any, str]]


def _title(*, language: str) -> forms.CharField:
    english, spanish = ("English", "inglés") if language == "en" else ("Spanish", "español")
    return forms.CharField(
        label=say(en=f"What it says ({english})", es=f"Lo que dice ({spanish})"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2, "lang": language}),
    )


def _number(*, en: str, es: str) -> forms.IntegerField:
    return forms.IntegerField(label=say(en=en, es=es), required=False, min_value=0, max_value=1_000_000)


class MarkForm(PlainForm):
    """What all kinds ask: the words in both languages. `choices` holds what may be chosen, by field."""

    title_en = _title(language="en")
    title_es = _title(language="es")

    def __init__(self, *args: Any, choices: Mapping[str, Choices], **kwargs: Any) -> None:
        self.choices_by_field = choices
        super().__init__(*args, **kwargs)

    def complete(self) -> None:
        """Fill in what may be chosen; where that is nothing, a field that is not required is left out."""
        for name, choices in self.choices_by_field.items():
            field = self.fields.get(name)
            if not isinstance(field, forms.ChoiceField):
                continue
            if not choices and not field.required:
                del self.fields[name]
                continue
            field.choices = list(choices) if field.required else [("", "—"), *choices]

    def title(self) -> Text:
        """The words in both languages."""
        return Text(en=self.cleaned_data["title_en"], es=self.cleaned_data["title_es"])


class DecisionForm(MarkForm):
    """A decision: how it ended, its numbers where the notes state them, what was left open."""

    end = forms.ChoiceField(
        label=say(en="How it ended", es="Cómo terminó"),
        choices=[(end.value, say(en=name.en, es=name.es)) for end, name in END_NAMES.items()],
    )
    in_favor = _number(en="For", es="A favor")
    against = _number(en="Against", es="En contra")
    abstained = _number(en="Abstained", es="Abstenciones")
    blocked = _number(en="Blocked", es="Bloqueos")
    not_decided_en = note_field(label=say(en="Not decided (English)", es="No se decidió (inglés)"), required=False)
    not_decided_es = note_field(label=say(en="Not decided (Spanish)", es="No se decidió (español)"), required=False)
    evaluate_on = DayField(label=say(en="To be evaluated on", es="Se evalúa el"), required=False)

    def clean(self) -> dict[str, Any]:
        """Numbers come together: how many were for it, how many against. So do the languages of what was left open."""
        said = super().clean() or {}
        given = [said.get(name) for name in ("in_favor", "against", "abstained", "blocked")]
        if any(one is not None for one in given) and (given[0] is None or given[1] is None):
            self.add_error(
                "in_favor",
                say(
                    en="Say both how many were for it and how many against, or no number at all.",
                    es="Diga cuántos a favor y cuántos en contra, o ningún número.",
                ),
            )
        if bool(said.get("not_decided_en")) != bool(said.get("not_decided_es")):
            self.add_error("not_decided_es", say(en="Say it in both languages.", es="Dígalo en los dos idiomas."))
        return said

    def counts(self) -> Counts | None:
        """The numbers, where they were stated."""
        said = self.cleaned_data
        if said.get("in_favor") is None or said.get("against") is None:
            return None
        return Counts(
            in_favor=said["in_favor"],
            against=said["against"],
            abstained=said.get("abstained"),
            blocked=said.get("blocked"),
        )


class ElectionForm(DecisionForm):
    """An election: a decision, and who takes which seat from when until when, where that is to be entered with it."""

    seat = forms.TypedChoiceField(label=say(en="Seat", es="Lugar"), required=False, coerce=int, empty_value=None)
    user = forms.TypedChoiceField(
        label=say(en="Who takes it", es="Quién lo ocupa"), required=False, coerce=int, empty_value=None
    )
    starts_on = DayField(label=say(en="From", es="Desde"), required=False)
    ends_on = DayField(
        label=say(en="Until before", es="Hasta antes de"),
        required=False,
        help_text=say(en="empty: for good", es="vacío: sin término"),
    )

    def clean(self) -> dict[str, Any]:
        """A seat, a person and a first day come together."""
        said = super().clean()
        given = [said.get(name) for name in ("seat", "user", "starts_on")]
        if any(given) and not all(given):
            self.add_error(
                "seat" if "seat" in self.fields else None,
                say(
                    en="Say which seat, who takes it and from which day, or none of the three.",
                    es="Diga qué lugar, quién lo ocupa y desde qué día, o ninguno de los tres.",
                ),
            )
        return said


class TaskForm(MarkForm):
    """A task: whose, due when, and from which decision."""

    owner = forms.TypedChoiceField(
        label=say(en="Who took it on", es="Quién la tomó"), required=False, coerce=int, empty_value=None
    )
    due_on = DayField(label=say(en="Due on", es="Para el"), required=False)
    at_next = forms.BooleanField(
        label=say(en="Due at the next meeting", es="Para la siguiente reunión"), required=False
    )
    decision = forms.TypedChoiceField(
        label=say(en="It follows from", es="Viene de"), required=False, coerce=int, empty_value=None
    )

    def clean(self) -> dict[str, Any]:
        """A day or the next meeting, not both."""
        said = super().clean() or {}
        if said.get("due_on") and said.get("at_next"):
            self.add_error(
                "due_on", say(en="A day or the next meeting, not both.", es="Un día o la siguiente reunión.")
            )
        return said


class DeferralForm(MarkForm):
    """Something put off to the next meeting: a proposal, or the matter itself."""

    proposal = forms.TypedChoiceField(
        label=say(en="The proposal that is put off", es="La propuesta que se aplaza"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=say(
            en="none: the matter itself goes on the next agenda", es="ninguna: el asunto mismo va a la siguiente"
        ),
    )


class PositionForm(MarkForm):
    """Somebody's position on a question or a part of it, in their words."""

    question = forms.TypedChoiceField(label=say(en="On", es="Sobre"), coerce=int)
    user = forms.TypedChoiceField(label=say(en="Whose", es="De quién"), required=False, coerce=int, empty_value=None)
    said_by = forms.CharField(
        label=say(en="Or of somebody without an account", es="O de alguien sin cuenta"), required=False, max_length=120
    )
    stance = forms.ChoiceField(
        label=say(en="Stands", es="Postura"),
        choices=[(stance.value, text) for stance, text in STANCES.items()],
        widget=forms.RadioSelect,
        initial=Stance.OTHER,
    )
    words = forms.CharField(
        label=say(en="In their own words", es="En sus propias palabras"),
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def complete(self) -> None:
        """A position is in the words of whoever took it: nothing to translate here."""
        del self.fields["title_en"]
        del self.fields["title_es"]
        super().complete()


class ProposalForm(MarkForm):
    """The draft of a proposal: what is asked, in one sentence."""


class AmendmentForm(MarkForm):
    """An amendment of a proposal: the text as it should be. The proposal is chosen first; its text comes with it."""

    proposal = forms.TypedChoiceField(label=say(en="Of which proposal", es="De qué propuesta"), coerce=int)
    against = forms.IntegerField(widget=forms.HiddenInput, required=False)
    text_en = forms.CharField(
        label=say(en="The text as it should be (English)", es="El texto como debería quedar (inglés)"),
        required=False,
        max_length=40_000,
        widget=forms.Textarea(attrs={"rows": 10, "lang": "en"}),
    )
    text_es = forms.CharField(
        label=say(en="The text as it should be (Spanish)", es="El texto como debería quedar (español)"),
        required=False,
        max_length=40_000,
        widget=forms.Textarea(attrs={"rows": 10, "lang": "es"}),
    )

    def __init__(self, *args: Any, with_text: bool = True, **kwargs: Any) -> None:
        self.with_text = with_text
        super().__init__(*args, **kwargs)

    def complete(self) -> None:
        """First the proposal alone, then its text and why."""
        super().complete()
        self.fields["title_en"].label = say(en="Why (English)", es="Por qué (inglés)")
        self.fields["title_es"].label = say(en="Why (Spanish)", es="Por qué (español)")
        if not self.with_text:
            for name in ("title_en", "title_es", "text_en", "text_es", "against"):
                del self.fields[name]
        else:
            self.fields["proposal"].widget = forms.HiddenInput()


class BudgetChangeForm(MarkForm):
    """A change of a budget that was asked for: an amendment of a budget where one is presented, else a task."""

    budget = forms.TypedChoiceField(
        label=say(en="Of which budget", es="De qué presupuesto"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=say(en="none: it becomes a task", es="ninguno: se vuelve una tarea"),
    )
    account = forms.ChoiceField(
        label=say(en="On which account", es="En qué cuenta"),
        required=False,
        help_text=say(en="of that budget’s center", es="del centro de ese presupuesto"),
    )
    name_en = forms.CharField(
        label=say(en="Name of the line (English)", es="Nombre del renglón (inglés)"), required=False, max_length=120
    )
    name_es = forms.CharField(
        label=say(en="Name of the line (Spanish)", es="Nombre del renglón (español)"), required=False, max_length=120
    )
    amount = AmountField(label=say(en="Amount for the year", es="Monto del año"), required=False)
    currency = forms.ChoiceField(
        label=say(en="Currency", es="Moneda"),
        required=False,
        help_text=say(
            en="as it was said; where the notes do not say, ask whoever was there",
            es="como se dijo; si las notas no lo dicen, pregunte a quien estuvo",
        ),
    )
    asked_by = forms.CharField(label=say(en="Who asked for it", es="Quién lo pidió"), required=False, max_length=120)
    owner = forms.TypedChoiceField(
        label=say(en="Who sees to it, as a task", es="Quién se encarga, como tarea"),
        required=False,
        coerce=int,
        empty_value=None,
    )
    due_on = DayField(label=say(en="Due on", es="Para el"), required=False)

    def __init__(self, *args: Any, currencies: Mapping[int, str], **kwargs: Any) -> None:
        self.currencies = currencies
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """With a budget: account, name in both languages, amount, who asked, and the currency, the budget's own."""
        said = super().clean() or {}
        if said.get("budget") is None:
            return said
        for name in ("account", "name_en", "name_es", "amount", "currency", "asked_by"):
            if name in self.fields and said.get(name) in (None, "") and name not in self.errors:
                self.add_error(name, say(en="An amendment needs this.", es="Una modificación lo necesita."))
        currency = self.currencies.get(said["budget"], "")
        if said.get("currency") and said["currency"] != currency:
            self.add_error(
                "currency",
                say(
                    en=f"That budget is in {currency}. An amount in another currency is no part of it: make it a task.",
                    es=f"Ese presupuesto está en {currency}. Un monto en otra moneda no se pone ahí: hágalo una tarea.",
                ),
            )
        return said


class ThereForm(MarkForm):
    """Something that is a record already."""

    record = forms.ChoiceField(label=say(en="Which", es="Cuál"))

    def complete(self) -> None:
        """Only which one."""
        del self.fields["title_en"]
        del self.fields["title_es"]
        super().complete()


FORMS: Final[Mapping[str, type[MarkForm]]] = {
    MarkKind.DECISION: DecisionForm,
    MarkKind.VOTE: DecisionForm,
    MarkKind.ELECTION: ElectionForm,
    MarkKind.TASK: TaskForm,
    MarkKind.DEFERRAL: DeferralForm,
    MarkKind.POSITION: PositionForm,
    MarkKind.PROPOSAL: ProposalForm,
    MarkKind.AMENDMENT: AmendmentForm,
    MarkKind.BUDGET_CHANGE: BudgetChangeForm,
    "there": ThereForm,
}
