"""What the database itself refuses: changing circulated words, rules in force, who could vote, what was decided."""

from tequio.kernel.triggers import Trigger, append_only

_IN_FORCE = "a rule in force is frozen: adopt a new one"
_WRITTEN = "a version is frozen: write the next one"
_SAID = "what was said or asked of a proposal stays"
_ELECTORATE = "the electorate is frozen when the vote opens"
_KEPT = "decisions, votes and their effects are never deleted"
_CLOSED = "a vote that is closed stays as it was counted"
_FROZEN = "what a vote is held by is frozen when it opens"
_COMPUTED = "a decision that was voted stays as it was counted"
_CARRIED_OUT = "an effect stays as it was decided, and is carried out once"

# What is frozen of a vote when it opens: `counts` and what belongs to the close are written then.
_OF_A_VOTE = ("rule", "seen", "seen_hash", "electorate_hash", "motion_en", "motion_es", "qualifier", "qualifier_data")


def _refuses(*, name: str, table: str, verb: str, when: str, says: str, query: str = "") -> Trigger:
    """A trigger that refuses a row where a condition on OLD and NEW holds, or where a query finds something."""
    found = f"EXISTS ({query})" if query else when
    return Trigger(
        name=name,
        table=table,
        sqlite=f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{says}') WHERE {found}; END",
        postgresql=f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {found} THEN RAISE EXCEPTION '{says}' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$;"
        f"CREATE OR REPLACE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
    )


def _other(*columns: str) -> str:
    """A condition: one of these columns would be other than it was. JSON compares as text on both engines."""
    return " OR ".join(f"CAST(OLD.{c} AS text) <> CAST(NEW.{c} AS text)" for c in columns)


_CLOSED_VOTE_OF = (
    "SELECT 1 FROM decisions_elector e JOIN decisions_vote v ON v.id = e.vote_id "
    "WHERE e.id = NEW.elector_id AND v.closed_at IS NOT NULL"
)

TRIGGERS = [
    *append_only(table="decisions_mandate", says=_IN_FORCE),
    *append_only(table="decisions_decisionrule", says=_IN_FORCE),
    *append_only(table="decisions_version", says=_WRITTEN),
    *append_only(table="decisions_comment", says=_SAID),
    *append_only(table="decisions_delay", says=_SAID),
    *append_only(table="decisions_position", says=_SAID, allow_update=True),
    *append_only(table="decisions_amendment", says=_SAID, allow_update=True),
    *append_only(table="decisions_proposal", says=_SAID, allow_update=True),
    *append_only(table="decisions_elector", says=_ELECTORATE),
    *append_only(table="decisions_decision", says=_KEPT, allow_update=True),
    *append_only(table="decisions_decisioneffect", says=_KEPT, allow_update=True),
    *append_only(table="decisions_vote", says=_KEPT, allow_update=True),
    *append_only(table="decisions_ballot", says=_KEPT, allow_update=True),
    _refuses(
        name="decisions_vote_frozen",
        table="decisions_vote",
        verb="UPDATE",
        when=_other(*_OF_A_VOTE),
        says=_FROZEN,
    ),
    _refuses(
        name="decisions_vote_closed_once",
        table="decisions_vote",
        verb="UPDATE",
        when="OLD.closed_at IS NOT NULL",
        says=_CLOSED,
    ),
    *(
        _refuses(
            name=f"decisions_ballot_in_time_{verb.lower()}",
            table="decisions_ballot",
            verb=verb,
            when="",
            query=_CLOSED_VOTE_OF,
            says=_CLOSED,
        )
        for verb in ("INSERT", "UPDATE")
    ),
    _refuses(
        name="decisions_decision_computed",
        table="decisions_decision",
        verb="UPDATE",
        when="NOT OLD.recorded",
        says=_COMPUTED,
    ),
    _refuses(
        name="decisions_decisioneffect_frozen",
        table="decisions_decisioneffect",
        verb="UPDATE",
        when=_other("kind", "data", "base") + " OR (OLD.state IN ('reversed', 'dropped') AND OLD.state <> NEW.state)"
        " OR (OLD.state = 'applied' AND NEW.state NOT IN ('applied', 'reversed'))",
        says=_CARRIED_OUT,
    ),
]
