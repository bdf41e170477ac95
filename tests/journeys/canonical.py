"""All that an instance holds, in a form in which two instances that lived through the same are equal.

Every table of every model is read. Left out is what rightly differs from one instance, or one moment, to another:
- surrogate ids: rows point at each other by what people call them (code, number, the note of an entry);
- moments (`entered_at`, `created_at`, `ended_at`, an event's `at`): they are when it was done, not what was done;
- `standing_on`, the day a standing was worked out for: it is the day of the test;
- a run's `cursor`, which is a surrogate id, and its number in the journal: PostgreSQL gives ids of a transaction
  that never was to nobody, so a run begun again has a higher one;
- the journal's hashes, which cover the moments. What the journal says, and its order, must be the same.
Encrypted text is decrypted: the same text is other cipher text each time.
"""

import json
import re
from collections import Counter

from cryptography.fernet import Fernet, MultiFernet
from django.apps import apps
from django.db.models import DateTimeField, JSONField

LEFT_OUT = {
    "Member": {"standing_on"},
    "Run": {"cursor"},
    "Event": {"id", "hash", "previous"},
    "Tip": {"last_hash"},
    "OutgoingMail": {"message_id", "claim"},
}
# What people call a row, where one field does not say it.
CALLED = {
    "Fund": ("center", "code"),
    "Entry": ("kind", "note"),
    "Contact": ("member", "position"),
    "Tariff": ("policy", "kind", "part", "band"),
    "Membership": ("member", "joined_on"),
    "MemberRate": ("member", "kind", "valid_from"),
    "Run": ("kind", "parameters"),
    "AccountNumber": ("print",),
    "StatementFile": ("account", "hash"),
    "BankLine": ("account", "key"),
    "Match": ("line", "member", "amount"),
}
ONE_WORD = ("code", "number")
ENCRYPTED = {
    "Task": {"note", "closed_note", "answer"},
    "Contact": {"phone", "street"},
    "AccountNumber": {"number"},
    "BankLine": {"name", "text"},
    "StatementUpload": {"content"},
    "ProviderAccount": {"secret"},
    "Proof": {"content"},
    "OutgoingMail": {"to_address", "subject_text", "body_text", "html_body"},
}


def contents(*, instance):
    """{table: its rows}: sorted, but for the journal, which keeps its order."""
    box = MultiFernet([Fernet(key) for key in (instance.home / "secrets" / "fields.keys").read_text().split()])
    models = {model.__name__: model for model in apps.get_models()}
    with instance.connection() as connection:
        raw = {name: _read(connection=connection, model=model, box=box) for name, model in models.items()}
    named = _Names(models=models, raw=raw)
    found = {}
    for name, model in models.items():
        rows = [named.row(model=model, values=values) for values in raw[name].values()]
        found[model._meta.db_table] = rows if name == "Event" else sorted(rows, key=repr)
    return found


def differences(*, one, other):
    """For each table that differs, the rows only one of the two has; empty where the instances are equal."""
    found = {}
    for table in sorted(set(one) | set(other)):
        if one.get(table) != other.get(table):
            mine, yours = (Counter(map(repr, side.get(table, []))) for side in (one, other))
            rows = [f"- {row}" for row in (mine - yours).elements()] + [f"+ {row}" for row in (yours - mine).elements()]
            found[table] = rows[:6] or ["the same rows in another order"]
    return found


def _read(*, connection, model, box):
    """A table's rows by id, each a dict of its columns."""
    columns = [field.column for field in model._meta.concrete_fields]
    names = ", ".join(f'"{column}"' for column in columns)
    key = model._meta.pk.column
    rows = connection.execute(f'SELECT {names} FROM {model._meta.db_table} ORDER BY "{key}"').fetchall()
    secret = ENCRYPTED.get(model.__name__, ())
    json_columns = {field.column for field in model._meta.concrete_fields if isinstance(field, JSONField)}
    found = {}
    for row in rows:
        values = dict(zip(columns, row, strict=True))
        for column in secret:
            if values[column]:
                values[column] = box.decrypt(values[column].encode()).decode()
        for column in json_columns:
            if isinstance(values[column], str):
                values[column] = json.loads(values[column])
            values[column] = json.dumps(values[column], sort_keys=True)
        found[values[key]] = values
    return found


class _Names:
    """Says what rows are called."""

    def __init__(self, *, models, raw):
        self._models, self._raw = models, raw

    def called(self, *, model, pk):
        if pk is None:
            return None
        values = self._raw[model.__name__][pk]
        if model.__name__ in CALLED:
            fields = [model._meta.get_field(name) for name in CALLED[model.__name__]]
            return " ".join(str(self._value(field=field, values=values)) for field in fields)
        word = next((values[word] for word in ONE_WORD if word in values), None)
        return word or repr(self.row(model=model, values=values))

    def row(self, *, model, values):
        """A row without what rightly differs."""
        left_out = LEFT_OUT.get(model.__name__, set())
        return {
            field.name: self._value(field=field, values=values)
            for field in model._meta.concrete_fields
            if field.name not in left_out
            and not isinstance(field, DateTimeField)
            and not (field.primary_key and field.get_internal_type().endswith("AutoField"))
        }

    def _value(self, *, field, values):
        value = values[field.column]
        if field.is_relation:
            return self.called(model=field.related_model, pk=value)
        if field.model.__name__ == "Event" and field.name == "subject":
            return re.sub(r"^run:\d+$", "run", value)
        if field.model.__name__ == "Payment" and field.name == "once_key":
            return re.sub(r"^bank:\d+$", "bank", value)
        if field.model.__name__ == "OutgoingMail" and field.name in ("subject", "once_key"):
            return re.sub(r"dispatch:\d+$", "dispatch", value)
        return bytes(value) if isinstance(value, memoryview) else value
