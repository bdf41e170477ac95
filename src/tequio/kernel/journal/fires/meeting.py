"""Of meetings, their notes and minutes: when each kind of event fires, in both languages."""

from tequio.kernel.journal.kinds import Kind
from tequio.rules.reasons import Text

FIRES = {
    Kind.PLACE_OPENED: Text(en="a place to meet was put down", es="se apuntó un lugar de reunión"),
    Kind.MEETING_PLANNED: Text(en="a meeting was planned", es="se planeó una reunión"),
    Kind.MEETING_MOVED: Text(en="a meeting was put to another hour", es="se cambió de hora una reunión"),
    Kind.MEETING_CANCELLED: Text(en="a meeting was cancelled", es="se canceló una reunión"),
    Kind.MEETING_RECORDED: Text(en="a meeting that was held was put down", es="se apuntó una reunión que ya se hizo"),
    Kind.NOTES_WRITTEN: Text(en="notes of an item were written", es="se escribieron notas de un punto"),
    Kind.NOTES_TRANSLATED: Text(en="notes were translated", es="se tradujeron notas"),
    Kind.NOTES_REVIEWED: Text(en="a translation of notes was reviewed", es="se revisó una traducción de notas"),
    Kind.NOTES_SEEN_SET: Text(
        en="it was set who sees a body's notes", es="se fijó quién ve las notas de una instancia"
    ),
    Kind.NOTES_MARKED: Text(en="a line of notes was made a record", es="una línea de notas se volvió un registro"),
    Kind.NOTES_UNMARKED: Text(
        en="a line of notes no longer leads to a record", es="una línea de notas ya no lleva a un registro"
    ),
    Kind.NOTES_BROUGHT: Text(en="a file of notes was brought in", es="se trajo un archivo de notas"),
    Kind.NOTES_PUT: Text(
        en="the notes of a file were put to a meeting", es="las notas de un archivo se unieron a una reunión"
    ),
    Kind.NOTES_ANSWERED: Text(
        en="what notes may say was confirmed or dismissed", es="se confirmó o descartó lo que unas notas pueden decir"
    ),
    Kind.NOTES_REMOVED: Text(en="a file of notes was taken away", es="se quitó un archivo de notas"),
    Kind.MINUTES_PUT_FORWARD: Text(en="minutes were put forward", es="se presentó una minuta"),
    Kind.MINUTES_APPROVED: Text(en="minutes were approved", es="se aprobó una minuta"),
    Kind.MEETING_OPENED: Text(en="a meeting was opened", es="se abrió una reunión"),
    Kind.MEETING_CLOSED: Text(en="a meeting was closed", es="se cerró una reunión"),
    Kind.MEETING_STEP_UNDONE: Text(
        en="the opening or closing of a meeting was undone", es="se deshizo la apertura o el cierre de una reunión"
    ),
    Kind.AGENDA_CHANGED: Text(en="a person changed an agenda", es="una persona cambió un orden del día"),
    Kind.AGENDA_ITEM_TAKEN_UP: Text(
        en="an item of an agenda was taken up", es="se empezó a tratar un punto del orden del día"
    ),
    Kind.AGENDA_ITEM_CLOSED: Text(
        en="an item of an agenda was closed, or opened again", es="se cerró o se reabrió un punto del orden del día"
    ),
    Kind.AGENDA_BY_RULE: Text(
        en="items came on an agenda or left it by rule", es="entraron o salieron puntos del orden del día por regla"
    ),
    Kind.ITEM_SUGGESTED: Text(
        en="somebody suggested an item for an agenda", es="alguien sugirió un punto para un orden del día"
    ),
    Kind.SUGGESTION_ANSWERED: Text(
        en="a suggestion for an agenda was accepted or declined",
        es="se aceptó o se declinó una sugerencia para un orden del día",
    ),
    Kind.DOCUMENT_ADDED: Text(en="a document was added to a meeting", es="se agregó un documento a una reunión"),
    Kind.DOCUMENT_REMOVED: Text(en="a document of a meeting was removed", es="se quitó un documento de una reunión"),
    Kind.ATTENDANCE_ENTERED: Text(
        en="it was entered that somebody is at a meeting, or left",
        es="se anotó que alguien está en una reunión o salió",
    ),
    Kind.ATTENDANCE_CORRECTED: Text(en="an attendance was corrected", es="se corrigió una asistencia"),
    Kind.QUORUM_STATED: Text(en="the quorum of a body was stated", es="se declaró el quórum de una instancia"),
    Kind.SPEAKER_LISTED: Text(
        en="somebody asked to speak, or no longer does", es="alguien pidió la palabra o ya no la pide"
    ),
    Kind.SPEAKER_TURN: Text(en="a turn to speak began or ended", es="empezó o terminó un turno"),
    Kind.MEETING_CHANGED: Text(
        en="the bodies, the places or the name of a meeting changed",
        es="cambiaron las instancias, los lugares o el nombre de una reunión",
    ),
    Kind.MEETING_CALLED: Text(en="the call of a meeting went out", es="salió la convocatoria de una reunión"),
    Kind.PLACE_CLOSED: Text(en="a place to meet was given up", es="se dejó un lugar de reunión"),
    Kind.SERIES_CREATED: Text(en="a series of meetings began", es="empezó una serie de reuniones"),
    Kind.SERIES_CHANGED: Text(
        en="the terms of a series of meetings changed, or it ended",
        es="cambiaron las condiciones de una serie de reuniones, o terminó",
    ),
    Kind.FEED_KEY_MADE: Text(
        en="somebody made an address for a calendar", es="alguien creó una dirección para su calendario"
    ),
    Kind.FEED_KEY_REVOKED: Text(
        en="an address for a calendar was revoked", es="se revocó una dirección para un calendario"
    ),
    Kind.INTERPRETER_SIGNED_UP: Text(
        en="somebody signed up to interpret at a meeting", es="alguien se apuntó para interpretar en una reunión"
    ),
    Kind.INTERPRETER_WITHDREW: Text(
        en="somebody will not interpret at a meeting after all", es="alguien ya no va a interpretar en una reunión"
    ),
    Kind.INTERPRETER_HOURS: Text(
        en="the time somebody interpreted was written down", es="se apuntó el tiempo que alguien interpretó"
    ),
}
