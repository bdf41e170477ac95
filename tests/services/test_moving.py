"""Moving members in: a checklist for each mailbox, reminders once each, counts, the notice, balances, and back."""

import json
from datetime import date

import pytest
from django.urls import reverse

from dues.doing import moment, tried
from services.having import OPEN, SUSPENDED, TODAY, look, person, wanted
from signing_in import sign_in
from tequio.accounts.operations import grant_role
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.kernel.mail.models import OutgoingMail
from tequio.members.models import Contact
from tequio.services.models import MovingMailbox
from tequio.services.operations import moving

pytestmark = pytest.mark.django_db
OLD, NEW = "Ana@old.example.net", "ana@example.org"


def who(at=TODAY):
    return {"actor": "test", "at": moment(at)}


@pytest.fixture
def wave(late):
    return moving.begin_wave(
        code="spring",
        name="Spring",
        provider="Old Provider",
        center_code="us",
        contact_by=date(2016, 7, 22),
        consent_by=date(2016, 8, 5),
        copy_by=date(2016, 8, 20),
        **who(),
    )


@pytest.fixture
def box(wave):
    return moving.add_mailbox(wave_code="spring", member_code="M2", old_address=OLD, new_address=NEW, **who())


def copied(box, before=120, after=120, why="", until="2016-10-01", at=TODAY):
    moving.copied(
        box_pk=box.pk,
        before=before,
        after=after,
        why_fewer=why,
        forward_until=date.fromisoformat(until),
        **who(at),
    )


def mails():
    return list(OutgoingMail.objects.order_by("pk").values_list("kind", "to_address"))


def test_a_mailbox_goes_through_every_step_and_its_member_is_told_once_that_it_moved(box):
    moving.contacted(box_pk=box.pk, **who())
    with pytest.raises(Refusal):
        copied(box)  # nothing is copied without consent
    moving.consented(box_pk=box.pk, consent="Ana, by telephone", **who())
    assert wanted() == {NEW: OPEN}
    with pytest.raises(Refusal) as refused:
        copied(box, after=118)
    assert refused.value.text.en == "2 messages are missing here: say why, or copy again."
    copied(box, after=118, why="two were damaged")
    assert mails() == [("moving_moved", "m2@example.org")]
    said = OutgoingMail.objects.get()
    assert ("Your account has moved" in said.subject_text, NEW in said.body_text, "118" in said.body_text) == (
        True,
        True,
        True,
    )
    with pytest.raises(Refusal):
        moving.finish(box_pk=box.pk, **who("2016-10-01"))
    moving.finish(box_pk=box.pk, **who("2016-10-02"))
    box.refresh_from_db()
    assert (box.done_on, box.count_before, box.count_after, box.told_on) == (
        date(2016, 10, 2),
        120,
        118,
        date(2016, 7, 15),
    )
    for again in (moving.contacted, moving.finish):
        with pytest.raises(Refusal):
            again(box_pk=box.pk, **who("2016-10-03"))


def test_reminders_go_out_once_each_in_the_language_of_the_contact_and_the_latest_alone_after_a_pause(box):
    Contact.objects.update(language="es")
    assert moving.remind(**who("2016-07-14")) == 0
    assert [moving.remind(**who(at)) for at in ("2016-07-15", "2016-07-15", "2016-07-16")] == [1, 0, 0]
    assert [moving.remind(**who(at)) for at in ("2016-07-25", "2016-07-26")] == [1, 0]  # nobody looked for days
    assert [kind for kind, _ in mails()] == ["moving_reminder"] * 2
    assert "La mudanza de su buzón: antes del 22 de julio de 2016" in OutgoingMail.objects.first().subject_text
    moving.contacted(box_pk=box.pk, **who("2016-07-26"))
    assert moving.remind(**who("2016-08-04")) == 1
    Contact.objects.update(email="")
    assert moving.remind(**who("2016-08-06")) == 0


def test_the_nightly_work_reminds_without_any_server(box):
    from tequio.services.operations.daily import reconcile

    reconcile(now=lambda: moment(TODAY), actor="test", full=False)
    assert mails() == []
    reconcile(now=lambda: moment(TODAY), actor="test", full=True)
    assert [kind for kind, _ in mails()] == ["moving_reminder"]


def test_a_move_is_undone_while_the_old_address_forwards_and_not_after(box):
    moving.contacted(box_pk=box.pk, **who())
    moving.consented(box_pk=box.pk, consent="Ana", **who())
    copied(box)
    with pytest.raises(Refusal):
        moving.undo_mailbox(box_pk=box.pk, reason=" ", **who())
    moving.undo_mailbox(box_pk=box.pk, reason="They stay where they were", **who("2016-08-01"))
    assert wanted() == {NEW: SUSPENDED}
    assert moving.remind(**who("2016-09-30")) == 0
    with pytest.raises(Refusal):
        moving.undo_mailbox(box_pk=box.pk, reason="again", **who("2016-08-01"))
    again = moving.add_mailbox(
        wave_code="spring", member_code="M2", old_address=OLD, new_address="ana2@example.org", **who("2016-08-02")
    )
    assert MovingMailbox.objects.filter(undone_on__isnull=True).get() == again


def test_a_name_that_is_taken_and_a_member_that_may_not_are_refused_and_nothing_is_half_written(wave):
    taken = moving.add_mailbox(wave_code="spring", member_code="M2", old_address="a@x.org", new_address=NEW, **who())
    other = moving.add_mailbox(wave_code="spring", member_code="M2", old_address="b@x.org", new_address=NEW, **who())
    late = moving.add_mailbox(
        wave_code="spring", member_code="M1", old_address="c@x.org", new_address="c@example.org", **who()
    )
    tried("M1", "2016-07-16")
    look("2016-07-17")
    for box in (taken, other, late):
        moving.contacted(box_pk=box.pk, **who())
    moving.consented(box_pk=taken.pk, consent="Ana", **who())
    for box in (other, late):
        with pytest.raises(Refusal):
            moving.consented(box_pk=box.pk, consent="Ana", **who("2016-07-17"))
        box.refresh_from_db()
        assert (box.consented_on, box.account) == (None, None)
    for old, new in (
        ("no address", "x@example.org"),
        ("x@y.org\nBcc: z@y.org", "x@example.org"),
        ("a@x.org", "y@x.org"),
    ):
        with pytest.raises(Refusal):
            moving.add_mailbox(wave_code="spring", member_code="M2", old_address=old, new_address=new, **who())


@pytest.fixture
def day(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: moment(TODAY))


def signed(client, role, number=1):
    user = person(number)
    grant_role(user=user, role=role, center=None, **who())
    return sign_in(client, user)


def test_the_team_moves_a_mailbox_on_the_page_in_both_languages_and_never_sees_balances(wave, client, day):
    team, page = signed(client, "maintainer"), reverse("wave", kwargs={"wave": "spring"})
    said = {"act": "add-mailbox", "member": "M2", "old_address": OLD, "new_address": NEW}
    assert team.post(page, {**said, "old_address": "x"}).status_code == 409
    assert team.post(page, said).status_code == 303
    number = MovingMailbox.objects.get().pk
    assert team.post(page, {"act": "contacted", "number": number}).status_code == 303
    assert team.post(page, {"act": "contacted", "number": number}).status_code == 409
    assert team.post(page, {"act": "consented", "number": number, "words": "<b>Ana"}).status_code == 303
    counts = {"act": "copied", "number": number, "before": "5", "after": "5", "forward_until": "2016-09-01"}
    assert team.post(page, {**counts, "after": "many"}).status_code == 422
    assert team.post(page, counts).status_code == 303
    text = team.get(page).content.decode()
    assert ("&lt;b&gt;Ana" in text, "5 → 5" in text, "Balances brought over" in text) == (True, True, False)
    assert team.post(page, {"act": "bring-balance"}).status_code == 403
    team.post(reverse("language", kwargs={"language": "es"}))
    assert "consentimiento" in team.get(page).content.decode()
    assert "Old Provider" in team.get(reverse("waves")).content.decode()
    assert team.post(page, {"act": "undo", "number": number, "words": "they stay"}).status_code == 303


def test_a_wave_whose_last_days_are_out_of_order_is_refused_on_its_page(wave, client, day):
    admin = signed(client, "administrator")
    begin = {"code": "next", "name": "Next", "provider": "x", "center": "us", "contact_by": "2016-08-01"}
    page = reverse("waves")
    assert admin.post(page, {**begin, "consent_by": "2016-07-01", "copy_by": "2016-09-01"}).status_code == 422
    assert admin.post(page, {**begin, "consent_by": "2016-08-10", "copy_by": "2016-09-01"}).status_code == 303


def test_commands_do_the_same(cli, late, day):
    days = ("--contact-by", "2016-07-22", "--consent-by", "2016-08-05", "--copy-by", "2016-08-20")
    named = ("--code", "spring", "--name", "Spring", "--provider", "Old", "--center", "us")
    assert [cli("services", "moving", "begin", *named, *days)[0] for _ in range(2)] == [0, 1]
    add = ("--wave", "spring", "--member", "M2", "--old", OLD, "--new", NEW)
    assert [cli("services", "moving", "add", *add)[0] for _ in range(2)] == [0, 1]
    [one] = json.loads(cli("services", "moving", "show", "--wave", "spring", "--json")[1])
    number = ("--number", one["number"])
    assert (one["step"], one["late"]) == ("contact", False)
    counts = ("--before", 3, "--after", 3, "--forward-until", "2016-09-01")
    assert cli("services", "moving", "copied", *number, *counts)[0] == 1
    assert cli("services", "moving", "contacted", *number)[0] == 0
    assert cli("services", "moving", "consented", *number, "--how", "Ana")[0] == 0
    assert cli("services", "moving", "copied", *number, *counts)[0] == 0
    assert cli("services", "moving", "finish", *number)[0] == 1
    assert "forwarding" in cli("services", "moving", "show", "--wave", "spring")[1]
    assert "spring: Spring, 1 mailboxes, 0 late" in cli("services", "moving", "show")[1]
    assert json.loads(cli("services", "moving", "show", "--json")[1])[0]["steps"]["forward"] == 1
    assert cli("services", "moving", "undo", *number, "--reason", "they stay")[0] == 0
