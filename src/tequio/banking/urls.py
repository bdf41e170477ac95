"""Addresses of bank accounts, statements and lines."""

from django.urls import path

from tequio.banking.views import accounts, calls, lines, statements

urlpatterns = [
    path("bank/", accounts.accounts, name="bank_accounts"),
    path("bank/lines/", lines.lines, name="bank_lines"),
    path("bank/lines/list.csv", lines.lines_csv, name="bank_lines_csv"),
    path("bank/lines/<int:line_pk>/", lines.line, name="bank_line"),
    path("bank/lines/<int:line_pk>/undo/", lines.undo, name="undo_match"),
    path("bank/statements/<int:statement_pk>/", statements.statement, name="statement"),
    path("bank/uploads/<int:upload_pk>/", statements.preview, name="statement_preview"),
    path("hooks/<slug:provider>/<slug:code>/", calls.call, name="provider_call"),
    path("bank/<slug:code>/", accounts.account, name="bank_account"),
    path("bank/<slug:code>/import/", statements.hand_in, name="new_statement"),
]
