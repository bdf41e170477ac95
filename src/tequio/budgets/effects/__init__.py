"""What a decision can do to a budget: put a version in force, as it is or with amendments."""

from tequio.budgets.effects.adopt_version import AdoptVersion
from tequio.budgets.effects.amend import Amend

EFFECTS = (AdoptVersion(), Amend())
