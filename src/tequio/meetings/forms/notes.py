"""The forms in which notes are written, translated, corrected, and in which it is set who sees them."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms

from tequio.decisions.forms.speaking import language_field
from tequio.kernel.web.forms import PlainForm, note_field, say
from tequio.meetings.models import NotesSeenBy
from tequio.rules.paragraphs import LONGEST, Paragraph

LONGEST_PARAGRAPH: Final = 20_000
WIDE: Final[Mapping[str, Any]] = {
    NotesSeenBy.BODY: say(en="those who sit on it", es="quien forma parte de ella"),
    NotesSeenBy.MEMBERS: say(en="all members", es="toda la membresía"),
    NotesSeenBy.EVERYBODY: say(en="everybody, also without an account", es="cualquier persona, también sin cuenta"),
}


class WriteForm(PlainForm):
    """What one place notes of an item. `base` is the revision that was on the page when somebody began to write."""

    base = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    text = forms.CharField(
        label=say(en="Notes", es="Notas"),
        help_text=say(
            en="a line for each thing; begin with “- ” for a bullet, and with two spaces more for one below it",
            es="un renglón para cada cosa; empiece con «- » para una viñeta, y con dos espacios más para una debajo",
        ),
        required=False,
        strip=False,
        max_length=LONGEST * 2,  # the operation says what is too long, in a sentence
        widget=forms.Textarea(attrs={"rows": 18}),
    )
    why = note_field(
        label=say(en="Why it is corrected", es="Por qué se corrige"),
        hint=say(
            en="these minutes were approved; what was approved stays readable beside it",
            es="esta minuta ya se aprobó; lo aprobado se podrá leer al lado",
        ),
        required=False,
    )
    language = language_field()

    def __init__(self, *args: Any, asks_why: bool, asks_language: bool, tongue: str, **kwargs: Any) -> None:
        self.asks_why, self.asks_language, self.tongue = asks_why, asks_language, tongue
        super().__init__(*args, **kwargs)

    def complete(self) -> None:
        """Only what is asked here."""
        self.fields["text"].widget.attrs["lang"] = self.tongue
        if not self.asks_why:
            del self.fields["why"]
        if not self.asks_language:
            del self.fields["language"]


class TranslateForm(PlainForm):
    """A translation beside its text: a field for each paragraph of revision `of`."""

    of = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    base = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, originals: Sequence[Paragraph], tongue: str, **kwargs: Any) -> None:
        self.originals, self.tongue = originals, tongue
        super().__init__(*args, **kwargs)

    def complete(self) -> None:
        """A field for each paragraph, as large as what it translates."""
        for number, one in enumerate(self.originals):
            self.fields[f"p{number}"] = forms.CharField(
                label=say(en=f"Paragraph {number + 1}", es=f"Párrafo {number + 1}"),
                required=False,
                max_length=LONGEST_PARAGRAPH,
                widget=forms.Textarea(attrs={"rows": min(12, 2 + len(one.words) // 60), "lang": self.tongue}),
            )

    def said(self) -> list[str]:
        """What each paragraph says, empty where nothing was typed."""
        return [self.cleaned_data.get(f"p{number}", "") for number in range(len(self.originals))]


class SeenForm(PlainForm):
    """Who sees what was noted."""

    notes = forms.ChoiceField(
        label=say(en="The notes are seen by", es="Las notas las ve"),
        choices=list(WIDE.items()),
        widget=forms.RadioSelect,
    )
    minutes = forms.ChoiceField(
        label=say(en="Approved minutes are seen by", es="Las minutas aprobadas las ve"),
        choices=list(WIDE.items()),
        widget=forms.RadioSelect,
    )
    calendar = forms.ChoiceField(
        label=say(en="The calendar is seen by", es="El calendario lo ve"),
        choices=list(WIDE.items()),
        widget=forms.RadioSelect,
    )
