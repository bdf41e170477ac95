"""Effects of decisions on dues: adopting a table of dues, and adopting what follows when dues are late."""

from tequio.dues.effects.dues_table import AdoptDuesPolicy
from tequio.dues.effects.payment_days import AdoptPaymentPolicy

EFFECTS = (AdoptDuesPolicy(), AdoptPaymentPolicy())

__all__ = ["EFFECTS", "AdoptDuesPolicy", "AdoptPaymentPolicy"]
