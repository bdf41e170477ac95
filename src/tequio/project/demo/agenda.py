"""What will happen on which day of the demo's year, and at which hour of it everything happens."""

from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, date, datetime, time

# Noon in Mexico City and one o'clock in New York: the same day in both and in UTC.
_HOUR = time(18, 0, tzinfo=UTC)

Scene = Callable[[datetime], object]


def moment(*, day: date) -> datetime:
    """The moment of a day at which the demo acts."""
    return datetime.combine(day, _HOUR)


class Agenda:
    """Scenes by day, in the order they were written down."""

    def __init__(self) -> None:
        self._scenes: dict[date, list[Scene]] = defaultdict(list)

    def add(self, *, on: date, scene: Scene) -> None:
        """Let something happen on a day; on a day past the end of the year it never does."""
        self._scenes[on].append(scene)

    def play(self, *, on: date) -> None:
        """Let everything of a day happen, what a scene adds for the same day included."""
        scenes = self._scenes[on]
        while scenes:
            scenes.pop(0)(moment(day=on))
        del self._scenes[on]
