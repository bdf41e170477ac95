"""Members by the hundred thousand, straight into the tables, in the shape the organization has."""

import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.db import transaction

from tequio.centers.models import Center
from tequio.kernel import bulk
from tequio.kernel.bulk import stored_day
from tequio.members.models import Contact, Member, Membership
from tequio.rules.periods import add_years

_BATCH = 20_000
IN_MEXICO = 0.2
ORGANIZATIONS = 2 / 3
WITH_OPERATIONS = 0.85
STARTING_LATER = 0.05


def make_members(*, count: int, seed: int, year: int) -> None:
    """Make members: a fifth in Mexico, two thirds organizations, 85 % with operations, one contact each.

    The period of nearly all of them starts within `year` before 15 July; of one in twenty it starts later.
    """
    rng = random.Random(seed)
    centers = {center.code: center.pk for center in Center.objects.order_by("code")}
    for begin in range(0, count, _BATCH):
        numbers = range(begin + 1, begin + 1 + min(_BATCH, count - begin))
        _make_batch(numbers=numbers, centers=centers, rng=rng, year=year)


# The ids reserved are its own only inside a transaction, and outside one SQLite commits every single row: that was
# nine tenths of the time of the whole benchmark.
@transaction.atomic
def _make_batch(*, numbers: Sequence[int], centers: Mapping[str, int], rng: random.Random, year: int) -> None:
    first_day, cut = date(year, 1, 1), date(year, 7, 15)
    span = (cut - first_day).days
    members, memberships, contacts = [], [], []
    for pk, number in zip(bulk.reserve_ids(model=Member, count=len(numbers)), numbers, strict=True):
        center = "mx" if rng.random() < IN_MEXICO else "us"
        kind = "organization" if rng.random() < ORGANIZATIONS else "individual"
        later = rng.random() < STARTING_LATER
        starts = first_day + timedelta(days=rng.randrange(span) + (span + 2 if later else 0))
        joined = add_years(day=starts, years=-6)
        name = f"Colectiva {number}" if center == "mx" else f"Collective {number}"
        operations = rng.random() < WITH_OPERATIONS
        band = rng.randrange(1, 6)
        day, code = stored_day(starts), f"B{number:07d}"
        members.append(
            (pk, code, name, name.casefold(), kind, centers[center], "media", band, operations, day, 0, "good")
        )
        memberships.append((pk, stored_day(joined), day))
        language = "es" if center == "mx" else "en"
        contacts.append(
            (pk, 0, "Alma", True, True, False, f"{code}@example.org", "", "", "", "", "", "", language, code)
        )
    bulk.insert(
        model=Member,
        columns=("id", "code", "name", "search_name", "kind", "center_id", "sector", "income_band", "operations")
        + ("paid_until", "opening_balance", "standing"),
        rows=members,
    )
    bulk.insert(model=Membership, columns=("member_id", "joined_on", "first_period_on"), rows=memberships)
    bulk.insert(
        model=Contact,
        columns=("member_id", "position", "name", "is_representative", "is_billing", "is_technical", "email")
        + ("phone", "street", "city", "state", "postal_code", "country", "language", "fingerprint"),
        rows=contacts,
    )
