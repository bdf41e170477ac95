"""The pages of when and where, as a chair, a member of a body and somebody else use them."""

import re
from datetime import UTC, date, datetime

import pytest

from committees import ACTOR, AT, DAY, body, fresh, person, sits, sitting
from gatherings import meeting, two_cities
from meetings.series_to_test import series
from signing_in import sign_in
from tequio.decisions.models import ActionItem, Office
from tequio.kernel import clock
from tequio.kernel.mail.models import OutgoingMail
from tequio.meetings.models import FeedKey, Interpreter, Meeting, Place
from tequio.rules.deadlines import DueBefore

pytestmark = pytest.mark.django_db
NOW = datetime(2016, 2, 1, 12, tzinfo=UTC)


@pytest.fixture
def now(monkeypatch):
    """A clock that tests move."""
    hands = {"at": NOW}
    monkeypatch.setattr(clock, "now", lambda: hands["at"])
    return hands


@pytest.fixture
def lc(sample_rules, now):
    """A body with a series; Ana chairs it and Beto sits on it."""
    made = body("lc")
    for name, office in (("Ana", Office.CHAIR), ("Beto", Office.MEMBER)):
        user = person(name)
        sits(made, user)
        if office is Office.CHAIR:
            sits(made, user, office=office, votes=False)
    two_cities()
    series("lc", at=NOW, name="Leadership", deadlines=(DueBefore(kind="proposals_close", days=2),))
    return made


def signed_in(client, name):
    from tequio.accounts.models import User

    return sign_in(client, User.objects.get(name=name))


def words(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_every_page_opens_for_the_chair_in_both_languages_with_both_hours(client, lc):
    signed_in(client, "Ana")
    pk = Meeting.objects.get(occurrence_on=date(2016, 4, 2)).pk
    pages = [
        *("/meetings/", "/meetings/?when=past", "/meetings/?body=lc", "/meetings/series/", "/meetings/places/"),
        *("/meetings/series/leadership/", "/meetings/interpretation/", "/bodies/lc/", "/bodies/lc/meetings/"),
        *(f"/meetings/{pk}/{name}/" for name in ("move", "cancel", "where", "call", "interpreters")),
        "/bodies/lc/calendar/",
    ]
    for language, hour in (("en", "14:00 New York / 12:00 Mexico City"), ("es", "14:00 Nueva York / 12:00 Ciudad de")):
        client.get(f"/language/{language}/")
        shown = {address: client.get(address) for address in pages}
        assert {address: answer.status_code for address, answer in shown.items() if answer.status_code != 200} == {}
        for address in ("/meetings/", f"/meetings/{pk}/call/", f"/meetings/{pk}/move/", "/meetings/series/leadership/"):
            assert hour in words(shown[address])
    told = words(shown["/meetings/series/leadership/"])
    assert "primer sábado de cada mes" in told
    assert "Del 13 de marzo de 2016 al 2 de abril de 2016 son las 14:00 en Nueva York" in told
    assert "la regla pide 72 horas de revisión" in told
    client.get("/language/en/")


def test_the_list_is_an_address_with_its_filters_and_asks_no_more_for_more(client, lc, django_assert_max_num_queries):
    signed_in(client, "Beto")
    meeting(body("other"), places=[Place.objects.get(code="york")], title="Another one", starts_at=AT, at=NOW)
    assert "Another one" in words(client.get("/meetings/"))
    with django_assert_max_num_queries(20):
        shown = words(client.get("/meetings/?body=lc"))
    assert "Another one" not in shown
    assert shown.count("lacks interpretation") == 6
    assert "appear here when" in words(client.get("/meetings/?when=past&body=lc"))
    assert client.get("/meetings/?body=nobody&page=99&when=x").status_code == 200
    # What another body does is said, and leads nowhere for who does not sit there.
    other = Meeting.objects.get(title_en="Another one")
    own = Meeting.objects.filter(parts__body=lc).first()
    page = client.get("/meetings/").content.decode()
    assert (f'href="/meetings/{own.pk}/"' in page, f'href="/meetings/{other.pk}/"' in page) == (True, False)
    assert client.post("/meetings/series/").status_code == 403
    assert "Plan a meeting" not in shown


def test_the_chair_plans_a_meeting_and_is_told_of_an_hour_that_is_not_there(client, lc, now):
    signed_in(client, "Ana")
    typed = {
        "title_en": "Extra",
        "title_es": "Extraordinaria",
        "day": "2016-03-13",
        "hour": "02:30",
        "zone": "America/New_York",
        "minutes": "60",
        "place-york": "on",
        "due_proposals_close": "2",
    }
    asked = client.post("/bodies/lc/meetings/", typed)
    assert asked.status_code == 422
    assert "the clock is put forward over 02:30: it begins at 03:30" in words(asked)
    assert "the rule wants 72 hours" in words(asked)
    assert not Meeting.objects.filter(title_en="Extra").exists()
    done = client.post("/bodies/lc/meetings/", {**typed, "understood": "1"})
    assert done.status_code == 303
    made = Meeting.objects.get(title_en="Extra")
    assert made.starts_at == datetime(2016, 3, 13, 7, 30, tzinfo=UTC)
    assert ActionItem.objects.get(deadline__meeting=made).due_on == date(2016, 3, 11)
    wrong = client.post("/bodies/lc/meetings/", {**typed, "day": "2015-01-01", "title_en": ""})
    assert wrong.status_code == 422
    assert "That hour is over." in words(
        client.post("/bodies/lc/meetings/", {**typed, "day": "2016-01-01", "understood": "1"})
    )


def test_the_chair_moves_gives_it_rooms_and_cancels_it(client, lc):
    signed_in(client, "Ana")
    met = Meeting.objects.get(occurrence_on=date(2016, 3, 5))
    moved = client.post(
        f"/meetings/{met.pk}/move/", {"day": "2016-03-12", "hour": "18:00", "zone": "America/Mexico_City"}
    )
    assert moved.status_code == 303
    assert (fresh(met).starts_at, fresh(met).moved_by_hand) == (datetime(2016, 3, 13, tzinfo=UTC), True)
    rooms = {"place-york": "on", "where-york": "Room 5", "where-centro": "not there"}
    assert client.post(f"/meetings/{met.pk}/where/", rooms).status_code == 303
    assert list(met.meeting_places.values_list("place__code", "where")) == [("york", "Room 5")]
    assert client.post(f"/meetings/{met.pk}/where/", {}).status_code == 422
    assert client.post(f"/meetings/{met.pk}/cancel/", {"because": ""}).status_code == 422
    assert client.post(f"/meetings/{met.pk}/cancel/", {"because": "a storm"}).status_code == 303
    assert fresh(met).cancelled_because == "a storm"
    assert "cancelled" in words(client.get(f"/meetings/{met.pk}/call/"))


def test_the_sitting_of_a_meeting_is_cancelled_with_its_meeting_and_a_bare_one_alone(client, lc):
    signed_in(client, "Ana")
    met = Meeting.objects.first()
    led = client.post(f"/sittings/{met.parts.get().sitting_id}/cancel/")
    assert led["Location"] == f"/meetings/{met.pk}/cancel/"
    bare = sitting(lc, starts_at=AT, at=NOW)
    client.post(f"/sittings/{bare.pk}/cancel/")
    assert fresh(bare).cancelled_at == NOW
    page = words(client.get("/bodies/lc/"))
    assert "Plan a meeting" in page
    assert "Only a sitting" in page


def test_only_the_chair_sends_the_call_and_those_who_sit_there_read_it(client, lc):
    met = Meeting.objects.first()
    signed_in(client, "Beto")
    page = words(client.get(f"/meetings/{met.pk}/call/"))
    assert "There is no interpretation yet, in either direction." in page
    assert "Send the call" not in page
    assert client.post(f"/meetings/{met.pk}/call/").status_code == 403
    signed_in(client, "Ana")
    assert "2 mails are on their way." in words(client.post(f"/meetings/{met.pk}/call/"))
    assert OutgoingMail.objects.filter(kind="meeting_call").count() == 2


def test_somebody_signs_up_to_interpret_and_withdraws_only_what_is_theirs(client, lc, now):
    met = Meeting.objects.first()
    address = f"/meetings/{met.pk}/interpreters/"
    sign_in(client, person("Carla"))
    assert client.post(address, {"act": "sign_up", "direction": "en-es", "name": "x", "paid": "on"}).status_code == 303
    row = Interpreter.objects.get()
    assert (row.user.name, row.name, row.paid) == ("Carla", "", False)
    assert "There is no interpretation from Spanish into English yet." in words(client.get(address))
    signed_in(client, "Beto")
    assert client.post(address, {"act": "withdraw", "interpreter": row.pk}).status_code == 403
    assert client.post(address, {"act": "minutes", f"minutes-{row.pk}": "5"}).status_code == 403
    signed_in(client, "Ana")
    client.post(address, {"act": "sign_up", "direction": "es-en", "name": "Paid person", "paid": "on"})
    assert Interpreter.objects.get(name="Paid person").paid is True
    now["at"] = met.starts_at + DAY
    assert client.post(address, {"act": "minutes", f"minutes-{row.pk}": "90"}).status_code == 303
    assert fresh(row).minutes_given == 90
    signed_in(client, "Carla")
    assert "1:30" in words(client.get("/meetings/interpretation/"))
    signed_in(client, "Beto")
    assert "1:30" not in words(client.get("/meetings/interpretation/"))


def test_whoever_opens_the_list_finds_the_calendar_of_each_body_they_sit_on_and_of_no_other(client, lc):
    signed_in(client, "Beto")
    listed = client.get("/meetings/").content.decode()
    assert re.findall(r'href="/bodies/([-\w]+)/calendar/"', listed) == ["lc"]
    assert "In my calendar, the meetings of" in listed
    client.get("/language/es/?back=/")
    assert "En mi calendario, las reuniones de" in client.get("/meetings/").content.decode()
    sign_in(client, person("Nobody"))
    assert "/calendar/" not in client.get("/meetings/").content.decode()


def test_a_persons_address_is_shown_once_and_revoked(client, lc):
    signed_in(client, "Beto")
    shown = client.post("/bodies/lc/calendar/", {"act": "make", "language": "es"})
    address = re.search(r"/calendar/\d+/[-\w]+\.ics", shown.content.decode()).group()
    assert "no-store" in shown["Cache-Control"]
    assert client.get(address).status_code == 200
    assert FeedKey.objects.get().language == "es"
    assert address not in client.get("/bodies/lc/calendar/").content.decode()
    client.post("/bodies/lc/calendar/", {"act": "revoke"})
    assert client.get(address).status_code == 404


def test_an_administrator_puts_places_down_and_gives_them_up(client, lc):
    from tequio.accounts.operations import grant_role

    keeper = person("Keeper")
    grant_role(user=keeper, role="administrator", center=None, actor=ACTOR, at=NOW)
    sign_in(client, keeper)
    typed = {"code": "roof", "name_en": "Roof", "name_es": "Azotea", "zone": "Nowhere", "language": "es"}
    assert client.post("/meetings/places/new/", typed).status_code == 422
    assert client.post("/meetings/places/new/", {**typed, "zone": "America/Mexico_City"}).status_code == 303
    client.post("/meetings/series/")  # those of the sample rules
    assert "Everything is planned already." in words(client.post("/meetings/series/"))
    assert client.get("/meetings/places/roof/give-up/").status_code == 200
    client.post("/meetings/places/roof/give-up/")
    assert Place.objects.get(code="roof").closed_on == date(2016, 2, 1)
    assert "given up on" in words(client.get("/meetings/places/"))
