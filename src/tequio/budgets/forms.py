"""The forms of budgets: lines and assumptions, amendments, bookings, expected income, transfers, scenarios."""

from typing import Any

from django import forms

from tequio.budgets.models import ExpectedKind
from tequio.budgets.writing import LONGEST_CODE, LONGEST_NAME, LONGEST_NOTE
from tequio.centers.models import Center
from tequio.kernel.web.forms import AmountField, DayField, PlainForm, note_field, say
from tequio.ledger.models import Account, AccountKind, Fund
from tequio.rules.budget import ALL_MONTHS, Assumption, Line, Side, Spread
from tequio.rules.formulas import LONGEST
from tequio.rules.reasons import Text
from tequio.rules.sites import ASSUMED as SITES

SIDES = [(Side.INCOME.value, say(en="Income", es="Ingreso")), (Side.EXPENSE.value, say(en="Expense", es="Gasto"))]
KINDS = [
    (ExpectedKind.GRANT.value, say(en="Grant", es="Apoyo de una fundación")),
    (ExpectedKind.CONTRIBUTION.value, say(en="Contribution of an organization", es="Aportación de una organización")),
    (ExpectedKind.GIFT.value, say(en="Pledged gift", es="Donativo comprometido")),
    (ExpectedKind.DRIVE.value, say(en="Fundraising drive (its goal)", es="Campaña de recaudación (su meta)")),
]
_BY_BANK = [("bank", say(en="Bank", es="Banco")), ("cash", say(en="Cash", es="Efectivo"))]
_MONTHS_HINT = say(
    en="from 1 to 12 with spaces between; empty: all of them", es="del 1 al 12, separados por espacios; vacío: todos"
)


def _accounts(*, center: Center, sides: tuple[Side, ...] = (Side.INCOME, Side.EXPENSE)) -> list[tuple[str, Any]]:
    kinds = [AccountKind.INCOME if side == Side.INCOME else AccountKind.EXPENSE for side in sides]
    rows = Account.objects.filter(center=center, kind__in=kinds).order_by("-kind", "name_en")
    return [(row.role, say(en=row.name_en, es=row.name_es)) for row in rows]


def _funds(*, center: Center) -> list[tuple[str, Any]]:
    rows = Fund.objects.filter(center=center).order_by("pk")
    return [(row.code, say(en=row.name_en, es=row.name_es)) for row in rows]


def _short(*, en: str, es: str, longest: int = LONGEST_NAME, required: bool = True, hint: Any = "") -> forms.CharField:
    return forms.CharField(label=say(en=en, es=es), max_length=longest, required=required, help_text=hint)


class CenterForm(PlainForm):
    """A form whose choices are a center's own accounts and funds."""

    def __init__(self, *args: Any, center: Center, more: dict[str, forms.Field] | None = None, **kwargs: Any) -> None:
        fields: dict[str, Any] = dict(more or {})
        if "account" in type(self).base_fields:
            fields["account"] = forms.ChoiceField(
                label=say(en="Account", es="Cuenta"), choices=_accounts(center=center, sides=self.sides())
            )
        if "fund" in type(self).base_fields:
            fields["fund"] = forms.ChoiceField(label=say(en="Fund", es="Fondo"), choices=_funds(center=center))
        # Before the form copies them: PlainForm looks for faults as soon as it is made.
        self.base_fields = {**type(self).base_fields, **fields}  # type: ignore[misc]  # CONFIG: Django's own way in is a metaclass
        super().__init__(*args, **kwargs)

    @classmethod
    def sides(cls) -> tuple[Side, ...]:
        """Which accounts may be chosen."""
        return (Side.INCOME, Side.EXPENSE)


class LineForm(CenterForm):
    """A line of a budget."""

    code = _short(
        en="Code",
        es="Clave",
        longest=LONGEST_CODE,
        hint=say(en="small letters, like caller", es="minúsculas, como caller"),
    )
    side = forms.ChoiceField(label=say(en="Comes in or goes out", es="Entra o sale"), choices=SIDES)
    account = forms.ChoiceField()
    fund = forms.ChoiceField()
    name_en = _short(en="Name in English", es="Nombre en inglés")
    name_es = _short(en="Name in Spanish", es="Nombre en español")
    amount = AmountField(label=say(en="Amount for the year", es="Monto del año"), required=False)
    formula = _short(
        en="Or a formula over the assumptions",
        es="O una fórmula con los supuestos",
        longest=LONGEST,
        required=False,
        hint=say(en="like members * 50 * 95 %", es="como members * 50 * 95 %"),
    )
    months = _short(en="Months", es="Meses", longest=40, required=False, hint=_MONTHS_HINT)
    spread = forms.ChoiceField(
        label=say(en="Shared among them", es="Repartido entre ellos"),
        choices=[
            (Spread.EVEN.value, say(en="in equal parts", es="en partes iguales")),
            (Spread.DAYS.value, say(en="by their days", es="según sus días")),
        ],
    )

    def clean_months(self) -> tuple[int, ...]:
        """The months as numbers."""
        words = self.cleaned_data["months"].replace(",", " ").split()
        if not all(word.isascii() and word.isdigit() and int(word[:3]) in ALL_MONTHS for word in words):
            raise forms.ValidationError(say(en="Numbers from 1 to 12.", es="Números del 1 al 12."))
        return tuple(sorted({int(word) for word in words})) or ALL_MONTHS

    def line(self) -> Line:
        """What was typed, as the rules read it."""
        said = self.cleaned_data
        return Line(
            code=said["code"].strip().lower(),
            side=Side(said["side"]),
            account=said["account"],
            fund=said["fund"],
            name=Text(en=said["name_en"], es=said["name_es"]),
            amount=said["amount"],
            formula=said["formula"].strip(),
            months=said["months"],
            spread=Spread(said["spread"]),
        )


def line_initial(*, line: Line) -> dict[str, Any]:
    """A line as its form begins."""
    return {
        "code": line.code,
        "side": line.side.value,
        "account": line.account,
        "fund": line.fund,
        "name_en": line.name.en,
        "name_es": line.name.es,
        "amount": "" if line.amount is None else f"{line.amount // 100}.{line.amount % 100:02d}",
        "formula": line.formula,
        "months": "" if line.months == ALL_MONTHS else " ".join(map(str, line.months)),
        "spread": line.spread.value,
    }


class AssumptionForm(PlainForm):
    """An assumption of a budget."""

    name = _short(
        en="Name in formulas", es="Nombre en las fórmulas", longest=LONGEST_CODE,
        hint=say(en="like members_at_start", es="como members_at_start"),
    )  # fmt: skip
    label_en = _short(en="What it means, in English", es="Qué significa, en inglés")
    label_es = _short(en="What it means, in Spanish", es="Qué significa, en español")
    value = _short(en="Value, or a formula", es="Valor, o una fórmula", longest=LONGEST)
    said_by = _short(en="Who assumes it", es="Quién lo supone", required=False)

    def assumption(self) -> Assumption:
        """What was typed, as the rules read it."""
        said = self.cleaned_data
        return Assumption(
            name=said["name"].strip().lower(),
            label=Text(en=said["label_en"], es=said["label_es"]),
            value=said["value"],
            said_by=said["said_by"],
        )


class WhyForm(PlainForm):
    """Why a change is asked for, and by whom."""

    why_en = _short(en="Why, in English", es="Por qué, en inglés", longest=LONGEST_NOTE)
    why_es = _short(en="Why, in Spanish", es="Por qué, en español", longest=LONGEST_NOTE)
    asked_by = _short(en="Who asks for it", es="Quién lo pide")
    source = _short(
        en="Where it was asked",
        es="Dónde se pidió",
        longest=LONGEST_NOTE,
        required=False,
        hint=say(en="like the notes of a meeting", es="como las notas de una reunión"),
    )


class BudgetFileForm(PlainForm):
    """A budget as CSV or XLSX."""

    file = forms.FileField(label=say(en="CSV or XLSX", es="CSV o XLSX"), allow_empty_file=True)


class BookingForm(CenterForm):
    """An expense, or income that is not dues."""

    side = forms.ChoiceField(label=say(en="Goes out or comes in", es="Sale o entra"), choices=list(reversed(SIDES)))
    on = DayField(label=say(en="Day", es="Fecha"))
    account = forms.ChoiceField()
    fund = forms.ChoiceField()
    what = _short(en="What for", es="Concepto")
    with_whom = _short(en="Paid to, or come from", es="A quién se paga, o de quién llega", required=False)
    amount = AmountField(label=say(en="Amount", es="Cantidad"), required=False)
    method = forms.ChoiceField(label=say(en="By", es="Por"), choices=_BY_BANK)
    committed = forms.BooleanField(
        label=say(en="Agreed to and not yet paid", es="Comprometido y aún sin pagar"), required=False
    )
    expected = forms.ChoiceField(label=say(en="Of this expected income", es="De este ingreso esperado"), required=False)
    came = AmountField(
        label=say(en="If it came in another currency: how much", es="Si llegó en otra moneda: cuánto"), required=False
    )
    currency = _short(en="Which currency", es="Qué moneda", longest=3, required=False)
    rate = _short(en="At which rate", es="A qué tipo de cambio", longest=16, required=False)
    rate_on = DayField(label=say(en="Rate of which day", es="Tipo de cambio de qué día"), required=False)

    def __init__(self, *args: Any, center: Center, expected: list[tuple[str, Any]], **kwargs: Any) -> None:
        field = forms.ChoiceField(
            label=say(en="Of this expected income", es="De este ingreso esperado"),
            required=False,
            choices=[("", say(en="none", es="ninguno")), *expected],
        )
        super().__init__(*args, center=center, more={"expected": field}, **kwargs)


class ReceiptForm(PlainForm):
    """A receipt to keep."""

    file = forms.FileField(
        label=say(en="PDF or picture, 5 MB at most", es="PDF o imagen, 5 MB a lo más"), allow_empty_file=True
    )


class EndForm(PlainForm):
    """Why something is thrown away, refused or taken back."""

    reason = note_field(label=say(en="Why", es="Por qué"))


class ExpectedForm(CenterForm):
    """Income that is expected."""

    kind = forms.ChoiceField(label=say(en="What it is", es="Qué es"), choices=KINDS)
    name_en = _short(en="Name in English", es="Nombre en inglés")
    name_es = _short(en="Name in Spanish", es="Nombre en español")
    amount = AmountField(label=say(en="Amount, or the goal of a drive", es="Monto, o la meta de una campaña"))
    currency = _short(
        en="Currency", es="Moneda", longest=3, required=False,
        hint=say(en="empty if nobody stated it", es="vacía si nadie la precisó"),
    )  # fmt: skip
    likelihood = forms.IntegerField(
        label=say(en="How likely, in percent", es="Qué tan probable, en por ciento"), min_value=0, max_value=100
    )
    expected_on = DayField(label=say(en="Expected on", es="Se espera el"))
    account = forms.ChoiceField()
    fund = forms.ChoiceField()
    said_by = _short(en="Who says so", es="Quién lo dice")

    @classmethod
    def sides(cls) -> tuple[Side, ...]:
        """Accounts of income alone."""
        return (Side.INCOME,)


class CurrencyForm(PlainForm):
    """In which currency expected income comes."""

    currency = _short(en="Currency", es="Moneda", longest=3)


class FundForm(PlainForm):
    """A fund to open."""

    code = _short(en="Code", es="Clave", longest=LONGEST_CODE)
    name_en = _short(en="Name in English", es="Nombre en inglés")
    name_es = _short(en="Name in Spanish", es="Nombre en español")


class SendForm(PlainForm):
    """Money to send to the other center."""

    receiver = forms.ChoiceField(label=say(en="To", es="A"))
    sent_on = DayField(label=say(en="Day", es="Fecha"))
    amount = AmountField(label=say(en="Amount sent", es="Cantidad enviada"))
    rate = _short(
        en="Rate", es="Tipo de cambio", longest=16,
        hint=say(en="units of their currency for one of ours", es="unidades de su moneda por una de la nuestra"),
    )  # fmt: skip
    rate_on = DayField(label=say(en="Rate of which day", es="Tipo de cambio de qué día"))
    rate_source = _short(en="Where the rate is from", es="De dónde sale el tipo de cambio")

    def __init__(self, *args: Any, others: list[tuple[str, Any]], **kwargs: Any) -> None:
        receiver = forms.ChoiceField(label=say(en="To", es="A"), choices=others)
        self.base_fields = {**type(self).base_fields, "receiver": receiver}  # type: ignore[misc]  # CONFIG: as above
        super().__init__(*args, **kwargs)


class ReceiveForm(PlainForm):
    """What arrived of a transfer."""

    received_on = DayField(label=say(en="Arrived on", es="Llegó el"))
    amount = AmountField(label=say(en="Amount that arrived", es="Cantidad que llegó"))


class ConversionForm(PlainForm):
    """A converted column: of which center, into which currency, at which rate of which day."""

    center = forms.ChoiceField(label=say(en="Convert", es="Convertir"), required=False)
    rate = _short(en="At the rate", es="Al tipo de cambio", longest=16, required=False)
    rate_on = DayField(label=say(en="Of the day", es="Del día"), required=False)

    def __init__(self, *args: Any, centers: list[tuple[str, Any]], **kwargs: Any) -> None:
        chosen = forms.ChoiceField(
            label=say(en="Convert", es="Convertir"),
            required=False,
            choices=[("", say(en="nothing", es="nada")), *centers],
        )
        self.base_fields = {**type(self).base_fields, "center": chosen}  # type: ignore[misc]  # CONFIG: as above
        super().__init__(*args, **kwargs)


class SitesForm(PlainForm):
    """A guess about server sites, with its range."""

    name = forms.ChoiceField(
        label=say(en="Which one", es="Cuál"),
        choices=[(guess.name, say(en=guess.label.en, es=guess.label.es)) for guess in SITES],
    )
    low = forms.FloatField(label=say(en="Least", es="Lo menos"), min_value=0)
    likely = forms.FloatField(label=say(en="Likeliest", es="Lo más probable"), min_value=0)
    high = forms.FloatField(label=say(en="Most", es="Lo más"), min_value=0)
    said_by = _short(en="Who guesses", es="Quién lo estima")
