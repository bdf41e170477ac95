"""What the database itself refuses: changing terms in force, what was noted, what was approved, who was there."""

from tequio.kernel.triggers import append_only

_IN_FORCE = "the terms of a series are frozen: new ones replace them from their day"
_HELD = "meetings are cancelled, never deleted: calendars have to hear of it"
_NOTED = "a revision is frozen: write the next one"
_STATED = "a quorum stays as it was stated"
_KEPT = "what belongs to a meeting is ended or taken back, never deleted"

TRIGGERS = [
    *append_only(table="meetings_seriesterms", says=_IN_FORCE),
    *append_only(table="meetings_meeting", says=_HELD, allow_update=True),
    *append_only(table="meetings_noterevision", says=_NOTED),
    *append_only(table="meetings_translationrevision", says=_NOTED),
    *append_only(table="meetings_minutestext", says=_NOTED),
    *append_only(table="meetings_notessetting", says=_KEPT),
    *append_only(table="meetings_agendaitem", says=_KEPT, allow_update=True),
    *append_only(table="meetings_attendance", says=_KEPT, allow_update=True),
    *append_only(table="meetings_quorumstated", says=_STATED),
    *append_only(table="meetings_speakerturn", says=_KEPT, allow_update=True),
    *append_only(table="meetings_interpreter", says=_KEPT, allow_update=True),
    *append_only(table="meetings_note", says=_KEPT, allow_update=True),
    *append_only(table="meetings_notemark", says=_KEPT, allow_update=True),
    *append_only(table="meetings_minutes", says=_KEPT, allow_update=True),
    *append_only(table="meetings_suggestion", says=_KEPT, allow_update=True),
    *append_only(table="meetings_document", says=_KEPT, allow_update=True),
    *append_only(table="meetings_notesfile", says=_KEPT, allow_update=True),
    *append_only(table="meetings_notescandidate", says=_KEPT, allow_update=True),
]
