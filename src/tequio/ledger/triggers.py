"""What the database itself refuses: an unbalanced posting, a foreign account, a closed day, a change of what is posted.

SQLite checks row by row; PostgreSQL statement by statement with transition tables, twice as fast for bulk work.
"""

from tequio.kernel.triggers import Trigger

_FROZEN = "a posted entry is frozen: reverse it"
_UNBALANCED = "an entry must balance for each currency and fund"
_EMPTY = "an entry needs at least two legs"
_FOREIGN = "an entry belongs to one center"
_CLOSED = "the period is closed"
_BORN = "an entry is posted after its legs are written"


def _statement_trigger(*, name: str, table: str, verb: str, body: str) -> str:
    """A PostgreSQL statement-level trigger with the transition tables its verb has."""
    tables = {
        "INSERT": "NEW TABLE AS fresh",
        "UPDATE": "OLD TABLE AS old_rows NEW TABLE AS fresh",
        "DELETE": "OLD TABLE AS old_rows",
    }[verb]
    return (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} RETURN NULL; END $$;"
        f"DROP TRIGGER IF EXISTS {name} ON {table};"
        f"CREATE TRIGGER {name} AFTER {verb} ON {table} REFERENCING {tables} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
    )


def _refuse_if(condition: str, says: str) -> str:
    return f"IF EXISTS ({condition}) THEN RAISE EXCEPTION '{says}' USING ERRCODE = 'check_violation'; END IF;"


def _abort_if(condition: str, says: str) -> str:
    return f"SELECT RAISE(ABORT, '{says}') WHERE EXISTS ({condition});"


TRIGGERS = [
    Trigger(
        name="ledger_entry_born_as_draft",
        table="ledger_entry",
        sqlite="CREATE TRIGGER IF NOT EXISTS ledger_entry_born_as_draft BEFORE INSERT ON ledger_entry "
        f"WHEN NEW.posted BEGIN SELECT RAISE(ABORT, '{_BORN}'); END",
        postgresql=_statement_trigger(
            name="ledger_entry_born_as_draft",
            table="ledger_entry",
            verb="INSERT",
            body=_refuse_if("SELECT 1 FROM fresh WHERE posted", _BORN),
        ),
    ),
    Trigger(
        name="ledger_entry_post",
        table="ledger_entry",
        sqlite="CREATE TRIGGER IF NOT EXISTS ledger_entry_post BEFORE UPDATE ON ledger_entry BEGIN "
        f"SELECT RAISE(ABORT, '{_FROZEN}') WHERE OLD.posted; "
        f"SELECT RAISE(ABORT, '{_FOREIGN}') WHERE OLD.center_id <> NEW.center_id; "
        # One look at the legs answers both questions: enough of them, and every group adding up to nothing.
        f"SELECT RAISE(ABORT, '{_EMPTY}') WHERE NEW.posted "
        "AND (SELECT count(*) FROM ledger_leg WHERE entry_id = NEW.id) < 2; "
        f"SELECT RAISE(ABORT, '{_UNBALANCED}') WHERE NEW.posted AND EXISTS (SELECT 1 FROM ledger_leg "
        "WHERE entry_id = NEW.id GROUP BY currency, fund_id HAVING sum(amount) <> 0); "
        f"SELECT RAISE(ABORT, '{_CLOSED}') WHERE NEW.posted AND EXISTS (SELECT 1 FROM ledger_closedperiod "
        'WHERE center_id = NEW.center_id AND NEW."on" BETWEEN first_day AND last_day); END',
        postgresql=_statement_trigger(
            name="ledger_entry_post",
            table="ledger_entry",
            verb="UPDATE",
            body=_refuse_if("SELECT 1 FROM old_rows WHERE posted", _FROZEN)
            + _refuse_if(
                "SELECT 1 FROM old_rows o FULL JOIN fresh n USING (id) WHERE o.center_id IS DISTINCT FROM n.center_id",
                _FOREIGN,
            )
            + _refuse_if(
                "SELECT 1 FROM fresh n LEFT JOIN ledger_leg l ON l.entry_id = n.id WHERE n.posted "
                "GROUP BY n.id HAVING count(l.id) < 2",
                _EMPTY,
            )
            + _refuse_if(
                "SELECT 1 FROM fresh n JOIN ledger_leg l ON l.entry_id = n.id WHERE n.posted "
                "GROUP BY n.id, l.currency, l.fund_id HAVING sum(l.amount) <> 0",
                _UNBALANCED,
            )
            + _refuse_if(
                "SELECT 1 FROM fresh n JOIN ledger_closedperiod p ON p.center_id = n.center_id "
                'AND n."on" BETWEEN p.first_day AND p.last_day WHERE n.posted',
                _CLOSED,
            ),
        ),
    ),
    Trigger(
        name="ledger_entry_delete",
        table="ledger_entry",
        sqlite="CREATE TRIGGER IF NOT EXISTS ledger_entry_delete BEFORE DELETE ON ledger_entry WHEN OLD.posted "
        f"BEGIN SELECT RAISE(ABORT, '{_FROZEN}'); END",
        postgresql=_statement_trigger(
            name="ledger_entry_delete",
            table="ledger_entry",
            verb="DELETE",
            body=_refuse_if("SELECT 1 FROM old_rows WHERE posted", _FROZEN),
        ),
    ),
    Trigger(
        name="ledger_leg_insert",
        table="ledger_leg",
        sqlite="CREATE TRIGGER IF NOT EXISTS ledger_leg_insert BEFORE INSERT ON ledger_leg BEGIN "
        f"SELECT RAISE(ABORT, '{_FROZEN}') FROM ledger_entry WHERE id = NEW.entry_id AND posted; "
        f"SELECT RAISE(ABORT, '{_FOREIGN}') FROM ledger_entry e, ledger_account a, ledger_fund f "
        "WHERE e.id = NEW.entry_id AND a.id = NEW.account_id AND f.id = NEW.fund_id "
        "AND (a.center_id <> e.center_id OR f.center_id <> e.center_id); END",
        postgresql=_statement_trigger(
            name="ledger_leg_insert",
            table="ledger_leg",
            verb="INSERT",
            body=_refuse_if("SELECT 1 FROM fresh l JOIN ledger_entry e ON e.id = l.entry_id WHERE e.posted", _FROZEN)
            + _refuse_if(
                "SELECT 1 FROM fresh l JOIN ledger_entry e ON e.id = l.entry_id "
                "JOIN ledger_account a ON a.id = l.account_id JOIN ledger_fund f ON f.id = l.fund_id "
                "WHERE a.center_id <> e.center_id OR f.center_id <> e.center_id",
                _FOREIGN,
            ),
        ),
    ),
    Trigger(
        name="ledger_leg_update",
        table="ledger_leg",
        sqlite="CREATE TRIGGER IF NOT EXISTS ledger_leg_update BEFORE UPDATE ON ledger_leg BEGIN "
        + _abort_if("SELECT 1 FROM ledger_entry WHERE id IN (OLD.entry_id, NEW.entry_id) AND posted", _FROZEN)
        + _abort_if(
            "SELECT 1 FROM ledger_entry e, ledger_account a, ledger_fund f WHERE e.id = NEW.entry_id "
            "AND a.id = NEW.account_id AND f.id = NEW.fund_id "
            "AND (a.center_id <> e.center_id OR f.center_id <> e.center_id)",
            _FOREIGN,
        )
        + " END",
        postgresql=_statement_trigger(
            name="ledger_leg_update",
            table="ledger_leg",
            verb="UPDATE",
            body=_refuse_if(
                "SELECT 1 FROM (SELECT entry_id FROM old_rows UNION SELECT entry_id FROM fresh) l "
                "JOIN ledger_entry e ON e.id = l.entry_id WHERE e.posted",
                _FROZEN,
            )
            + _refuse_if(
                "SELECT 1 FROM fresh l JOIN ledger_entry e ON e.id = l.entry_id "
                "JOIN ledger_account a ON a.id = l.account_id JOIN ledger_fund f ON f.id = l.fund_id "
                "WHERE a.center_id <> e.center_id OR f.center_id <> e.center_id",
                _FOREIGN,
            ),
        ),
    ),
    Trigger(
        name="ledger_leg_delete",
        table="ledger_leg",
        sqlite="CREATE TRIGGER IF NOT EXISTS ledger_leg_delete BEFORE DELETE ON ledger_leg BEGIN "
        + _abort_if("SELECT 1 FROM ledger_entry WHERE id = OLD.entry_id AND posted", _FROZEN)
        + " END",
        postgresql=_statement_trigger(
            name="ledger_leg_delete",
            table="ledger_leg",
            verb="DELETE",
            body=_refuse_if(
                "SELECT 1 FROM old_rows l JOIN ledger_entry e ON e.id = l.entry_id WHERE e.posted", _FROZEN
            ),
        ),
    ),
]
