"""Importing through a mapping: equal members, nothing changed the second time, what a file lacks stays as it is."""

import pytest
from tests.members.intake.conftest import written
from tests.members.intake.messy_files import good_rows, in_spanish, separated, workbook

from tequio.centers.queries import center_by_code
from tequio.kernel.errors import Refusal
from tequio.kernel.journal.models import Event
from tequio.members.intake.mapping import Mapping
from tequio.members.mappings import mapping_by_name, propose, saved_mappings
from tequio.members.models import Contact, Member, Membership, SavedMapping
from tequio.members.operations import import_roll
from tequio.members.operations.mappings import check, save_mapping

MEMBER = (
    "code",
    "name",
    "kind",
    "center__code",
    "sector",
    "income_band",
    "operations",
    "paid_until",
    "opening_balance",
)


def stored():
    members = list(Member.objects.order_by("code").values_list(*MEMBER, "standing"))
    periods = list(Membership.objects.order_by("member__code").values_list("joined_on", "left_on", "first_period_on"))
    contacts = [
        (c.member.code, c.position, c.name, c.is_representative, c.is_billing, c.is_technical, c.email, c.phone)
        + (c.street, c.city, c.state, c.postal_code, c.country, c.language, c.fingerprint)
        for c in Contact.objects.select_related("member").order_by("member__code", "position")
    ]
    return members, periods, contacts


@pytest.fixture
def contract(tmp_path):
    path = tmp_path / "contract.csv"
    path.write_bytes(written(*good_rows()).encode())
    return path


@pytest.fixture
def messy(tmp_path):
    return workbook(tmp_path / "messy.xlsx", [in_spanish(row) for row in good_rows()], above=[["Padrón"]])


@pytest.fixture
def come(at, tmp_path):
    """Imports rows, each a dict by heading, by the mapping proposed for them."""

    def come(*rows, center="mx", dry_run=False, **corrections):
        path = tmp_path / "come.csv"
        path.write_bytes(separated(rows, encoding="utf-8"))
        proposed = propose(path=path, center=center).mapping.as_json() | corrections
        from tequio.members.intake.mapping import from_json

        return import_roll(path=path, actor="test", at=at, mapping=from_json(value=proposed), dry_run=dry_run)

    return come


def test_the_messy_workbook_after_the_contract_changes_nothing(contract, messy, at):
    import_roll(path=contract, actor="test", at=at)
    before = stored()
    result = import_roll(path=messy, actor="test", at=at, mapping=propose(path=messy).mapping)
    assert (result.changed, stored(), len(before[0]), len(before[2])) == (0, before, 3, 4)


def test_the_contract_after_the_messy_workbook_changes_nothing_nor_does_the_workbook_again(contract, messy, at):
    mapping = propose(path=messy).mapping
    first = import_roll(path=messy, actor="test", at=at, mapping=mapping)
    before = stored()
    assert (first.changed, first.members_made, first.members_changed, first.contacts_written) == (7, 3, 0, 4)
    assert import_roll(path=messy, actor="test", at=at, mapping=mapping).changed == 0
    assert import_roll(path=contract, actor="test", at=at).changed == 0
    assert stored() == before


def test_a_check_says_what_would_change_and_changes_nothing(messy, at):
    result = check(path=messy, mapping=propose(path=messy).mapping, actor="test", at=at)
    assert (result.changed, result.members_made, result.contacts_written) == (7, 3, 4)
    assert (stored(), Event.objects.filter(kind="members.imported").count()) == (([], [], []), 0)


def test_columns_a_file_lacks_stay_as_they_are_known(contract, at, come):
    import_roll(path=contract, actor="test", at=at)
    members, periods, contacts = stored()
    few = {"Clave": "A-1", "Nombre": "Imprenta del Barrio", "Sede": "mx", "Contacto": "Berenice Solís"}
    result = come(few)
    assert (result.changed, stored()) == (0, (members, periods, contacts))
    assert come({**few, "Giro": "imprenta"}).members_changed == 1
    assert stored()[0][0][4:] == ("imprenta", *members[0][5:])
    assert stored()[1:] == (periods, contacts)


def test_a_contact_known_by_its_address_keeps_what_the_file_lacks_and_takes_what_it_has(contract, at, come):
    import_roll(path=contract, actor="test", at=at)
    row = {
        "Clave": "A-1",
        "Nombre": "Imprenta del Barrio",
        "Correo": "berenice@imprenta.example.org",
        "Tel": "55 5987 6543",
    }
    assert come(row).contacts_written == 1
    contact = Contact.objects.get(email="berenice@imprenta.example.org")
    assert (contact.name, contact.is_billing, contact.phone, contact.street, Contact.objects.count()) == (
        "Berenice Solís",
        True,
        "+525559876543",
        "Calle Moctezuma 12",
        4,
    )
    assert come(row).changed == 0


def test_defaults_that_follow_from_the_day_of_import_do_not_move_the_next_time(come, at, tmp_path):
    row = {"Clave": "Z-1", "Nombre": "Red Azul"}
    assert come(row).members_made == 1
    before = stored()
    path = tmp_path / "come.csv"
    later = at.replace(year=2017, month=3)
    result = import_roll(path=path, actor="test", at=later, mapping=propose(path=path, center="mx").mapping)
    assert (result.changed, stored()) == (0, before)


def test_a_name_can_stand_for_the_id_and_the_same_name_is_the_same_member(come):
    rows = (
        {"Nombre": "Red Azul", "Contacto": "Ana"},
        {"Nombre": "RED  ÁZUL", "Contacto": "Eva"},
        {"Nombre": "Red Roja"},
    )
    with pytest.raises(Refusal):
        come(*({"Contacto": "", **row} for row in rows))
    result = come(*({"Contacto": "", **row} for row in rows), id_from_name=True)
    codes = list(Member.objects.order_by("pk").values_list("code", flat=True))
    assert (result.members_made, [r.code for r in result.roll.rejected]) == (2, ["conflict_with_line"])
    assert [(code[:2], len(code), code.isascii()) for code in codes] == [("N-", 14, True)] * 2
    assert come(*({"Contacto": "", **row} for row in rows), id_from_name=True).changed == 0
    again = come({"Nombre": "Red Azul", "Giro": "agua"}, id_from_name=True)
    assert (again.members_changed, Member.objects.filter(sector="agua").get().code) == (1, codes[0])
    assert [e for e in Event.objects.values_list("subject", flat=True) if "azul" in e.lower()] == []


def test_the_same_name_in_another_center_is_another_member(come):
    assert come({"Nombre": "Red Azul"}, id_from_name=True).members_made == 1
    assert come({"Nombre": "Red Azul"}, center="us", id_from_name=True).members_made == 1


def test_a_mapping_is_saved_replaced_and_found_by_name(messy, at):
    mx, us = center_by_code(code="mx"), center_by_code(code="us")
    mapping = propose(path=messy).mapping
    for center, name in ((mx, "  Padrón   anual "), (us, "Padrón anual"), (mx, "Otra")):
        save_mapping(center=center, name=name, mapping=mapping, actor="test", at=at)
    save_mapping(center=mx, name="Otra", mapping=Mapping(columns={}), actor="ana", at=at.replace(year=2017))
    assert [(s.center.code, s.name, s.saved_by, s.saved_at.year) for s in saved_mappings()] == [
        ("mx", "Otra", "ana", 2017),
        ("mx", "Padrón anual", "test", 2016),
        ("us", "Padrón anual", "test", 2016),
    ]
    assert [s.name for s in saved_mappings(center="us")] == ["Padrón anual"]
    assert mapping_by_name(name="Padrón anual", center="mx") == mapping
    assert mapping_by_name(name="Otra") == Mapping(columns={}, defaults={"center": "mx"})
    for name, center in (("Padrón anual", None), ("Padrón", None), ("Otra", "us")):
        with pytest.raises(Refusal):
            mapping_by_name(name=name, center=center)


@pytest.mark.parametrize("name", ["", "   ", "x" * 61, "a\u202eb"])
def test_a_mapping_needs_a_name_that_can_be_typed(sample_rules, at, name):
    with pytest.raises(Refusal):
        save_mapping(center=center_by_code(code="mx"), name=name, mapping=Mapping(columns={}), actor="test", at=at)
    assert SavedMapping.objects.count() == 0


def test_a_base_is_shown_instead_of_guessed(messy):
    base = Mapping(columns={"member_id": ("Clave",), "member_name": ("Nombre de la organización",)}, dates="dmy")
    proposal = propose(path=messy, center="mx", base=base)
    shown = {h.heading: h.column for h in proposal.headings if h.column}
    assert shown == {"Clave": "member_id", "Nombre de la organización": "member_name"}
    assert (proposal.mapping.columns, proposal.mapping.defaults["center"], proposal.missing) == (base.columns, "mx", ())
