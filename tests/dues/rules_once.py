"""The sample rules, read from their file once and copied from then on: loading them costs more than most tests."""

from tequio.centers.models import Center
from tequio.decisions.models import Body, Decision
from tequio.dues.models import DuesPolicy, PaymentPolicy, Tariff
from tequio.kernel.journal.models import Event, Tip
from tequio.ledger.models import Account, Fund
from tequio.project.rulebook import SAMPLE, load_rules

# In the order of what points at what.
TABLES = (Center, Body, Decision, Account, Fund, DuesPolicy, Tariff, PaymentPolicy, Event, Tip)
_kept = {}


def put_in_force(*, at):
    """Have the sample rules in the database, by the program's own operation the first time."""
    if not _kept:
        load_rules(path=SAMPLE, actor="test", at=at)
        _kept.update({model: list(model.objects.order_by("pk")) for model in TABLES})
        return
    for model, rows in _kept.items():
        model.objects.bulk_create(rows)
