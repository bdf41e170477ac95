"""Which parts of a file are an account's: by currency, and by the numbers its bank is known to call it.

A number nobody recorded is never guessed to be right. The file's own number is shown, and a person who knows it says so
(`number`); it is recorded with what is then imported.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from tequio.banking.account_numbers import bare, names_an_account, same_account
from tequio.banking.models import AccountNumber, BankAccount
from tequio.banking.statements.shapes import Section
from tequio.kernel.errors import Refusal
from tequio.rules.reasons import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Belonging:
    """The sections of a file that are an account's, and why others are not.

    `unrecorded` are the numbers the file names in the account's currency where none is recorded for it: one of them
    may be its own, if a person says so.
    """

    ours: tuple[Section, ...]
    refused: Text | None
    unrecorded: tuple[str, ...]


def belonging(sections: Iterable[Section], /, *, account: BankAccount, number: str = "") -> Belonging:
    """What of a file is an account's. `number` is one the file names, which a person says is the account's.

    Refuses a `number` the file does not name, and one that is recorded for another account.
    """
    sections = list(sections)
    recorded = list(AccountNumber.objects.select_related("account").order_by("pk"))
    known = [row.number for row in recorded if row.account_id == account.pk]
    elsewhere = {row.number: row.account.code for row in recorded if row.account_id != account.pk}
    if number:
        _refuse_a_number_not_named(number, sections=sections)
        known.append(number)
    ours: list[Section] = []
    whys: list[Text] = []
    unrecorded: list[str] = []
    for section in sections:
        named = [one for one in section.accounts if names_an_account(one)]
        why = None
        if section.currency and section.currency != account.currency:
            why = _other_currency(section.currency, account=account)
        elif named and not any(same_account(one, theirs) for one in known for theirs in named):
            owner = next((code for one, code in elsewhere.items() if any(same_account(one, n) for n in named)), "")
            if not owner and not known:
                unrecorded.append(named[0])
            why = _other_account(named[0], account=account, owner=owner, any_recorded=bool(known))
        if why is None:
            ours.append(section)
        elif why not in whys:
            whys.append(why)
    refused = Text(en=" ".join(why.en for why in whys), es=" ".join(why.es for why in whys)) if whys else None
    return Belonging(ours=tuple(ours), refused=refused, unrecorded=tuple(dict.fromkeys(unrecorded)))


def _refuse_a_number_not_named(number: str, *, sections: Iterable[Section]) -> None:
    """A number somebody mistyped, or took from another paper, must not open the account to this file."""
    named = [one for section in sections for one in section.accounts if names_an_account(one)]
    if any(bare(number).lstrip("0") == bare(one).lstrip("0") for one in named):
        return
    if not named:
        raise Refusal(
            en="The file names no account, so there is no number to record.",
            es="El archivo no nombra ninguna cuenta, así que no hay número que registrar.",
        )
    shown = ", ".join(dict.fromkeys(section.accounts[0] for section in sections if section.accounts))
    raise Refusal(
        en=f"The file does not name the account {number[:40]}. It names: {shown[:200]}.",
        es=f"El archivo no nombra la cuenta {number[:40]}. Nombra: {shown[:200]}.",
    )


def _other_currency(currency: str, *, account: BankAccount) -> Text:
    return Text(
        en=f"The file is in {currency}; {account.code} is in {account.currency}.",
        es=f"El archivo está en {currency}; {account.code} está en {account.currency}.",
    )


def _other_account(number: str, *, account: BankAccount, owner: str, any_recorded: bool) -> Text:
    """Why a section is not taken. A number nobody recorded is shown whole: a person has to compare it."""
    shown = f"…{number.strip()[-4:]}"
    if owner:
        return Text(
            en=f"The file is of the account {shown}, which is recorded for {owner}, not for {account.code}.",
            es=f"El archivo es de la cuenta {shown}, que está registrada para {owner}, no para {account.code}.",
        )
    if any_recorded:
        return Text(
            en=f"The file is of the account {shown}, which is not the number recorded for {account.code}.",
            es=f"El archivo es de la cuenta {shown}, que no es el número registrado de {account.code}.",
        )
    return Text(
        en=f"The file is of the account {number[:40]}, and no number is recorded for {account.code}. Say first whether "
        "that is its number; until then nothing of it is taken.",
        es=f"El archivo es de la cuenta {number[:40]}, y {account.code} no tiene ningún número registrado. Primero "
        "diga si ese es su número; mientras tanto no se toma nada.",
    )
