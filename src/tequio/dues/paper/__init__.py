"""Invoices and receipts on paper: PDF that a printer, a window envelope and a screen reader can all work with."""

from collections.abc import Sequence
from datetime import date

from tequio.kernel.errors import Refusal

MOST_IN_ONE_FILE = 1_000  # pages; the typesetter takes most of a megabyte for each until the file is done


def invoice_pdf(*, number: str) -> bytes:
    """The PDF of an invoice in the language it was made in. Refuses a number nobody has."""
    return batch_pdf(numbers=[number])


def batch_pdf(*, numbers: Sequence[str]) -> bytes:
    """One PDF of many invoices, each on its own page, in the order of `numbers`.

    Refuses none at all, more than MOST_IN_ONE_FILE, and a number nobody has. The number of queries does not grow.
    """
    from tequio.dues.paper.facts import invoice_facts
    from tequio.dues.paper.invoices import invoice_letter
    from tequio.dues.paper.typesetting import typeset

    if not 1 <= len(numbers) <= MOST_IN_ONE_FILE:
        raise Refusal(
            en=f"One file holds from 1 to {MOST_IN_ONE_FILE} invoices; these are {len(numbers)}.",
            es=f"En un archivo caben de 1 a {MOST_IN_ONE_FILE} avisos; estos son {len(numbers)}.",
        )
    return typeset(letters=[invoice_letter(facts=facts) for facts in invoice_facts(numbers=numbers)])


def yearly_pdf(*, code: str, year: int, on: date) -> bytes:
    """The PDF of a member's year, in its language. Refuses an id nobody has, and a year in which nothing came."""
    from tequio.dues.paper.typesetting import typeset
    from tequio.dues.paper.yearly import yearly_letter
    from tequio.dues.yearly import member_year

    found = member_year(code=code, year=year)
    if not found.payments:
        raise Refusal(en=f"Nothing came from {code} in {year}.", es=f"En {year} no llegó nada de {code}.")
    return typeset(letters=[yearly_letter(year=found, on=on)])


def receipt_pdf(*, number: str) -> bytes:
    """The PDF of a payment's receipt in its member's language. Refuses a number nobody has."""
    from tequio.dues.paper.facts import receipt_facts
    from tequio.dues.paper.receipts import receipt_letter
    from tequio.dues.paper.typesetting import typeset

    return typeset(letters=[receipt_letter(facts=facts) for facts in receipt_facts(numbers=[number])])
