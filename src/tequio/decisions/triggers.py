"""What the database itself refuses: changing circulated words, rules in force, who could vote, what was decided."""

from tequio.kernel.triggers import append_only

_IN_FORCE = "a rule in force is frozen: adopt a new one"
_WRITTEN = "a version is frozen: write the next one"
_ELECTORATE = "the electorate is frozen when the vote opens"
_KEPT = "decisions, votes and their effects are never deleted"

TRIGGERS = [
    *append_only(table="decisions_mandate", says=_IN_FORCE),
    *append_only(table="decisions_decisionrule", says=_IN_FORCE),
    *append_only(table="decisions_version", says=_WRITTEN),
    *append_only(table="decisions_elector", says=_ELECTORATE),
    *append_only(table="decisions_decision", says=_KEPT, allow_update=True),
    *append_only(table="decisions_decisioneffect", says=_KEPT, allow_update=True),
    *append_only(table="decisions_vote", says=_KEPT, allow_update=True),
    *append_only(table="decisions_ballot", says=_KEPT, allow_update=True),
]
