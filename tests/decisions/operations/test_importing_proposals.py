"""Proposals from a file: whole or not at all, and only once."""

import json

import pytest

from decisions.made_up_effect import sign
from tequio.decisions.models import Priority, Proposal, Stage
from tequio.decisions.operations.importing import Imported, import_proposals
from tequio.decisions.operations.versions import latest_version
from tequio.kernel.errors import Refusal

pytestmark = pytest.mark.django_db
ROW = {
    "body": "lc",
    "sponsor": "Ana@example.org ",
    "original": "es",
    "ask": {"en": "Keep poultry.", "es": "Tener aves."},
    "text": {"en": ["One hen.", "Two ducks."], "es": "Una gallina.\n\nDos patos."},
    "resources": {"es": "Ninguno."},
    "no_priority_because": "Son gallinas.",
}


@pytest.fixture
def load(ana, tmp_path, at):
    """A function that writes a file and imports it."""

    def make(given, *, raw=None):
        path = tmp_path / "proposals.json"
        path.write_bytes(raw if raw is not None else json.dumps(given).encode())
        return import_proposals(path=path, actor="test", at=at)

    return make


def test_texts_and_effects_become_drafts_and_those_that_say_so_circulate(signs, load, ana):
    second = {**ROW, "ask": {"es": "Otra cosa."}, "circulate": True, "effects": [sign()]}

    assert load({"proposals": [ROW, second]}) == Imported(made=("2016-1", "2016-2"), there=())
    first, other = Proposal.objects.order_by("pk")
    version = latest_version(proposal=first)
    assert (first.sponsor, first.stage, first.no_priority_because) == (ana, Stage.DRAFT, "Son gallinas.")
    assert (version.original, version.text_en, version.resources_es) == ("es", "One hen.\n\nTwo ducks.", "Ninguno.")
    assert (other.stage, latest_version(proposal=other).effects) == (
        Stage.REVIEW,
        [{**sign(), "base": {"says": "closed"}}],
    )


def test_the_same_file_again_changes_nothing(signs, load):
    given = {"proposals": [{**ROW, "effects": [sign()]}, {**ROW, "ask": {"es": "Otra cosa."}}]}
    load(given)

    assert load(given) == Imported(made=(), there=("2016-1", "2016-2"))
    assert Proposal.objects.count() == 2


def test_one_proposal_may_stand_alone_and_name_its_priority(load):
    priority = Priority.objects.create(year=2016, number=2, text_en="Hens", text_es="Gallinas")
    row = {name: value for name, value in ROW.items() if name != "no_priority_because"}

    load({**row, "priority": {"year": 2016, "number": 2}})

    assert Proposal.objects.get().priority == priority


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"colour": "red"}, "Proposal 2: nobody reads “colour”"),
        ({"body": "nowhere"}, "Proposal 2: There is no body “nowhere”"),
        ({"body": 5}, "“body” is not as it should be"),
        ({"body": ""}, "it lacks “body”"),
        ({"sponsor": "nobody@example.org"}, "nobody signs in here as nobody@example.org"),
        ({"original": "fr"}, "“original” is not as it should be"),
        ({"ask": {"en": "Only English."}}, "language of the original"),
        ({"ask": "Tener aves."}, "is written in “en” and “es”"),
        ({"text": {"es": [1]}}, "“text” is not as it should be"),
        ({"text": {"es": "x" * 20_001}}, "20,001 characters"),
        ({"effects": {}}, "“effects” is not as it should be"),
        ({"effects": [{"kind": "test.nothing"}]}, "no effect “test.nothing”"),
        ({"effects": [sign(place="window")]}, "Effect 1: there is no window"),
        ({"effects": [sign(day="2016-01-01")]}, "Effect 1: that day is over"),
        ({"effects": ["x"]}, "Effect 1: an effect is written as"),
        ({"circulate": "yes"}, "“circulate” is not as it should be"),
        ({"circulate": True, "text": {"es": ""}}, "needs a text"),
        ({"priority": {"year": 2016, "number": 1}}, "2016 has no priority 1"),
        ({"priority": {"year": True, "number": 1}}, "a year and a number"),
        ({"priority": 1}, "a year and a number"),
    ],
    ids=str,
)
def test_of_a_file_with_a_fault_nothing_is_taken_in(signs, load, changes, says):
    with pytest.raises(Refusal, match=says):
        load({"proposals": [{**ROW, "ask": {"es": "La primera."}}, {**ROW, **changes}]})
    assert Proposal.objects.count() == 0


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "is not JSON"),
        (b"{]", "is not JSON"),
        (b"\xff\xfe{", "is not JSON"),
        (b"[" * 100_000, "is not JSON"),
        (b'{"body": "lc", "body": "lc"}', "a name stands twice"),
        (b'{"proposals": NaN}', "NaN is no number"),
        (b"[]", "holds a proposal"),
        (b'{"proposals": []}', "holds a proposal"),
        (b'{"proposals": [5]}', "holds a proposal"),
        (b'{"proposals": [' + b",".join([b"{}"] * 201) + b"]}", "201 proposals are too many"),
        (b" " * 5_000_001, "too large"),
    ],
    ids=["empty", "broken", "no text", "deep", "twice", "NaN", "list", "none", "number", "many", "large"],
)
def test_a_file_that_cannot_be_read_is_refused(load, raw, says):
    with pytest.raises(Refusal, match=says):
        load(None, raw=raw)


def test_a_file_that_is_not_there_is_refused(tmp_path, at):
    with pytest.raises(Refusal, match="cannot be read: it is not there"):
        import_proposals(path=tmp_path / "none.json", actor="test", at=at)
