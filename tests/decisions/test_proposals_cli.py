"""`tequio proposals`."""

import json

import pytest

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path, ana):
    """A file with a proposal of Ana's."""
    path = tmp_path / "proposals.json"
    row = {"body": "lc", "sponsor": ana.email, "original": "es", "ask": {"es": "Tener aves."}}
    path.write_text(json.dumps(row), encoding="utf-8")
    return path


def test_a_file_is_imported_once(cli, file):
    code, out, _ = cli("proposals", "import", file, "--json")
    made = json.loads(out)
    again = cli("proposals", "import", file)

    assert (code, len(made["made"]), made["there"]) == (0, 1, [])
    assert again[:2] == (0, f"Made: -. There already: {made['made'][0]}.\n")


def test_proposals_are_listed_and_one_is_shown(cli, file):
    cli("proposals", "import", file)

    listed = json.loads(cli("proposals", "list", "--json")[1])
    shown = json.loads(cli("proposals", "show", listed[0]["code"], "--json")[1])

    assert [(line["ask"]["es"], line["stage"]) for line in listed] == [("Tener aves.", "draft")]
    assert (shown["code"], shown["obstacles"][0]["en"]) == (listed[0]["code"], "It does not circulate yet.")
    assert cli("--lang", "es", "proposals", "list")[1] == f"{shown['code']} Comité: Tener aves. borrador\n"
    assert cli("--lang", "es", "proposals", "show", shown["code"])[1].splitlines() == [
        f"{shown['code']}, Comité, versión 1, borrador. Propone: Ana.",
        "Tener aves.",
        "Todavía no circula.",
        "Falta la traducción al inglés: lo que se pide.",
    ]


def test_a_stage_nobody_knows_is_wrong_usage_and_a_proposal_nobody_made_is_refused(cli, db):
    assert cli("proposals", "list", "--stage", "somewhere")[0] == 2
    assert cli("proposals", "show", "2016-9")[::2] == (1, "There is no proposal “2016-9”.")
