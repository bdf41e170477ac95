"""Handing in a statement: what it would do is shown before anything is done, and its page stays."""

import threading
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from tequio.accounts.guards import actor_of, guarded, viewer_in
from tequio.accounts.permissions import Scope, may_change_center, may_read_center
from tequio.banking.forms import ColumnsForm, StatementForm
from tequio.banking.models import BankAccount, StatementFile, StatementUpload
from tequio.banking.operations import uploading
from tequio.banking.operations.background import post_soon
from tequio.banking.operations.importing import Imported
from tequio.banking.queries.lines import SHAPES, STATES, line_rows
from tequio.banking.queries.statements import summary_of
from tequio.banking.scopes import scope_of_account, scope_of_statement, scope_of_upload
from tequio.banking.statements.columns import Mapping_, Table
from tequio.banking.statements.reading import table_in
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.kernel.web.lists import list_page, page_number
from tequio.kernel.web.pages import go, page
from tequio.members.views.receiving import FILE_AT_MOST, takes_a_file
from tequio.rules.reasons import Text

SHOWN = 20  # lines of a preview, rows set aside
_TOO_LARGE = Text(
    en=f"The file is larger than {FILE_AT_MOST // 1_000_000} MB, so it was not read. Ask the bank for shorter periods.",
    es=f"El archivo pesa más de {FILE_AT_MOST // 1_000_000} MB, así que no se leyó. Pida al banco periodos más cortos.",
)
del threading
