"""A newcomer's first hour at the command line: from `init` to everybody billed, one paid and in good standing."""

import csv
import re

import pytest

ROLL = [
    {
        "member_id": "NY-1",
        "member_name": "Harbor Street Print Shop",
        "kind": "organization",
        "center": "us",
        "joined_on": "2011-03-01",
        "sector": "media",
        "income_band": "3",
        "operations": "yes",
        "paid_until": "2016-03-01",
        "balance_due": "0.00",
        "currency": "USD",
        "contact_name": "June Okafor",
        "contact_roles": "representative;billing",
        "email": "june@example.org",
        "phone": "212-555-0142",
        "street": "12 Harbor Street",
        "city": "New York",
        "state": "NY",
        "postal_code": "10001",
        "country": "US",
        "language": "en",
    },
]
_MEXICAN = ROLL[0] | {"center": "mx", "currency": "MXN", "country": "MX", "language": "es", "phone": ""}
ROLL += [
    _MEXICAN | {"member_id": "MX-1", "member_name": "Radio Comunal La Ceiba", "contact_name": "Tomás Uc"},
    _MEXICAN | {"member_id": "MX-2", "member_name": "Taller La Trenza", "paid_until": "2016-02-01"},
    ROLL[0] | {"member_id": "NY-2", "member_name": "Tenants of Elm Street", "paid_until": "2016-02-01"},
    ROLL[0] | {"member_id": "NY-3", "member_name": "Nobody's Day", "joined_on": "2011-02-30"},
    ROLL[0] | {"member_id": "NY-4", "member_name": "No Kind", "kind": "friend"},
]

SAID = {
    "en": {
        "ready": "The instance is ready: {home}\n"
        "The sample rules are in force; “tequio rules show” tells which figures are assumed.\n"
        "Meetings: 8 planned, 0 changed, 0 given up.\n",
        "bad row": "row 6: date_invalid: “2011-02-30”",
        "read": "4 members and 4 contacts read, 2 rows set aside.",
        "changed": "8 members and contacts were made or changed.",
        "us": "us: 2 invoices to 2 members: membership USD 100.00, operations and support USD 300.00",
        "mx": "mx: 2 invoices to 2 members: membership MXN 2,050.00, operations and support MXN 6,150.00",
        "nothing made": "Nothing was made. To confirm exactly this: tequio dues run --as-of 2016-07-15 --hash ",
        "done": "Run 1 is done.",
        "again": "Nothing to bill: every period that has begun has its invoice.\n",
        "owes": ("NY-1", "Owes: USD 200.00"),
        "due": "due on 29 July 2016",
        "left": "left to pay: USD 200.00",
        "why": "decided on 2016-06-",
        "rest": "  US-000001: USD 120.00, left USD 80.00\n",
        "good": "good standing since",
        "settled": "left to pay: USD 0.00",
        "debtors": ["MX-1  Radio Comunal La Ceiba  since 2016-07-29  MXN 4,100.00", "all overdue: MXN 8,200.00"],
        "check": "Standings, balances, ledger and journal agree.\n",
    },
    "es": {
        "ready": "La instancia está lista: {home}\n"
        "Las reglas de muestra están vigentes; «tequio rules show» dice qué cifras son supuestas.\n"
        "Reuniones: 8 programadas, 0 cambiadas, 0 retiradas.\n",
        "bad row": "fila 6: date_invalid: «2011-02-30»",
        "read": "Se leyeron 4 membresías y 4 contactos; 2 filas quedaron aparte.",
        "changed": "Se crearon o cambiaron 8 membresías y contactos.",
        "us": "us: 2 avisos a 2 membresías: membresía USD 100.00, operación y soporte USD 300.00",
        "mx": "mx: 2 avisos a 2 membresías: membresía MXN 2,050.00, operación y soporte MXN 6,150.00",
        "nothing made": "No se hizo nada. Para confirmar exactamente esto: tequio dues run --as-of 2016-07-15 --hash ",
        "done": "La corrida 1 está hecha.",
        "again": "Nada que cobrar: todo periodo que ha empezado tiene su aviso.\n",
        "owes": ("NY-1", "Debe: USD 200.00"),
        "due": "vence el 29 de julio de 2016",
        "left": "resta por pagar: USD 200.00",
        "why": "acordado el 2016-06-",
        "rest": "  US-000001: USD 120.00, resta USD 80.00\n",
        "good": "al corriente desde el",
        "settled": "resta por pagar: USD 0.00",
        "debtors": ["MX-1  Radio Comunal La Ceiba  desde 2016-07-29  MXN 4,100.00", "todo lo vencido: MXN 8,200.00"],
        "check": "Situaciones, saldos, libros y bitácora concuerdan.\n",
    },
}


@pytest.mark.parametrize("language", ["en", "es"])
def test_from_init_to_paid_and_in_good_standing(nothing_yet, tmp_path, language):
    said, roll = SAID[language], tmp_path / "roll.csv"
    with roll.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, list(ROLL[0]))
        writer.writeheader()
        writer.writerows(ROLL)

    def tequio(*words):
        return nothing_yet.done("--lang", language, *words).out

    pay = ("payments", "add", "--member", "NY-1", "--currency", "USD", "--method", "check", "--on")
    dues = ("dues", "run", "--as-of", "2016-07-15")

    assert tequio("init", "--sample-rules") == said["ready"].format(home=nothing_yet.home)
    assert tequio("check") == said["check"]

    imported = tequio("members", "import", roll, "--dry-run")
    assert said["bad row"] in imported
    assert nothing_yet.value("SELECT count(*) FROM members_member") == 0
    imported = tequio("members", "import", roll)
    assert said["bad row"] in imported
    assert imported.endswith(f"{said['read']}\n{said['changed']}\n")

    preview = tequio("dues", "preview", "--as-of", "2016-07-15")
    assert said["us"] in preview
    assert said["mx"] in preview
    key = re.search(re.escape(said["nothing made"]) + r"([0-9a-f]{16})\n$", preview).group(1)
    made = tequio(*dues, "--hash", key)
    assert said["us"] in made
    assert said["done"] in made
    assert tequio(*dues, "--yes") == said["again"]

    member, owes = said["owes"]
    assert owes in tequio("members", "show", member, "--on", "2016-07-20")
    invoice = tequio("invoices", "show", "US-000001")
    assert said["due"] in invoice
    assert said["left"] in invoice
    assert said["why"] in tequio("invoices", "why", "US-000001")

    assert said["rest"] in tequio(*pay, "2016-08-01", "--amount", "120")
    tequio(*pay, "2016-08-05", "--amount", "80")
    assert said["settled"] in tequio("invoices", "show", "US-000001")
    assert said["good"] in tequio("members", "show", member, "--on", "2016-12-01")
    behind = tequio("debtors", "--on", "2016-12-01").splitlines()
    assert [line for line in behind if line in said["debtors"]] == said["debtors"]
    assert not any("NY-1" in line for line in behind)
    assert "US-000001" in tequio("export", "beancount", "--center", "us")
    assert tequio("check") == said["check"]

    shown = nothing_yet.done("members", "show", member, "--on", "2016-12-01", "--json").json
    assert (shown["standing"], shown["balance"]) == ("good", {"USD": 0})
    other = nothing_yet.done("members", "show", "MX-1", "--on", "2016-12-01", "--json").json
    assert (other["standing"], other["balance"]) == ("at_risk", {"MXN": 4100})


def test_a_newcomer_who_says_no_to_the_question_made_nothing(copies, enrolled):
    instance = copies(enrolled)
    answer = instance.run("dues", "run", "--as-of", "2016-07-15", stdin="no\n")
    assert answer.code == 1
    assert answer.err == "Nobody is there to confirm. Nothing was made; use --yes, or --hash with a preview's hash.\n"
    assert instance.value("SELECT count(*) FROM dues_invoice WHERE run_id IS NOT NULL") == 0
