"""A spreadsheet as people keep it: its columns guessed, shown, corrected, kept under a name, and imported."""

import io

import pytest

from tequio.members.models import Import, Member, Membership, SavedMapping

SPANISH = (
    "Organización;Correo;Ingreso;Pagado hasta;Adeudo;Notas\n"
    "Casa Maíz;maiz@example.org;03/04/2010;01/03/2016;1.234,50;ninguna\n"
    "Radio Sur;sur@example.org;25/12/2011;25/12/2015;0,00;\n"
).encode("cp1252")
UNSURE = b"Name,Email,Joined\nCasa Uno,uno@example.org,03/04/2010\n"


@pytest.fixture
def treasurer(sample_rules, signed_in):
    return signed_in("treasurer", "mx")


@pytest.fixture
def columns(treasurer, hand_in):
    """A function that hands a file in and gives the address of its columns and the answers the page proposes."""
    import re

    def begin(content=SPANISH, client=treasurer, **words):
        answer = hand_in(client, content, name="socios.csv", **words)
        pk = Import.objects.latest("pk").pk
        assert answer["Location"] == f"/imports/{pk}/"
        path = f"/imports/{pk}/columns/"
        text = client.get(path).content.decode()
        chosen = {}
        for name, inside in re.findall(r'<select name="([^"]+)".*?>(.*?)</select>', text, re.DOTALL):
            found = re.search(r'value="([^"]*)" selected', inside)
            chosen[name] = found.group(1) if found else ""
        chosen["asked"] = re.search(r'name="asked" value="([^"]*)"', text).group(1)
        return path, chosen, text

    return begin


def test_every_heading_stands_there_with_examples_a_guess_and_the_reason(columns):
    _, chosen, text = columns()
    assert [chosen[f"heading_{n}"] for n in range(6)] == [
        "member_name",
        "email",
        "joined_on",
        "paid_until",
        "balance_due",
        "",
    ]
    assert (chosen["dates"], chosen["decimal"], chosen["default_center"]) == ("dmy", ",", "mx")
    for example in ("Casa Maíz", "maiz@example.org", "03/04/2010", "1.234,50", "ninguna"):
        assert f"<bdi>{example}</bdi>" in text
    assert "Dates that can be read no other way: 2 of 4." in text
    assert "Decimal comma: 2 of 2 amounts that tell." in text


def test_what_is_still_open_is_asked_for_and_nothing_is_previewed(columns, treasurer):
    path, chosen, text = columns()
    assert "Something only you can say is still open" in text
    answer = treasurer.post(path, {**chosen, "act": "preview"})
    assert answer.status_code == 422
    assert "Say which heading is the member&#39;s id, or let the name stand for it" in answer.content.decode()
    assert Import.objects.get().state == "waiting"


def test_the_answers_are_previewed_and_then_imported(columns, treasurer, confirm):
    path, chosen, _ = columns()
    answer = treasurer.post(path, {**chosen, "id_from_name": "on", "default_kind": "organization", "act": "preview"})
    row = Import.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/imports/{row.pk}/preview/")
    assert (row.counts["made"], row.counts["rejected"], row.center.code) == (2, 0, "mx")
    assert confirm(treasurer, row.pk).status_code == 303
    casa = Member.objects.get(name="Casa Maíz")
    assert (casa.opening_balance, casa.paid_until.isoformat()) == (123450, "2016-03-01")
    assert Membership.objects.get(member=casa).joined_on.isoformat() == "2010-04-03"
    assert Import.objects.get().mapping["decimal"] == ","


def test_an_order_of_dates_that_nothing_tells_has_to_be_chosen(columns, treasurer):
    path, chosen, text = columns(UNSURE)
    assert chosen["dates"] == ""
    assert "could begin with the day or the month" in text
    answer = treasurer.post(path, {**chosen, "id_from_name": "on", "act": "preview"})
    assert answer.status_code == 422
    assert "Say what comes first in dates like 03/04/2010" in answer.content.decode()
    answer = treasurer.post(path, {**chosen, "id_from_name": "on", "dates": "mdy", "act": "preview"})
    assert answer.status_code == 303


def test_what_was_said_is_still_there_after_looking_again(columns, treasurer):
    path, chosen, _ = columns()
    answer = treasurer.post(
        path, {**chosen, "heading_5": "sector", "decimal": ".", "id_from_name": "on", "act": "look"}
    )
    assert (answer.status_code, answer["Location"]) == (303, path)
    text = treasurer.get(path).content.decode()
    assert '<option value="sector" selected>' in text
    assert '<option value="." selected>' in text
    assert 'name="id_from_name" id="id_id_from_name" checked' in text


def test_a_column_taken_away_is_asked_about_before_the_preview(columns, treasurer):
    path, chosen, _ = columns()
    answer = treasurer.post(path, {**chosen, "heading_3": "", "id_from_name": "on", "act": "preview"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Other columns are lacking now." in text
    assert 'name="default_paid_until"' in text
    assert Import.objects.get().state == "waiting"


def test_a_preview_of_other_columns_is_not_confirmed_any_more(columns, treasurer, confirm):
    path, chosen, _ = columns()
    said = {**chosen, "id_from_name": "on"}
    treasurer.post(path, {**said, "act": "preview"})
    row = Import.objects.get()
    old = row.preview_key
    treasurer.post(path, {**said, "heading_5": "sector", "act": "preview"})
    row.refresh_from_db()
    assert row.preview_key != old
    answer = treasurer.post(f"/imports/{row.pk}/confirm/", {"key": old})
    assert answer.status_code == 409
    assert "The columns were changed after the preview you confirmed." in answer.content.decode()
    assert Member.objects.count() == 0


def test_columns_changed_and_not_previewed_yet_cannot_be_confirmed(columns, treasurer):
    path, chosen, _ = columns()
    said = {**chosen, "id_from_name": "on"}
    treasurer.post(path, {**said, "act": "preview"})
    old = Import.objects.get().preview_key
    treasurer.post(path, {**said, "decimal": ".", "act": "look"})
    answer = treasurer.post(f"/imports/{Import.objects.get().pk}/confirm/", {"key": old})
    assert answer.status_code == 409
    assert Member.objects.count() == 0


def test_the_columns_are_kept_under_a_name_and_read_the_next_file(columns, treasurer):
    path, chosen, _ = columns()
    said = {**chosen, "heading_5": "sector", "id_from_name": "on"}
    treasurer.post(path, {**said, "save_name": "  Padrón   anual ", "save_center": "mx", "act": "preview"})
    saved = SavedMapping.objects.get()
    assert (saved.name, saved.center.code, saved.mapping["columns"]["sector"]) == ("Padrón anual", "mx", ["Notas"])
    other, again, text = columns(SPANISH.replace(b"Radio", b"Voces"))
    assert again["heading_5"] == ""
    assert f'<a href="?saved={saved.pk}"><bdi>Padrón anual</bdi></a>' in text
    text = treasurer.get(f"{other}?saved={saved.pk}").content.decode()
    assert '<option value="sector" selected>' in text
    assert "The mapping says so." in text


@pytest.mark.parametrize("asked", ["", "x", "99999", "-1", "9" * 30, "1' OR 1"])
def test_a_saved_mapping_nobody_has_is_left_out_of_account(columns, treasurer, asked):
    path, _, _ = columns()
    answer = treasurer.get(path, {"saved": asked})
    assert answer.status_code == 200


def test_a_saved_mapping_for_other_headings_is_refused_and_the_guess_shown(columns, treasurer, at):
    from tequio.centers.models import Center
    from tequio.members.intake.mapping import Mapping
    from tequio.members.operations.mappings import save_mapping

    other = Mapping(columns={"member_name": ("Nombre social",)})
    saved = save_mapping(center=Center.objects.get(code="mx"), name="Otra", mapping=other, actor="test", at=at)
    path, _, _ = columns()
    text = treasurer.get(path, {"saved": saved.pk}).content.decode()
    assert "Look at this first" in text
    assert '<option value="member_name" selected>' in text


def test_a_mapping_of_another_center_is_neither_offered_nor_used(columns, treasurer, at):
    from tequio.centers.models import Center
    from tequio.members.intake.mapping import Mapping
    from tequio.members.operations.mappings import save_mapping

    foreign = Mapping(columns={"member_name": ("Correo",)})
    saved = save_mapping(center=Center.objects.get(code="us"), name="Ajena", mapping=foreign, actor="test", at=at)
    path, _, text = columns()
    assert "Ajena" not in text
    assert "The mapping says so." not in treasurer.get(path, {"saved": saved.pk}).content.decode()


def test_keeping_without_a_center_is_said_and_the_answers_stay(sample_rules, signed_in, columns):
    client = signed_in("administrator")
    path, chosen, _ = columns(client=client, center="mx")
    said = {**chosen, "id_from_name": "on", "save_name": "Padrón", "save_center": "", "act": "preview"}
    answer = client.post(path, said)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Say which center the columns are kept for." in text
    assert 'value="Padrón"' in text
    assert SavedMapping.objects.count() == 0


def test_a_word_nobody_explained_is_asked_about_and_then_understood(columns, treasurer):
    path, chosen, text = columns(
        "Nombre,Correo,Tipo\nCasa,c@example.org,organización\nRadio,r@example.org,gremio\n".encode()
    )
    assert "<bdi>gremio</bdi>" in text
    treasurer.post(path, {**chosen, "id_from_name": "on", "act": "preview"})
    assert Import.objects.get().counts["rejected"] == 1
    treasurer.post(path, {**chosen, "id_from_name": "on", "value_0": "organization", "act": "preview"})
    assert [Import.objects.get().counts[name] for name in ("made", "rejected")] == [2, 0]


def test_a_choice_the_page_never_offered_is_a_fault_of_the_form(columns, treasurer):
    path, chosen, _ = columns()
    answer = treasurer.post(path, {**chosen, "heading_0": "password", "dates": "xyz", "act": "preview"})
    assert answer.status_code == 422
    assert Import.objects.get().mapping is None


def test_hostile_headings_and_cells_are_text(columns, treasurer):
    hostile = "Name,<script>alert(1)</script>,mar\u202egnp\n<b>x</b>,=1+1," + "Z" * 10_000 + "\n"
    _, _, text = columns(hostile.encode())
    assert "<script>alert" not in text
    assert "<b>x</b>" not in text
    assert "<bdi>mar\u202egnp</bdi>" in text  # turned around within itself, and nothing beside it
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "Z" * 41 not in text


def test_a_workbook_is_read_as_well(columns, treasurer):
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.append(["Member", "E-mail", "Sector"])
    sheet.append(["Casa Uno", "uno@example.org", "media"])
    stream = io.BytesIO()
    book.save(stream)
    path, chosen, _ = columns(stream.getvalue())
    assert [chosen[f"heading_{n}"] for n in range(3)] == ["member_name", "email", "sector"]
    assert treasurer.post(path, {**chosen, "id_from_name": "on", "act": "preview"}).status_code == 303


def test_a_treasurers_spreadsheet_of_another_center_is_refused_with_the_rows(columns, treasurer):
    path, chosen, _ = columns(b"Name,Email,Center\nUno,uno@example.org,mx\nDos,dos@example.org,us\n")
    answer = treasurer.post(path, {**chosen, "id_from_name": "on", "act": "preview"})
    assert answer.status_code == 422
    assert "These rows are of members of other centers (1): 3." in answer.content.decode()
    assert Import.objects.get().state == "waiting"


def test_the_page_in_spanish_is_spanish(sample_rules, signed_in, columns):
    client = signed_in("treasurer", "mx", language="es", email="es@example.org")
    _, _, text = columns(client=client)
    assert "Falta algo que solo usted puede decir" in text
    assert "Primero va el día" in text
    assert ">nombre de la membresía</option>" in text


def test_the_columns_page_asks_the_database_the_same_for_any_number_of_rows(columns, treasurer):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counted = []
    treasurer.get("/imports/")
    for rows in (1, 60):
        lines = "".join(f"Casa {n},c{n}@example.org\n" for n in range(rows))
        path, _, _ = columns(f"Name,Email\n{lines}".encode())
        with CaptureQueriesContext(connection) as queries:
            treasurer.get(path)
        counted.append(len(queries))
    assert counted[0] == counted[1]
