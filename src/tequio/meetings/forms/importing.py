"""The forms of files of notes: handing one in, on which day it was, which meeting, which items."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile

from tequio.kernel.web.forms import DayField, PlainForm, say
from tequio.rules.notes_placing import BEFORE_ALL, Block

MOST_ASKED: Final = 60  # items asked about one by one; of more each goes by its heading
OTHER_DAY: Final = "other"
RECORD: Final = "record"


class HandInForm(PlainForm):
    """A file of notes: of which body, from which place."""

    body = forms.TypedChoiceField(label=say(en="Whose meeting", es="De quién fue la reunión"), coerce=int)
    place = forms.TypedChoiceField(label=say(en="Notes taken in", es="Notas tomadas en"), coerce=int)
    file = forms.FileField(
        label=say(en="File", es="Archivo"),
        help_text=say(
            en="plain text, Markdown, Trac, MediaWiki, a web page or a transcript; 2 MB at most",
            es="texto simple, Markdown, Trac, MediaWiki, una página web o una transcripción; 2 MB cuando más",
        ),
        allow_empty_file=True,
    )

    def __init__(
        self, *args: Any, bodies: Sequence[tuple[int, str]], places: Sequence[tuple[int, str]], **kwargs: Any
    ) -> None:
        self.bodies, self.places = bodies, places
        super().__init__(*args, **kwargs)

    def complete(self) -> None:
        """The bodies whose notes this person may write, and all places."""
        for name, choices in (("body", self.bodies), ("place", self.places)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - CONFIG: tells the type checker
            field.choices = choices

    def uploaded(self) -> "UploadedFile[Any]":
        """The file, of a form that is valid."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        return file


class DayForm(PlainForm):
    """Which day it was: one of those the notes may mean, or another."""

    day = forms.ChoiceField(
        label=say(en="Which day was the meeting?", es="¿Qué día fue la reunión?"), widget=forms.RadioSelect
    )
    other = DayField(label=say(en="Another day", es="Otro día"), required=False)

    def __init__(self, *args: Any, days: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        self.days = days
        super().__init__(*args, **kwargs)

    def complete(self) -> None:
        """The days the notes may mean. Where they mean none, only another day is asked."""
        if not self.days:
            del self.fields["day"]
            self.fields["other"].required = True
            return
        field = self.fields["day"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - CONFIG: tells the type checker
        field.choices = [*self.days, (OTHER_DAY, say(en="another day:", es="otro día:"))]

    def clean(self) -> dict[str, Any]:
        """Another day has to be said."""
        said = super().clean() or {}
        if said.get("day") == OTHER_DAY and not said.get("other"):
            self.add_error("other", say(en="Say which day.", es="Diga qué día."))
        return said

    def chosen(self) -> date:
        """The day, of a form that is valid."""
        said = self.cleaned_data
        if said.get("day") in (None, OTHER_DAY):
            other: date = said["other"]
            return other
        return date.fromisoformat(said["day"])


class MeetingForm(PlainForm):
    """Which meeting of that day, or one that is put down now: from which hour, how long."""

    meeting = forms.ChoiceField(
        label=say(en="Which meeting", es="Cuál reunión"), widget=forms.RadioSelect, initial=RECORD
    )
    hour = forms.TimeField(
        label=say(en="It began at", es="Empezó a las"),
        required=False,
        input_formats=["%H:%M"],
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=say(
            en="for one that is put down now, by the clock of the place",
            es="para una que se apunta ahora, hora del lugar",
        ),
    )
    minutes = forms.IntegerField(
        label=say(en="It took, in minutes", es="Duró, en minutos"), required=False, min_value=1, max_value=1440
    )

    def __init__(self, *args: Any, meetings: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        self.meetings = meetings
        super().__init__(*args, **kwargs)

    def complete(self) -> None:
        """The meetings of that day, and one that is put down now."""
        field = self.fields["meeting"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - CONFIG: tells the type checker
        field.choices = [*self.meetings, (RECORD, say(en="put it down now", es="apuntarla ahora"))]

    def clean(self) -> dict[str, Any]:
        """One that is put down needs its hour and how long it took."""
        said = super().clean() or {}
        if said.get("meeting") == RECORD:
            for name in ("hour", "minutes"):
                if said.get(name) is None and name not in self.errors:
                    self.add_error(name, say(en="Nobody can guess this: say it.", es="Nadie puede adivinarlo: dígalo."))
        return said


class ItemsForm(PlainForm):
    """To which item of the agenda each section goes. What has a heading that stands there already is filled in."""

    def __init__(
        self,
        *args: Any,
        found: Sequence[Block],
        items: Sequence[tuple[int, str]],
        meant: Sequence[int | None],
        **kwargs: Any,
    ) -> None:
        self.found, self.items, self.meant = found, items, meant
        super().__init__(*args, **kwargs)

    def complete(self) -> None:
        """A choice for each section."""
        if len(self.found) > MOST_ASKED:
            return
        new = ("", say(en="a new item", es="un punto nuevo"))
        for number, block in enumerate(self.found):
            label = block.heading or ""
            self.fields[f"s{number}"] = forms.TypedChoiceField(
                label=say(en=label or BEFORE_ALL.en, es=label or BEFORE_ALL.es),
                choices=[new, *self.items],
                coerce=int,
                empty_value=None,
                required=False,
                initial=self.meant[number] or "",
            )

    def chosen(self) -> list[int | None]:
        """The item of each section, None for a new one."""
        if len(self.found) > MOST_ASKED:
            return list(self.meant)
        return [self.cleaned_data.get(f"s{number}") for number in range(len(self.found))]


class CurrencyForm(PlainForm):
    """In which currency an amount was said, where the notes do not state it."""

    currency = forms.ChoiceField(
        label=say(en="In which currency?", es="¿En qué moneda?"),
        choices=[("", "—"), ("USD", "USD"), ("MXN", "MXN"), ("EUR", "EUR"), ("CAD", "CAD")],
        required=False,
    )
