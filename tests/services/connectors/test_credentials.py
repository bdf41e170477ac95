"""Hashes that servers read: the published examples of the scheme."""

import pytest

from tequio.services.connectors.credentials import fits, sha512_crypt

EXAMPLES = {
    (
        "Hello world!",
        "saltstringsaltstring",
        10000,
    ): "$6$rounds=10000$saltstringsaltst$OW1/O6BYHV6BcXZu8QVeXbDWra3Oeqh0s"
    "bHbbMCVNSnCM/UrjmM0Dp8vOuZeHBy/YTBmSK6H9qs/y3RnOaw5v.",
    (
        "the minimum number is still observed",
        "roundstoolow",
        1000,
    ): "$6$rounds=1000$roundstoolow$kUMsbe306n21p9R.FRkW3IG"
    "n.S9NPN0x50YhH1xhLsPuWGsUSklZt58jaTfF4ZEQpyUNGc0dqbpBYYBaHHrsX.",
}


@pytest.mark.parametrize(("given", "stored"), EXAMPLES.items())
def test_the_published_examples_come_out(given, stored):
    typed, salt, rounds = given
    assert sha512_crypt(typed=typed, salt=salt, rounds=rounds) == stored
    assert fits(typed=typed, stored=stored)
    assert not fits(typed=typed + "x", stored=stored)


@pytest.mark.parametrize("stored", ["", "x", "$6$rounds=many$a$b", "$5$rounds=1000$a$b", "$6$a$b"])
def test_what_is_no_such_hash_fits_nothing(stored):
    assert not fits(typed="a", stored=stored)
