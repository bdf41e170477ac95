"""What notes say of the meeting itself: the title a person would give them, the day, and who was there."""

import pytest

from tequio.rules.notes.reading import read_notes


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Local 12 - stewards - 9/22\nhere: Ada, Bo, Cy\n\nGRIEVANCES\n- two of them\n\nPICNIC\n- no\n",
         "Local 12 - stewards - 9/22"),
        ("ASAMBLEA DEL EDIFICIO - calle Sol\ndomingo 5 de mayo, en el patio porque llovía\n\n1) Agua\n- no hay\n",
         "ASAMBLEA DEL EDIFICIO - calle Sol"),
        ("{{Minutes|date=19 September 2015}}\n'''Board meeting of the choir''', in Ghent.\n\n== Fees ==\n* up\n",
         "Board meeting of the choir, in Ghent."),
        ("__NOTOC__\n==House meeting at the mill, Feb 11==\n:Here: Ada\n\n==Fees==\n* up\n",
         "House meeting at the mill, Feb 11"),
        ("Pax\n\nCHAPTER MEETING OF THE COMMUNITY\n\nWe met. All came.\n", "CHAPTER MEETING OF THE COMMUNITY"),
        ("= Reunión de ''Chasqui'' =\n\n== Uno ==\n* a\n", "Reunión de Chasqui"),
        ("<h1>GA minutes, day 23<span>[edit]</span></h1><p>It rained.</p>", "GA minutes, day 23"),
        ("<p><b>Encuentro de la Colectiva</b><br>Sábado, en casa</p><h3>Botiquín</h3><p>a</p><h3>Taller</h3><p>b</p>",
         "Encuentro de la Colectiva"),
        ("<!-- #mill 2014-10-02, log -->\nada: hi\nbo: hi\nada: so\nbo: yes\n", "#mill 2014-10-02, log"),
        ("Group: MILL DELEGATES\n<ada> hi\n<bo> hi\n<ada> so\n<bo> yes\n", "Group: MILL DELEGATES"),
    ],
)  # fmt: skip
def test_the_title_is_what_stands_above_it_all(text, title):
    assert read_notes(text=text).title == title


@pytest.mark.parametrize(
    "text",
    [
        "Ada: hello, all here?\nBo: yes\nAda: good\nBo: so\nAda: roof\n",
        "[19:02] Ada: hello\n[19:03] Bo: yes\n[19:04] Ada: good\n[19:05] Bo: so\n",
        "== Agenda ==\n* Fees\n",
        "{{meeting|date=2006-10-03}}\n;Roll call\n:Ada, Bo\n;Fees\n:up\n;Roof\n:no\n",
    ],
)
def test_what_somebody_says_a_list_and_a_template_are_no_title(text):
    assert read_notes(text=text).title is None


STARTED = (
    "18:00:12 <ada> #startmeeting mill\n18:00:13 <bot> Meeting started Tue Mar  5 18:00:12 2019 UTC.\n"
    "18:01:00 <bo> hi\n18:02:00 <ada> so\n"
)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("= Meeting Notes 2011 03 08 =\n\nIt rained.\n", "2011-03-08"),
        ("<h2>Cooperativa: Consejo</h2><p>21 de marzo de 2023, videollamada. Asisten la presidenta y dos vocales.</p>",
         "2023-03-21"),
        (STARTED, "2019-03-05"),
        ("# Semilla, junta 22/ene/2020\n\nLlovió.\n", "2020-01-22"),
        ("Consejo. 9 sept. 2020, 7pm, salón chico\n\n- agua\n", "2020-09-09"),
    ],
)  # fmt: skip
def test_a_day_in_the_first_lines_is_found(text, day):
    notes = read_notes(text=text)
    assert (str(notes.date), notes.date_problems) == (day, ())


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Local 12 - stewards - 9/22\n\nIt rained.\n", "9/22"),
        ("<h3>Rovers: Committee 4/9</h3><p>It rained.</p>", "4/9"),
        ("# Semilla: junta 22/ene\n\nLlovió.\n", "22/ene"),
        ("ACTA DE ASAMBLEA\n\nEn el poblado, siendo las diez horas del día domingo seis de octubre, en casa.\n",
         "domingo seis de octubre"),
        ("Consejo. mier 9 sept. 7pm salón chico\n\n- agua\n", "9 sept."),
    ],
)  # fmt: skip
def test_a_day_without_its_year_is_asked_about(text, asked):
    notes = read_notes(text=text)
    assert (notes.date, [problem.text for problem in notes.date_problems]) == (None, [asked])
    assert "año" in notes.date_problems[0].why.es


@pytest.mark.parametrize(
    "text",
    [
        "Board of the mill, quorum 5/7 of us\n\nIt rained.\n",
        "Fees and roof\n\n* Town hall: they agreed to the grant (its decision is of 2 June, they say).\n",
    ],
)
def test_a_fraction_and_a_day_in_passing_are_no_day_of_the_meeting(text):
    notes = read_notes(text=text)
    assert (notes.date, notes.date_problems) == (None, ())


@pytest.mark.parametrize(
    ("line", "present"),
    [
        ("who: ada, bo, cy (first half), di (notes)", ("ada", "bo", "cy", "di")),
        ("Scribe: Tom. There: Ilse, Prof. N., Kofi", ("Ilse", "Prof. N", "Kofi")),
        ("Modera: Ana. Acta: Luis. Están: Ale, Ceci, Gus. Falta Mon", ("Ale", "Ceci", "Gus")),
        ("'''Date:''' today '''Present:''' Ada (AR), Bo (MX)", ("Ada", "Bo")),
        ("**Attending:** @ada, @bo-f, @cy", ("@ada", "@bo-f", "@cy")),
        ("Here: Vern, Dale, Wes. Missing: Lyle (calving).", ("Vern", "Dale", "Wes")),
        ("Present: Ms. Ade (notes), Mr. Corso, Dr. Bhatt. Ms. Yan was away.", ("Ms. Ade", "Mr. Corso", "Dr. Bhatt")),
        ("Asistimos la Dra. Vila, Ernesto, Iván y yo (Lou, que apunto).", ("la Dra. Vila", "Ernesto", "Iván", "yo")),
        ("asisten Mago, Lencho, Sra Trini, Paty (apunto yo)", ("Mago", "Lencho", "Sra Trini", "Paty")),
        ("Presentes: Tito (pte), Norma, el Negro. Se disculpa: Bety", ("Tito", "Norma", "el Negro")),
        ("Present: [[User:Ada]], [[User:Bo|Bo B]], plus Cy", ("Ada", "Bo B", "Cy")),
        ("pres: KL, JT, Roz.   apol: Sue", ("KL", "JT", "Roz")),
        ("Present: 31 of 48 members. Quorum: yes", ()),
        ("Vinimos nueve y llegaron dos más tarde.", ()),
    ],
)
def test_those_present_as_people_write_them(line, present):
    assert read_notes(text=f"# Notes of a meeting\n\n{line}\n\n## Fees\n\nIt rained.\n").present == present


def test_who_is_named_below_the_head_under_such_a_word_was_not_there():
    text = (
        "# Notes\n\nPresent: Ada, Bo\n\n"
        + "".join(f"- line {number} says little\n" for number in range(20))
        + "Who: Cy, Di\n"
    )
    assert read_notes(text=text).present == ("Ada", "Bo")


def test_bold_words_at_the_beginning_of_a_line_are_no_bullet():
    text = "# T\n\n**Motion 3:** buy a kettle **now**\n*sábado 4 — en línea* · **Más:** nada\n** deep\n*x\n"
    items = read_notes(text=text).sections[0].items
    assert [(item.depth, item.text) for item in items] == [
        (0, "**Motion 3:** buy a kettle **now**"),
        (0, "*sábado 4 — en línea* · **Más:** nada"),
        (2, "deep"),
        (1, "x"),
    ]
