"""Notes: reading those of a meeting, writing them, their earlier wordings, translating, who sees them."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from tequio.accounts.guards import guarded, viewer_in
from tequio.accounts.permissions import may_keep_body
from tequio.decisions.finding import body_or_404, person_in
from tequio.decisions.queries.hours import hours
from tequio.decisions.scopes import scope_of_body
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.kernel.texts import text_of
from tequio.kernel.web.forms import PlainForm
from tequio.kernel.web.languages import language_of
from tequio.kernel.web.pages import go, page
from tequio.meetings.finding import item_or_404, meeting_or_404, note_or_404, place_or_404
from tequio.meetings.forms.notes import SeenForm, TranslateForm, WriteForm
from tequio.meetings.models import AgendaItem, Minutes, Note, NoteRevision, NotesSeenBy
from tequio.meetings.names import heard_at, name_of_notes
from tequio.meetings.operations import notes as operations
from tequio.meetings.operations import translating
from tequio.meetings.page_queries.history import history_of
from tequio.meetings.page_queries.notes import may_write_notes, notes_of, translation_shown
from tequio.meetings.page_queries.reading import reading_of
from tequio.meetings.queries.latest import latest_translations
from tequio.meetings.scopes import scope_of_item, scope_of_meeting, scope_of_note
from tequio.meetings.seeing import open_by_setting, seen_by
from tequio.rules.paragraphs import Beside, abreast, paragraphs

REFUSED = 422
LONGEST_NUMBER = 9


def number_in(request: HttpRequest, name: str, /) -> int:
    """A number sent along in a form, 0 where it is none."""
    asked = request.POST.get(name, "")
    return int(asked) if is_number(asked) else 0


def is_number(asked: str, /) -> bool:
    """Whether what was sent is a number the database can look for."""
    return asked.isascii() and asked.isdigit() and len(asked) <= LONGEST_NUMBER


def to_notes(item: AgendaItem, /) -> HttpResponseRedirect:
    """To the notes of an item, among those of its meeting."""
    return go(reverse("meeting_notes", kwargs={"meeting_pk": item.part.meeting_id}) + f"#item-{item.pk}")


@open_by_setting("notes", scope=scope_of_meeting)
def meeting_notes(request: HttpRequest, meeting_pk: int) -> HttpResponseBase:
    """The notes of a meeting, item by item; the page that is printed."""
    meeting, viewer = meeting_or_404(pk=meeting_pk), viewer_in(request)
    notes = notes_of(meeting=meeting, viewer=viewer, language=language_of(request))
    context = {"reading": reading_of(meeting=meeting, viewer=viewer, notes=notes), "notes_by_item": notes}
    return page(request, "meetings/meeting_notes.html", context)


@guarded(may_write_notes, scope=scope_of_item)
def write_note(request: HttpRequest, item_pk: int, place: str) -> HttpResponseBase:
    """Write what one place notes of an item. Whoever writes at the same time is heard of, and nothing is lost."""
    item, person = item_or_404(pk=item_pk), person_in(request)
    where = place_or_404(meeting=item.part.meeting, code=place)
    note = Note.objects.filter(item=item, place=where).first()
    last = note.revisions.order_by("-number").first() if note else None
    asked: dict[str, Any] = {
        "asks_why": Minutes.objects.filter(part=item.part, approved_at__isnull=False).exists(),
        "asks_language": note is None,
        "tongue": note.language if note else where.language,
    }
    start = {
        "base": last.number if last else 0,
        "text": last.text if last else "- ",
        "language": where.language,
    }
    form = WriteForm(request.POST if request.method == "POST" else None, initial=start, **asked)
    name = text_of(row=where, name="name")
    context: dict[str, Any] = {
        "item": item,
        "named": name_of_notes(place=name, online=where.online),
        "heard": heard_at(place=name, online=where.online),
        "form": form,
        "note": note,
        "written": None,
    }
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            written = operations.write_note(
                item=item,
                place=where,
                text=said["text"],
                base=said["base"],
                why=said.get("why", ""),
                language=said.get("language", ""),
                by=person,
                actor=person.actor,
                at=clock.now(),
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            if not written.told:
                return to_notes(item)
            # Saved already; whoever wrote looks at what came of both, and may go on from there.
            fresh = {"base": written.revision.number, "text": written.revision.text}
            asked["asks_language"] = False
            context |= {"form": WriteForm(initial=fresh, **asked), "written": written, "note": written.note}
            return page(request, "meetings/write_note.html", context)
    return page(request, "meetings/write_note.html", context, status=REFUSED if form.is_bound else 200)


@open_by_setting("notes", scope=scope_of_note)
def note_history(request: HttpRequest, note_pk: int) -> HttpResponseBase:
    """Every wording of a note, the newest first, each with what it changed and who wrote it."""
    note = note_or_404(pk=note_pk)
    return page(request, "meetings/note_history.html", {"note": note, "revisions": history_of(note=note)})


@guarded(may_write_notes, scope=scope_of_note)
def translate_note(request: HttpRequest, note_pk: int) -> HttpResponseBase:
    """Translate notes paragraph by paragraph, each beside its text; where the text changed, what it said before."""
    note, person = note_or_404(pk=note_pk), person_in(request)
    tongue = translating.other_language(note.language)
    of = _revision_asked(request, note=note)
    last = latest_translations(note_pks=[note.pk]).get(note.pk)
    originals = paragraphs(text=of.text)
    found = abreast(
        text=of.text,
        translation=[one.words for one in paragraphs(text=last.text)] if last else [],
        made_of=last.made_of if last else [],
    )
    rows = [pair for pair in found.pairs if pair.original is not None]
    was = _words_once(note=note) if any(pair.state is Beside.OLDER for pair in rows) else {}
    start: dict[str, Any] = {"of": of.number, "base": last.number if last else 0}
    start |= {f"p{number}": pair.translation for number, pair in enumerate(rows)}
    form = TranslateForm(
        request.POST if request.method == "POST" else None, originals=originals, tongue=tongue, initial=start
    )
    told: tuple[Any, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            _, told = translating.translate(
                note=note,
                of=form.cleaned_data["of"],
                said=form.said(),
                base=form.cleaned_data["base"],
                by=person,
                actor=person.actor,
                at=clock.now(),
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            if not told:
                return to_notes(note.item)
            return page(request, "meetings/translation_told.html", {"note": note, "told": told})
    gone = [pair for pair in found.pairs if pair.original is None]
    context = {
        "note": note,
        "form": form,
        "tongue": tongue,
        "rows": [(pair, form[f"p{number}"], was.get(pair.made_of, "")) for number, pair in enumerate(rows)],
        "gone": gone,
        "is_newest": of.number == note.revisions.order_by("-number").values_list("number", flat=True).first(),
    }
    return page(request, "meetings/translate_note.html", context, status=REFUSED if form.is_bound else 200)


def _revision_asked(request: HttpRequest, /, *, note: Note) -> NoteRevision:
    """The revision a translation is of: the one that was on the page, else the newest."""
    rows, asked = note.revisions.order_by("-number"), number_in(request, "of")
    found = rows.filter(number=asked).first() if asked else None
    return found or rows.first()  # type: ignore[return-value]  # CONFIG: a note has a revision from its beginning


def _words_once(*, note: Note) -> dict[str, str]:
    """What every paragraph of every earlier revision said, by its fingerprint."""
    found: dict[str, str] = {}
    for text in note.revisions.order_by("number").values_list("text", flat=True):
        found |= {one.fingerprint: one.words for one in paragraphs(text=text)}
    return found


@guarded(may_write_notes, scope=scope_of_note)
def review_translation(request: HttpRequest, note_pk: int) -> HttpResponseBase:
    """Look a translation through, paragraph by paragraph, and say so."""
    note, person = note_or_404(pk=note_pk), person_in(request)
    row = latest_translations(note_pks=[note.pk]).get(note.pk)
    if row is None:
        return go(reverse("translate_note", kwargs={"note_pk": note.pk}))
    text = note.revisions.order_by("-number").values_list("text", flat=True)[0]
    form = PlainForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            number = number_in(request, "number")
            translating.review(note=note, number=number, by=person, actor=person.actor, at=clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return to_notes(note.item)
    context = {
        "note": note,
        "shown": translation_shown(row=row, text=text, clocks=hours()),
        "form": form,
        "is_translator": row.translator_id == person.pk,
    }
    return page(request, "meetings/review_translation.html", context, status=REFUSED if form.is_bound else 200)


@guarded(may_keep_body, scope=scope_of_body)
def notes_settings(request: HttpRequest, body: str) -> HttpResponseBase:
    """Set who sees a body's notes, minutes and calendar."""
    found, person = body_or_404(code=body), person_in(request)
    there = seen_by(body_pks=[found.pk]).get(found.pk)
    narrow = NotesSeenBy.BODY
    start = {name: getattr(there, name, narrow) for name in ("notes", "minutes", "calendar")}
    form = SeenForm(request.POST if request.method == "POST" else None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            operations.set_seen(body=found, **form.cleaned_data, by=person, actor=person.actor, at=clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return go(reverse("body", kwargs={"body": found.code}))
    context = {"body": found, "form": form}
    return page(request, "meetings/notes_settings.html", context, status=REFUSED if form.is_bound else 200)
