"""Calling a meeting by mail: to all who sit on its bodies, each in their language; and telling them of changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from tequio.accounts.models import User
from tequio.decisions.queries.hours import Moment, hours
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.kernel.mail.composing import Block, Composed, Facts, Heading, Link, Paragraph, Points
from tequio.kernel.mail.kinds import MailKind, register
from tequio.kernel.mail.operations import NewMail, enqueue_many
from tequio.kernel.texts import text_of
from tequio.meetings.addresses import meeting_url
from tequio.meetings.models import DeadlineKind, Meeting
from tequio.meetings.operations.deadlines import meet_deadline
from tequio.meetings.queries.calls import Called, call_of, day_of_call, people_of
from tequio.rules.reasons import LANGUAGES, Language, Text

CALL = "meeting_call"
NEWS = "meeting_news"


def register_mail() -> None:
    """Make the kinds of mail about meetings known."""
    register(
        MailKind(code=CALL, name=Text(en="call of a meeting", es="convocatoria a una reunión"), no_longer_true=_is_off),
        MailKind(code=NEWS, name=Text(en="change of a meeting", es="cambio de una reunión")),
    )


def _is_off(*, subject: str) -> bool:
    """Whether the meeting a call speaks of was cancelled since."""
    return Meeting.objects.filter(pk=int(subject.partition(":")[2]), cancelled_at__isnull=False).exists()


@transaction.atomic
def call_meeting(*, meeting: Meeting, actor: str, at: datetime) -> int:
    """Put the call in the queue for everybody who sits on its bodies; returns for how many.

    Called again, only those get it who have not, unless the meeting changed since: then everybody does. Closes the
    deadline of the call. Refuses a meeting that was cancelled, or has begun.
    """
    held = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if held.cancelled_at is not None:
        raise Refusal(en="That meeting was cancelled.", es="Esa reunión se canceló.")
    if held.starts_at <= at:
        raise Refusal(en="That meeting has begun.", es="Esa reunión ya empezó.")
    called = call_of(meeting=held)
    people = people_of(meeting=held, on=day_of_call(meeting=held, at=at))
    if not people:
        raise Refusal(en="Nobody sits on its bodies yet.", es="Todavía nadie forma parte de sus instancias.")
    mails = {str(language): composed(called=called, language=language) for language in ("en", "es")}
    queued = _queue(people=people, kind=CALL, meeting=held, mails=mails, at=at)
    Meeting.objects.filter(pk=held.pk).update(called_at=at)
    meet_deadline(meeting=held, kind=DeadlineKind.CALL_OUT, note="", actor=actor, at=at)
    payload = {"mails": queued}
    journal.append(kind=Kind.MEETING_CALLED, subject=f"meeting:{held.pk}", actor=actor, at=at, payload=payload)
    return queued


def tell_of_change(*, meeting: Meeting, before: datetime, at: datetime) -> int:
    """Tell those who were called that their meeting was moved or cancelled; nobody where it was not called yet.

    In the transaction that moved it. `before` is when it was to begin. Returns for how many a mail was queued.
    """
    if meeting.called_at is None or before <= at:
        return 0
    people = people_of(meeting=meeting, on=day_of_call(meeting=meeting, at=at))
    clocks = hours()
    moved = Moved(
        pk=meeting.pk,
        title=text_of(row=meeting, name="title"),
        was=clocks.moment(before),
        now=clocks.moment(meeting.starts_at),
        cancelled_because=(meeting.cancelled_because or "—") if meeting.cancelled_at is not None else "",
    )
    mails = {str(language): news(moved=moved, language=language) for language in LANGUAGES}
    return _queue(people=people, kind=NEWS, meeting=meeting, mails=mails, at=at)


def _queue(*, people: Sequence[User], kind: str, meeting: Meeting, mails: dict[str, Composed], at: datetime) -> int:
    done = enqueue_many(
        mails=[
            NewMail(
                kind=kind,
                subject=f"meeting:{meeting.pk}",
                to_address=person.email,
                composed=mails["es" if person.language == "es" else "en"],
                once_key=f"{kind}:{meeting.pk}:{meeting.sequence}:{person.pk}",
            )
            for person in people
        ],
        at=at,
    )
    return len(done.queued)


def composed(*, called: Called, language: str) -> Composed:
    """The call in one language: when in every city, where, whether it is interpreted, who takes up what."""
    tongue: Language = "es" if language == "es" else "en"

    def say(en: str, es: str) -> str:
        return Text(en=en, es=es).to(tongue)

    facts = [
        (say("When", "Cuándo"), called.when.said.to(tongue)),
        (say("How long", "Cuánto dura"), say(f"{called.minutes} minutes", f"{called.minutes} minutos")),
        *(
            (name.to(tongue), where or say("the place is not said yet", "aún no se dice el lugar"))
            for name, where in called.places
        ),
    ]
    blocks: list[Block] = [
        Paragraph(text=say(f"You are called to: {called.title.en}.", f"Se convoca a: {called.title.es}.")),
        Facts(rows=tuple(facts)),
        Paragraph(text=called.interpretation.to(tongue)),
    ]
    for part in called.parts:
        begins = part.begins.said.to(tongue)
        blocks.append(Heading(text=part.body.to(tongue)))
        blocks.append(
            Paragraph(text=say(f"{part.minutes} minutes, from {begins}", f"{part.minutes} minutos, desde el {begins}"))
        )
        blocks.append(
            Points(items=tuple(item.to(tongue) for item in part.items))
            if part.items
            else Paragraph(text=say("Nothing is on its agenda yet.", "Su orden del día aún está vacío."))
        )
    blocks.append(
        Link(label=say("Agenda, documents and notes", "Orden del día, documentos y notas"), url=meeting_url(called.pk))
    )
    subject = say(
        f"Call: {called.title.en}, {called.when.said.en}", f"Convocatoria: {called.title.es}, {called.when.said.es}"
    )
    return Composed(language=tongue, subject=subject, blocks=tuple(blocks))


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A meeting that was put to another hour, or cancelled: then with the reason."""

    pk: int
    title: Text
    was: Moment
    now: Moment
    cancelled_because: str


def news(*, moved: Moved, language: Language) -> Composed:
    """What those hear who were called: another hour, or that it is cancelled and why."""

    def say(en: str, es: str) -> str:
        return Text(en=en, es=es).to(language)

    name, was, now = moved.title.to(language), moved.was.said.to(language), moved.now.said.to(language)
    if moved.cancelled_because:
        subject = say(f"Cancelled: {name}", f"Cancelada: {name}")
        rows = ((say("It was to be", "Iba a ser"), was), (say("Why", "Por qué"), moved.cancelled_because))
        first = say(f"The meeting “{name}” was cancelled.", f"Se canceló la reunión «{name}».")
    else:
        subject = say(f"Another hour: {name}, {now}", f"Otra hora: {name}, {now}")
        rows = ((say("It was to be", "Iba a ser"), was), (say("It will be", "Será"), now))
        first = say(f"The meeting “{name}” was put to another hour.", f"La reunión «{name}» cambió de hora.")
    link = Link(label=say("The meeting", "La reunión"), url=meeting_url(moved.pk))
    return Composed(language=language, subject=subject, blocks=(Paragraph(text=first), Facts(rows=rows), link))
