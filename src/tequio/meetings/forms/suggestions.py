"""The forms of suggestions: one for whoever suggests, one to accept and one to decline."""

from typing import Any

from django import forms

from tequio.decisions.queries.hours import hours
from tequio.kernel.web.forms import PlainForm, note_field, say
from tequio.meetings.forms.agenda import ItemForm, RowField
from tequio.meetings.models import AgendaKind, MeetingPart
from tequio.meetings.operations.agenda import LONGEST_ITEM, LONGEST_TITLE
from tequio.meetings.operations.suggesting import LONGEST_WHY
from tequio.meetings.page_queries.agenda import KIND_NAMES
from tequio.rules.reasons import Text


class SuggestForm(PlainForm):
    """What should come up, at which of the coming meetings, and why."""

    part = RowField(
        label=say(en="At which meeting", es="En cuál reunión"), queryset=MeetingPart.objects.none(), empty_label=None
    )
    title_en = forms.CharField(
        label=say(en="What should come up (English)", es="Qué se debería tratar (inglés)"),
        max_length=LONGEST_TITLE,
        required=False,
        widget=forms.TextInput(attrs={"lang": "en", "size": 50}),
    )
    title_es = forms.CharField(
        label=say(en="What should come up (Spanish)", es="Qué se debería tratar (español)"),
        help_text=say(en="One language is enough.", es="Basta un idioma."),
        max_length=LONGEST_TITLE,
        required=False,
        widget=forms.TextInput(attrs={"lang": "es", "size": 50}),
    )
    why = forms.CharField(
        label=say(en="Why, in a few sentences", es="Por qué, en pocas frases"),
        max_length=LONGEST_WHY,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, parts: list[MeetingPart], language: str, **kwargs: Any) -> None:
        self.parts, self.shown_in = parts, language
        super().__init__(*args, **kwargs)

    def complete(self) -> None:
        """The coming meetings there are, by their hours in every city."""
        field, clocks = self.fields["part"], hours()
        assert isinstance(field, RowField)  # noqa: S101 - CONFIG: tells the type checker
        rows = MeetingPart.objects.filter(pk__in=[part.pk for part in self.parts])
        field.queryset = rows.select_related("sitting").order_by("sitting__starts_at", "pk")
        field.said = lambda row: clocks.moment(row.sitting.starts_at).said.to(self.shown_in)

    def title(self) -> Text:
        """The title as it was written."""
        return Text(en=self.cleaned_data["title_en"], es=self.cleaned_data["title_es"])


class AcceptForm(PlainForm):
    """As what a suggestion comes on the agenda."""

    kind = forms.ChoiceField(
        label=say(en="What for", es="Para qué"),
        choices=[(kind.value, say(en=KIND_NAMES[kind].en, es=KIND_NAMES[kind].es)) for kind in AgendaKind],
        initial=AgendaKind.DISCUSSION,
        widget=forms.RadioSelect,
    )
    minutes = forms.IntegerField(
        label=say(en="Minutes", es="Minutos"),
        help_text=ItemForm.base_fields["minutes"].help_text,
        required=False,
        min_value=1,
        max_value=LONGEST_ITEM,
    )


class DeclineForm(PlainForm):
    """Why a suggestion is declined."""

    because = note_field(label=say(en="Why not", es="Por qué no"))
