"""Tables of the meetings, a file for each question: when and where, what comes up, who is there, what was noted."""

from tequio.meetings.models.agenda import AgendaItem, AgendaKind, Document
from tequio.meetings.models.attendance import (
    Attendance,
    Direction,
    Interpreter,
    QuorumStated,
    QuorumWhy,
    SpeakerTurn,
)
from tequio.meetings.models.calendar import (
    Deadline,
    DeadlineKind,
    FeedKey,
    Meeting,
    MeetingPart,
    MeetingPlace,
    Place,
    Series,
    SeriesTerms,
)
from tequio.meetings.models.imported import CandidateState, NotesCandidate, NotesFile
from tequio.meetings.models.minutes import MarkKind, Minutes, MinutesText, NoteMark, NotesSeenBy, NotesSetting
from tequio.meetings.models.notes import (
    Note,
    NoteRevision,
    RevisionKind,
    Translation,
    TranslationRevision,
    TranslationState,
)
from tequio.meetings.models.suggestions import Suggestion

__all__ = [
    "AgendaItem",
    "AgendaKind",
    "Attendance",
    "CandidateState",
    "Deadline",
    "DeadlineKind",
    "Direction",
    "Document",
    "FeedKey",
    "Interpreter",
    "MarkKind",
    "Meeting",
    "MeetingPart",
    "MeetingPlace",
    "Minutes",
    "MinutesText",
    "Note",
    "NoteMark",
    "NoteRevision",
    "NotesCandidate",
    "NotesFile",
    "NotesSeenBy",
    "NotesSetting",
    "Place",
    "QuorumStated",
    "QuorumWhy",
    "RevisionKind",
    "Series",
    "SeriesTerms",
    "SpeakerTurn",
    "Suggestion",
    "Translation",
    "TranslationRevision",
    "TranslationState",
]
