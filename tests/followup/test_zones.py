"""What time it is where a member is."""

import pytest

from tequio.followup.zones import zone_of


@pytest.mark.parametrize(
    ("country", "state", "zone", "known"),
    [
        ("US", "NY", "America/New_York", True),
        ("us", " ca ", "America/Los_Angeles", True),
        ("US", "AZ", "America/Phoenix", True),
        ("US", "", "America/Mexico_City", False),
        ("MX", "", "America/Mexico_City", True),
        ("MX", "Quintana  Roo", "America/Cancun", True),
        ("MX", "SONORA", "America/Hermosillo", True),
        ("GT", "", "America/Guatemala", True),
        ("BR", "", "America/Mexico_City", False),
        ("", "", "America/Mexico_City", False),
        ("🜁", "x", "America/Mexico_City", False),
    ],
)
def test_the_zone_follows_from_country_and_state_and_else_is_the_centers_and_said_to_be(country, state, zone, known):
    found, is_known = zone_of(country=country, state=state, center_zone="America/Mexico_City")

    assert (found.key, is_known) == (zone, known)
