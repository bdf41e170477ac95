"""What a member corrects from its link: its income band, whom to reach, where to write."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from tequio.dues.models import Invoice
from tequio.dues.operations.reissuing import reissue_in_band
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.members.intake.phones import read_phone, region_of
from tequio.members.locking import lock_member
from tequio.members.models import Contact

LONGEST = {"name": 300, "email": 254, "phone": 40, "street": 200, "city": 120, "state": 120, "postal_code": 20}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """Whom to reach and where to write; a country is two letters."""

    name: str
    email: str
    phone: str
    street: str
    city: str
    state: str
    postal_code: str
    country: str


@transaction.atomic
def correct_contact(*, invoice: Invoice, said: Reached, actor: str, at: datetime) -> list[str]:
    """Correct the contact an invoice is sent to; the names of what changed. The journal is told these, not the values.

    Refuses an e-mail address or a country that is none.
    """
    held = lock_member(code=invoice.member.code)
    contact = _contact(invoice=invoice, family=list(held.family))
    if said.email:
        try:
            validate_email(said.email)
        except ValidationError as error:
            raise Refusal(
                en=f"“{said.email[:60]}” is not an e-mail address.", es=f"«{said.email[:60]}» no es un correo."
            ) from error
    if said.country and (len(said.country) != 2 or not said.country.isalpha()):  # noqa: PLR2004 - CONFIG: ISO 3166
        raise Refusal(en="A country is two letters, like US or MX.", es="El país son dos letras, como MX o US.")
    region = region_of(country=said.country or contact.country, currency=held.center.currency)
    phone = read_phone(text=said.phone.strip(), region=region) if said.phone.strip() else None
    values = {
        **{name: str(getattr(said, name)).strip()[:longest] for name, longest in LONGEST.items() if name != "phone"},
        "country": said.country.upper(),
        "phone": phone.text if phone else "",
        "phone_usable": phone.usable if phone else None,
    }
    changed = [name for name, value in values.items() if getattr(contact, name) != value]
    if changed:
        for name in changed:
            setattr(contact, name, values[name])
        contact.save(update_fields=changed)
        journal.append(
            kind=Kind.CONTACT_CORRECTED,
            subject=f"member:{held.head.code}",
            actor=actor,
            at=at,
            payload={"changed": [name for name in changed if name != "phone_usable"]},
        )
    return changed


def contact_of(*, invoice: Invoice) -> Contact | None:
    """The contact an invoice is sent to: the one it was addressed to, else the first for bills, else the first."""
    if invoice.contact is not None:
        return invoice.contact
    rows = Contact.objects.filter(member_id=invoice.member_id).order_by("-is_billing", "position", "pk")
    return rows.first()


def _contact(*, invoice: Invoice, family: list[int]) -> Contact:
    found = contact_of(invoice=invoice)
    if found is not None and found.member_id in family:
        return Contact.objects.select_for_update(of=("self",)).get(pk=found.pk)
    raise Refusal(en="There is no contact to correct.", es="No hay contacto que corregir.")


def correct_band(*, invoice: Invoice, band: int, actor: str, at: datetime) -> Invoice:
    """Say the member's income band; the amount follows the table the invoice was made under. The invoice that holds."""
    return reissue_in_band(number=invoice.number, band=band, actor=actor, at=at)
