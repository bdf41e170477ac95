"""Effects written on a page: each kind has a form, whose data its kind accepts; what is wrong with it is said."""

from datetime import date

import pytest
from django.utils.translation import override

from tequio.accounts.models import User
from tequio.decisions import effect_forms
from tequio.decisions.effects.registry import kind_of
from tequio.decisions.models import Body
from tequio.decisions.operations.seating import open_seat
from tequio.meetings.effects.series import CreateSeries
from tequio.meetings.operations.series import put_down_series
from tequio.meetings.series_terms import checked, whole
from tequio.rules.reasons import Text

ON = date(2016, 7, 1)
# What a person types beside what the form begins with.
TYPED = {
    "dues.adopt_policy": {"code": "dues-new", "title_en": "New dues", "title_es": "Cuotas nuevas"},
    "dues.adopt_payment_policy": {"code": "payment-new", "title_en": "New days", "title_es": "Plazos nuevos"},
    "followup.adopt_policy": {"code": "ladder-new", "title_en": "A ladder", "title_es": "Un seguimiento"},
    "body.create": {
        "code": "team",
        "name_en": "Team",
        "name_es": "Equipo",
        "mandate_en": "To help.",
        "mandate_es": "Ayudar.",
        "scopes": "root, mail",
    },
    "body.end": {"body": "leadership-committee"},
    "body.change_mandate": {"body": "leadership-committee", "mandate_en": "To help.", "mandate_es": "Ayudar."},
    "body.adopt_rule": {
        "body": "leadership-committee",
        "code": "rule-new",
        "title_en": "A rule",
        "title_es": "Una regla",
    },
    "role.appoint": {"seat": "leadership-committee-chair-1", "person": "chair@example.org"},
    "role.open_seat": {"body": "leadership-committee", "office": "co_chair"},
    "role.end": {"seat": "leadership-committee-chair-1", "close": "on"},
    "series.create": {"code": "leadership-new", "name_en": "Meeting", "name_es": "Reunión", "due_call_out": "10"},
    "series.change": {"series": "leadership", "hour": "18:30", "body_0": "leadership-committee", "body_1": "assembly"},
    "services.adopt_terms": {"mailbox-membership": "2"},
    "services.offer": {
        "code": "radio",
        "name_en": "Radio stream",
        "name_es": "Transmisión",
        "works_as": "sites",
        "membership": "0",
        "operations": "*",
    },
    "services.lend": {"code": "water", "name": "Agua", "lent-mailbox": "2"},
    "task.assign": {"body": "leadership-committee", "title_en": "Write it", "title_es": "Escribirlo"},
}
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sample_rules")]


@pytest.fixture(params=sorted(TYPED))
def offered(request, sample_rules, at):
    if request.param.startswith("role."):
        User.objects.create_user(email="chair@example.org", name="Ana")
        open_seat(
            body=Body.objects.get(code="leadership-committee"),
            office="chair",
            title=Text(en="Chair", es="Presidencia"),
            center=None,
            votes=False,
            opened_on=ON,
            decision=None,
            actor="test",
            at=at,
        )
    if request.param == "series.change":
        put_down_series(
            code="leadership",
            terms=whole(data=checked(data=CreateSeries.example, start=ON)),
            valid_from=ON,
            decision=None,
            actor="test",
            at=at,
        )
    return effect_forms.offered_as(slug=request.param.replace(".", "-"))


def begun(offered):
    """What a browser sends back of a form as it begins, with the first day filled in."""
    form = offered.make(data=None, on=ON)
    sent = {}
    for name, field in form.fields.items():
        value = form.get_initial_for_field(field, name)
        if value is True:
            sent[name] = "on"
        elif value is not None and value is not False:
            sent[name] = str(value)
        elif getattr(field, "choices", None):
            sent[name] = str(field.choices[0][0])
    return {**sent, "valid_from": "2016-08-01"}


def test_every_kind_of_dues_bodies_roles_and_tasks_has_a_form():
    assert set(TYPED) <= {one.kind for one in effect_forms.offered()}


def test_what_is_typed_is_what_its_kind_accepts(offered):
    form = offered.make(data={**begun(offered), **TYPED[offered.kind]}, on=ON)
    assert form.is_valid(), form.errors
    kind = kind_of(name=offered.kind)
    kept = kind.checked(data=form.to_data(), on=ON)
    assert kind.said(data=kept).en != kind.said(data=kept).es


def test_an_empty_form_says_what_is_missing_in_the_language_of_the_page(offered):
    said = []
    for language in ("en", "es"):
        with override(language):
            form = offered.make(data={}, on=ON)
            assert not form.is_valid()
            said.append(str(form.errors))
    assert said[0] != said[1]


def test_every_label_is_in_both_languages(offered):
    labels = []
    for language in ("en", "es"):
        with override(language):
            form = offered.make(data=None, on=ON)
            labels.append([str(bound.label) for bound in form])
            assert "".join(str(bound) for bound in form)
    assert all(labels[0])
    assert [pair for pair in zip(*labels, strict=True) if pair[0] == pair[1]] == []


def dues(**typed):
    offered = effect_forms.offered_as(slug="dues-adopt_policy")
    return offered.make(data={**begun(offered), **TYPED["dues.adopt_policy"], **typed}, on=ON)


def test_a_table_begins_with_the_amounts_in_force_and_takes_those_typed():
    form = dues(**{"us-organization-membership": "1,234.50", "us-individual-operations": "90"})
    assert form.is_valid(), form.errors
    assert form.to_data()["tables"]["us"] == {
        "organization": {"membership": "1234.50", "operations": "150"},
        "individual": {"membership": "25", "operations": "90"},
    }


def test_amounts_by_band_are_typed_in_one_line():
    form = dues(**{"us-organization-membership": "1: 25; 2: 37.50", "default_band": "2"})
    assert form.is_valid(), form.errors
    kept = kind_of(name="dues.adopt_policy").checked(data=form.to_data(), on=ON)
    assert kept["tables"]["us"]["organization"]["membership"] == {"1": "25", "2": "37.50"}
    assert kept["default_band"] == 2


def test_a_center_left_empty_keeps_its_table():
    empty = {
        f"mx-{kind}-{part}": "" for kind in ("organization", "individual") for part in ("membership", "operations")
    }
    form = dues(**empty)
    assert form.is_valid(), form.errors
    assert sorted(form.to_data()["tables"]) == ["us"]


@pytest.mark.parametrize("typed", ["much", "-1", "1: 25; 37", "1: x", "1.005"])
def test_what_is_no_amount_is_said_at_its_field(typed):
    form = dues(**{"us-organization-membership": typed})
    if form.is_valid():  # a figure below nothing is an amount, and no dues: that is for the kind to say
        with pytest.raises(Exception, match="is an amount like"):
            kind_of(name="dues.adopt_policy").checked(data=form.to_data(), on=ON)
    else:
        assert "us-organization-membership" in form.errors


def ladder(**typed):
    offered = effect_forms.offered_as(slug="followup-adopt_policy")
    return offered.make(data={**begun(offered), **TYPED["followup.adopt_policy"], **typed}, on=ON)


def test_a_ladder_begins_with_the_steps_in_force():
    form = ladder()
    assert form.is_valid(), form.errors
    data = form.to_data()
    assert [(step["key"], step["days"]) for step in data["steps"]] == [
        ("reminder", 10),
        ("warning", 31),
        ("letter", 45),
        ("call", 60),
        ("last", 76),
        ("paused", 92),
    ]
    assert data["steps"][-1]["standings"] == ["disabled"]
    assert data["postage"] == {"mx": "14.00", "us": "0.49"}
    assert data["terms"]["plan_parts_in_call"] == 6


def test_a_step_is_moved_another_dropped_and_a_new_one_added():
    new = {"6-days": "20", "6-channels": "call", "6-title_en": "A call", "6-title_es": "Una llamada"}
    form = ladder(**{"2-days": "40", "1-days": ""}, **new, **{"6-text_en": "Hello", "6-text_es": "Hola"})
    assert form.is_valid(), form.errors
    assert [(step["key"], step["days"]) for step in form.to_data()["steps"]] == [
        ("reminder", 10),
        ("step-20", 20),
        ("letter", 40),
        ("call", 60),
        ("last", 76),
        ("paused", 92),
    ]


def test_a_step_in_one_language_is_said():
    form = ladder(**{"6-days": "20", "6-title_en": "A call"})
    assert not form.is_valid()
    assert set(form.errors) == {"6-title_es", "6-text_en", "6-text_es"}


def test_payment_days_say_what_stops():
    offered = effect_forms.offered_as(slug="dues-adopt_payment_policy")
    typed = {"limited-sites": "off", "limited-mail": "hold", "limited_from": "61", "center-mx": ""}
    form = offered.make(data={**begun(offered), **TYPED[offered.kind], **typed}, on=ON)
    assert form.is_valid(), form.errors
    data = kind_of(name=offered.kind).checked(data=form.to_data(), on=ON)
    assert data["works"]["limited"] == {"off": ["sites"], "hold": ["mail"]}
    assert (data["centers"], data["notice_days"], data["limited_from"]) == (["us"], 14, 61)
