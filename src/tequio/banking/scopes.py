"""Finding what a page about bank accounts is about from its address, for the permission that guards it."""

from typing import Any

from tequio.accounts.permissions import Scope
from tequio.banking.models import BankAccount, BankLine, StatementFile, StatementUpload


def scope_of_account(*, code: str, **_: Any) -> Scope | None:
    """The scope of an account's pages: its center."""
    return _scope(BankAccount.objects.filter(code=code).values_list("center_id", flat=True).first())


def scope_of_statement(*, statement_pk: int, **_: Any) -> Scope | None:
    """The scope of a statement: the center of its account."""
    return _scope(StatementFile.objects.filter(pk=statement_pk).values_list("account__center_id", flat=True).first())


def scope_of_upload(*, upload_pk: int, **_: Any) -> Scope | None:
    """The scope of a file that waits: the center of its account."""
    return _scope(StatementUpload.objects.filter(pk=upload_pk).values_list("account__center_id", flat=True).first())


def scope_of_line(*, line_pk: int, **_: Any) -> Scope | None:
    """The scope of a bank's line: the center of its account."""
    return _scope(BankLine.objects.filter(pk=line_pk).values_list("account__center_id", flat=True).first())


def _scope(center_pk: int | None) -> Scope | None:
    return None if center_pk is None else Scope(center_pk=center_pk)
