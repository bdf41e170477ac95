"""By what a member can be reached: of all its contacts the best one for each channel, without those that came back."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Case, Q, Value, When

from tequio.followup.models import BadAddress, CallRefusal
from tequio.kernel.bulk import these
from tequio.kernel.encryption import fingerprint
from tequio.kernel.mail.addresses import is_address
from tequio.members.models import Contact
from tequio.rules.ladder import Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """The contact to use for each channel that reaches the member; a channel that is absent reaches nobody."""

    contacts: dict[Channel, int]
    language: str
    refuses_calls: bool = False

    @property
    def channels(self) -> frozenset[Channel]:
        """The channels that reach it."""
        return frozenset(self.contacts)


_NOBODY = Reach(contacts={}, language="")


def print_of(*, channel: str, value: str) -> str:
    """A keyed hash of an address or a number, the same for the same one however it is spaced or capitalized."""
    return fingerprint("reach", channel, " ".join(value.split()).casefold())


def address_text(*, street: str, city: str, state: str, postal_code: str, country: str) -> str:
    """A postal address as one text, to be compared."""
    return f"{street}\n{city}\n{state}\n{postal_code}\n{country}"


def reaches(*, counted: dict[int, int]) -> dict[int, Reach]:
    """For each member how it is reached; `counted` is member id to the id it counts as.

    Three queries, one more where numbers or postal addresses have come back before. The billing contact comes first,
    then a representative, then whoever stands first; the member's own contacts before those of members merged into it.
    """
    family = list(counted)
    bad: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for pk, channel, print_ in BadAddress.objects.filter(member_id__in=these(family)).values_list(
        "member_id", "channel", "print"
    ):
        bad[counted[pk]].add((channel, print_))
    refused = {
        counted[pk]
        for pk in CallRefusal.objects.filter(member_id__in=these(family), ended_on__isnull=True).values_list(
            "member_id", flat=True
        )
    }
    found: dict[int, dict[Channel, tuple[tuple[Any, ...], int]]] = defaultdict(dict)
    first: dict[int, tuple[tuple[Any, ...], str]] = {}
    unread = _unread(heads={head for head, seen in bad.items() if any(c != Channel.MAIL for c, _ in seen)}, of=counted)
    for row in _rows(family=family):
        head = counted[row["member_id"]]
        rank = (
            row["member_id"] != head,
            not row["is_billing"],
            not row["is_representative"],
            row["position"],
            row["pk"],
        )
        if head not in first or rank < first[head][0]:
            first[head] = (rank, row["language"])
        for channel in Channel:
            if not _usable(row=row, channel=channel, bad=bad.get(head, set()), values=unread.get(row["pk"], {})):
                continue
            if channel is Channel.CALL and head in refused:
                continue
            best = found[head].get(channel)
            if best is None or rank < best[0]:
                found[head][channel] = (rank, row["pk"])
    return {
        head: Reach(
            contacts={channel: pk for channel, (_, pk) in found.get(head, {}).items()},
            language=first[head][1] if head in first else "",
            refuses_calls=head in refused,
        )
        for head in set(counted.values())
    }


def _rows(*, family: Sequence[int]) -> list[dict[str, Any]]:
    """The contacts, without deciphering anything: whether there is a street is seen from its being empty."""
    posted = Case(
        When(~Q(street="") & ~Q(city=""), then=Value(True)), default=Value(False), output_field=BooleanField()
    )
    columns = ("pk", "member_id", "email", "language", "is_billing", "is_representative", "position", "phone_usable")
    contacts = Contact.objects.filter(member_id__in=these(family)).order_by("pk")
    return list(contacts.annotate(posted=posted).values(*columns, "posted"))


def _unread(*, heads: set[int], of: dict[int, int]) -> dict[int, dict[Channel, str]]:
    """Numbers and postal addresses in clear, of the few members one of whose came back."""
    members = [pk for pk, head in of.items() if head in heads]
    if not members:
        return {}
    return {
        contact.pk: {Channel.CALL: contact.phone, Channel.LETTER: posted_text(contact=contact)}
        for contact in Contact.objects.filter(member_id__in=these(members))
    }


def posted_text(*, contact: Contact) -> str:
    """A contact's postal address as one text."""
    return address_text(
        street=contact.street,
        city=contact.city,
        state=contact.state,
        postal_code=contact.postal_code,
        country=contact.country,
    )


def value_of(*, contact: Contact, channel: str) -> str:
    """What a channel uses of a contact: its address, its number, its postal address."""
    if channel == Channel.MAIL:
        return contact.email
    return contact.phone if channel == Channel.CALL else posted_text(contact=contact)


def phones_as_text(*, family: Iterable[int]) -> list[Contact]:
    """The contacts of a member whose phone is kept as text, because it does not read as a number; by place."""
    rows = Contact.objects.filter(member_id__in=list(family), phone_usable=False)
    return [contact for contact in rows.order_by("-is_billing", "position", "pk") if contact.phone]


def _usable(*, row: dict[str, Any], channel: Channel, bad: set[tuple[str, str]], values: dict[Channel, str]) -> bool:
    if channel is Channel.MAIL:
        fits, value = is_address(row["email"]), row["email"]
    elif channel is Channel.LETTER:
        fits, value = bool(row["posted"]), values.get(channel, "")
    else:
        fits, value = bool(row["phone_usable"]), values.get(channel, "")
    return fits and not (bad and (channel.value, print_of(channel=channel.value, value=value)) in bad)


def reach_of(*, found: dict[int, Reach], head: int) -> Reach:
    """How one member is reached; by nothing where it has no contact."""
    return found.get(head, _NOBODY)
