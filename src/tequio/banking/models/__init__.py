"""Tables of the money that comes in."""

from tequio.banking.models.accounts import AccountNumber, BankAccount
from tequio.banking.models.lines import BankLine, KnownPayer, LineState, Match, MatchState
from tequio.banking.models.providers import ProviderAccount, ProviderCall
from tequio.banking.models.statements import RowAside, StatementFile
from tequio.banking.models.uploads import StatementUpload

__all__ = [
    "AccountNumber",
    "BankAccount",
    "BankLine",
    "KnownPayer",
    "LineState",
    "Match",
    "MatchState",
    "ProviderAccount",
    "ProviderCall",
    "RowAside",
    "StatementFile",
    "StatementUpload",
]
