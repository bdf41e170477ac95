"""What the database itself refuses: a change of a version, of what an amendment says, of what was posted."""

from collections.abc import Sequence

from tequio.kernel.triggers import Trigger, append_only

_VERSION = "a version is frozen: amend it"
_IN_FORCE = "a rule in force is frozen: adopt a new one"
_AMENDMENT = "what an amendment says is frozen: ask for another"
_POSTED = "a posted booking is frozen: reverse it"
_GUESSED = "a guess stays on record: guess anew"
_KEPT = "receipts and transfers are never deleted"


def _frozen_columns(*, table: str, columns: Sequence[str], says: str, when: str = "") -> Trigger:
    """A trigger that refuses an UPDATE which changes one of these columns, `when` the old row is such."""
    name = f"{table}_frozen"
    sqlite = " OR ".join(f'OLD."{c}" IS NOT NEW."{c}"' for c in columns)
    postgresql = " OR ".join(f'OLD."{c}" IS DISTINCT FROM NEW."{c}"' for c in columns)
    only = f"{when} AND " if when else ""
    return Trigger(
        name=name,
        table=table,
        sqlite=f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE UPDATE ON {table} WHEN {only}({sqlite}) "
        f"BEGIN SELECT RAISE(ABORT, '{says}'); END",
        postgresql=f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {only}({postgresql}) THEN RAISE EXCEPTION '{says}' USING ERRCODE = 'check_violation'; END IF; "
        f"RETURN NEW; END $$;"
        f"CREATE OR REPLACE TRIGGER {name} BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
    )


TRIGGERS = [
    *(
        trigger
        for table in ("budgets_budgetversion", "budgets_budgetline", "budgets_budgetassumption")
        for trigger in append_only(table=table, says=_VERSION)
    ),
    *append_only(table="budgets_adoption", says=_IN_FORCE),
    *append_only(table="budgets_spendinglimit", says=_IN_FORCE),
    *append_only(table="budgets_sitesguess", says=_GUESSED),
    *append_only(table="budgets_budgetamendment", says=_AMENDMENT, allow_update=True),
    _frozen_columns(
        table="budgets_budgetamendment",
        columns=(
            *(
                "budget_id",
                "number",
                "against_id",
                "action",
                "subject",
                "name",
                "now",
                "then",
                "why_en",
                "why_es",
                "asked_by",
            ),
            *("source", "made_by", "made_at"),
        ),
        says=_AMENDMENT,
    ),
    *append_only(table="budgets_receipt", says=_KEPT),
    *append_only(table="budgets_transfer", says=_KEPT, allow_update=True),
    *append_only(table="budgets_booking", says=_POSTED, allow_update=True),
    _frozen_columns(
        table="budgets_booking",
        columns=("center_id", "side", "on", "account_id", "fund_id", "amount", "entry_id"),
        says=_POSTED,
        when="OLD.state IN ('posted', 'reversed')",
    ),
]
