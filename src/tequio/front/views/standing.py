"""The standing report: who is behind, how far, in each center, and how that moved over the year."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from babel.dates import format_date
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse

from tequio.accounts.guards import guarded, viewer_in
from tequio.accounts.permissions import may_read_lists
from tequio.centers.models import Center
from tequio.front.queries import standing_report as queries
from tequio.front.queries.standing_report import CenterReport
from tequio.kernel import clock
from tequio.kernel.spreadsheets import csv_lines
from tequio.kernel.web.charts import Drawing, Series, columns
from tequio.kernel.web.environment import short_day
from tequio.kernel.web.forms import DayField, PlainForm, say, whole_url
from tequio.kernel.web.languages import language_of
from tequio.kernel.web.pages import page
from tequio.rules.reasons import Language, Text, long_date
from tequio.rules.standing import STANDING_NAMES, Standing

_BEHIND = (Standing.AT_RISK, Standing.LIMITED, Standing.DISABLED)
# The same class of color on both charts, so that a reader learns each once.
_PLACES = {Standing.GOOD: 0, Standing.AT_RISK: 1, Standing.LIMITED: 3, Standing.DISABLED: 2, Standing.INACTIVE: 4}
_TOO_MANY = Text(
    en="Past days are worked out member by member, up to {most:,} members; this roll is larger. The chart shows the "
    "ends of past months.",
    es="Los días pasados se calculan miembro por miembro, hasta {most:,}; este padrón es mayor. La gráfica muestra los "
    "fines de mes.",
)


class DayForm(PlainForm):
    """The day the report is asked for; none is today."""

    on = DayField(label=say(en="As of", es="Al día"), required=False)


@guarded(may_read_lists)
def standing_report(request: HttpRequest) -> HttpResponseBase:
    """Members by standing and by age of their oldest overdue charge, with the year behind them."""
    language = language_of(request)
    form = DayForm(request.GET if "on" in request.GET else None)
    centers = queries.visible_centers(viewer=viewer_in(request))
    on, too_many = _past_day(form=form, centers=centers)
    reports = _reports(centers=centers, on=on)
    counted = queries.history(centers=centers)
    imported = queries.first_import_at()
    context: dict[str, Any] = {
        "form": form,
        "on": on,
        "too_many": _TOO_MANY.to(language).format(most=queries.MOST_MEMBERS) if too_many else None,
        "reports": reports,
        "members": sum(r.members for r in reports),
        "behind": sum(r.behind for r in reports),
        "charts": {
            r.center.pk: _charts(report=r, days=counted[r.center.pk], language=language)
            for r in reports
            if r.center.pk in counted
        },
        "first_days": {center_pk: next(iter(days)) for center_pk, days in counted.items()},
        "imported_on": {c.pk: clock.day_in(zone=c.zone, at=imported) for c in centers} if imported else {},
        "standing_names": {s.value: name.to(language) for s, name in STANDING_NAMES.items()},
        "age_names": {key: name.to(language) for key, name in queries.AGES.items()},
        "csv_url": whole_url(path=reverse("standing_csv"), query={"on": on}),
        "members_url": reverse("members"),
    }
    return page(request, "front/standing.html", context)


@guarded(may_read_lists)
def standing_csv(request: HttpRequest) -> HttpResponseBase:
    """The same figures as a spreadsheet."""
    centers = queries.visible_centers(viewer=viewer_in(request))
    on, _ = _past_day(form=DayForm(request.GET), centers=centers)
    rows = queries.csv_rows(reports=_reports(centers=centers, on=on))
    answer = StreamingHttpResponse(
        csv_lines(header=queries.CSV_COLUMNS, rows=rows), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = 'attachment; filename="standing.csv"'
    return answer


def _todays(centers: Sequence[Center]) -> dict[int, date]:
    return {center.pk: clock.today(zone=center.zone) for center in centers}


def _past_day(*, form: DayForm, centers: Sequence[Center]) -> tuple[date | None, bool]:
    """The past day asked for, none for today or where the roll is too large for it; and whether it was too large.

    A day to come is a fault of the form.
    """
    if not form.is_valid() or form.cleaned_data["on"] is None or not centers:
        return None, False
    on: date = form.cleaned_data["on"]
    todays = _todays(centers).values()
    if on > max(todays):
        form.add_error("on", str(say(en="That day has not come yet.", es="Ese día todavía no llega.")))
        return None, False
    if on >= min(todays):
        return None, False
    if queries.roll_size(centers=centers) > queries.MOST_MEMBERS:
        return None, True
    return on, False


def _reports(*, centers: Sequence[Center], on: date | None) -> list[CenterReport]:
    if on is None:
        return queries.report_today(centers=centers, days=_todays(centers))
    return queries.report_on(centers=centers, on=on)


def _charts(*, report: CenterReport, days: dict[date, dict[str, int]], language: Language) -> list[Drawing]:
    """Two drawings of the same months: everybody, and closer up those who are behind."""
    center = report.name.to(language)
    axis = [_month(day=day, language=language) for day in days]
    places = [short_day(day) for day in days]
    last, counts = next(reversed(days.items()))
    behind = sum(counts[s.value] for s in _BEHIND)
    everybody = Text(
        en=f"{center}: {counts['good']:,} of {sum(counts.values()):,} in good standing on "
        f"{long_date(day=last, language='en')}",
        es=f"{center}: {counts['good']:,} de {sum(counts.values()):,} al corriente el "
        f"{long_date(day=last, language='es')}",
    )
    late = Text(
        en=f"{center}: {behind:,} behind on {long_date(day=last, language='en')}",
        es=f"{center}: {behind:,} en atraso el {long_date(day=last, language='es')}",
    )
    said = Text(
        en="How many members had each standing on the last day of each month.",
        es="Cuántas membresías tenía cada situación el último día de cada mes.",
    ).to(language)

    def drawn(key: str, title: Text, standings: Sequence[Standing]) -> Drawing:
        return columns(
            key=f"{key}-{report.center.code}",
            title=title.to(language),
            description=said,
            axis=axis,
            places=places,
            series=[
                Series(
                    name=STANDING_NAMES[s].to(language),
                    values=[found[s.value] for found in days.values()],
                    place=_PLACES[s],
                )
                for s in standings
            ],
        )

    return [drawn("all", everybody, list(Standing)), drawn("behind", late, _BEHIND)]


def _month(*, day: date, language: Language) -> str:
    return format_date(day, "LLL", locale="es_MX" if language == "es" else "en").rstrip(".")
