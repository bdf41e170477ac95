"""What topics above the ledger have to say before days of a center's books are closed."""

from collections.abc import Callable
from datetime import date

from tequio.centers.models import Center
from tequio.rules.reasons import Text

# Each says in a sentence what still waits in the days that would be closed; None where nothing does.
Waiting = Callable[[Center, date, date], Text | None]
waiting: list[Waiting] = []
