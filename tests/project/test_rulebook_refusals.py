"""A rule book with anything wrong in it is refused in words, and nothing of it is kept."""

import pytest

from project.rule_books import BOOK, DECIDED_AGAIN, PAY_AGAIN, everything, loader
from tequio.kernel.errors import Refusal
from tequio.project.rulebook import load_rules

pytestmark = pytest.mark.django_db


@pytest.fixture
def load(tmp_path, at):
    return loader(folder=tmp_path, at=at)


def wrong(en, es):
    return f"The rule book cannot be loaded: {en}.", f"No se puede cargar el reglamento: {es}."


# What is changed in the book, and the sentence of the refusal where it is fixed (None where any sentence will do).
REFUSALS = {
    "a center's name is missing": (
        ('name = { en = "Center in the south", es = "Centro del sur" }\n', ""),
        wrong("“name” is missing or wrong in “br”", "«name» falta o está mal en «br»"),
    ),
    "a name in one language": (
        (', es = "Centro del sur"', ""),
        wrong("“es” is missing or wrong in “?”", "«es» falta o está mal en «?»"),
    ),
    "a code that is a number": (
        ('code = "br"', "code = 5"),
        wrong("“code” is missing or wrong in “5”", "«code» falta o está mal en «5»"),
    ),
    "a currency nobody has": (
        ('"BRL"', '"XXZ"'),
        (
            "“XXZ” is not a currency: use a code like USD or MXN.",
            "«XXZ» no es una moneda: use un código como USD o MXN.",
        ),
    ),
    "a day in quotes": (
        ("decided_on = 2020-02-03", 'decided_on = "2020-02-03"'),
        wrong("“decided_on” is missing or wrong in “first”", "«decided_on» falta o está mal en «first»"),
    ),
    "a body that is not there": (
        ('body = "assembly"', 'body = "council"'),
        wrong("there is no body “council”", "no existe la instancia «council»"),
    ),
    "no decision for the dues": (
        ('code = "dues"\ndecision = "first"', 'code = "dues"'),
        wrong("“decision” is missing or wrong in “dues”", "«decision» falta o está mal en «dues»"),
    ),
    "a decision that is not there": (
        ('code = "pay"\ndecision = "first"', 'code = "pay"\ndecision = "second"'),
        wrong("there is no decision “second”", "no existe el acuerdo «second»"),
    ),
    "a center that is not there": (
        ('centers = ["br"]', 'centers = ["br", "zz"]'),
        ("There is no center “zz”. Centers here: br.", "No hay ningún centro «zz». Centros: br."),
    ),
    "dues for a center that is not there": (
        ("[dues.tables.br]", "[dues.tables.zz]"),
        ("There is no center “zz”. Centers here: br.", "No hay ningún centro «zz». Centros: br."),
    ),
    "three decimals": (
        ("100.10", "100.105"),
        wrong("“100.105” has more than two decimals", "«100.105» tiene más de dos decimales"),
    ),
    "an amount in words": (
        ("100.10", '"a lot"'),
        wrong("“a lot” is not an amount", "«a lot» no es una cantidad"),
    ),
    "an amount that is a list": (("100.10", "[1]"), None),
    "an amount that is a flag": (("100.10", "true"), None),
    "an amount that is not a number": (("100.10", "nan"), None),
    "an endless amount": (("100.10", "inf"), None),
    "an amount too large to keep": (("100.10", "1e30"), None),
    "a negative amount": (("100.10", "-1"), None),
    "no table": (
        ("[dues.tables.br]\n", "[dues.table.br]\n"),
        wrong("unknown: table", "desconocido: table"),
    ),
    "no dues for individuals": (
        ("individual = { membership = 0.01 }\n", ""),
        (
            "The dues table br-dues has no membership dues for individual.",
            "La tabla de cuotas br-dues no tiene cuota de membresía para individual.",
        ),
    ),
    "a kind of member nobody is": (("individual = {", "robot = { membership = 1 }\nindividual = {"), None),
    "a part nobody bills": (("operations = 30", "lottery = 30"), None),
    "a kind with one amount for all": (("individual = { membership = 0.01 }", "individual = 5"), None),
    "a band that is no number": (("{ 1 = 0.5,", "{ low = 0.5,"), None),
    "a share in words": (("1 = 0.5", '1 = "half"'), None),
    "a share finer than can be kept": (("1.3333", "1.33333"), None),
    "a negative share": (("1 = 0.5", "1 = -0.5"), None),
    "bands that are a list": (("bands = { 1 = 0.5, 2 = 1.3333 }", "bands = [1, 2]"), None),
    "a default band in words": (("default_band = 2", 'default_band = "two"'), None),
    "a default band the table does not have": (("default_band = 2", "default_band = 7"), None),
    "thresholds out of order": (
        ("at_risk_from = 31", "at_risk_from = 62"),
        (
            "The thresholds of br-pay are not in order: at risk, then limited, then disabled, from day 1 on.",
            "Los umbrales de br-pay no están en orden: en riesgo, limitada y suspendida, desde el día 1.",
        ),
    ),
    "two thresholds on one day": (
        ("disabled_from = 91", "disabled_from = 61"),
        (
            "The thresholds of br-pay are not in order: at risk, then limited, then disabled, from day 1 on.",
            "Los umbrales de br-pay no están en orden: en riesgo, limitada y suspendida, desde el día 1.",
        ),
    ),
    "a threshold on day 0": (
        ("at_risk_from = 31", "at_risk_from = 0"),
        (
            "The thresholds of br-pay are not in order: at risk, then limited, then disabled, from day 1 on.",
            "Los umbrales de br-pay no están en orden: en riesgo, limitada y suspendida, desde el día 1.",
        ),
    ),
    "a threshold in quotes": (("at_risk_from = 31", 'at_risk_from = "31"'), None),
    "half a day": (("at_risk_from = 31", "at_risk_from = 31.5"), None),
    "a negative notice": (("notice_days = 10", "notice_days = -10"), None),
    "a threshold too large to keep": (("disabled_from = 91", "disabled_from = 99999"), None),
    "a flag in words": (("attempt_required = false", 'attempt_required = "no"'), None),
    "an unknown threshold": (
        ("notice_days = 10", "noticed_days = 10\nblocked_from = 5"),
        wrong("unknown: blocked_from, noticed_days", "desconocido: blocked_from, noticed_days"),
    ),
    "an unknown key of a center": (('currency = "BRL"', 'currency = "BRL"\nmotto = "x"'), None),
    "an unknown key of dues": (("default_band = 2", "default_band = 2\nvalid_until = 2021-01-01"), None),
    "an unknown key of a decision": (("decided_on = 2020-02-03", "decided_on = 2020-02-03\nin_favor = 5"), None),
    "an unknown list": (("[[payment_policies]]", "[[payment_policy]]"), None),
    "one table where a list belongs": (
        ("[[bodies]]", "[bodies]"),
        wrong("“bodies” is a list of tables: [[bodies]]", "«bodies» es una lista de tablas: [[bodies]]"),
    ),
    "a moment instead of a day": (
        ('valid_from = 2020-03-01\ntitle = { en = "D', 'valid_from = 2020-03-01T00:30:00+06:00\ntitle = { en = "D'),
        None,
    ),
    "a title longer than can be kept": (("What is owed", "What is owed " * 50), None),
    "a code longer than can be kept": (('code = "pay"', f'code = "{"pay" * 30}"'), None),
    "two policies from one day": (
        ('[[payment_policies]]\ncode = "pay"', PAY_AGAIN),
        ("br-again is in force in br from 2020-03-01 already.", "br-again ya rige en br desde el 2020-03-01."),
    ),
    "one decision with two days": (
        ("[[dues]]", DECIDED_AGAIN),
        (
            "Decision “first” is recorded already, with another day or body.",
            "El acuerdo «first» ya está registrado, con otra fecha u otra instancia.",
        ),
    ),
}


@pytest.mark.parametrize(("change", "sentence"), REFUSALS.values(), ids=REFUSALS.keys())
def test_a_book_with_something_wrong_is_refused_and_nothing_of_it_is_kept(load, change, sentence):
    old, new = change
    assert BOOK.count(old) == 1
    before = everything()
    with pytest.raises(Refusal) as refusal:
        load(BOOK.replace(old, new))
    assert everything() == before
    assert refusal.value.text.en != refusal.value.text.es
    if sentence:
        assert (refusal.value.text.en, refusal.value.text.es) == sentence


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xfe[\x00",
        b"this is no TOML",
        b"a = 1\na = 2",
        b"\x00",
        b"a = " + b"[" * 5000,
        b"x = 1\n" * 200_000,
        b"# " + b"x" * 1_000_001,
    ],
    ids=["not UTF-8", "prose", "twice the same", "NUL", "nested without end", "long and wrong", "too large"],
)
def test_what_is_no_rule_book_is_refused(load, data):
    before = everything()
    with pytest.raises(Refusal) as refusal:
        load(data)
    assert refusal.value.text.en.startswith("The rule book cannot be loaded: ")
    assert refusal.value.text.es.startswith("No se puede cargar el reglamento: ")
    assert everything() == before


def test_a_file_that_cannot_be_read_is_refused(tmp_path, at):
    for path in (tmp_path / "nowhere.toml", tmp_path):
        with pytest.raises(Refusal) as refusal:
            load_rules(path=path, actor="test", at=at)
        assert refusal.value.text.en.startswith(f"{path} cannot be read: ")
        assert refusal.value.text.es.startswith(f"No se puede leer {path}: ")


def test_an_empty_book_puts_nothing_in_force(load):
    before = everything()
    assert load("") == {
        "centers": 0,
        "bank_accounts": 0,
        "bodies": 0,
        "decisions": 0,
        "mandates": 0,
        "decision_rules": 0,
        "seats": 0,
        "priorities": 0,
        "places": 0,
        "series": 0,
        "dues": 0,
        "payment_policies": 0,
        "follow_up_policies": 0,
        "services": 0,
        "service_terms": 0,
    }
    assert everything() == before
