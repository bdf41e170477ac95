"""Words that several pages and commands about meetings share."""

from tequio.rules.reasons import Text

NO_MEETING = Text(en="meets no more", es="ya no se reúne")
