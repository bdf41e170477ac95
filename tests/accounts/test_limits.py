"""Guessing is held off for one account, for one network address and for all together; what goes well is not counted."""

import pytest
from django.core.cache import cache

from tequio.accounts import limits

ASK, CONFIRM, LOGIN = "/account/login/code/", "/account/login/code/confirm/", "/account/login/"
APP = "/account/second-factor/show/"
PASSWORD, WRONG = "un-tequio-largo", "otra-cosa-larga"


def sign_in(client, address="alma@example.org", password=WRONG, ip="192.0.2.1"):
    return client.post(LOGIN, {"login": address, "password": password}, REMOTE_ADDR=ip)


def test_six_wrong_passwords_close_an_account_for_five_minutes_from_every_address(client, person):
    person("alma@example.org", password=PASSWORD)
    assert [sign_in(client, ip=f"192.0.2.{n}").status_code for n in range(8)] == [422] * 6 + [429] * 2
    late = sign_in(client, password=PASSWORD, ip="198.51.100.7")
    assert late.status_code == 429
    assert "Too many tries. To protect the account, wait five minutes" in late.content.decode()


def test_an_account_nobody_has_is_limited_alike(client, db):
    assert [sign_in(client, ip=f"192.0.2.{n}").status_code for n in range(8)] == [422] * 6 + [429] * 2


def test_signing_in_well_is_not_counted(client, person):
    person("alma@example.org", password=PASSWORD)
    for _ in range(8):
        assert sign_in(client, password=PASSWORD).status_code == 302
        client.logout()


def test_thirty_failures_from_one_address_close_it_whoever_they_are_for(client, db, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login": "1000/m/ip"}
    codes = [sign_in(client, address=f"p{n}@example.org").status_code for n in range(31)]
    assert codes == [422] * 30 + [429]
    assert sign_in(client, address="another@example.org", ip="192.0.2.2").status_code == 422


def test_the_page_itself_says_429_when_it_is_asked_too_often(client, db):
    answers = [client.post(LOGIN, {"login": "", "password": ""}, headers={"accept-language": "es"}) for _ in range(31)]
    assert [answer.status_code for answer in answers] == [422] * 30 + [429]
    assert "Demasiados intentos" in answers[-1].content.decode()


@pytest.mark.parametrize(
    "pool", ["password_everywhere", "code_everywhere", "code_asked_everywhere", "second_factor_everywhere"]
)
def test_each_pool_of_all_holds_back_its_own_way_in_and_no_other(client, person, app_of, settings, last_code, pool):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, pool: "0/5m/key"}
    app_code = app_of(person("alma@example.org", password=PASSWORD))
    assert sign_in(client, password=PASSWORD).status_code == (429 if pool == "password_everywhere" else 302)
    client.post("/account/logout/")
    asked = client.post(ASK, {"email": "alma@example.org"})
    assert asked.status_code == (429 if pool == "code_asked_everywhere" else 302)
    if pool != "code_asked_everywhere":
        told = client.post(CONFIRM, {"code": last_code()})
        assert told.status_code == (429 if pool == "code_everywhere" else 302)
    client.post("/account/logout/")
    if pool == "second_factor_everywhere":
        sign_in(client, password=PASSWORD)
        assert client.post(APP, {"code": app_code()}).status_code == 429


def test_codes_by_mail_are_guessed_six_times_at_most_however_many_are_asked_for(client, person, last_code, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "request_login_code": "100/m/key"}
    person("alma@example.org")
    for _ in range(3):
        client.post(ASK, {"email": "alma@example.org"})
        for _ in range(2):
            assert client.post(CONFIRM, {"code": "0000-0000"}).status_code == 422
        client.post("/account/logout/")
    client.post(ASK, {"email": "alma@example.org"})
    assert client.post(CONFIRM, {"code": last_code()}).status_code == 429


def test_codes_of_the_app_are_guessed_six_times_at_most(client, person, app_of):
    code = app_of(person("alma@example.org", password=PASSWORD))
    sign_in(client, password=PASSWORD)
    assert [client.post(APP, {"code": f"00000{n}"}).status_code for n in range(6)] == [422] * 6
    client.post("/account/logout/")
    sign_in(client, password=PASSWORD)
    assert client.post(APP, {"code": code()}).status_code == 429


def test_a_fourth_code_within_a_minute_is_not_sent_known_or_not(client, person, letters):
    person("alma@example.org")
    for address in ("alma@example.org", "none@example.org"):
        codes = []
        for _ in range(4):
            codes.append(client.post(ASK, {"email": address}).status_code)
            client.post("/account/logout/")
        assert codes == [302] * 3 + [429]
    assert len(letters()) == 3


def test_a_try_that_went_well_leaves_no_trace(rf, settings, db):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "code_everywhere": "1/5m/key"}
    request = rf.post("/")
    limits.try_of_one(request, pool="code_everywhere", key="a").went_well()
    counted = limits.try_of_one(request, pool="code_everywhere", key="a")
    assert counted is not None
    assert limits.try_of_one(request, pool="code_everywhere", key="b") is None


def test_counts_survive_in_the_database_cache_and_its_lock_excludes(settings, db, rf):
    """The served site counts in the database: the library's lock has to work there, and 300 keys must not evict."""
    from allauth.core.internal.ratelimit import cache_lock
    from django.core.cache import caches
    from django.core.management import call_command

    from tequio.project import settings as served

    settings.CACHES = {**settings.CACHES, "default": served.CACHES["default"]}
    call_command("createcachetable", verbosity=0)
    assert type(caches["default"]).__name__ == "DatabaseCache"
    with cache_lock("a") as first:
        assert first is True
        assert cache.add("a:lock", True, timeout=10) is False
    with cache_lock("a") as again:
        assert again is True
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "password_everywhere": "2/5m/key"}
    tries = [limits.try_of_all(rf.post("/"), action="password_everywhere") for _ in range(2)]
    for number in range(400):
        cache.set(f"other-{number}", 1, 600)
    tries.append(limits.try_of_all(rf.post("/"), action="password_everywhere"))
    assert [counted is not None for counted in tries] == [True, True, False]
