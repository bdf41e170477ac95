"""Tables of the dues: the rules in force, what is owed, what was paid, and what was agreed with a member."""

from tequio.dues.models.agreements import Hold, MemberRate, Plan, PlanInstalment, PlanInvoice
from tequio.dues.models.invoices import Invoice, InvoiceKind, InvoiceLine, WriteOff
from tequio.dues.models.payments import Allocation, Payment, PaymentMethod, Refund
from tequio.dues.models.policies import DuesPolicy, PaymentPolicy, Tariff

__all__ = [
    "Allocation",
    "DuesPolicy",
    "Hold",
    "Invoice",
    "InvoiceKind",
    "InvoiceLine",
    "MemberRate",
    "Payment",
    "PaymentMethod",
    "PaymentPolicy",
    "Plan",
    "PlanInstalment",
    "PlanInvoice",
    "Refund",
    "Tariff",
    "WriteOff",
]
