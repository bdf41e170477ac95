"""Everything that writes members: importing a roll, merging, leaving and coming back, logging contacts."""

from tequio.members.operations.access import give_access, take_access
from tequio.members.operations.importing import ImportResult, Question, import_roll
from tequio.members.operations.merging import merge_members, undo_merge
from tequio.members.operations.staying import leave, log_contact, rejoin

__all__ = [
    "ImportResult",
    "Question",
    "give_access",
    "import_roll",
    "leave",
    "log_contact",
    "merge_members",
    "rejoin",
    "take_access",
    "undo_merge",
]
