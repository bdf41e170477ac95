"""Loading a rule book on pages: hand it in, see what it would add and what is refused, confirm, and what it did."""

from typing import Any, Final

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import path, reverse
from django.views.decorators.csrf import csrf_exempt

from tequio.accounts.guards import actor_of, guarded
from tequio.accounts.permissions import is_administrator
from tequio.accounts.queries import names_of
from tequio.front.models import BookState, RuleBookFile
from tequio.front.queries.journal_list import zone_of_books
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.kernel.web.forms import PlainForm, say
from tequio.kernel.web.lists import PER_PAGE, list_page, page_number
from tequio.kernel.web.pages import go, page
from tequio.members.views.receiving import takes_a_file
from tequio.project import book_uploads as books
from tequio.project.book_trial import Does
from tequio.project.reading import MOST_BYTES
from tequio.project.rulebook import LISTS, SAMPLE
from tequio.rules.reasons import Text

LIST_NAMES: Final = {
    "centers": Text(en="centers", es="centros"),
    "bank_accounts": Text(en="bank accounts", es="cuentas de banco"),
    "bodies": Text(en="bodies", es="instancias"),
    "decisions": Text(en="decisions", es="acuerdos"),
    "mandates": Text(en="mandates of bodies", es="mandatos de instancias"),
    "decision_rules": Text(en="rules of how a body decides", es="reglas de cómo decide una instancia"),
    "seats": Text(en="seats", es="lugares"),
    "priorities": Text(en="priorities of a year", es="prioridades de un año"),
    "places": Text(en="places to meet", es="lugares de reunión"),
    "series": Text(en="series of meetings", es="series de reuniones"),
    "dues": Text(en="dues tables", es="tablas de cuotas"),
    "payment_policies": Text(en="rules for late dues", es="reglas para cuotas atrasadas"),
    "follow_up_policies": Text(en="ladders of follow-up", es="escaleras de seguimiento"),
    "services": Text(en="services", es="servicios"),
    "service_terms": Text(en="what dues include of services", es="lo que la cuota incluye de servicios"),
}
_TOO_LARGE = Text(
    en=f"The file is larger than {MOST_BYTES // 1_000_000} MB, which no rule book is. It was not read.",
    es=f"El archivo pesa más de {MOST_BYTES // 1_000_000} MB; ningún reglamento pesa tanto. No se leyó.",
)


class BookForm(PlainForm):
    """A rule book to look at."""

    file = forms.FileField(
        label=say(en="Rule book", es="Reglamento"),
        help_text=say(
            en="a text file in the form of the sample (TOML), at most 1 MB",
            es="un archivo de texto con la forma del ejemplo (TOML), de hasta 1 MB",
        ),
        allow_empty_file=True,  # the reader says what is wrong with an empty file, as with any other
        error_messages={"required": say(en="Choose a file first.", es="Elija primero un archivo.")},
    )


def _books_page(
    request: HttpRequest, form: BookForm, *, problem: Text | None = None, status: int = 200
) -> HttpResponse:
    found = RuleBookFile.objects.exclude(state=BookState.DROPPED).order_by("-handed_in_at", "-pk")
    number = page_number(query=request.GET)
    rows = list(found.defer("content")[(number - 1) * PER_PAGE : number * PER_PAGE])
    context = {
        "form": form,
        "problem": problem,
        "list": list_page(rows=rows, count=found.count(), number=number, path=request.path, query=request.GET),
        "who": names_of(actors={row.handed_in_by for row in rows}),
        "added": {row.pk: sum(books.added(row=row).values()) for row in rows},
        "zone": zone_of_books(),
    }
    return page(request, "project/load_rules.html", context, status=status)


def _too_large(request: HttpRequest) -> HttpResponse:
    return _books_page(request, BookForm(), problem=_TOO_LARGE, status=413)


@csrf_exempt  # the check is made in takes_a_file, once it has said where the file goes
@guarded(is_administrator)
@takes_a_file(too_large=_too_large)
def load_rules(request: HttpRequest) -> HttpResponseBase:
    """Hand in a rule book; what cannot be read is said at once and not kept. Below, the books there were."""
    at = clock.now()
    if request.method != "POST":
        books.throw_old_books_away(at=at)
        return _books_page(request, BookForm())
    form = BookForm(request.POST, request.FILES)
    if getattr(request.upload_handlers[0], "was_too_long", False):
        return _too_large(request)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            row = books.hand_in_book(name=file.name, content=file.read(), actor=actor_of(request), at=at)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return go(reverse("rule_book", kwargs={"book_pk": row.pk}))
    return _books_page(request, form, status=422)


def _found(*, book_pk: int) -> RuleBookFile:
    row = RuleBookFile.objects.defer("content").filter(pk=book_pk).first()
    if row is None:
        raise Http404
    return row


@guarded(is_administrator)
def rule_book(request: HttpRequest, book_pk: int) -> HttpResponseBase:
    """What a book would do, what is refused first; once it is loaded, what it did."""
    row = _found(book_pk=book_pk)
    if request.method == "POST" and request.POST.get("act") == "discard":
        books.throw_book_away(book_pk=row.pk, actor=actor_of(request), at=clock.now())
        return go(reverse("load_rules"))
    return _book_page(request, row=row)


def _book_page(request: HttpRequest, *, row: RuleBookFile, problem: Text | None = None) -> HttpResponse:
    context: dict[str, Any] = {
        "shown": row,
        "problem": problem,
        "refused": [_line(entry) for entry in row.entries if entry[2] == Does.REFUSED],
        "adds": _parts(row=row, does=Does.ADDS),
        "there": _parts(row=row, does=Does.THERE),
        "count": sum(books.added(row=row).values()),
        "who": names_of(actors={row.handed_in_by, row.ended_by}),
        "zone": zone_of_books(),
    }
    return page(request, "project/rule_book.html", context, status=409 if problem else 200)


def _line(entry: list[str]) -> tuple[Text, str, Text]:
    """An entry that is refused: its list, what it is called, and why."""
    return LIST_NAMES[entry[0]], entry[1], Text(en=entry[3], es=entry[4])


def _parts(*, row: RuleBookFile, does: Does) -> list[tuple[Text, list[tuple[str, Text]]]]:
    """The entries that do one thing, by list, in the order they are loaded: what each is called, and what it says."""
    found: list[tuple[Text, list[tuple[str, Text]]]] = []
    for name in LISTS:
        entries = [entry for entry in row.entries if entry[0] == name and entry[2] == does]
        if entries:
            found.append((LIST_NAMES[name], [(entry[1], Text(en=entry[3], es=entry[4])) for entry in entries]))
    return found


@guarded(is_administrator)
def confirm_rule_book(request: HttpRequest, book_pk: int) -> HttpResponseBase:
    """Repeat what the book adds, and load it: once, and only as it was previewed."""
    row = _found(book_pk=book_pk)
    if request.method == "POST":
        key = request.POST.get("key", "")
        problem = books.load_book(book_pk=row.pk, key=key, actor=actor_of(request), at=clock.now())
        if problem is not None:
            return _book_page(request, row=_found(book_pk=book_pk), problem=problem)
        return go(reverse("rule_book", kwargs={"book_pk": row.pk}))
    adds = _parts(row=row, does=Does.ADDS)
    if row.state != BookState.WAITING or not adds or _parts(row=row, does=Does.REFUSED):
        return go(reverse("rule_book", kwargs={"book_pk": row.pk}))
    context = {"shown": row, "adds": adds, "count": sum(len(named) for _, named in adds)}
    return page(request, "project/rule_book_confirm.html", context)


@guarded(is_administrator)
def sample_rule_book(_request: HttpRequest) -> HttpResponseBase:
    """The sample rules as a file, to see how a rule book is written."""
    answer = HttpResponse(SAMPLE.read_bytes(), content_type="application/toml; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="rules.toml"'
    return answer


urlpatterns = [
    path("", load_rules, name="load_rules"),
    path("sample.toml", sample_rule_book, name="sample_rule_book"),
    path("<int:book_pk>/", rule_book, name="rule_book"),
    path("<int:book_pk>/confirm/", confirm_rule_book, name="confirm_rule_book"),
]
