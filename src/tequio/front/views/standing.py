"""The standing report: who is behind, how far, in each center, and how that moved over the year."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse

from tequio.accounts.guards import guarded, viewer_in
from tequio.accounts.permissions import may_read_lists
from tequio.front.queries import standing_report as queries
from tequio.front.queries.standing_report import CenterReport
from tequio.kernel import clock
from tequio.kernel.spreadsheets import csv_lines
from tequio.kernel.web.charts import Drawing, Series, columns
from tequio.kernel.web.environment import long_day, month_initial, short_day
from tequio.kernel.web.forms import whole_url
from tequio.kernel.web.languages import language_of
from tequio.kernel.web.pages import page
from tequio.rules.reasons import Language, Text
from tequio.rules.standing import STANDING_NAMES, Standing
