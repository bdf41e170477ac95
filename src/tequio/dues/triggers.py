"""What the database itself refuses about the rules in force: a change, and a further cell in a table billed by."""

from tequio.kernel.triggers import Trigger, append_only

_FROZEN = "a rule in force is frozen: adopt a new one"

# A table and its cells go out together, before anything is billed by it; a cell that came later would change what
# the invoices made meanwhile were made under. SQLite asks for each cell, PostgreSQL once for each statement.
_NO_CELL_LATER = Trigger(
    name="dues_tariff_insert",
    table="dues_tariff",
    sqlite="CREATE TRIGGER IF NOT EXISTS dues_tariff_insert BEFORE INSERT ON dues_tariff BEGIN "
    f"SELECT RAISE(ABORT, '{_FROZEN}') WHERE EXISTS (SELECT 1 FROM dues_invoice WHERE policy_id = NEW.policy_id); END",
    postgresql="CREATE OR REPLACE FUNCTION dues_tariff_insert() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "IF EXISTS (SELECT 1 FROM dues_invoice WHERE policy_id IN (SELECT policy_id FROM fresh)) THEN "
    f"RAISE EXCEPTION '{_FROZEN}' USING ERRCODE = 'check_violation'; END IF; RETURN NULL; END $$;"
    "CREATE OR REPLACE TRIGGER dues_tariff_insert AFTER INSERT ON dues_tariff REFERENCING NEW TABLE AS fresh "
    "FOR EACH STATEMENT EXECUTE FUNCTION dues_tariff_insert()",
)

TRIGGERS = [
    *(
        trigger
        for table in ("dues_duespolicy", "dues_tariff", "dues_paymentpolicy")
        for trigger in append_only(table=table, says=_FROZEN)
    ),
    _NO_CELL_LATER,
]
