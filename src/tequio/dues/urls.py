"""Addresses of dues, payments and what is agreed with a member."""

from django.urls import path, register_converter

from tequio.dues.views import agreements, invoices, payments, previews, runs


class NumberConverter:
    """The number of an invoice or a payment: capitals, digits and hyphens, never anything a file name could not be."""

    regex = "[A-Z0-9-]{1,24}"

    def to_python(self, value: str) -> str:
        """As it stands in the address."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands in the address."""
        return value


register_converter(NumberConverter, "number")

urlpatterns = [
    path("dues/", runs.choose, name="dues"),
    path("dues/runs/<int:run_pk>/", runs.result, name="dues_run"),
    path("dues/runs/<int:run_pk>/preview/", previews.preview, name="dues_preview"),
    path("dues/runs/<int:run_pk>/preview.csv", previews.preview_csv, name="dues_preview_csv"),
    path("dues/runs/<int:run_pk>/confirm/", previews.confirm, name="dues_confirm"),
    path("dues/runs/<int:run_pk>/carry-on/", runs.carry_on, name="carry_on_run"),
    path("dues/runs/<int:run_pk>/invoices.csv", runs.result_csv, name="dues_run_csv"),
    path("dues/runs/<int:run_pk>/invoices.pdf", runs.print_run, name="print_run"),
    path("dues/runs/<int:run_pk>/send/", runs.send, name="send_run"),
    path("dues/runs/<int:run_pk>/undo/", runs.undo, name="undo_run"),
    path("invoices/<number:number>/", invoices.invoice, name="invoice"),
    path("invoices/<number:number>/invoice.pdf", invoices.invoice_pdf, name="invoice_pdf"),
    path("invoices/<number:number>/mail/", invoices.mail, name="mail_invoice"),
    path("invoices/<number:number>/write-off/", invoices.write_off, name="write_off"),
    path("invoices/<number:number>/cancel/", invoices.cancel, name="cancel_invoice"),
    path("payments/", payments.payments, name="payments"),
    path("payments/list.csv", payments.payments_csv, name="payments_csv"),
    path("payments/<number:number>/", payments.payment, name="payment"),
    path("payments/<number:number>/receipt.pdf", payments.receipt_pdf, name="receipt_pdf"),
    path("payments/<number:number>/mail/", payments.mail, name="mail_receipt"),
    path("payments/<number:number>/refund/", payments.refund, name="refund"),
    path("payments/<number:number>/void/", payments.void, name="void"),
    path("members/<int:member_pk>/payment/", payments.add, name="add_payment"),
    path("members/<int:member_pk>/years/<int:year>.pdf", payments.year_pdf, name="member_year_pdf"),
    path("members/<int:member_pk>/hold/", agreements.hold, name="grant_hold"),
    path("members/<int:member_pk>/plan/", agreements.plan, name="agree_plan"),
    path("members/<int:member_pk>/rate/", agreements.rate, name="grant_rate"),
]
