"""The form about the columns of a file: as many questions as the file leaves open."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms

from tequio.kernel.web.forms import PlainForm, say
from tequio.members.column_names import COLUMN_NAMES
from tequio.members.intake import mapping as m
from tequio.members.intake.dates import ORDERS
from tequio.members.intake.proposing import Proposal, ProposedHeading, UnknownValue
from tequio.members.intake.records import COLUMNS
from tequio.members.intake.vocabulary import folded
from tequio.rules.reasons import Text

Choices = Sequence[tuple[str, Any]]

_ROLES: Final[Choices] = (
    ("representative", say(en="representative", es="representante")),
    ("billing", say(en="dues", es="cuotas")),
    ("technical", say(en="technical", es="técnico")),
)
_KINDS: Final[Choices] = (
    ("organization", say(en="organization", es="organización")),
    ("individual", say(en="individual", es="persona")),
)
_OPERATIONS: Final[Choices] = (
    ("yes", say(en="takes part", es="participa")),
    ("no", say(en="does not take part", es="no participa")),
)
_LANGUAGES: Final[Choices] = (("en", "English"), ("es", "español"))
_ORDERS: Final[Choices] = (
    ("dmy", say(en="the day: 31/12/2015", es="el día: 31/12/2015")),
    ("mdy", say(en="the month: 12/31/2015", es="el mes: 12/31/2015")),
    ("ymd", say(en="the year: 2015/12/31", es="el año: 2015/12/31")),
)
_DECIMALS: Final[Choices] = (
    (".", say(en="a point: 1,234.50", es="un punto: 1,234.50")),
    (",", say(en="a comma: 1.234,50", es="una coma: 1.234,50")),
)
# Columns whose default a person chooses; the others have one answer that is sensible.
ASKED: Final = ("center", "kind", "operations", "joined_on", "paid_until")
_NO_AMOUNT: Final = dict.fromkeys(("", "-", "–", "—"), "0.00")  # an empty cell, or a dash for it


def _said(text: Text) -> Any:
    return say(en=text.en, es=text.es)


def _headed(text: Text) -> Any:
    """A name of a column where it stands alone."""
    return say(en=text.en[:1].upper() + text.en[1:], es=text.es[:1].upper() + text.es[1:])


class ColumnsForm(PlainForm):
    """Which heading is which column, how days and amounts are written, and what holds where the file says nothing."""

    save_name = forms.CharField(
        label=say(en="Name to keep it under", es="Nombre con que se guarda"),
        required=False,
        max_length=60,
        help_text=say(
            en="so that the next file like this one is read the same way; leave empty to keep nothing",
            es="para que el próximo archivo así se lea igual; déjelo vacío para no guardar nada",
        ),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    asked = forms.CharField(required=False, widget=forms.HiddenInput, max_length=200)

    def __init__(
        self, *args: Any, proposal: Proposal, centers: Choices, currencies: Sequence[str], **kwargs: Any
    ) -> None:
        """`centers` are (code, name) of those a person may import for."""
        self.proposal = proposal
        self._own = proposal.mapping
        self._choices: Mapping[str, Choices] = {
            "kind": _KINDS,
            "center": centers,
            "operations": _OPERATIONS,
            "language": _LANGUAGES,
            "contact_roles": _ROLES,
            "currency": [(code, code) for code in currencies],
            **{
                column: [
                    (rule, _said(m.said_of_default(column=column, value=rule))) for rule in m.RULES_BY_COLUMN[column]
                ]
                for column in m.DATE_COLUMNS
            },
        }
        self._unknown = [(f"value_{n}", u) for n, u in enumerate(proposal.unknown_values) if u.column in self._choices]
        self._lacking = [column for column in ASKED if column in self._own.lacking]
        several = [("", say(en="choose", es="elija"))] if len(centers) != 1 else []
        save_center = forms.ChoiceField(
            label=say(en="For the center", es="Para el centro"), required=False, choices=[*several, *centers]
        )
        # Before the form copies them: what PlainForm says of each field has to know all of them.
        self.base_fields = {**type(self).base_fields, "save_center": save_center, **self._dynamic_fields()}  # type: ignore[misc]  # CONFIG: Django's own way in is a metaclass
        initial = {"asked": " ".join(self._lacking), **self._initial(), **kwargs.pop("initial", {})}
        super().__init__(*args, initial=initial, **kwargs)

    def _dynamic_fields(self) -> dict[str, forms.Field]:
        columns: Choices = [("", say(en="not used", es="sin usar")), *((c, _said(t)) for c, t in COLUMN_NAMES.items())]
        open_ = ("", say(en="not said yet", es="sin decidir"))
        found: dict[str, forms.Field] = {
            f"heading_{n}": forms.ChoiceField(label=h.heading, required=False, choices=columns)
            for n, h in enumerate(self.proposal.headings)
        }
        found["dates"] = forms.ChoiceField(
            label=say(en="In dates, first comes", es="En las fechas, primero va"),
            required=False,
            choices=[open_, *_ORDERS],
        )
        found["decimal"] = forms.ChoiceField(
            label=say(en="Before the cents stands", es="Antes de los centavos va"), required=False, choices=_DECIMALS
        )
        for column in self._lacking:
            first = [open_] if column == "center" else []
            # The rules about days are sentences, too long for a list that opens.
            widget = forms.RadioSelect if column in m.DATE_COLUMNS else forms.Select
            found[f"default_{column}"] = forms.ChoiceField(
                label=_headed(COLUMN_NAMES[column]),
                required=False,
                choices=[*first, *self._choices[column]],
                widget=widget,
            )
        if "member_id" in self._own.lacking:
            found["id_from_name"] = forms.BooleanField(
                label=say(
                    en="The name stands for the number: the same name in the same center is the same member, also next "
                    "time; a name written otherwise is another member.",
                    es="El nombre hace las veces de número: el mismo nombre en el mismo centro es la misma membresía, "
                    "también la próxima vez; un nombre escrito de otro modo es otra membresía.",
                ),
                required=False,
            )
        aside = ("", say(en="set those rows aside", es="dejar aparte esas filas"))
        for name, unknown in self._unknown:
            found[name] = forms.ChoiceField(
                label=unknown.value, required=False, choices=[aside, *self._choices[unknown.column]]
            )
        return found

    def _initial(self) -> dict[str, Any]:
        by_heading = {folded(h): column for column, headings in self._own.columns.items() for h in headings}
        return {
            **{f"heading_{n}": by_heading.get(folded(h.heading), "") for n, h in enumerate(self.proposal.headings)},
            **{f"default_{column}": self._own.default_of(column=column) for column in self._lacking},
            "dates": self._own.dates or "",
            "decimal": self._own.decimal,
            "id_from_name": self._own.id_from_name,
        }

    def heading_rows(self) -> list[tuple[ProposedHeading, forms.BoundField]]:
        """Each heading of the file with the question which column it is."""
        return [(heading, self[f"heading_{n}"]) for n, heading in enumerate(self.proposal.headings)]

    def default_rows(self) -> list[forms.BoundField]:
        """The questions what holds for everybody where the file says nothing."""
        return [self[f"default_{column}"] for column in self._lacking]

    def other_defaults(self) -> list[tuple[Text, list[Text]]]:
        """What else is lacking: a sentence about what holds then, and the columns it holds for. Nothing to choose."""
        found: dict[Text, list[Text]] = {}
        for default in self.proposal.defaults:
            if default.column not in ASKED:
                found.setdefault(default.text, []).append(COLUMN_NAMES[default.column])
        return list(found.items())

    def value_rows(self) -> list[tuple[UnknownValue, Text, forms.BoundField]]:
        """The words nobody has explained, with their column and the question what they mean."""
        return [(unknown, COLUMN_NAMES[unknown.column], self[name]) for name, unknown in self._unknown]

    def unexplained(self) -> list[tuple[UnknownValue, Text]]:
        """Words that cannot be explained here: their rows will be set aside."""
        named = {id(unknown) for _, unknown in self._unknown}
        rest = (unknown for unknown in self.proposal.unknown_values if id(unknown) not in named)
        return [(unknown, COLUMN_NAMES[unknown.column]) for unknown in rest]

    def new_questions(self) -> bool:
        """Whether the answers leave out a column whose default was not asked yet."""
        asked = set(self.cleaned_data["asked"].split())
        return any(column not in asked for column in ASKED if column in self.mapping().lacking)

    def mapping(self) -> m.Mapping:
        """The mapping the answers make. What stays unanswered stays as it was found."""
        said = self.cleaned_data
        columns: dict[str, tuple[str, ...]] = {}
        for n, heading in enumerate(self.proposal.headings):
            if column := said[f"heading_{n}"]:
                columns[column] = (*columns.get(column, ()), heading.heading)
        values = {column: dict(words) for column, words in self._own.values.items() if column in columns}
        for name, unknown in self._unknown:
            if said[name] and unknown.column in columns:
                values.setdefault(unknown.column, {})[folded(unknown.value)] = said[name]
        if "balance_due" in columns:
            values["balance_due"] = {**_NO_AMOUNT, **values.get("balance_due", {})}
        lacking = frozenset(COLUMNS) - columns.keys()
        defaults = {column: word for column, word in self._own.defaults.items() if column in lacking}
        defaults.update(
            {
                column: said[f"default_{column}"]
                for column in self._lacking
                if column in lacking and said[f"default_{column}"]
            }
        )
        return m.Mapping(
            columns=columns,
            dates=next((order for order in ORDERS if order == said["dates"]), None),
            decimal=said["decimal"] or ".",
            defaults=defaults,
            values=values,
            id_from_name="member_id" in lacking and bool(said.get("id_from_name")),
        )
