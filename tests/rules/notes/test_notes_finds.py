"""Amounts, votes, tasks, proposals, positions, people and places."""

import pytest

from tequio.rules.notes.amounts import amounts, percentages
from tequio.rules.notes.reading import read_notes
from tequio.rules.notes.votes import tally_of
from tequio.rules.notes.words import folded, tokens

MONEY = {
    "about $2800.": [(2800, None)],
    "$50 for members and $150 for others": [(50, None), (150, None)],
    "a grant of $4,800": [(4800, None)],
    "4.800 euros": [(4800, "EUR")],
    "USD 1,234.50": [(1234.5, "USD")],
    "US$50": [(50, "USD")],
    "$100 MXN": [(100, "MXN")],
    "unos 500 pesos": [(500, "MXN")],
    "30 dólares": [(30, "USD")],
    "$5K now, $2.5 million later": [(5000, None), (2500000, None)],
    "€1.200,50": [(1200.5, "EUR")],
    "cuesta £12": [(12, "GBP")],
    "12 people came at 5 o'clock in 2016": [],
}


@pytest.mark.parametrize(("text", "found"), MONEY.items())
def test_amounts_in_whole_units_and_a_currency_only_if_stated(text, found):
    assert [(amount.value, amount.currency) for amount in amounts(text)] == found


@pytest.mark.parametrize("text", ["5% fewer", "5 % fewer", "5 percent", "5 por ciento", "el 5%"])
def test_percentages(text):
    assert [share.value for share in percentages(text)] == [5]


def test_an_amount_whose_currency_is_not_stated_says_so():
    (one,) = read_notes(text="* The grant is $4800.\n").candidates
    assert (one.kind, one.amount, one.currency) == ("amount", 4800, None)
    assert one.why.to("en") == "“$4800” is an amount; its currency is not stated, and “$” is used in both countries."
    assert one.why.to("es") == "«$4800» es una cantidad; no dice la moneda, y «$» se usa en ambos países."


TALLIES = {
    "84 in favor, 2 against": (84, 2, None),
    "12 a favor, 3 en contra, 2 abstenciones": (12, 3, 2),
    "Yes: 9, No: 0, Abstain: 1": (9, 0, 1),
    "The motion passed 5-2": (5, 2, None),
    "approved 7-0-1": (7, 0, 1),
    "9 votos a favor, ninguno en contra": (9, 0, None),
    "pages 5-2 of the handout": None,
    "we met from 5-7": None,
}


@pytest.mark.parametrize(("text", "counted"), TALLIES.items())
def test_votes_are_counted(text, counted):
    tally = tally_of(text, words=tokens(folded(text)))
    assert (tally and (tally.favor, tally.against, tally.abstain)) == counted


def finds(text, kind):
    return [(one.owner, one.due) for one in read_notes(text=text).candidates if one.kind == kind]


TASKS = {
    "Imani will write the letter by 2016-03-05.": ("Imani", "2016-03-05"),
    "ACTION: Bo to draft the flyer before the next meeting": ("Bo", "the next meeting"),
    "ACTION: print the flyer": (None, None),
    "TODO Paint the door": None,
    "TODO: paint the door": (None, None),
    "Jorge and Mei will talk to the school.": ("Jorge and Mei", None),
    "Jamie should put this into writing": ("Jamie", None),
    "NEXT STEP (uli): ask about the van": ("uli", None),
    "Ana enviará la carta antes del 5 de marzo de 2016.": ("Ana", "2016-03-05"),
    "Toño se compromete a barrer.": ("Toño", None),
    "La rifa queda a cargo de Lucía.": ("Lucía", None),
    "Tarea: Beto, pedir las sillas": (None, None),
    "Rosa y Chema van a revisar las cuentas": ("Rosa y Chema", None),
    "The meeting will start at nine.": None,
    "Will Imani write the letter?": None,
    "Budget to follow": None,
}


@pytest.mark.parametrize(("text", "who"), TASKS.items())
def test_tasks_with_owner_and_due(text, who):
    assert finds(f"* {text}\n", "task") == ([who] if who else [])


def test_a_list_of_tasks_names_the_owner_before_the_colon_or_in_brackets():
    text = "## Tasks\n\n- Jo: book the hall\n- call the press (Kim)\n- @lee write the minutes\n- Rest for all\n"
    assert [owner for owner, _ in finds(text, "task")] == ["Jo", "Kim", "lee", None]


def test_a_line_below_says_whose_the_task_is():
    assert finds("* Tarea: llevar el proyector\n* Responsable: Nadia\n", "task") == [("Nadia", None)]


def test_who_speaks_in_a_transcript_is_who_will_do_it():
    text = "Ruth: Hello all.\nSal: Hello.\nRuth: I will send the draft.\nSal: Thanks.\nTeo: Good.\n"
    assert finds(text, "task") == [("Ruth", None)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Petra proposes that we meet twice a month.", "proposal"),
        ("Propuesta: cerrar los lunes", "proposal"),
        ("Modification: join both meetings", "proposal"),
        ("Se propone cambiar la hora.", "proposal"),
        ("Add expense for a new lock to the plan", "budget_change"),
        ("Aumentar la partida de limpieza", "budget_change"),
        ("Sandra is opposed to the merger.", "position"),
        ("Omar está en contra de la fusión.", "position"),
        ("To be discussed at a future meeting because it came too late", "deferral"),
        ("Queda pendiente para la próxima asamblea", "deferral"),
        ("I await reactions for the next time we meet.", "deferral"),
    ],
)
def test_other_finds(text, kind):
    assert kind in [one.kind for one in read_notes(text=f"* {text}\n").candidates]


def test_requested_changes_below_their_heading_are_budget_changes():
    text = "## Requested changes to the budget\n\n- a lock\n- two chairs\n"
    assert [one.line for one in read_notes(text=text).candidates if one.kind == "budget_change"] == [3, 4]


PRESENT = {
    "Present: Amal, Bea (minutes), Tomek and Ida\n": ("Amal", "Bea", "Tomek", "Ida"),
    "Asistentes: Lupe, Ramiro y Citlali\n": ("Lupe", "Ramiro", "Citlali"),
    "**Attendees:**\n- Noor\n- Piet\n\nText that goes on.\n": ("Noor", "Piet"),
    "## Presentes\n\n* Eva\n* Saúl\n\n## Agenda\n\n* Cuotas\n": ("Eva", "Saúl"),
    "Absent: Karl\n": (),
    "Attendees: 13\n\nJust a sentence here.\n": (),
}


@pytest.mark.parametrize(("text", "names"), PRESENT.items())
def test_who_was_there(text, names):
    assert read_notes(text=f"Notes of a meeting\n\n{text}").present == names


def test_places():
    assert read_notes(text="Acta\n\nLugar: Casa de la Radio\n").places == ("Casa de la Radio",)
    assert read_notes(text="Notes\n\nThese are the notes taken in the US. See the rest.\n").places == ("US",)


def test_language_is_told_for_each_paragraph():
    notes = read_notes(
        text="# Notas\n\nWe went through all of the figures.\n\nSe revisó el acta de la reunión.\n\nOK\n"
    )
    assert [item.language for item in notes.sections[0].items] == ["en", "es", "es"]


def amounts_in(text):
    return [one for one in read_notes(text=f"* {text}").candidates if one.kind == "amount"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("El presupuesto de 4,800 para la fiesta.", [(4800, None)]),
        ("Budget for food: 1,200; for paper 300.", [(1200, None)]),
        ("4800 pesos", [(4800, "MXN")]),
        ("MXN 3.600", [(3600, "MXN")]),
        ("50 dlls", [(50, "USD")]),
        ("Cuesta unos 2.5 mil.", [(2500, None)]),
        ("€300", [(300, "EUR")]),
        ("Nos piden 3,500 por la mesa.", [(3500, None)]),
        ("La cuota sube de 400 a 450.", [(400, None), (450, None)]),
        ("La cuota sube de 400 a 450 pesos.", [(450, "MXN"), (400, None)]),
        ("Ingresos: 12,300. Gastos: 9,100.", [(12300, None), (9100, None)]),
        ("The travel budget (1,800) was signed off.", [(1800, None)]),
        ("The budget of 2019 was read.", []),
        ("Cuesta 3 horas, y pagaron 14 personas.", []),
        ("Se paga el 15 de mayo, punto 12.", []),
        ("They ask 40 questions; the total of votes was 45.", []),
        ("4,800 people came.", []),
    ],
)
def test_a_number_without_a_sign_is_an_amount_where_a_word_before_it_says_so(text, found):
    assert [(one.amount, one.currency) for one in amounts_in(text)] == found


def test_a_bare_amount_says_which_word_makes_it_one():
    (amount,) = [
        one for one in read_notes(text="El presupuesto de 4,800 está listo.").candidates if one.kind == "amount"
    ]
    assert amount.why.es == "«4,800» es una cantidad, por la palabra «presupuesto»; no dice la moneda."
    assert amount.why.en == "“4,800” is an amount, because of the word “presupuesto”; its currency is not stated."
