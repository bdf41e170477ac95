"""The forms of bank accounts, statements and lines."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language

from tequio.banking.operations.accounts import LONGEST_CODE, LONGEST_NAME, LONGEST_NUMBER
from tequio.banking.statements.roles import ROLE_NAMES, Role
from tequio.centers.models import Center
from tequio.kernel.texts import text_of
from tequio.kernel.web.forms import AmountField, DayField, PlainForm, note_field, say
from tequio.rules.reasons import Text

ROWS = 3  # members a line can be split over at once; more by doing it again with what is left


def _spoken() -> str:
    return (get_language() or "en")[:2]


class AccountForm(PlainForm):
    """An account money comes in on."""

    center = forms.ChoiceField()
    code = forms.CharField(
        label=say(en="Code", es="Clave"),
        max_length=LONGEST_CODE,
        help_text=say(en="Like us-bank.", es="Como mx-banco."),
    )
    name = forms.CharField(label=say(en="Name", es="Nombre"), max_length=LONGEST_NAME, required=False)
    number = forms.CharField(
        label=say(en="Its number, IBAN or CLABE", es="Su número, IBAN o CLABE"),
        max_length=LONGEST_NUMBER,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=say(
            en="Files that name another account are refused.", es="Se rechazan los archivos que nombran otra cuenta."
        ),
    )

    def __init__(self, *args: Any, centers: Sequence[Center], **kwargs: Any) -> None:
        choices = [(c.code, f"{text_of(row=c, name='name').to(_spoken())} ({c.currency})") for c in centers]
        center = forms.ChoiceField(label=say(en="Center", es="Centro"), choices=choices)
        # Fields of this form alone, there before anything looks at it: a form that was sent is checked as it is made.
        self.base_fields = {**type(self).base_fields, "center": center}  # type: ignore[misc]  # CONFIG: of this form alone
        super().__init__(*args, **kwargs)


class NumberForm(PlainForm):
    """One more way the bank names an account."""

    number = forms.CharField(
        label=say(en="Number, IBAN or CLABE", es="Número, IBAN o CLABE"),
        max_length=LONGEST_NUMBER,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class CloseForm(PlainForm):
    """The day an account takes no more statements."""

    closed_on = DayField(label=say(en="Closed from", es="Cerrada desde"))


class StatementForm(PlainForm):
    """A bank's file."""

    file = forms.FileField(
        label=say(en="The bank’s file", es="El archivo del banco"),
        error_messages={
            "required": say(en="Choose a file.", es="Elija un archivo."),
            "empty": say(en="The file is empty.", es="El archivo está vacío."),
        },
    )


class ColumnsForm(PlainForm):
    """Which column of a table is what: a choice for each heading, the order of days, the decimal mark."""

    dates = forms.ChoiceField(
        label=say(en="Days are written", es="Los días se escriben"),
        choices=[
            ("dmy", say(en="day, month, year", es="día, mes, año")),
            ("mdy", say(en="month, day, year", es="mes, día, año")),
            ("ymd", say(en="year, month, day", es="año, mes, día")),
        ],
    )
    decimal = forms.ChoiceField(
        label=say(en="Decimals follow", es="Los decimales van después de"),
        choices=[
            (".", say(en="a point: 1,234.50", es="punto: 1,234.50")),
            (",", say(en="a comma: 1.234,50", es="coma: 1.234,50")),
        ],
    )

    def __init__(self, *args: Any, headings: Sequence[str], **kwargs: Any) -> None:
        self.headings = list(headings)
        own = {f"column_{at}": _role_field(heading) for at, heading in enumerate(self.headings)}
        self.base_fields = {**type(self).base_fields, **own}  # type: ignore[misc]  # CONFIG: of this form alone
        super().__init__(*args, **kwargs)

    def heading_rows(self) -> list[tuple[str, Any]]:
        """Each heading with its choice."""
        return [(heading, self[f"column_{at}"]) for at, heading in enumerate(self.headings)]

    def said(self) -> dict[Role, list[str]]:
        """The headings of each role; every role is said, so that none keeps what a person took away."""
        said: dict[Role, list[str]] = {role: [] for role in Role}
        for at, heading in enumerate(self.headings):
            role = self.cleaned_data.get(f"column_{at}", "")
            if role:
                said[Role(role)].append(heading)
        return said


def _role_field(heading: str) -> forms.ChoiceField:
    choices: list[tuple[str, Any]] = [("", say(en="not used", es="no se usa"))]
    choices += [(role.value, say(en=name.en, es=name.es)) for role, name in ROLE_NAMES.items()]
    return forms.ChoiceField(label=heading, choices=choices, required=False)


class ShareForm(PlainForm):
    """Whose a line is: one member for all of it, or up to three parts."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        own: dict[str, forms.Field] = {}
        for at in range(1, ROWS + 1):
            first = at == 1
            own[f"member_{at}"] = forms.CharField(
                label=say(en=f"Member {at}", es=f"Membresía {at}") if not first else say(en="Member", es="Membresía"),
                required=first,
                max_length=40,
                help_text=say(en="Its number, like US-0001", es="Su número, como MX-0001") if first else "",
                widget=forms.TextInput(attrs={"autocomplete": "off", "size": 14}),
            )
            own[f"amount_{at}"] = AmountField(
                label=say(en="Amount", es="Cantidad"),
                required=False,
                help_text=say(en="All that is left, if empty", es="Todo lo que queda, si se deja vacío")
                if first
                else "",
            )
            own[f"invoice_{at}"] = forms.CharField(
                label=say(en="For the invoice", es="Para el aviso"),
                required=False,
                max_length=24,
                help_text=say(en="The oldest debt first, if empty", es="Primero lo más antiguo, si se deja vacío")
                if first
                else "",
                widget=forms.TextInput(attrs={"autocomplete": "off", "size": 14}),
            )
        self.base_fields = own  # type: ignore[misc]  # CONFIG: of this form alone
        super().__init__(*args, **kwargs)

    def rows(self) -> list[tuple[Any, Any, Any]]:
        """The fields of each row."""
        return [(self[f"member_{at}"], self[f"amount_{at}"], self[f"invoice_{at}"]) for at in range(1, ROWS + 1)]

    def clean(self) -> dict[str, Any] | None:
        """With several members, each part says its amount."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        filled = [at for at in range(1, ROWS + 1) if cleaned.get(f"member_{at}")]
        if len(filled) > 1:
            for at in filled:
                if cleaned.get(f"amount_{at}") is None and f"amount_{at}" not in self.errors:
                    self.add_error(
                        f"amount_{at}",
                        Text(en="Give each part its amount.", es="Dé a cada parte su cantidad.").to(_spoken()),
                    )
        return cleaned

    def shares(self, *, left: int) -> list[tuple[str, int, str]]:
        """Member, amount in minor units and invoice of each part."""
        said = self.cleaned_data
        return [
            (
                said[f"member_{at}"].strip(),
                said[f"amount_{at}"] if said.get(f"amount_{at}") is not None else left,
                (said.get(f"invoice_{at}") or "").strip().upper(),
            )
            for at in range(1, ROWS + 1)
            if said.get(f"member_{at}")
        ]


class AsideForm(PlainForm):
    """Why a line is nobody's dues."""

    reason = note_field(
        label=say(en="What it is", es="Qué es"),
        hint=say(en="A grant, interest, our own transfer …", es="Un donativo, intereses, un traspaso propio …"),
    )


class UndoForm(PlainForm):
    """Why a match was wrong."""

    reason = note_field(label=say(en="Reason", es="Motivo"))
