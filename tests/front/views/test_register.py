"""The register of decisions, open to everybody."""

import html
import json
import xml.etree.ElementTree as ET

import pytest
from django.test.utils import CaptureQueriesContext

from tequio.decisions.models import Decision
from tequio.dues.models import DuesPolicy

pytestmark = pytest.mark.django_db


def text_of(answer):
    return html.unescape(answer.content.decode())


def test_everybody_reads_the_register_without_signing_in(sample_rules, client):
    answer = client.get("/decisions/")

    said = text_of(answer)
    assert answer.status_code == 200
    assert [d.title_en for d in Decision.objects.all() if d.title_en not in said] == []


def test_it_is_in_the_language_of_the_reader(sample_rules, client):
    said = text_of(client.get("/decisions/", HTTP_ACCEPT_LANGUAGE="es-MX"))

    assert "Qué se acordó, y qué puso en vigor" in said
    assert [d.title_es for d in Decision.objects.all() if d.title_es not in said] == []


def test_a_decision_shows_the_rules_that_stand_on_it_and_that_its_counts_are_not_stated(sample_rules, client):
    policy = DuesPolicy.objects.select_related("decision", "center").order_by("pk").first()

    said = text_of(client.get(f"/decisions/{policy.decision.code}/"))

    assert policy.title_en in said
    assert "Counts not stated." in said
    assert "It was taken outside this program and recorded here." in said


def test_counts_are_shown_where_they_are_stated(sample_rules, client):
    code = Decision.objects.order_by("pk").first().code
    Decision.objects.filter(code=code).update(counts_stated=True, in_favor=84, against=2, abstained=3)

    assert "84 in favor, 2 against, 3 abstaining." in text_of(client.get(f"/decisions/{code}/"))


def test_a_decision_nobody_took_is_not_found(sample_rules, client):
    assert client.get("/decisions/nothing/").status_code == 404


def test_a_body_nobody_knows_is_no_filter(sample_rules, client):
    assert text_of(client.get("/decisions/?body=%00")).count("<tr>") == 1 + Decision.objects.count()


def test_the_same_register_as_csv_and_json(sample_rules, client):
    lines = b"".join(client.get("/decisions/list.csv").streaming_content).decode().splitlines()
    found = json.loads(client.get("/decisions/list.json").content)["decisions"]

    codes = list(Decision.objects.order_by("-decided_on", "code").values_list("code", flat=True))
    assert [line.partition(",")[0] for line in lines[1:]] == codes
    assert [entry["decision"] for entry in found] == codes
    assert {rule["code"] for entry in found for rule in entry["adopted"]} >= set(
        DuesPolicy.objects.values_list("code", flat=True)
    )


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_feed_is_atom_and_names_each_decision_once(sample_rules, client, language):
    answer = client.get(f"/decisions/feed/{language}/")

    root = ET.fromstring(answer.content)  # noqa: S314 - WONTFIX: our own feed
    atom = "{http://www.w3.org/2005/Atom}"
    ids = [entry.findtext(f"{atom}id") for entry in root.iter(f"{atom}entry")]
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert (len(ids), len(set(ids))) == (Decision.objects.count(),) * 2
    titles = {entry.findtext(f"{atom}title") for entry in root.iter(f"{atom}entry")}
    assert titles == set(Decision.objects.values_list(f"title_{language}", flat=True))


def test_a_feed_in_a_language_the_program_does_not_speak_is_not_found(sample_rules, client):
    assert client.get("/decisions/feed/fr/").status_code == 404


def test_the_queries_do_not_grow_with_the_decisions(sample_rules, client):
    from django.db import connection

    client.get("/decisions/")
    with CaptureQueriesContext(connection) as few:
        client.get("/decisions/?body=")
    body = Decision.objects.first().body
    for number in range(5):
        Decision.objects.create(
            code=f"more-{number}", body=body, title_en="x", title_es="x", decided_on="2016-01-01", source_en="x"
        )
    with CaptureQueriesContext(connection) as more:
        client.get("/decisions/?body=")

    assert len(more) == len(few)


def test_the_command_lists_them(sample_rules, cli):
    code, out, _ = cli("decisions", "list", "--json")
    _, said, _ = cli("--lang", "es", "decisions", "list")

    assert code == 0
    assert len(json.loads(out)) == Decision.objects.count()
    assert "No constan los votos." in said
