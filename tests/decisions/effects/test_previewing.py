"""Previewing effects: everybody sees the same, it is hashed, and what moved since is said."""

# ruff: noqa: ARG002 - CONFIG: a made-up kind takes all that the protocol of kinds gives it

from datetime import date

import pytest

from tequio.decisions.effects import registry
from tequio.decisions.effects.previewing import digest_of, moved_beyond, preview_of
from tequio.decisions.effects.registry import Assumption, Change, Consequences, Effect, Plan, Table
from tequio.kernel.errors import Refusal
from tequio.rules.reasons import Text

ON = date(2016, 6, 4)


def text(words):
    return Text(en=words, es=f"{words} (es)")


class Lamp:
    """A kind made up for these tests: it lights lamps."""

    name = "lamp.light"
    title = text("Light lamps")
    example = {"lamps": 3}
    burning = 100

    def checked(self, *, data, on):
        if data["lamps"] > 9:
            raise Refusal(en="There is no tenth lamp.", es="No existe la décima lámpara.")
        return {"lamps": data["lamps"]}

    def said(self, *, data):
        return text(f"Lights {data['lamps']} lamps")

    def plan(self, *, data, on):
        change = Change(what=text("lamps"), before=text("0"), after=text(str(data["lamps"])))
        return Plan(effective_on=on, changes=(change,), data={"lamps": data["lamps"]})

    def consequences(self, *, data, on, assumptions=None):
        oil = (assumptions or {}).get("oil", 5)
        secret = Table(title=text("Who"), heads=(text("Name"),), rows=((text("Alma"),),), private=True)
        return Consequences(
            tables=(secret,),
            totals={"oil": oil},
            assumptions=(Assumption(name="oil", label=text("Oil"), value=oil),),
            facts={"burning": self.burning},
            facts_said={"burning": text(f"{self.burning} lamps burn")},
        )

    def conflict(self, *, data, base):
        return text("another was lit") if base.get("lit") else None


@pytest.fixture
def lamp(monkeypatch):
    kind = Lamp()
    monkeypatch.setattr(registry, "_kinds", {"lamp.light": kind})
    return kind


def light(lamps=3, **base):
    return Effect(kind="lamp.light", data={"lamps": lamps}, base=base)


def test_a_preview_says_plans_and_shows_every_effect(lamp):
    shown = preview_of(effects=[light(), light(4, lit="x")], on=ON).as_json()
    assert [(one["position"], one["said"]["en"], one["plan"], one["moved"]) for one in shown["effects"]] == [
        (0, "Lights 3 lamps", {"lamps": 3}, None),
        (1, "Lights 4 lamps", {"lamps": 4}, {"en": "another was lit", "es": "another was lit (es)"}),
    ]


def test_what_names_members_is_not_in_what_a_vote_keeps(lamp):
    preview = preview_of(effects=[light()], on=ON)
    assert preview.as_json()["effects"][0]["tables"] == []
    assert len(preview.as_json(private=True)["effects"][0]["tables"]) == 1
    assert preview.digest() == digest_of(seen=preview.as_json())


def test_the_same_effects_have_the_same_hash_and_others_another(lamp):
    assert preview_of(effects=[light()], on=ON).digest() == preview_of(effects=[light()], on=ON).digest()
    assert preview_of(effects=[light()], on=ON).digest() != preview_of(effects=[light(4)], on=ON).digest()


def test_a_person_changes_an_assumption(lamp):
    shown = preview_of(effects=[light()], on=ON, assumptions={"oil": 9}).as_json()["effects"][0]
    assert (shown["totals"], shown["assumptions"]) == ({"oil": 9}, {"oil": 9})


def test_an_assumption_nobody_knows_is_refused_naming_those_there_are(lamp):
    with pytest.raises(Refusal) as refused:
        preview_of(effects=[light()], on=ON, assumptions={"wax": 9})
    assert refused.value.text.en == "No effect here rests on an assumption “wax”. There are: oil."


def test_an_unknown_kind_is_refused_and_the_effect_named(lamp):
    with pytest.raises(Refusal) as refused:
        preview_of(effects=[light(), Effect(kind="lamp.eat", data={})], on=ON)
    assert refused.value.text == Text(
        en="Effect 2: There is no effect “lamp.eat”. There are: lamp.light.",
        es="Efecto 2: No existe el efecto «lamp.eat». Existen: lamp.light.",
    )


def test_an_effect_about_something_gone_is_refused_and_named(lamp):
    with pytest.raises(Refusal) as refused:
        preview_of(effects=[light(10)], on=ON)
    assert refused.value.text.es == "Efecto 1: No existe la décima lámpara."


@pytest.mark.parametrize(("now", "told"), [(105, 0), (106, 1), (95, 0), (94, 1)])
def test_facts_that_moved_beyond_the_tolerance_are_told(lamp, now, told):
    seen = preview_of(effects=[light()], on=ON).as_json()
    lamp.burning = now
    moved = moved_beyond(seen=seen, now=preview_of(effects=[light()], on=ON))
    assert len(moved) == told
    if moved:
        assert moved[0].en == (
            f"It moved by more than 5 %. When the vote opened: 100 lamps burn. Now: {now} lamps burn."
        )
