"""The forms in which a proposal is written: both languages side by side, the original marked."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from tequio.decisions.models import Priority, Version
from tequio.decisions.wordings import words_of
from tequio.kernel.web.forms import PlainForm, note_field, say
from tequio.rules.reasons import LANGUAGES, Text
from tequio.rules.wording import LONGEST, Field, Words

LANGUAGE_CHOICES = [("en", "English"), ("es", "Español")]
# What is written in each language: its name, its label, how many lines the field shows.
PASSAGES: tuple[tuple[Field, Text, int], ...] = (
    (Field.ASK, Text(en="What is asked, in one sentence", es="Lo que se pide, en una frase"), 2),
    (
        Field.TEXT,
        Text(en="The text; an empty line begins a paragraph", es="El texto; una línea vacía separa párrafos"),
        10,
    ),
    (Field.RESOURCES, Text(en="What it takes: people, money, time", es="Lo que requiere: personas, dinero, tiempo"), 2),
    (Field.FOR, Text(en="What speaks for it", es="A favor"), 3),
    (Field.AGAINST, Text(en="What speaks against it", es="En contra"), 3),
)


class WordsForm(PlainForm):
    """The words of a proposal in both languages. One of them is the original; the other may still be missing."""

    original = forms.ChoiceField(
        label=say(en="The original is in", es="El original está en"),
        choices=LANGUAGE_CHOICES,
        widget=forms.RadioSelect,
    )

    def complete(self) -> None:
        """Each passage in both languages."""
        for passage, label, rows in PASSAGES:
            for language in LANGUAGES:
                tongue = _NAMES[language]
                self.fields[f"{passage.value}_{language}"] = forms.CharField(
                    label=say(en=f"{label.en} ({tongue.en})", es=f"{label.es} ({tongue.es})"),
                    required=False,
                    # The operation says what is too long, in a sentence; this only stops what nobody typed.
                    max_length=LONGEST[passage] * 2,
                    widget=forms.Textarea(attrs={"rows": rows, "lang": language}),
                )

    def words(self) -> Words:
        """What was typed, as the operations take it."""
        said = self.cleaned_data
        return Words.made_of(
            original=said["original"],
            fields={
                passage: Text(en=said[f"{passage.value}_en"], es=said[f"{passage.value}_es"])
                for passage, _, _ in PASSAGES
            },
        )


class ProposeForm(WordsForm):
    """A new proposal: its words, and the priority it serves."""

    def __init__(self, *args: Any, priorities: Sequence[Priority], **kwargs: Any) -> None:
        self.priorities = priorities
        super().__init__(*args, **kwargs)

    def complete(self) -> None:
        """The words, and the priorities there are."""
        super().complete()
        self.fields |= priority_fields(priorities=self.priorities)


class ChangeForm(WordsForm):
    """The next version: what changed, and whether the translation was looked through."""

    note = note_field(
        label=say(en="What you changed, in a few words", es="Qué cambió, en pocas palabras"), required=False
    )
    translation = forms.ChoiceField(
        label=say(en="The translation", es="La traducción"),
        required=False,
        choices=[
            ("", say(en="as what was changed shows", es="según lo que se haya cambiado")),
            ("right", say(en="I looked it through: it says the same", es="la revisé: dice lo mismo")),
            ("behind", say(en="is still behind the original", es="todavía va atrás del original")),
        ],
    )
    against = forms.IntegerField(widget=forms.HiddenInput)

    def up_to_date(self) -> bool | None:
        """What the person says of the translation; None where it says nothing."""
        said: str = self.cleaned_data["translation"]
        return {"right": True, "behind": False}.get(said)


class PriorityForm(PlainForm):
    """Which priority a proposal serves, or why none."""

    def __init__(self, *args: Any, priorities: Sequence[Priority], **kwargs: Any) -> None:
        self.priorities = priorities
        super().__init__(*args, **kwargs)

    def complete(self) -> None:
        """The priorities there are."""
        self.fields |= priority_fields(priorities=self.priorities)


def priority_fields(*, priorities: Sequence[Priority]) -> dict[str, forms.Field]:
    """The two fields that say which priority is served."""
    return {
        "priority": forms.ModelChoiceField(
            label=say(en="The priority it serves", es="La prioridad a la que responde"),
            required=False,
            queryset=Priority.objects.filter(pk__in=[row.pk for row in priorities]).order_by("-year", "number"),
            empty_label="—",
            widget=PrioritySelect,
        ),
        "no_priority_because": note_field(label=say(en="Or none, because", es="O ninguna, porque"), required=False),
    }


class PrioritySelect(forms.Select):
    """Priorities by year and number, in the language of the page."""

    def create_option(self, name: str, value: Any, label: Any, *args: Any, **kwargs: Any) -> Any:
        """One priority."""
        row = getattr(value, "instance", None)
        if row is not None:
            label = say(en=f"{row.year}, {row.number}. {row.text_en}", es=f"{row.year}, {row.number}. {row.text_es}")
        return super().create_option(name, value, label, *args, **kwargs)


_NAMES = {"en": Text(en="English", es="inglés"), "es": Text(en="Spanish", es="español")}


def initial_of(*, version: Version) -> dict[str, Any]:
    """A version as the form shows it."""
    words = words_of(version=version)
    shown: dict[str, Any] = {"original": version.original, "against": version.number}
    for passage, _, _ in PASSAGES:
        for language in LANGUAGES:
            shown[f"{passage.value}_{language}"] = words.of(passage).to(language)
    return shown


class AttachForm(PlainForm):
    """A file beside a proposal."""

    file = forms.FileField(label=say(en="File, at most 4 MB", es="Archivo, de 4 MB como máximo"))

    def uploaded(self) -> "UploadedFile[bytes]":
        """The file that came."""
        found: UploadedFile[bytes] = self.cleaned_data["file"]
        return found
