"""The question of server sites: guesses by people, the page, and the paper in both languages."""

import json

import pytest
from django.db import DatabaseError, transaction

from tequio.budgets.models import SitesGuess
from tequio.budgets.operations.guessing import guess_sites
from tequio.budgets.queries.sites import sites_question, summary, turns_said
from tequio.budgets.sites_paper import sites_paper
from tequio.kernel.errors import Refusal

pytestmark = pytest.mark.usefixtures("two_centers")


def guessed(at, *, name="one_cost", low=14_000, likely=16_000, high=30_000, said_by="Wen"):
    return guess_sites(name=name, low=low, likely=likely, high=high, said_by=said_by, actor="test", at=at)


def test_the_last_guess_of_a_name_counts_and_those_before_stay(at):
    guessed(at)
    guessed(at, likely=20_000, said_by="Ines")
    (found,) = [guess for guess in sites_question().undrilled.guesses if guess.name == "one_cost"]
    assert (found.likely, found.said_by, SitesGuess.objects.count()) == (20_000, "Ines", 2)
    with pytest.raises(DatabaseError, match="a guess stays on record"), transaction.atomic():
        SitesGuess.objects.update(likely=1)


def test_a_guess_that_cannot_be_is_refused_in_words(at):
    for wrong, says in (({"name": "luck"}, "Nobody knows"), ({"high": 1}, "in this order"), ({"said_by": ""}, "who")):
        with pytest.raises(Refusal, match=says):
            guessed(at, **wrong)
    assert SitesGuess.objects.count() == 0


def test_the_answer_is_told_in_sentences_in_both_languages(at):
    guessed(at)
    sentences = summary(question=sites_question())
    assert sentences[0].en.startswith("Of a hundred organizations like ours, within 10 years 4 with one site")
    assert sentences[0].es.startswith("De cien organizaciones como la nuestra, en 10 años 4 con un solo sitio")
    assert turns_said(answer=sites_question().undrilled, currency="USD")[0].en == (
        "If “One site: cost of a year” were USD 30,000, “Cost of a year” would no longer favor one site."
    )


def test_the_paper_prints_the_same_bytes_for_the_same_guesses(at):
    made = sites_paper(question=sites_question(), currency="USD", on=at.date())
    assert made.startswith(b"%PDF-")
    assert made == sites_paper(question=sites_question(), currency="USD", on=at.date())


def test_hostile_words_stay_words_on_paper(at):
    guessed(at, said_by='#panic("x") $ \\ <a> 日本')
    assert sites_paper(question=sites_question(), currency="USD", on=at.date()).startswith(b"%PDF-")


def test_the_command_says_it_in_json_and_writes_the_paper(at, cli, tmp_path):
    code, _, _ = cli("budgets", "guess", "slow", "10", "20", "30", "--said-by", "Wen")
    assert code == 0
    code, out, _ = cli("budgets", "sites", "--pdf", tmp_path / "paper.pdf", "--json")
    said = json.loads(out)
    assert next(guess["said_by"] for guess in said["guesses"] if guess["name"] == "slow") == "Wen"
    assert set(said["drilled"]["options"]) == {"one", "several"}
    assert (tmp_path / "paper.pdf").stat().st_size > 1_000
