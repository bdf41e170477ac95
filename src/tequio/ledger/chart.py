"""The accounts every center's books begin with, and what the program books on each."""

from dataclasses import dataclass

from tequio.ledger.models import AccountKind
from tequio.rules.reasons import Text

BANK = "bank"
CASH = "cash"
RECEIVABLE = "receivable"
CREDIT = "member-credit"
MEMBERSHIP_INCOME = "income-membership"
OPERATIONS_INCOME = "income-operations"
OPENING = "opening-balances"
WRITE_OFFS = "write-offs"
BETWEEN_CENTERS = "between-centers"
FEES = "expense-fees"
GENERAL_FUND = "general"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartLine:
    """One account of the first chart: its role is also the end of its code (us-bank)."""

    role: str
    kind: AccountKind
    name: Text
    beancount: str


CHART = (
    ChartLine(role=BANK, kind=AccountKind.ASSET, name=Text(en="Bank", es="Banco"), beancount="Assets:{center}:Bank"),
    ChartLine(role=CASH, kind=AccountKind.ASSET, name=Text(en="Cash", es="Caja"), beancount="Assets:{center}:Cash"),
    ChartLine(
        role=RECEIVABLE,
        kind=AccountKind.ASSET,
        name=Text(en="Dues owed by members", es="Cuotas por cobrar"),
        beancount="Assets:{center}:Receivable:Dues",
    ),
    ChartLine(
        role=CREDIT,
        kind=AccountKind.LIABILITY,
        name=Text(en="Paid ahead by members", es="Saldo a favor de las membresías"),
        beancount="Liabilities:{center}:MemberCredit",
    ),
    ChartLine(
        role=MEMBERSHIP_INCOME,
        kind=AccountKind.INCOME,
        name=Text(en="Membership dues", es="Cuotas de membresía"),
        beancount="Income:{center}:Dues:Membership",
    ),
    ChartLine(
        role=OPERATIONS_INCOME,
        kind=AccountKind.INCOME,
        name=Text(en="Operations and support", es="Operación y soporte"),
        beancount="Income:{center}:Dues:Operations",
    ),
    ChartLine(
        role=OPENING,
        kind=AccountKind.EQUITY,
        name=Text(en="Opening balances", es="Saldos iniciales"),
        beancount="Equity:{center}:Opening-Balances",
    ),
    ChartLine(
        role=WRITE_OFFS,
        kind=AccountKind.EXPENSE,
        name=Text(en="Dues written off", es="Cuotas condonadas"),
        beancount="Expenses:{center}:Dues-Written-Off",
    ),
    ChartLine(
        role=BETWEEN_CENTERS,
        kind=AccountKind.ASSET,
        name=Text(en="On the way between the centers", es="En camino entre los centros"),
        beancount="Assets:{center}:Between-Centers",
    ),
    *(
        ChartLine(
            role=f"income-{word.lower()}",
            kind=AccountKind.INCOME,
            name=Text(en=en, es=es),
            beancount=f"Income:{{center}}:{word}",
        )
        for word, en, es in (
            ("Donations", "Donations", "Donativos"),
            ("Grants", "Grants and contributions", "Apoyos y aportaciones"),
            ("Drives", "Fundraising drives", "Campañas de recaudación"),
            ("Other", "Other income", "Otros ingresos"),
        )
    ),
    *(
        ChartLine(
            role=f"expense-{word.lower()}",
            kind=AccountKind.EXPENSE,
            name=Text(en=en, es=es),
            beancount=f"Expenses:{{center}}:{word}",
        )
        for word, en, es in (
            ("Pay", "Pay, part-time staff", "Pago a personal de medio tiempo"),
            ("Calling", "Calls about late dues", "Llamadas por cuotas atrasadas"),
            ("Racks", "Racks and connections", "Gabinetes y conexiones"),
            ("Attacks", "Denial-of-service costs", "Costos por ataques de denegación de servicio"),
            ("Machines", "Machines", "Equipos"),
            ("Travel", "Travel and meetings", "Viajes y reuniones"),
            ("Translation", "Interpretation, translation", "Interpretación y traducción"),
            ("Fees", "Bank fees", "Comisiones bancarias"),
            ("Unforeseen", "Unforeseen", "Imprevistos"),
            ("Other", "Other expense", "Otros gastos"),
        )
    ),
)
