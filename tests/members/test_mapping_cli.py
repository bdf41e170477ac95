"""The commands of mappings: guess, save, list, and an import through one of them."""

import json

import pytest
from tests.members.intake.messy_files import good_rows, in_spanish, separated, workbook

from tequio.members.models import Contact, Member, SavedMapping


@pytest.fixture
def messy(tmp_path):
    return workbook(tmp_path / "messy.xlsx", [in_spanish(row) for row in good_rows()], above=[["Padrón"]])


@pytest.fixture
def unsure(tmp_path):
    path = tmp_path / "unsure.csv"
    path.write_bytes(separated([{"Clave": "1", "Nombre": "Red", "Ingreso": "03/04/2015", "Apodo": "La Red"}]))
    return path


def test_a_guess_as_json_has_everything_a_page_shows(sample_rules, cli, messy):
    code, out, _ = cli("members", "mapping", "guess", messy, "--json")
    answer = json.loads(out)
    assert (code, sorted(answer)) == (
        0,
        sorted(
            ["format", "encoding", "separator", "worksheet", "heading_row", "rows", "headings", "dates", "decimal"]
            + ["defaults", "unknown_values", "missing", "notes", "mapping"]
        ),
    )
    assert (answer["heading_row"], answer["rows"], answer["dates"]["value"], answer["decimal"]["value"]) == (
        2,
        4,
        "dmy",
        ",",
    )
    assert answer["headings"][0] == {
        "heading": "Clave",
        "examples": ["A-1", "B-7", "C-9"],
        "column": "member_id",
        "confidence": "sure",
        "why": {
            "en": "The heading says so, and 100 % of what stands under it are ids.",
            "es": "El encabezado lo dice, y el 100 % de lo que hay debajo son claves.",
        },
    }


@pytest.mark.parametrize(
    ("lang", "line", "asked"),
    [
        ("en", "Clave → member_id (sure).", "Say which heading is the center, or which center all rows belong to."),
        (
            "es",
            "Clave → member_id (seguro).",
            "Indique qué encabezado es el centro, o a qué centro pertenecen todas las filas.",
        ),
    ],
)
def test_a_guess_is_told_to_a_person(sample_rules, cli, unsure, lang, line, asked):
    code, out, _ = cli("--lang", lang, "members", "mapping", "guess", unsure)
    assert (code, out.splitlines()[0][: len(line)], out.splitlines()[-2]) == (0, line, asked)


def test_a_saved_mapping_imports_and_says_so_in_json(sample_rules, cli, messy):
    assert cli("members", "mapping", "save", messy, "--name", "anual", "--center", "mx")[0] == 0
    code, out, _ = cli("members", "import", messy, "--mapping", "anual", "--json")
    answer = json.loads(out)
    assert (code, answer["changed"], answer["rejected"], Member.objects.count(), Contact.objects.count()) == (
        0,
        7,
        {},
        3,
        4,
    )
    assert (answer["mapping"]["dates"], len(answer["mapping"]["columns"]), len(answer["mapping"]["notes"])) == (
        "dmy",
        21,
        1,
    )
    assert (
        json.loads(cli("members", "import", messy, "--mapping", "anual", "--center", "mx", "--json")[1])["changed"] == 0
    )
    assert json.loads(cli("check", "--json")[1]) == {"differences": []}


def test_an_import_without_a_mapping_has_no_such_key_and_refuses_a_workbook(sample_rules, cli, messy, roll_file):
    assert "mapping" not in json.loads(cli("members", "import", roll_file({}), "--json")[1])
    assert cli("members", "import", messy)[0] == 1


def test_what_is_not_decided_is_refused_until_a_person_says_it(sample_rules, cli, unsure):
    save = ("members", "mapping", "save", unsure, "--name", "n", "--center", "mx")
    code, _, says = cli(*save)
    assert (code, says[:55], SavedMapping.objects.count()) == (
        1,
        "Say what comes first in dates like 03/04/2015: the day ",
        0,
    )
    assert cli(*save, "--dates", "mdy", "--column", "contact_name=Apodo", "--default", "kind=individual")[0] == 0
    code = cli("members", "import", unsure, "--mapping", "n", "--json")[0]
    m = Member.objects.get()
    assert (code, m.kind, m.center.code, m.memberships.get().joined_on.isoformat(), m.contacts.get().name) == (
        0,
        "individual",
        "mx",
        "2015-03-04",
        "La Red",
    )


def test_the_order_of_dates_can_be_said_for_one_import(sample_rules, cli, tmp_path, unsure):
    plain = tmp_path / "plain.csv"
    plain.write_bytes(separated([{"Clave": "1", "Nombre": "Red", "Ingreso": "2015-04-03"}]))
    assert cli("members", "mapping", "save", plain, "--name", "n", "--center", "mx")[0] == 0
    assert cli("members", "import", unsure, "--mapping", "n")[0] == 1
    assert cli("members", "import", unsure, "--mapping", "n", "--dates", "dmy")[0] == 0
    assert Member.objects.get().memberships.get().joined_on.isoformat() == "2015-04-03"


def test_names_for_ids_have_to_be_asked_for(sample_rules, cli, tmp_path):
    path = tmp_path / "names.csv"
    path.write_bytes(separated([{"Nombre": "Red", "Correo": "r@example.org"}]))
    save = ("members", "mapping", "save", path, "--name", "n", "--center", "us")
    assert [cli(*save)[0], cli(*save, "--id-from-name")[0], cli("members", "import", path, "--mapping", "n")[0]] == [
        1,
        0,
        0,
    ]


def test_the_saved_ones_are_listed(sample_rules, cli, messy):
    assert cli("members", "mapping", "list")[1] == "No mapping is saved.\n"
    cli("members", "mapping", "save", messy, "--name", "anual", "--center", "mx")
    (row,) = json.loads(cli("members", "mapping", "list", "--json")[1])
    assert (row["center"], row["name"], row["mapping"]["dates"]) == ("mx", "anual", "dmy")
    assert cli("members", "mapping", "list")[1][:9] == "mx  anual"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("import", "f.csv", "--mapping", "none"), 1),
        (("import", "f.csv", "--mapping", "none", "--center", "zz"), 1),
        (("import", "f.csv", "--dates", "dmy"), 2),
        (("import", "f.csv", "--center", "mx"), 2),
        (("mapping", "guess", "f.csv", "--dates", "day"), 2),
        (("mapping", "guess", "absent.csv"), 1),
        (("mapping", "save", "f.csv", "--center", "mx"), 2),
        (("mapping", "save", "absent.csv", "--name", "n", "--center", "zz"), 1),
    ],
)
def test_wrong_words_are_wrong_usage_and_unknown_names_are_refused(sample_rules, cli, words, code):
    assert cli("members", *words)[0] == code


@pytest.mark.parametrize("given", [("--column", "shoe=Zapato"), ("--column", "email"), ("--default", "x=1")])
def test_a_correction_has_to_name_a_column(sample_rules, cli, messy, given):
    assert cli("members", "mapping", "save", messy, "--name", "n", "--center", "mx", *given)[0] == 2
