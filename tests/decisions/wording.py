"""Words of a proposal for tests: two paragraphs in both languages, whatever a test says differently."""

from tequio.rules.reasons import Text
from tequio.rules.wording import Words

TWO = Text(en="One hen.\n\nTwo ducks.", es="Una gallina.\n\nDos patos.")


def words(**given):
    """Words whose original is Spanish."""
    return Words(
        **{
            "original": "es",
            "ask": Text(en="Keep poultry.", es="Tener aves."),
            "text": TWO,
            "resources": Text(en="None.", es="Ninguno."),
            **given,
        }
    )
