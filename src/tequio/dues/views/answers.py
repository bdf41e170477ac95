"""Answers that are files: a paper to look at or print, a spreadsheet to keep."""

from collections.abc import Iterable, Sequence

from django.http import HttpResponse, StreamingHttpResponse

from tequio.kernel.spreadsheets import csv_lines


def paper(content: bytes, /, *, name: str) -> HttpResponse:
    """A PDF, shown in the browser. `name` is made of the program's own numbers, never of what people typed."""
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def spreadsheet(*, header: Sequence[str], rows: Iterable[Sequence[object]], name: str) -> StreamingHttpResponse:
    """A CSV file, every cell guarded against formulas."""
    answer = StreamingHttpResponse(csv_lines(header=header, rows=rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer
