"""Words that several pages and commands about meetings share."""

from tequio.rules.reasons import Text

NO_MEETING = Text(en="meets no more", es="ya no se reúne")
NOTHING_TO_PLAN = Text(en="Everything is planned already.", es="Ya está todo programado.")
