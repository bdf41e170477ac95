"""What is proposed for a file: which heading is what, how sure, what is missing, what has to be asked."""

import pytest
from tests.members.intake.messy_files import CENTERS, proposed, read_messy, read_with, separated

from tequio.kernel.errors import Refusal
from tequio.members.intake.mapping import Mapping, from_json

BARE = {"Clave": "1", "Nombre": "Red", "Sede": "mx"}


@pytest.fixture
def file(tmp_path):
    """Writes rows, each a dict by heading, as text separated by semicolons."""

    def write(*rows, name="f.csv"):
        path = tmp_path / name
        path.write_bytes(separated(rows, encoding="utf-8"))
        return path

    return write


def columns(path):
    return {h.heading: (h.column, h.confidence) for h in proposed(path).headings}


def test_headings_alone_content_alone_and_neither(file):
    rows = [
        {
            "Organización": f"Red {n}",
            "Nombre": "Ana Ríos",
            "Correo personal": f"a{n}@example.org",
            "Contáctenos en": f"+52 55 5123 456{n}",
            "Fecha de nacimiento": "1980-02-03",
            "Notas": "ninguna",
            "Lugar": "Perú",
        }
        for n in range(4)
    ]
    assert columns(file(*rows)) == {
        "Organización": ("member_name", "sure"),
        "Nombre": ("contact_name", "sure"),
        "Correo personal": ("email", "likely"),
        "Contáctenos en": ("phone", "guess"),
        "Fecha de nacimiento": (None, "none"),
        "Notas": (None, "none"),
        "Lugar": ("country", "guess"),
    }


def test_a_heading_that_what_stands_under_it_contradicts_is_no_more_than_a_guess(file):
    rows = [{**BARE, "Correo": f"Calle {n}", "Vencimiento": "ya"} for n in range(4)]
    found = columns(file(*rows))
    assert (found["Correo"], found["Vencimiento"]) == (("email", "guess"), ("paid_until", "guess"))


@pytest.mark.parametrize(
    ("numbers", "taken"),
    [
        (["MX-17", "MX-4", "MX-90"], ("member_id", "likely")),
        (["104", "17", "230"], ("member_id", "likely")),
        (["1", "2", "3"], (None, "none")),
    ],
)
def test_a_heading_no_is_the_members_number_where_it_does_not_just_count_rows(file, numbers, taken):
    rows = [{"No.": number, "Nombre": "Red", "Cuota pagada hasta": "2016-12-31"} for number in numbers]
    found = columns(file(*rows))
    assert (found["No."], found["Cuota pagada hasta"]) == (taken, ("paid_until", "sure"))


def test_first_and_last_name_are_the_contact_and_without_another_name_the_member(file):
    path = file({"Clave": "1", "Nombre": "Ana", "Apellidos": "Ríos Luna", "Sede": "mx", "Tipo": "persona"})
    roll = read_messy(path)
    assert ([m.name for m in roll.members.values()], [c.name for c in roll.contacts]) == (
        ["Ana Ríos Luna"],
        ["Ana Ríos Luna"],
    )


def test_three_different_examples_are_shown_and_none_runs_on(file):
    rows = [{**BARE, "Clave": text} for text in ("1", "1", "x" * 90, "\u202eab", "4")]
    assert proposed(file(*rows)).headings[0].examples == ("1", "x" * 40 + "…", "�ab")


def test_dates_that_could_be_either_are_asked_and_never_guessed(file):
    path = file({**BARE, "Ingreso": "03/04/2015"}, {**BARE, "Clave": "2", "Ingreso": "05/06/2015"})
    proposal = proposed(path)
    assert (proposal.dates.value, proposal.mapping.dates) == (None, None)
    assert proposal.dates.why.en[:42] == "Unsure: 2 dates like 03/04/2015 could begi"
    assert [text.es[:52] for text in proposal.missing] == ["Indique qué va primero en fechas como 03/04/2015: el"]
    with pytest.raises(Refusal) as refusal:
        read_messy(path)
    assert refusal.value.text == proposal.missing[0]
    for order, month in (("dmy", 4), ("mdy", 3)):
        assert read_messy(path, dates=order).members["1"].joined_on.month == month


def test_dates_that_contradict_each_other_are_asked_and_the_others_set_aside(file):
    path = file({**BARE, "Ingreso": "25/12/2015"}, {**BARE, "Clave": "2", "Ingreso": "12/25/2015"})
    assert (proposed(path).dates.value, len(proposed(path).missing)) == (None, 1)
    roll = read_messy(path, dates="dmy")
    assert (list(roll.members), [(r.row, r.code) for r in roll.rejected]) == (["1"], [(3, "date_invalid")])


def test_what_the_file_lacks_is_stated_and_nobody_is_billed_for_it(file):
    path = file({**BARE, "Ingreso": "2012-09-30"}, {**BARE, "Clave": "2", "Ingreso": "2011-02-28"})
    proposal = proposed(path)
    assert [d.column for d in proposal.defaults] == [
        *("kind", "sector", "income_band", "operations", "paid_until", "balance_due", "currency", "contact_name"),
        *("contact_roles", "email", "phone", "street", "city", "state", "postal_code", "country", "language"),
    ]
    assert all(d.text.en and d.text.es for d in proposal.defaults)
    member, other = read_messy(path).members.values()
    assert (member.kind, member.operations, member.balance_due, member.currency) == ("organization", False, 0, "MXN")
    assert (member.paid_until.isoformat(), other.paid_until.isoformat()) == ("2016-09-30", "2017-02-28")
    contact = read_messy(path).contacts[0]
    assert (contact.name, contact.roles, contact.language) == ("Red", ("representative", "billing"), "es")


def test_joining_follows_from_paid_until_or_is_the_day_of_import(file):
    paid = read_messy(file({**BARE, "Vence": "2016-02-29"})).members["1"]
    assert (paid.joined_on.isoformat(), paid.paid_until.isoformat()) == ("2015-02-28", "2016-02-29")
    bare = read_messy(file(BARE)).members["1"]
    assert (bare.joined_on.isoformat(), bare.paid_until.isoformat()) == ("2016-07-15", "2017-07-15")


def test_a_name_and_a_center_are_required_and_an_id_is_asked_for(file):
    missing = proposed(file({"Correo": "a@example.org", "Giro": "maíz"})).missing
    assert [text.en.split(",")[0].split(" is ")[0] for text in missing] == [
        "Say which heading",
        "Say which heading",
        "Say which heading",
    ]
    assert len(proposed(file({"Correo": "a@example.org", "Giro": "maíz"}), center="mx").missing) == 2
    with pytest.raises(Refusal):
        read_messy(file({"Nombre": "Red", "Sede": "mx"}))


def test_a_center_that_is_the_only_one_needs_no_naming(file):
    from tequio.members.intake.proposing import propose_for
    from tequio.members.intake.sheets import read_sheet

    sheet = read_sheet(path=file({"Nombre": "Red", "Clave": "1"}))
    assert propose_for(sheet=sheet, centers=CENTERS[:1]).mapping.defaults["center"] == "mx"


def test_empty_cells_mean_no_or_nothing_only_where_that_is_plain(file):
    marks = file({**BARE, "Soporte": "x", "Saldo": "200"}, {**BARE, "Clave": "2", "Soporte": "", "Saldo": ""})
    roll = read_messy(marks)
    assert [(m.operations, m.balance_due) for m in roll.members.values()] == [(True, 20_000), (False, 0)]
    said = file(
        {**BARE, "Soporte": "sí"}, {**BARE, "Clave": "2", "Soporte": "no"}, {**BARE, "Clave": "3", "Soporte": ""}
    )
    assert [(r.row, r.code) for r in read_messy(said).rejected] == [(4, "operations_invalid")]


def test_words_nobody_explained_are_named_with_their_rows(file):
    rows = [{**BARE, "Clave": str(n), "Tipo": kind} for n, kind in enumerate(["Asamblea", "Asamblea", "persona"])]
    path = file(*rows)
    proposal = proposed(path)
    assert [(u.column, u.value, u.rows) for u in proposal.unknown_values] == [("kind", "Asamblea", 2)]
    assert [(r.row, r.code) for r in read_messy(path).rejected] == [(2, "kind_missing"), (3, "kind_missing")]
    corrected = proposal.mapping.as_json()
    corrected["values"].setdefault("kind", {})["asamblea"] = "organization"
    assert read_with(path, from_json(value=corrected)).rejected == []


def test_a_reason_names_the_row_and_the_heading_of_the_persons_own_file(file):
    path = file(
        {**BARE, "Fecha de ingreso": "31/02/2015", "Correo": "a@example.org"},
        {**BARE, "Fecha de ingreso": "28/02/2015", "Correo": "a en example.org"},
        {**BARE, "Fecha de ingreso": "27/02/2015", "Correo": ""},
        {**BARE, "Fecha de ingreso": "26/02/2015", "Correo": ""},
    )
    roll = read_messy(path)
    assert [(r.row, r.code) for r in roll.rejected] == [
        (2, "date_invalid"),
        (3, "email_invalid"),
        (5, "conflict_with_line"),
    ]
    assert [r.text.es for r in roll.rejected] == [
        "«31/02/2015», en la columna «Fecha de ingreso», no es una fecha entre 1900 y 2100. Escríbala como 2016-07-01.",
        "La columna «Correo» no tiene una sola dirección de correo como nombre@example.org. También puede ir vacía.",
        "La columna «Fecha de ingreso» no dice lo mismo que la fila 4, la primera que se tomó de la misma membresía.",
    ]


def test_a_mapping_goes_to_json_and_back(file):
    path = file(
        {**BARE, "Tipo": "Colectivo", "Saldo": "-"}, {**BARE, "Clave": "2", "Tipo": "persona", "Saldo": "1.200,50"}
    )
    mapping = proposed(path).mapping
    assert mapping.values == {
        "kind": {"colectivo": "organization", "persona": "individual"},
        "balance_due": {"-": "0.00"},
    }
    assert (from_json(value=mapping.as_json()), mapping.decimal) == (mapping, ",")


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        {"columns": []},
        {"columns": {"shoe_size": ["Zapato"]}},
        {"columns": {"email": "Correo"}},
        {"columns": {"email": [3]}},
        {"dates": "day"},
        {"decimal": ";"},
        {"defaults": {"kind": 3}},
        {"defaults": {"kind": "@import_day"}},
        {"values": {"kind": {"a": None}}},
        {"values": {"kind": []}},
    ],
)
def test_a_mapping_that_is_not_in_order_is_refused(wrong):
    with pytest.raises(Refusal):
        from_json(value=wrong)


def test_a_mapping_finds_headings_whatever_their_capitals_and_refuses_those_that_are_gone(file):
    mapping = Mapping(columns={"member_id": ("CLAVE",), "member_name": ("nómbre",), "center": ("Sede",)})
    assert list(read_with(file(BARE), mapping).members) == ["1"]
    gone = Mapping(columns={**mapping.columns, "email": ("Correo", "Mail")})
    with pytest.raises(Refusal) as refusal:
        read_with(file(BARE), gone)
    assert refusal.value.text.en == (
        "The mapping needs headings this file does not have: “Correo”, “Mail”. Correct the mapping or the file."
    )


def test_hostile_names_pass_as_text(file):
    name = "<script>alert(1)</script> =cmd|' /C calc'!A0"
    assert [m.name for m in read_messy(file({**BARE, "Nombre": name})).members.values()] == [name]
