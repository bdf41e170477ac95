"""Who may open which page: every address of the site times every kind of person. A new address needs a row here."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from contract.who_may import PAGES, READS, WHO, WORDS
from signing_in import sign_in

# Pages of the sign-in library look after themselves (tests/accounts): they are about nobody but the person.
OF_THE_LIBRARY = ("account_", "mfa_")
PROVIDER = "idp"  # addresses for applications, held by tests/services/signing_in
OPENED = {200, 302, 303, 405, 409}


def _names(patterns=None):
    """Every name of an address of the site, with the words it needs."""
    found = {}
    for entry in patterns if patterns is not None else get_resolver().url_patterns:
        if getattr(entry, "namespace", None) == PROVIDER:
            continue
        if isinstance(entry, URLResolver):
            found.update(_names(entry.url_patterns))
        elif isinstance(entry, URLPattern):
            found[entry.name] = sorted(entry.pattern.converters)
    return found


def _ours():
    return {name: words for name, words in _names().items() if not (name or "").startswith(OF_THE_LIBRARY)}


def _address(name, organization):
    words = organization["words"]
    given = {word: words[WORDS.get((name, word), word)] for word in _ours()[name]}
    return reverse(name, kwargs=given)


def test_every_address_has_its_row_in_the_table():
    assert set(_ours()) == set(PAGES)


def test_every_view_of_ours_names_its_permission():
    ours = [entry for entry in _flat(get_resolver().url_patterns) if not entry.name.startswith(OF_THE_LIBRARY)]
    guarded = [entry for entry in ours if PAGES.get(entry.name) != "everybody"]
    assert [entry.name for entry in guarded if not hasattr(entry.callback, "permission")] == []


def _flat(patterns):
    for entry in patterns:
        if getattr(entry, "namespace", None) == PROVIDER:
            continue
        if isinstance(entry, URLResolver):
            yield from _flat(entry.url_patterns)
        else:
            yield entry


# Who opens every page there is, and who is asked about one member alone; what others see is a part of that.
ON_BOTH = ("administrator", "treasurer", "chairs", "contact")


def _people(*names):
    """These, of whom PostgreSQL is asked about some."""
    return [name if name in ON_BOTH else pytest.param(name, marks=pytest.mark.once) for name in names]


@pytest.mark.django_db
@pytest.mark.parametrize("who", _people(*WHO))
def test_a_page_opens_for_whom_the_table_says_and_for_nobody_else(organization, client, who):
    if who != "nobody":
        sign_in(client, organization["people"][who])
    wrong = {}
    for name in _ours():
        address = _address(name, organization)
        status = client.get(address).status_code
        allowed = who in READS[PAGES[name]]
        if who == "nobody" and not allowed:
            right = status == 303 and "/account/login/" in client.get(address)["Location"]
        elif allowed:
            right = status in OPENED
        else:
            right = status == 403
        if not right:
            wrong[name] = status
    assert wrong == {}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "who",
    _people("contact", "other_contact", "other_treasurer", "auditor", "caller", "sits_elsewhere", "maintainer"),
)
def test_nobody_changes_what_is_not_theirs_by_sending_a_form(organization, client, who):
    from tequio.kernel.journal.models import Event

    sign_in(client, organization["people"][who])
    before = Event.objects.count()
    wrong = {}
    for name, row in PAGES.items():
        if who in READS[row] and row not in ("its member", "its center", "lists", "everything", "its body", "servers"):
            continue
        answer = client.post(_address(name, organization), {"act": "close", "reason": "x", "confirm": "1"})
        if answer.status_code not in (403, 404, 405) and who not in READS[row]:
            wrong[name] = answer.status_code
    assert wrong == {}
    assert Event.objects.count() == before


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["contact", "treasurer"])
def test_a_forged_number_is_refused_or_not_found(organization, client, who):
    sign_in(client, organization["people"][who])
    wrong = {}
    for name, words in _ours().items():
        if not words or words == ["language"] or name == "provider_call":  # open to everybody, about nobody
            continue
        known = organization["words"]
        forged = {
            word: 999_999
            if word.endswith("_pk") or (name, word) == ("amendment", "number")
            else "XX-999999"
            if word in ("number", "code", "body", "proposal", "loan", "wave")
            else known[WORDS.get((name, word), word)]
            for word in words
        }
        status = client.get(reverse(name, kwargs=forged)).status_code
        if status not in (403, 404):
            wrong[name] = status
    assert wrong == {}
