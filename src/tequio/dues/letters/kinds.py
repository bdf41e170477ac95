"""The kinds of letters, as the queue knows them: what each attaches, and when it should not go out any more."""

from importlib import import_module

from tequio.dues.models import Invoice, Payment
from tequio.kernel.mail.kinds import Attachment, MailKind, register
from tequio.rules.reasons import Text

INVOICE = "dues.invoice"
RECEIPT = "dues.receipt"
WRITTEN_OFF = "dues.written_off"
OWN_RATE = "dues.own_rate"
PLAN = "dues.plan"
HOLD = "dues.hold"
CANCELLED = "dues.cancelled"


def _pdf(*, maker: str, reference: str) -> Attachment:
    number = reference.partition(":")[2]
    # By name and only now: paper needs a typesetter, which nothing else here should wait for.
    paper = import_module("tequio.dues.paper")
    content: bytes = getattr(paper, maker)(number=number)
    return Attachment(name=f"{number}.pdf", content=content, media_type="application/pdf")


def _invoice_paper(*, reference: str) -> Attachment:
    return _pdf(maker="invoice_pdf", reference=reference)


def _receipt_paper(*, reference: str) -> Attachment:
    return _pdf(maker="receipt_pdf", reference=reference)


def _invoice_taken_back(*, subject: str) -> bool:
    number = subject.partition(":")[2]
    return not Invoice.objects.filter(number=number, cancelled_on__isnull=True).exists()


def _payment_taken_back(*, subject: str) -> bool:
    number = subject.partition(":")[2]
    return not Payment.objects.filter(number=number, voided_on__isnull=True).exists()


def register_letters() -> None:
    """Make the letters known to the queue."""
    register(
        MailKind(
            code=INVOICE,
            name=Text(en="invoice", es="aviso de cuota"),
            attach=_invoice_paper,
            no_longer_true=_invoice_taken_back,
        ),
        MailKind(
            code=RECEIPT,
            name=Text(en="thanks for a payment", es="agradecimiento por un pago"),
            attach=_receipt_paper,
            no_longer_true=_payment_taken_back,
        ),
        MailKind(code=WRITTEN_OFF, name=Text(en="write-off told", es="aviso de condonación")),
        MailKind(code=OWN_RATE, name=Text(en="own rate told", es="aviso de cuota propia")),
        MailKind(code=PLAN, name=Text(en="payment plan in writing", es="plan de pagos por escrito")),
        MailKind(code=HOLD, name=Text(en="hold in writing", es="prórroga por escrito")),
        MailKind(code=CANCELLED, name=Text(en="invoice taken back", es="aviso de cuota cancelado")),
    )
