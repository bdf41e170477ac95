"""Files of notes: handing one in, which day and meeting it was, its sections as items, its finds one by one."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from tequio.accounts.guards import guarded, signed_in, viewer_in
from tequio.accounts.permissions import Scope, may_keep_body
from tequio.decisions.finding import person_in
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.kernel.texts import text_of
from tequio.kernel.web.forms import PlainForm
from tequio.kernel.web.languages import language_of
from tequio.kernel.web.lists import list_page, page_number
from tequio.kernel.web.pages import go, page
from tequio.meetings import making
from tequio.meetings.forms.importing import RECORD, CurrencyForm, DayForm, HandInForm, ItemsForm, MeetingForm
from tequio.meetings.models import AgendaItem, CandidateState, Meeting, MeetingPart, Note, NotesCandidate, NotesFile
from tequio.meetings.operations import importing
from tequio.meetings.operations.marking import Line
from tequio.meetings.operations.recorded import record_meeting
from tequio.meetings.page_queries import files
from tequio.meetings.page_queries.notes import may_write_notes
from tequio.meetings.page_queries.reading import titled
from tequio.meetings.scopes import scope_of_notes_file
from tequio.meetings.views.marking import make_on_page
from tequio.meetings.views.notes import REFUSED
from tequio.members.views.receiving import takes_a_file
from tequio.rules.paragraphs import fingerprint, paragraphs
from tequio.rules.reasons import Text

_TOO_LARGE = Text(
    en="The file is larger than 2 MB, so it was not read and nothing was kept. Notes of one meeting never are.",
    es="El archivo pesa más de 2 MB; no se leyó y no se guardó nada. Las notas de una reunión nunca pesan tanto.",
)


def _list_page(
    request: HttpRequest, form: HandInForm | None = None, *, problem: Text | None = None, status: int = 200
) -> HttpResponse:
    bodies = files.bodies_written(viewer=viewer_in(request))
    form = form or (_hand_in(request, bound=False) if bodies else None)
    context = {"files": files.files_listed(bodies=bodies), "form": form, "problem": problem}
    return page(request, "meetings/notes_files.html", context, status=status)


def _hand_in(request: HttpRequest, *, bound: bool) -> HandInForm:
    language = language_of(request)
    bodies = files.bodies_written(viewer=viewer_in(request))
    return HandInForm(
        *((request.POST, request.FILES) if bound else ()),
        bodies=[(row.pk, text_of(row=row, name="name").to(language)) for row in bodies],
        places=[(row.pk, text_of(row=row, name="name").to(language)) for row in files.places_open()],
    )


def _too_large(request: HttpRequest) -> HttpResponse:
    return _list_page(request, problem=_TOO_LARGE, status=413)


@csrf_exempt  # the check is made in takes_a_file, once it has said where the file goes
@guarded(signed_in)
@takes_a_file(too_large=_too_large)
def notes_files(request: HttpRequest) -> HttpResponseBase:
    """The files of those bodies whose notes somebody writes, and handing in another."""
    if request.method != "POST":
        return _list_page(request)
    if getattr(request.upload_handlers[0], "was_too_long", False):
        return _too_large(request)
    bodies = {row.pk: row for row in files.bodies_written(viewer=viewer_in(request))}
    if not bodies:
        raise PermissionDenied
    form, person = _hand_in(request, bound=True), person_in(request)
    if form.is_valid():
        upload = form.uploaded()
        place = next(row for row in files.places_open() if row.pk == form.cleaned_data["place"])
        try:
            file, _ = importing.bring_in(
                body=bodies[form.cleaned_data["body"]],
                place=place,
                name=upload.name or "",
                raw=upload.read(),
                by=person,
                actor=person.actor,
                at=clock.now(),
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return _to_file(file)
    return _list_page(request, form, status=REFUSED)


@guarded(may_write_notes, scope=scope_of_notes_file)
def notes_file(request: HttpRequest, notes_file_pk: int) -> HttpResponseBase:
    """What a file says, and its finds, each to be confirmed or dismissed."""
    file, language = _file_or_404(notes_file_pk), language_of(request)
    asked = request.GET.get("show", "")
    state = asked if asked in CandidateState.values else CandidateState.OPEN
    number = page_number(query=request.GET)
    finds, count = files.finds_of(file=file, state=state, page=number)
    context = {
        "file": file,
        "body_name": text_of(row=file.body, name="name"),
        "place_name": text_of(row=file.place, name="name"),
        "said": files.summary(file=file, language=language),
        "finds": finds,
        "list": list_page(rows=finds, count=count, number=number, path=request.path, query=request.GET),
        "counts": files.states_counted(file=file),
        "state": state,
        "not_theirs": frozenset() if _keeps(request, file) else making.OF_THE_KEEPER,
    }
    return page(request, "meetings/notes_file.html", context)


@guarded(may_write_notes, scope=scope_of_notes_file)
def put_notes_file(request: HttpRequest, notes_file_pk: int) -> HttpResponseBase:
    """Which day it was, which meeting, and which items: one question after the other, the answers in the address."""
    file = _file_or_404(notes_file_pk)
    if file.meeting_id is not None:
        return _to_file(file)
    day = _day_asked(request) or importing.day_of(file=file)
    if day is None:
        return _ask_day(request, file=file)
    meeting = _meeting_asked(request, file=file, day=day)
    if meeting is None:
        return _ask_meeting(request, file=file, day=day)
    return _ask_items(request, file=file, meeting=meeting)


def _day_asked(request: HttpRequest) -> date | None:
    try:
        return date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return None


def _meeting_asked(request: HttpRequest, *, file: NotesFile, day: date) -> Meeting | None:
    asked = request.GET.get("meeting", "")
    return next((one for one in files.meetings_on(file=file, day=day) if str(one.pk) == asked), None)


def _step(file: NotesFile, /, **query: str) -> HttpResponseBase:
    return go(reverse("put_notes_file", kwargs={"notes_file_pk": file.pk}), **query)


def _asks(request: HttpRequest, *, file: NotesFile, form: PlainForm, step: str, **more: Any) -> HttpResponseBase:
    said = files.summary(file=file, language=language_of(request))
    context = {"file": file, "form": form, "step": step, "said": said, **more}
    return page(request, "meetings/put_notes_file.html", context, status=REFUSED if form.is_bound else 200)


def _ask_day(request: HttpRequest, *, file: NotesFile) -> HttpResponseBase:
    days = files.days_meant(file=file, language=language_of(request))
    form = DayForm(request.POST if request.method == "POST" else None, days=days)
    if request.method == "POST" and form.is_valid():
        return _step(file, day=form.chosen().isoformat())
    return _asks(request, file=file, form=form, step="day")


def _ask_meeting(request: HttpRequest, *, file: NotesFile, day: date) -> HttpResponseBase:
    language, person = language_of(request), person_in(request)
    meetings = [
        (str(one.pk), f"{titled(text_of(row=one, name='title')).to(language)}, {_hour(one)}")
        for one in files.meetings_on(file=file, day=day)
    ]
    start = {"meeting": meetings[0][0] if meetings else RECORD}
    form = MeetingForm(request.POST if request.method == "POST" else None, meetings=meetings, initial=start)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if said["meeting"] != RECORD:
            return _step(file, day=day.isoformat(), meeting=said["meeting"])
        title = file.found["title"] or ""
        named = text_of(row=file.body, name="name")
        try:
            made = record_meeting(
                body=file.body,
                title=Text(en=title or f"Meeting of {named.en}", es=title or f"Reunión de {named.es}"),
                starts_at=datetime.combine(day, said["hour"], tzinfo=ZoneInfo(file.place.zone)),
                zone=file.place.zone,
                minutes=said["minutes"],
                places=[file.place],
                actor=person.actor,
                at=clock.now(),
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return _step(file, day=day.isoformat(), meeting=str(made.pk))
    return _asks(request, file=file, form=form, step="meeting", day=day)


def _hour(meeting: Meeting) -> str:
    return f"{meeting.starts_at.astimezone(ZoneInfo(meeting.zone)):%H:%M}"


def _ask_items(request: HttpRequest, *, file: NotesFile, meeting: Meeting) -> HttpResponseBase:
    part, person = MeetingPart.objects.get(meeting=meeting, body=file.body), person_in(request)
    rows = AgendaItem.objects.filter(part=part, withdrawn_at__isnull=True).order_by("position", "pk")
    found = importing.blocks_of(file=file)
    form = ItemsForm(
        request.POST if request.method == "POST" else None,
        found=found,
        items=[(row.pk, titled(text_of(row=row, name="title")).to(language_of(request))) for row in rows],
        meant=importing.items_by_heading(file=file, part=part),
    )
    if request.method == "POST" and form.is_valid():
        try:
            importing.put_to_meeting(
                file=file,
                meeting=meeting,
                items=form.chosen(),
                by=person,
                actor=person.actor,
                at=clock.now(),
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return _to_file(file)
    return _asks(request, file=file, form=form, step="items", meeting=meeting, sections=len(found))


@guarded(may_write_notes, scope=scope_of_notes_file)
def notes_find(request: HttpRequest, notes_file_pk: int, find_pk: int) -> HttpResponseBase:
    """Confirm a find as the record it is, by the form of its kind; or as another kind, where a person knows better."""
    file = _file_or_404(notes_file_pk)
    row = NotesCandidate.objects.select_related("file__body").filter(file=file, pk=find_pk).first()
    if row is None or row.state == CandidateState.CONFIRMED:
        raise Http404
    if file.meeting_id is None:
        return _step(file)
    asked = request.GET.get("as", "")
    kind = asked if asked in files.MARKED else row.kind
    if kind not in files.MARKED:
        return _number(request, file=file, row=row)
    if kind in making.OF_THE_KEEPER and not _keeps(request, file):
        raise PermissionDenied
    line = _line_of(file=file, row=row)
    if line is None:
        raise Refusal(
            en="That line is no longer in the notes. Make a line of the notes a record instead.",
            es="Esa línea ya no está en las notas. Mejor vuelva registro una línea de las notas.",
        )
    person = person_in(request)
    with transaction.atomic():
        mark, answer = make_on_page(request, line=line, kind=kind, candidate=row)
        if mark is not None:
            importing.answer(candidate=row, mark=mark, by=person, actor=person.actor, at=clock.now())
    return _to_file(file) if mark is not None else answer


def _keeps(request: HttpRequest, file: NotesFile) -> bool:
    """Whether somebody keeps the papers of the file's body."""
    return may_keep_body(viewer_in(request), Scope(body_pk=file.body_id))


def _number(request: HttpRequest, *, file: NotesFile, row: NotesCandidate) -> HttpResponseBase:
    """Confirm a number: an amount with its currency, which is asked where the notes do not state it."""
    form, person = CurrencyForm(request.POST if request.method == "POST" else None), person_in(request)
    if request.method == "POST" and form.is_valid():
        try:
            importing.answer(
                candidate=row,
                mark=None,
                currency=form.cleaned_data["currency"],
                by=person,
                actor=person.actor,
                at=clock.now(),
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return _to_file(file)
    context = {
        "file": file,
        "find": files.find_shown(row),
        "form": form,
        "asks": row.kind == "amount" and not row.currency,
    }
    return page(request, "meetings/notes_number.html", context, status=REFUSED if form.is_bound else 200)


def _line_of(*, file: NotesFile, row: NotesCandidate) -> Line | None:
    """Where a find stands in the notes by now: its line, or the one above it in the file that does."""
    placed = {int(line): where for line, where in file.found.get("placed", {}).items()}
    above = [line for line in placed if line <= row.line]
    if not above:
        return None
    note_pk, number, line = placed[max(above)]
    note = Note.objects.select_related("place", "item__part__meeting", "item__part__body", "item__part__sitting").get(
        pk=note_pk
    )
    first = note.revisions.get(number=number)
    words = next(one.words for one in paragraphs(text=first.text) if one.line == line)
    newest = note.revisions.order_by("-number").first()
    there = (
        [one for one in paragraphs(text=newest.text) if one.fingerprint == fingerprint(words=words)] if newest else []
    )
    if newest is not None and there:
        nearest = min(there, key=lambda one: abs(one.line - line))
        return Line(note=note, revision=newest, line=nearest.line, words=words)
    return Line(note=note, revision=first, line=line, words=words)


@guarded(may_write_notes, scope=scope_of_notes_file)
def dismiss_find(request: HttpRequest, notes_file_pk: int, find_pk: int) -> HttpResponseBase:
    """Say that a find is nothing to keep."""
    file, person = _file_or_404(notes_file_pk), person_in(request)
    row = NotesCandidate.objects.select_related("file__body").filter(file=file, pk=find_pk).first()
    if row is None:
        raise Http404
    if request.method == "POST":
        importing.dismiss(candidate=row, by=person, actor=person.actor, at=clock.now())
        return _to_file(file)
    return page(request, "meetings/dismiss_find.html", {"file": file, "find": files.find_shown(row)})


@guarded(may_write_notes, scope=scope_of_notes_file)
def remove_notes_file(request: HttpRequest, notes_file_pk: int) -> HttpResponseBase:
    """Take a file away that was brought in by mistake."""
    file, person = _file_or_404(notes_file_pk), person_in(request)
    if request.method == "POST":
        importing.remove_file(file=file, actor=person.actor, at=clock.now())
        return go(reverse("notes_files"))
    return page(request, "meetings/remove_notes_file.html", {"file": file})


def _to_file(file: NotesFile, /) -> HttpResponseBase:
    return go(reverse("notes_file", kwargs={"notes_file_pk": file.pk}))


def _file_or_404(pk: int, /) -> NotesFile:
    rows = NotesFile.objects.select_related("body", "place", "meeting").filter(removed_at__isnull=True).defer("content")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
