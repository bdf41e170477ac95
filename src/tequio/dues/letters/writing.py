"""Which text belongs to which facts."""

from tequio.dues.letters import about, cancelled, hold, invoice, kinds, own_rate, plan, receipt, written_off
from tequio.kernel.mail.composing import Composed


def compose(*, facts: about.AnyFacts) -> tuple[str, Composed]:
    """The kind of a letter and the letter, from its facts alone."""
    match facts:
        case about.InvoiceFacts():
            written = kinds.INVOICE, invoice.compose(facts=facts)
        case about.ReceiptFacts():
            written = kinds.RECEIPT, receipt.compose(facts=facts)
        case about.WrittenOffFacts():
            written = kinds.WRITTEN_OFF, written_off.compose(facts=facts)
        case about.RateFacts():
            written = kinds.OWN_RATE, own_rate.compose(facts=facts)
        case about.PlanFacts():
            written = kinds.PLAN, plan.compose(facts=facts)
        case about.HoldFacts():
            written = kinds.HOLD, hold.compose(facts=facts)
        case about.CancelledFacts():
            written = kinds.CANCELLED, cancelled.compose(facts=facts)
    return written
