"""How many members may be suspended in a day without two people looking at it?"""

from tequio.rules.money import WHOLE_SHARE


def may_suspend(*, of_members: int, share: int, fewest: int) -> int:
    """So many of `of_members` that have services: their `share` in ten-thousandths, rounded down, `fewest` at least.

    Source: the settings of the services; a share of nothing leaves `fewest`.
    """
    return max(fewest, of_members * share // WHOLE_SHARE)
