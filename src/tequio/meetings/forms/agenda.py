"""The forms of a meeting itself: an item, taking one off, an attendance with its hours, a guest, a document."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django import forms

from tequio.accounts.models import User
from tequio.decisions.models import Proposal
from tequio.kernel.web.forms import PlainForm, note_field, say
from tequio.meetings.models import AgendaItem, AgendaKind, Attendance, Place
from tequio.meetings.operations.agenda import LONGEST_ITEM, LONGEST_TITLE, ItemWanted
from tequio.meetings.page_queries.agenda import KIND_NAMES
from tequio.rules.attendance import hour_near
from tequio.rules.reasons import Text

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

LANGUAGES = [("", "—"), ("en", "English"), ("es", "español")]


class RowField(forms.ModelChoiceField):  # type: ignore[type-arg]  # CONFIG: rows of several tables
    """A choice of rows, each said in the words that the form sets."""

    said: Callable[[Any], str] = str

    def label_from_instance(self, obj: Any) -> str:
        """The words of a row."""
        return self.said(obj)


class ItemForm(PlainForm):
    """An item as a person writes it."""

    title_en = forms.CharField(
        label=say(en="What comes up (English)", es="Qué se va a tratar (inglés)"),
        max_length=LONGEST_TITLE,
        required=False,
        widget=forms.TextInput(attrs={"lang": "en", "size": 50}),
    )
    title_es = forms.CharField(
        label=say(en="What comes up (Spanish)", es="Qué se va a tratar (español)"),
        help_text=say(
            en="One language is enough; the agenda says that the other is missing.",
            es="Basta un idioma; el orden del día dice que falta el otro.",
        ),
        max_length=LONGEST_TITLE,
        required=False,
        widget=forms.TextInput(attrs={"lang": "es", "size": 50}),
    )
    kind = forms.ChoiceField(
        label=say(en="What for", es="Para qué"),
        choices=[(kind.value, say(en=KIND_NAMES[kind].en, es=KIND_NAMES[kind].es)) for kind in AgendaKind],
        initial=AgendaKind.DISCUSSION,
        widget=forms.RadioSelect,
    )
    minutes = forms.IntegerField(
        label=say(en="Minutes", es="Minutos"),
        help_text=say(en="empty: it shares what is left", es="vacío: usa lo que quede"),
        required=False,
        min_value=1,
        max_value=LONGEST_ITEM,
    )
    proposal = RowField(
        label=say(en="Proposal it is about", es="Propuesta de la que trata"),
        queryset=Proposal.objects.none(),
        required=False,
        empty_label="—",
    )
    presenter = RowField(
        label=say(en="Who presents it", es="Quién lo presenta"),
        queryset=User.objects.none(),
        required=False,
        empty_label="—",
    )
    presented_by = forms.CharField(
        label=say(en="or somebody without an account", es="o alguien sin cuenta"), max_length=120, required=False
    )

    def __init__(
        self, *args: Any, proposals: list[Proposal], people: list[User], fixed: Proposal | None = None, **kwargs: Any
    ) -> None:
        self.proposals, self.people, self.fixed = proposals, people, fixed
        super().__init__(*args, **kwargs)

    def complete(self) -> None:
        """The proposals and people there are to choose from; a proposal that stands by rule is not chosen."""
        for name, rows, label in (
            ("proposal", self.proposals, lambda row: row.code),
            ("presenter", self.people, lambda row: row.name),
        ):
            field = self.fields[name]
            assert isinstance(field, RowField)  # noqa: S101 - CONFIG: tells the type checker
            field.queryset = type(rows[0]).objects.filter(pk__in=[row.pk for row in rows]) if rows else field.queryset
            field.said = label
        if self.fixed is not None:
            del self.fields["proposal"]

    def wanted(self) -> ItemWanted:
        """The item as it was written."""
        said = self.cleaned_data
        return ItemWanted(
            kind=said["kind"],
            title=Text(en=said["title_en"], es=said["title_es"]),
            minutes=said["minutes"],
            presenter=said["presenter"],
            presented_by=said["presented_by"],
            proposal=self.fixed if self.fixed is not None else said.get("proposal"),
        )

    @staticmethod
    def initial_of(item: AgendaItem) -> dict[str, Any]:
        """An item as the form shows it."""
        return {
            "title_en": item.title_en,
            "title_es": item.title_es,
            "kind": item.kind,
            "minutes": item.minutes,
            "proposal": item.proposal_id,
            "presenter": item.presenter_id,
            "presented_by": item.presented_by,
        }


class WithdrawForm(PlainForm):
    """Taking an item off the agenda."""

    because = note_field(label=say(en="Why", es="Por qué"))


class HoursForm(PlainForm):
    """Where somebody was, from when to when, by the clock of a place."""

    place = RowField(
        label=say(en="Where", es="Dónde"), queryset=Place.objects.none(), empty_label=None, widget=forms.RadioSelect
    )
    came = forms.TimeField(
        label=say(en="Came at", es="Llegó a las"),
        help_text=say(en="by the clock of that place", es="según el reloj de ese lugar"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    left = forms.TimeField(
        label=say(en="Left at", es="Salió a las"),
        help_text=say(en="empty while somebody is there", es="vacío mientras esté presente"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )

    def __init__(self, *args: Any, places: list[Place], around: datetime, language: str, **kwargs: Any) -> None:
        self.places, self.around, self.language = places, around, language
        super().__init__(*args, **kwargs)

    def complete(self) -> None:
        """The places of the meeting."""
        field = self.fields["place"]
        assert isinstance(field, RowField)  # noqa: S101 - CONFIG: tells the type checker
        field.queryset = Place.objects.filter(pk__in=[place.pk for place in self.places]).order_by("pk")
        field.said = lambda row: row.name_es if self.language == "es" else row.name_en

    def moments(self) -> tuple[datetime, datetime | None]:
        """The moments that clock showed during the meeting."""
        said = self.cleaned_data
        zone = ZoneInfo(said["place"].zone)
        came = hour_near(hour=said["came"], zone=zone, near=self.around)
        left = hour_near(hour=said["left"], zone=zone, near=self.around) if said["left"] else None
        return came, left

    @staticmethod
    def initial_of(row: Attendance) -> dict[str, Any]:
        """An attendance as the form shows it."""
        zone = ZoneInfo(row.place.zone)
        return {
            "place": row.place_id,
            "came": row.came_at.astimezone(zone).time().replace(second=0, microsecond=0),
            "left": row.left_at.astimezone(zone).time().replace(second=0, microsecond=0) if row.left_at else None,
        }


class SomebodyForm(HoursForm):
    """Somebody who is entered with hours: a person of the bodies, or a guest by name."""

    user = RowField(label=say(en="Who", es="Quién"), queryset=User.objects.none(), required=False, empty_label="—")
    name = forms.CharField(label=say(en="or a guest", es="o visita"), max_length=120, required=False)
    field_order = ("user", "name", "place", "came", "left")

    def __init__(self, *args: Any, people: list[User], **kwargs: Any) -> None:
        self.people = people
        super().__init__(*args, **kwargs)

    def complete(self) -> None:
        """The places, and the people of the bodies."""
        super().complete()
        field = self.fields["user"]
        assert isinstance(field, RowField)  # noqa: S101 - CONFIG: tells the type checker
        field.queryset = User.objects.filter(pk__in=[user.pk for user in self.people]).order_by("name")
        field.said = lambda row: row.name


class DocumentForm(PlainForm):
    """A document for a meeting or one of its items."""

    file = forms.FileField(
        label=say(en="File, at most 8 MB", es="Archivo, de 8 MB como máximo"),
        help_text=say(
            en="PDF, picture, plain text, or an office file without macros",
            es="PDF, imagen, texto simple o archivo de oficina sin macros",
        ),
    )
    language = forms.ChoiceField(label=say(en="Written in", es="Escrito en"), choices=LANGUAGES, required=False)
    item = RowField(
        label=say(en="For", es="Para"),
        queryset=AgendaItem.objects.none(),
        required=False,
        empty_label=say(en="the whole meeting", es="toda la reunión"),
    )

    def __init__(self, *args: Any, items: list[AgendaItem], language: str, **kwargs: Any) -> None:
        self.items, self.shown_in = items, language
        super().__init__(*args, **kwargs)

    def complete(self) -> None:
        """The items there are."""
        field = self.fields["item"]
        assert isinstance(field, RowField)  # noqa: S101 - CONFIG: tells the type checker
        pks = [item.pk for item in self.items]
        field.queryset = AgendaItem.objects.filter(pk__in=pks).order_by("part__position", "position")
        first, second = ("title_es", "title_en") if self.shown_in == "es" else ("title_en", "title_es")
        field.said = lambda row: getattr(row, first) or getattr(row, second)

    def uploaded(self) -> "UploadedFile[bytes]":
        """The file that came."""
        found: UploadedFile[bytes] = self.cleaned_data["file"]
        return found


def number_in(text: str, /) -> int | None:
    """A number sent along in a form; None where it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else None  # noqa: PLR2004 - CONFIG: fits
