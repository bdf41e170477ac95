"""Whom callers are given: whose hour it is, who comes first, who can be dialled."""

from datetime import timedelta

import pytest
from tests.followup.calls import DAY, PHONE, centers, take

from tequio.followup.models import (
    CallItem,
)
from tequio.followup.operations.asking import ask_to_call
from tequio.followup.phones import Dialled
from tequio.followup.queries import call_list
from tequio.followup.queries.call_list import ready_items
from tequio.followup.queries.call_page import call_page
from tequio.kernel.errors import Refusal
from tequio.members import operations as members_operations
from tequio.members.models import Member

pytestmark = pytest.mark.django_db


def test_a_phone_kept_as_text_is_shown_to_a_person_and_dialled_by_nobody(late, at):
    late({"phone": "ask for Lupe at the shop"})
    item = CallItem.objects.create(
        member=Member.objects.get(), center=Member.objects.get().center, why="by_hand", ready_at=at, opened_at=at
    )

    shown = call_page(item=item, at=at)

    assert (shown.phone, shown.ask_for) == (Dialled(shown="ask for Lupe at the shop"), "Alma Ríos")
    assert ready_items(center_pks=centers(), at=at + timedelta(hours=4)) == []
    with pytest.raises(Refusal, match="kept as text that nobody can dial"):
        ask_to_call(code="M1", actor="test", at=at)


def test_where_the_best_two_hundred_are_asleep_somebody_further_down_is_called(called, monkeypatch):
    at = called({"state": "CA"}, {"state": "CA"}, {"state": "NY"}).replace(hour=14)
    monkeypatch.setattr(call_list, "_LOOKED_AT", 1)

    assert [Member.objects.get(pk=item.member_pk).code for item in ready_items(center_pks=centers(), at=at)] == ["M3"]
    assert len(ready_items(center_pks=centers(), at=at.replace(hour=18), most=2)) == 2


def test_the_oldest_debt_is_first_also_where_it_is_of_a_member_merged_into_it(late, at):
    late({**PHONE}, {**PHONE}, {**PHONE, "paid_until": "2015-01-01"})
    members_operations.merge_members(kept="M2", merged="M3", actor="test", at=at)
    for code in ("M1", "M2"):
        ask_to_call(code=code, actor="test", at=at)

    ready = ready_items(center_pks=centers(), at=at + timedelta(hours=4))

    assert [Member.objects.get(pk=item.member_pk).code for item in ready] == ["M2", "M1"]


@pytest.mark.parametrize(
    ("hour", "state", "ready"),
    [
        (14, "NY", 1),  # ten o'clock in New York in summer
        (13, "NY", 0),
        (14, "CA", 0),  # seven in Los Angeles
        (17, "CA", 1),
        (23, "NY", 1),  # seven in the evening
    ],
)
def test_calls_are_made_in_the_hours_of_the_place_where_the_phone_rings(called, hour, state, ready):
    at = called({"state": state})

    moment = at.replace(hour=hour)

    assert len(ready_items(center_pks=centers(), at=moment)) == ready


def test_nobody_is_called_on_a_sunday(called):
    at = called({})
    sunday = at + (6 - at.weekday()) * DAY

    assert ready_items(center_pks=centers(), at=sunday) == []
    assert len(ready_items(center_pks=centers(), at=sunday + DAY)) == 1


def test_promises_come_before_the_oldest_debt(called):
    at = called({}, {})
    promised = CallItem.objects.order_by("pk").last()
    CallItem.objects.filter(pk=promised.pk).update(why="promise")

    assert take(at).pk == promised.pk
