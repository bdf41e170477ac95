"""What the budgets of the demo's year say: lines, assumptions, amendments, what is booked when. Invented, all of it."""

from datetime import date

from tequio.rules.budget import Assumption, Line, Side, Spread
from tequio.rules.reasons import Text

# Center, day, what, account, amount, fund.
Once = tuple[str, date, str, str, int, str]
OFFICE = {"us": "Beatrix Onwudiwe", "mx": "Eréndira Solís"}
SECOND = {"us": "Wen Castellan", "mx": "Itzel Barragán"}
LIMITS = {"us": 1_500_00, "mx": 12_000_00}


def _line(code: str, side: Side, account: str, en: str, es: str, amount: int = 0, formula: str = "") -> Line:
    return Line(
        code=code,
        side=side,
        account=account,
        name=Text(en=en, es=es),
        amount=None if formula else amount,
        formula=formula,
        spread=Spread.DAYS if code == "racks" else Spread.EVEN,
    )


def _assumption(name: str, en: str, es: str, value: str, said_by: str) -> Assumption:
    return Assumption(name=name, label=Text(en=en, es=es), value=value, said_by=said_by)


_DUES = "members_at_start * (100 % - fewer) * average_dues * collected"
_NAMES = {
    "dues": Text(en="Dues", es="Cuotas"),
    "donations": Text(en="Donations", es="Donativos"),
    "pay": Text(en="Pay, part-time staff", es="Pago a personal de medio tiempo"),
    "racks": Text(en="Racks and connections", es="Gabinetes y conexiones"),
    "machines": Text(en="Machines", es="Equipos"),
    "travel": Text(en="Travel and meetings", es="Viajes y reuniones"),
    "translation": Text(en="Interpretation, translation", es="Interpretación y traducción"),
}
_ACCOUNTS = {
    "dues": "income-membership",
    "donations": "income-donations",
    "pay": "expense-pay",
    "racks": "expense-racks",
    "machines": "expense-machines",
    "travel": "expense-travel",
    "translation": "expense-translation",
}


def _lines(amounts: dict[str, int]) -> tuple[Line, ...]:
    return tuple(
        _line(
            code,
            Side.INCOME if _ACCOUNTS[code].startswith("income") else Side.EXPENSE,
            _ACCOUNTS[code],
            name.en,
            name.es,
            amount=amounts.get(code, 0),
            formula=_DUES if code == "dues" else "",
        )
        for code, name in _NAMES.items()
    )


LINES = {
    "us": _lines(
        {
            "donations": 4_000_00,
            "pay": 42_000_00,
            "racks": 19_900_00,
            "machines": 8_500_00,
            "travel": 5_200_00,
            "translation": 2_600_00,
        }
    ),
    "mx": _lines(
        {
            "donations": 24_000_00,
            "pay": 240_000_00,
            "racks": 60_000_00,
            "machines": 45_000_00,
            "travel": 38_000_00,
            "translation": 12_000_00,
        }
    ),
}
ASSUMPTIONS = {
    "us": (
        _assumption("members_at_start", "Members at the start", "Membresías al inicio", "600", OFFICE["us"]),
        _assumption("fewer", "Fewer members than last year", "Membresías menos que el año pasado", "5 %", OFFICE["us"]),
        _assumption("average_dues", "Average dues", "Cuota promedio", "160", OFFICE["us"]),
        _assumption("collected", "Share of dues that comes", "Parte de las cuotas que llega", "90 %", SECOND["us"]),
    ),
    "mx": (
        _assumption("members_at_start", "Members at the start", "Membresías al inicio", "155", OFFICE["mx"]),
        _assumption("fewer", "Fewer members than last year", "Membresías menos que el año pasado", "0", OFFICE["mx"]),
        _assumption("average_dues", "Average dues", "Cuota promedio", "2900", OFFICE["mx"]),
        _assumption("collected", "Share of dues that comes", "Parte de las cuotas que llega", "92 %", OFFICE["mx"]),
    ),
}
# Asked of New York's budget: the line, who asked, and why.
AMENDMENTS = (
    (
        _line("caller", Side.EXPENSE, "expense-calling", "Caller for late dues", "Llamadas por cuotas", 2_400_00),
        "Oren Maddox",
        Text(en="One person now chases eighty members.", es="Hoy una sola persona persigue a ochenta membresías."),
    ),
    (
        _line("attacks", Side.EXPENSE, "expense-attacks", "Denial-of-service costs", "Costos por ataques", 1_800_00),
        "The maintenance team",
        Text(en="After the weeks lost in 2015.", es="Después de las semanas perdidas en 2015."),
    ),
    (
        _line("unforeseen", Side.EXPENSE, "expense-unforeseen", "Unforeseen", "Imprevistos", 1_500_00),
        "Wen Castellan",
        Text(en="Nobody foresees everything.", es="Nadie lo prevé todo."),
    ),
    (
        _line("drive", Side.INCOME, "income-drives", "Fundraising drive", "Campaña de recaudación", 6_000_00),
        "Ines Quiroga",
        Text(en="Not only costs.", es="No solo gastos."),
    ),
)
# Each month from one on: center, first month, what, account, amount.
MONTHLY = (
    ("us", 1, "Pay", "expense-pay", 3_500_00),
    ("us", 1, "Racks", "expense-racks", 1_675_00),
    ("us", 1, "Gifts through the site", "income-donations", 345_00),
    ("us", 3, "Calls about late dues", "expense-calling", 200_00),
    ("us", 1, "Interpreters", "expense-translation", 195_00),
    ("mx", 1, "Pagos al equipo", "expense-pay", 20_000_00),
    ("mx", 1, "Gabinete", "expense-racks", 4_900_00),
    ("mx", 1, "Alcancía", "income-donations", 1_850_00),
    ("mx", 2, "Interpretación", "expense-translation", 1_050_00),
)
# What happens once.
ONCE: tuple[Once, ...] = (
    ("us", date(2016, 3, 14), "Disks", "expense-machines", 1_240_00, "general"),
    ("us", date(2016, 4, 21), "Attack of April: more bandwidth", "expense-attacks", 1_150_00, "general"),
    ("us", date(2016, 6, 6), "Travel to the June meeting", "expense-travel", 2_310_00, "general"),
    ("us", date(2016, 8, 17), "A used server", "expense-machines", 3_400_00, "general"),
    ("us", date(2016, 10, 3), "Travel to Mexico City", "expense-travel", 1_980_00, "general"),
    ("us", date(2016, 10, 27), "Attack of October", "expense-attacks", 900_00, "general"),
    ("us", date(2016, 12, 19), "Pledges of the drive", "income-drives", 3_870_00, "general"),
    ("us", date(2016, 12, 21), "A switch", "expense-machines", 1_720_00, "general"),
    ("mx", date(2016, 4, 18), "Papel y planos del mapa", "expense-other", 950_00, "community-map"),
    ("mx", date(2016, 5, 11), "Fuente de poder", "expense-machines", 9_800_00, "general"),
    ("mx", date(2016, 6, 3), "Viajes a la reunión de junio", "expense-travel", 18_600_00, "general"),
    ("mx", date(2016, 9, 20), "Servidor", "expense-machines", 31_000_00, "general"),
)
LAST_YEAR = {
    "us": (
        ("income-membership", 84_000_00),
        ("income-donations", 4_150_00),
        ("expense-pay", 41_200_00),
        ("expense-racks", 21_840_00),
        ("expense-machines", 9_300_00),
        ("expense-travel", 5_600_00),
        ("expense-translation", 2_100_00),
    ),
    "mx": (
        ("income-membership", 402_000_00),
        ("income-donations", 22_400_00),
        ("expense-pay", 228_000_00),
        ("expense-racks", 57_600_00),
        ("expense-machines", 51_300_00),
        ("expense-travel", 29_900_00),
        ("expense-translation", 10_400_00),
    ),
}
# Center, code, name, other assumptions of the budget and of the forecast, who assumes them.
SCENARIOS: tuple[tuple[str, str, Text, dict[str, str], dict[str, float], str], ...] = (
    (
        "us",
        "ten-fewer",
        Text(en="10 % fewer members", es="10 % menos membresías"),
        {"fewer": "10 %"},
        {"leaving": 0.1},
        "Wen Castellan",
    ),
    (
        "us",
        "optional-dropped",
        Text(en="One in five drops the optional part", es="Una de cada cinco deja la parte opcional"),
        {},
        {"dropping": 0.2},
        "Ines Quiroga",
    ),
    (
        "us",
        "costs-more",
        Text(en="Everything costs 8 % more", es="Todo cuesta 8 % más"),
        {},
        {"expense": 1.08},
        "Oren Maddox",
    ),
)
