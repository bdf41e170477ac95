"""What the database itself refuses about the ladder in force: any change of it."""

from tequio.kernel.triggers import append_only

_FROZEN = "a rule in force is frozen: adopt a new one"

TRIGGERS = [
    trigger
    for table in ("followup_followuppolicy", "followup_followupstep")
    for trigger in append_only(table=table, says=_FROZEN)
]
