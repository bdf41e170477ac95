import os
import re
import subprocess
import sys
from datetime import date

import pytest

from tequio.centers.queries import center_by_code
from tequio.dues.models import Invoice
from tequio.kernel.errors import Refusal
from tequio.members.models import Membership
from tequio.project.demo.cli import demo
from tequio.project.demo.figures import OpenByAge, center_year
from tequio.project.demo.report import report

pytestmark = pytest.mark.django_db

MEMBERS, SEED = 100, 7  # as the lived year of the tests
START = "import typer; from tequio.project.demo.cli import demo; typer.run(demo)"


@pytest.fixture(scope="module")
def lines(year):
    return report(year=year)


@pytest.fixture(scope="module")
def blocks(lines):
    """The English lines and the Spanish ones."""
    starts = [number for number, line in enumerate(lines) if line.startswith("──")]
    assert len(starts) == 2
    return lines[: starts[1]], lines[starts[1] :]


def labels(block):
    return [line[:13].strip() for line in block[1:] if line[0] != " "]


def test_the_report_fits_a_screen_of_45_lines_and_100_columns_with_the_line_of_the_check(lines):
    assert max(len(line) for line in lines) <= 100
    assert len(lines) + 1 <= 45


def test_what_was_billed_is_one_row_for_each_dues_policy_with_its_figures_in_columns(blocks):
    for block in blocks:
        head, before, after = block[2:5]
        assert len(before) == len(after) == len(head)
        assert [len(re.findall("USD|MXN", row)) for row in (head, before, after)] == [0, 1, 2]


def test_it_is_plain_text(lines):
    assert not [line for line in lines if "\x1b" in line or "\t" in line or line != line.rstrip()]


def test_new_york_is_told_in_english_and_mexico_city_in_spanish(blocks):
    english, spanish = blocks
    assert "Center in New York, 31 December 2016" in english[0]
    assert labels(english) == [
        "Members",
        "Billed",
        "Paid",
        "Open",
        "Followed up",
        "Doors",
        "Oldest debts",
        "Why?",
        "Set aside",
    ]
    assert "Centro en la Ciudad de México, 31 de diciembre de 2016" in spanish[0]
    assert labels(spanish) == [
        "Membresías",
        "Emitido",
        "Pagado",
        "Por pagar",
        "Seguimiento",
        "De fuera",  # and no line of the oldest debts: in this year nobody there owes for long
        "¿Por qué?",
        "Apartado",
    ]


def test_new_york_tells_of_a_member_limited_called_paid_and_back(blocks):
    told = re.sub(r"\s+", " ", "\n".join(blocks[0]))
    said = (
        r"NY-\d{4} limited 3 October 2016, radio.example.org shut, mail kept; called 12 October 2016; "
        r"paid 17 October 2016, open again 1 s later"
    )
    assert re.search(said, told)


def test_mexico_city_tells_whom_it_lends_services_and_who_moves_in(blocks):
    told = re.sub(r"\s+", " ", "\n".join(blocks[1]))
    said = (
        "Coalición por el Agua tiene 2 cuentas prestadas hasta el 30 de junio de 2017; buzones que se mudan: 3, "
        "copiados 1, de regreso 1"
    )
    assert said in told


def test_no_block_names_the_other_currency(blocks):
    assert [set(re.findall("USD|MXN", "\n".join(block))) for block in blocks] == [{"USD"}, {"MXN"}]


def test_every_amount_has_its_code_commas_and_two_decimals(lines):
    for line in (line for line in lines if not line.startswith("──")):
        amounts = re.findall(r"(?:USD|MXN)\b ?\S*", line)
        bare = [a for a in amounts if not re.fullmatch(r"(USD|MXN) -?\d{1,3}(,\d{3})*\.\d\d[;:,.]?", a)]
        assert bare == []


@pytest.mark.parametrize("code", ["us", "mx"])
def test_the_headline_count_is_everybody_who_belongs_and_good_standing_is_told_apart(year, blocks, code):
    block = blocks[code == "mx"]
    belonging = Membership.objects.filter(
        left_on__isnull=True, member__merged_into__isnull=True, member__center__code=code
    )
    good = belonging.filter(member__standing="good").count()
    words = ("belong", "in good standing") if code == "us" else ("en total", "al corriente")
    assert block[1][13:].startswith(f"{belonging.count()} {words[0]}, {good} {words[1]}")


def test_the_why_walk_goes_from_standing_to_source(blocks):
    english, spanish = ("\n".join(block) for block in blocks)
    for text, words in (
        (
            english,
            ["membership dues USD", "policy: ", "in force from 1 July 2016", "decision of 4 June 2016", "source: "],
        ),
        (spanish, ["cuota de membresía MXN", "política: ", "acuerdo del ", "fuente: "]),
    ):
        assert [word for word in words if word not in text] == []


def test_the_standing_of_the_walk_follows_from_the_invoice_it_shows(year):
    walk = center_year(center=center_by_code(code="us"), year=year).why
    assert walk.standing.verdict.charge == walk.invoice.number


@pytest.mark.parametrize("code", ["us", "mx"])
def test_what_is_open_is_sorted_by_the_days_since_it_was_due(year, code):
    sums = dict.fromkeys(("not_due", "to_30", "to_60", "to_90", "over_90"), 0)
    for due_on, rest in Invoice.objects.filter(center__code=code).values_list("due_on", "rest"):
        days = (date(2016, 12, 31) - due_on).days
        if days < 0:
            sums["not_due"] += rest
        elif days <= 30:
            sums["to_30"] += rest
        elif days <= 60:
            sums["to_60"] += rest
        elif days <= 90:
            sums["to_90"] += rest
        else:
            sums["over_90"] += rest
    assert center_year(center=center_by_code(code=code), year=year).open == OpenByAge(**sums)


def test_the_demo_refuses_a_process_whose_database_is_open_already(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with pytest.raises(Refusal, match="a process of its own"):
        demo(serve=False)
    assert list(tmp_path.iterdir()) == []


def test_what_the_import_set_aside_stands_in_the_block_of_its_center(blocks):
    english, spanish = ("\n".join(block) for block in blocks)
    assert [code for code in ("date_invalid", "email_invalid") if code in english] == ["date_invalid"]
    assert [code for code in ("date_invalid", "email_invalid") if code in spanish] == ["email_invalid"]
    assert "NY-0009 and NY-0041" in english
    assert "MX-0003 y MX-0013" in spanish


@pytest.mark.long  # a second year lived, to be like the first: what the other tests say of names and sums is of it too
def test_the_command_gives_the_same_report_for_the_same_seed_and_leaves_no_trace(lines, tmp_path):
    home, temporary = tmp_path / "home", tmp_path / "tmp"
    temporary.mkdir()
    environment = {
        "PATH": os.environ["PATH"],
        "TMPDIR": str(temporary),
        "TEQUIO_HOME": str(home),
        "TEQUIO_DATABASE_URL": f"sqlite:///{home}/untouched.sqlite3",
        "LANG": "es_MX.UTF-8",
        "PYTHONUTF8": "1",
    }
    done = subprocess.run(
        [sys.executable, "-c", START, "--no-serve", "--members", str(MEMBERS), "--seed", str(SEED)],
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stdout.splitlines()[:-1]) == (0, lines)
    assert done.stdout.splitlines()[-1].startswith("Revisado: ")
    assert done.stderr.splitlines()[:2] == ["transcurrió 2016-01", "transcurrió 2016-02"]
    assert (home.exists(), list(temporary.iterdir())) == (False, [])
