"""A phone as a caller needs it."""

import pytest

from tequio.followup.phones import Dialled, dialled


@pytest.mark.parametrize(
    ("kept", "usable", "found"),
    [
        ("+12125550100", True, Dialled(shown="+1 212-555-0100", url="tel:+12125550100")),
        ("+525555123456", True, Dialled(shown="+52 55 5512 3456", url="tel:+525555123456")),
        ("+12125550100;ext=42", True, Dialled(shown="+1 212-555-0100 ext. 42", url="tel:+12125550100;ext=42")),
        ("555 0100 / 0101", True, Dialled(shown="555 0100 / 0101")),  # two numbers are none
        ("12", True, Dialled(shown="12")),
        ("+12125550100", False, Dialled(shown="+12125550100")),
        ("ask for Lupe", False, Dialled(shown="ask for Lupe")),
        ("+0000000000", True, Dialled(shown="+0000000000")),
        ("javascript:alert(1)", True, Dialled(shown="javascript:alert(1)")),
    ],
)
def test_a_whole_number_is_read_in_groups_and_dialled_and_anything_else_is_only_shown(kept, usable, found):
    assert dialled(kept=kept, usable=usable) == found
