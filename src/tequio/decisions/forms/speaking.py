"""The forms in which people speak to a proposal: holding it back, commenting, taking a position, amending, dividing."""

from typing import Any

from django import forms

from tequio.decisions.forms.words import LANGUAGE_CHOICES
from tequio.decisions.models import Stance
from tequio.kernel.web.forms import PlainForm, note_field, say

STANCES = {
    Stance.FOR: say(en="For it", es="A favor"),
    Stance.AGAINST: say(en="Against it", es="En contra"),
    Stance.CONCERN: say(en="Has a worry", es="Con una preocupación"),
    Stance.OTHER: say(en="Something else", es="Otra cosa"),
}


def _passage(*, en: str, es: str, language: str, rows: int) -> forms.CharField:
    return forms.CharField(
        label=say(en=en, es=es),
        required=False,
        max_length=40_000,
        widget=forms.Textarea(attrs={"rows": rows, "lang": language}),
    )


def language_field() -> forms.ChoiceField:
    """In which language something is written."""
    return forms.ChoiceField(label=say(en="Written in", es="Escrito en"), choices=LANGUAGE_CHOICES)


class DelayForm(PlainForm):
    """Holding a proposal back, once."""

    days = forms.IntegerField(label=say(en="Days", es="Días"), min_value=1, max_value=60)
    reason = note_field(label=say(en="Why", es="Por qué"))


class CommentForm(PlainForm):
    """Something said about the version there is."""

    text = forms.CharField(
        label=say(en="Your comment", es="Su comentario"), max_length=5_000, widget=forms.Textarea(attrs={"rows": 4})
    )
    language = language_field()


class PositionForm(PlainForm):
    """How somebody stands to a question, in their own words; also for somebody without an account."""

    question = forms.TypedChoiceField(label=say(en="To", es="Sobre"), coerce=int)
    stance = forms.ChoiceField(
        label=say(en="Stands", es="Postura"),
        choices=[(stance.value, text) for stance, text in STANCES.items()],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=say(en="In their own words", es="En sus propias palabras"),
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    language = language_field()
    said_by = forms.CharField(
        label=say(en="Said by somebody else", es="Lo dijo otra persona"),
        help_text=say(
            en="the name, where it is not you; for the chair", es="su nombre, si no es usted; solo la coordinación"
        ),
        required=False,
        max_length=120,
    )

    def __init__(self, *args: Any, questions: list[tuple[int, str]], may_speak_for_others: bool, **kwargs: Any) -> None:
        self.questions, self.may_speak_for_others = questions, may_speak_for_others
        super().__init__(*args, **kwargs)

    def complete(self) -> None:
        """The parts there are; where there is one, nobody is asked which."""
        field = self.fields["question"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101 - CONFIG: tells the type checker
        field.choices = self.questions
        if len(self.questions) == 1:
            field.widget = forms.HiddenInput()
            field.initial = self.questions[0][0]
        if not self.may_speak_for_others:
            del self.fields["said_by"]


class AmendForm(PlainForm):
    """A change asked for: the text as it would be, in both languages, and why."""

    why_en = note_field(label=say(en="Why (English)", es="Por qué (inglés)"), required=False)
    why_es = note_field(label=say(en="Why (Spanish)", es="Por qué (español)"), required=False)
    against = forms.IntegerField(widget=forms.HiddenInput)
    ask_en = _passage(en="What is asked (English)", es="Lo que se pide (inglés)", language="en", rows=2)
    ask_es = _passage(en="What is asked (Spanish)", es="Lo que se pide (español)", language="es", rows=2)
    text_en = _passage(en="The text (English)", es="El texto (inglés)", language="en", rows=10)
    text_es = _passage(en="The text (Spanish)", es="El texto (español)", language="es", rows=10)


class DivideForm(PlainForm):
    """Dividing the question: to which part each paragraph and each effect belongs, and what the parts are called."""

    MOST_PARTS = 6

    def __init__(self, *args: Any, paragraphs: int, effects: int, parts: int = 2, **kwargs: Any) -> None:
        self.paragraphs, self.effects, self.parts = paragraphs, effects, parts
        super().__init__(*args, **kwargs)

    def complete(self) -> None:
        """A title for each part in both languages, and a part for each paragraph and effect."""
        choices = [(number, str(number)) for number in range(1, self.parts + 1)]
        for number in range(1, self.parts + 1):
            for language, name in (("en", "inglés"), ("es", "español")):
                english = "English" if language == "en" else "Spanish"
                self.fields[f"title_{number}_{language}"] = forms.CharField(
                    label=say(en=f"Part {number} is called ({english})", es=f"La parte {number} se llama ({name})"),
                    max_length=300,
                )
        for kind, count in (("paragraph", self.paragraphs), ("effect", self.effects)):
            for index in range(count):
                self.fields[f"{kind}_{index}"] = forms.TypedChoiceField(
                    label=say(
                        en=f"{kind.capitalize()} {index + 1}",
                        es=f"{'Párrafo' if kind == 'paragraph' else 'Efecto'} {index + 1}",
                    ),
                    coerce=int,
                    choices=choices,
                    initial=min(index + 1, self.parts) if kind == "paragraph" else 1,
                )
