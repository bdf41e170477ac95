"""Guesses for the question of one server site or several: each by a person, kept with those before."""

from datetime import datetime

from django.db import transaction

from tequio.budgets.models import SitesGuess
from tequio.budgets.writing import LONGEST_NAME
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.rules.sites import RangeError, guessed


@transaction.atomic
def guess_sites(
    *, name: str, low: float, likely: float, high: float, said_by: str, actor: str, at: datetime
) -> SitesGuess:
    """Guess one of the figures anew, and say who guesses. Refuses a name nobody knows and what cannot be."""
    who = " ".join(said_by.split())[:LONGEST_NAME]
    if not who:
        raise Refusal(en="Say who guesses.", es="Diga quién lo estima.")
    try:
        guessed(name=name, low=low, likely=likely, high=high, said_by=who)
    except RangeError as error:
        raise Refusal(en=error.text.en, es=error.text.es) from error
    row = SitesGuess.objects.create(name=name, low=low, likely=likely, high=high, said_by=who, actor=actor, at=at)
    payload = {"low": low, "likely": likely, "high": high}
    journal.append(kind=Kind.SITES_GUESSED, subject=f"guess:{name}", actor=actor, at=at, payload=payload)
    return row
