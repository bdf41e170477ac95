"""A ladder as somebody writes it, for tests that change a word of it."""

TEXT = {"en": "x", "es": "x"}


def step(key, days, *channels, **given):
    """One step, as data."""
    return {"key": key, "days": days, "channels": list(channels), "title": TEXT, "text": TEXT, **given}


def ladder_data(**given):
    """A whole ladder, as data: a mail earlier than in the sample rules, and a call."""
    return {
        "code": "ladder-2016",
        "title": {"en": "Another ladder", "es": "Otro seguimiento"},
        "valid_from": "2016-09-01",
        "centers": ["us"],
        "steps": [step("reminder", 5, "mail", "letter"), step("call", 20, "call")],
        **given,
    }
