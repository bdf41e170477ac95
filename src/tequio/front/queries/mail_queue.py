"""The queue of mail for people: which mails a person may see, whose they are, and why they wait."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import BigIntegerField, Case, Exists, OuterRef, Q, QuerySet, When
from django.db.models.functions import Cast, Substr
from django.urls import reverse

from tequio.accounts.permissions import Scope, Viewer, may_read_everything
from tequio.centers.models import Center
from tequio.dues.models import Invoice, Payment
from tequio.followup.models import Dispatch
from tequio.followup.names import NOTICE
from tequio.front.queries.follow_up_needs import Need
from tequio.kernel.mail.kinds import name_of
from tequio.kernel.mail.models import MailState, OutgoingMail
from tequio.kernel.mail.queries import STATE_NAMES, fault_sentence
from tequio.members.models import Member
from tequio.rules.reasons import Text

OPEN: Final = ""  # what the list shows unless asked otherwise: what waits or failed
_OPEN_STATES = (MailState.WAITING, MailState.FAILED)
_LONGEST_CODE = 60
SENDING = Text(en="being sent", es="enviándose")
SHAPES = {
    MailState.WAITING: "open",
    MailState.SENT: "done",
    MailState.FAILED: "refused",
    MailState.CANCELLED: "ended",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Whom a mail is about: a center, a member of it, and the page of the thing itself."""

    center_pk: int
    member_pk: int
    member_name: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueRow:
    """One mail as the list and its own page show it. `about` is none where it is about no member."""

    pk: int
    kind: Text
    subject: str
    about: About | None
    to_address: str
    state: str
    state_name: Text
    shape: str
    is_being_sent: bool
    tries: int
    why: Text | None
    server_said: str
    age: Text
    created_at: datetime
    next_try_at: datetime | None
    sent_at: datetime | None

    @property
    def code(self) -> str:
        """What it is about without the kind of thing: US-000123; nothing for what has no code a person knows."""
        stem, _, code = self.subject.partition(":")
        return code if stem in ("invoice", "payment", "member") else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailFilters:
    """What the list was asked for; an unknown state or kind is as none."""

    state: str = OPEN
    kind: str = ""
    code: str = ""


def filters_of(*, query: Mapping[str, Any], kinds: Iterable[str]) -> MailFilters:
    """The filters an address asks for."""
    state, kind = str(query.get("state", "")), str(query.get("kind", ""))
    return MailFilters(
        state=state if state in set(MailState) else OPEN,
        kind=kind if kind in set(kinds) else "",
        code=str(query.get("about", "")).replace("\0", "").strip()[:_LONGEST_CODE],
    )


def visible(*, viewer: Viewer) -> QuerySet[OutgoingMail]:
    """The mails a person may see: all for administrators and auditors, else those of members of its centers."""
    mails = OutgoingMail.objects.all()
    if may_read_everything(viewer):
        return mails
    centers = viewer.centers
    # On its own, so that no other subject is ever read as a number.
    number = Case(
        When(subject__startswith="dispatch:", then=Cast(Substr("subject", len("dispatch:") + 1), BigIntegerField())),
        default=None,
    )
    return mails.annotate(dispatch_pk=number).filter(
        Q(subject__startswith="dispatch:")
        & Exists(Dispatch.objects.filter(pk=OuterRef("dispatch_pk"), center__in=centers))
        | Q(subject__startswith="invoice:") & Exists(_named(Invoice, "number", "invoice:").filter(center__in=centers))
        | Q(subject__startswith="payment:") & Exists(_named(Payment, "number", "payment:").filter(center__in=centers))
        | Q(subject__startswith="member:") & Exists(_named(Member, "code", "member:").filter(center__in=centers))
    )


def _named(model: Any, field: str, stem: str) -> Any:
    return model.objects.filter(**{field: Substr(OuterRef("subject"), len(stem) + 1)})


def listed(*, viewer: Viewer, filters: MailFilters) -> QuerySet[OutgoingMail]:
    """The mails of the list, newest first, without what they say."""
    mails = visible(viewer=viewer).order_by("-pk").defer("subject_text", "body_text", "html_body")
    mails = mails.filter(state=filters.state) if filters.state else mails.filter(state__in=_OPEN_STATES)
    if filters.kind:
        mails = mails.filter(kind=filters.kind)
    if filters.code:
        stems = ("invoice", "payment", "member")
        mails = mails.filter(
            Q(subject__in=[f"{stem}:{word}" for stem in stems for word in (filters.code, filters.code.upper())])
            | Q(kind=NOTICE, subject__in=_notices_of(code=filters.code))
        )
    return mails


def _notices_of(*, code: str) -> list[str]:
    """The subjects of the notices of a member, by its number."""
    found = Dispatch.objects.filter(member__code=code, channel="mail").values_list("pk", flat=True)
    return [f"dispatch:{pk}" for pk in found]


def rows_of(*, mails: Sequence[OutgoingMail], at: datetime) -> list[QueueRow]:
    """Mails as a page shows them; at most four queries, whatever their number."""
    abouts = about(subjects={mail.subject for mail in mails})
    return [_row(mail=mail, found=abouts.get(mail.subject), at=at) for mail in mails]


def _row(*, mail: OutgoingMail, found: About | None, at: datetime) -> QueueRow:
    state = MailState(mail.state)
    is_being_sent = state is MailState.WAITING and bool(mail.claim) and mail.next_try_at > at
    return QueueRow(
        pk=mail.pk,
        kind=name_of(code=mail.kind),
        subject=mail.subject,
        about=found,
        to_address=mail.to_address,
        state=state.value,
        state_name=SENDING if is_being_sent else STATE_NAMES[state],
        shape="told" if is_being_sent else SHAPES[state],
        is_being_sent=is_being_sent,
        tries=mail.tries,
        why=fault_sentence(fault=mail.last_fault),
        server_said=mail.last_error,
        age=age(since=mail.created_at, at=at),
        created_at=mail.created_at,
        next_try_at=mail.next_try_at if state is MailState.WAITING and not is_being_sent else None,
        sent_at=mail.sent_at,
    )


def about(*, subjects: Iterable[str]) -> dict[str, About]:
    """Whom some mails are about, by their subjects; those about no member are left out. A query for each kind."""
    codes: dict[str, set[str]] = {}
    for subject in subjects:
        stem, _, code = subject.partition(":")
        codes.setdefault(stem, set()).add(code)
    found: dict[str, About] = {}
    for stem, find in _FINDERS.items():
        if stem in codes:
            for key, center, member, name, url in find(codes[stem]):
                found[f"{stem}:{key}"] = About(center_pk=center, member_pk=member, member_name=name, url=url)
    return found


_Found = Iterable[tuple[object, int, int, str, str]]


def _invoices(codes: set[str]) -> _Found:
    rows = Invoice.objects.filter(number__in=codes).values_list("number", "center", "member", "member__name")
    return [(*row, reverse("invoice", kwargs={"number": row[0]})) for row in rows]


def _payments(codes: set[str]) -> _Found:
    rows = Payment.objects.filter(number__in=codes).values_list("number", "center", "member", "member__name")
    return [(*row, reverse("payment", kwargs={"number": row[0]})) for row in rows]


def _members(codes: set[str]) -> _Found:
    rows = Member.objects.filter(code__in=codes).values_list("code", "center", "pk", "name")
    return [(*row, reverse("member", kwargs={"member_pk": row[2]})) for row in rows]


def _dispatches(codes: set[str]) -> _Found:
    pks = [int(code) for code in codes if code.isascii() and code.isdigit()]
    rows = Dispatch.objects.filter(pk__in=pks).values_list("pk", "center", "member", "member__name")
    return [(*row, reverse("follow_up_member", kwargs={"member_pk": row[2]})) for row in rows]


_FINDERS: Mapping[str, Callable[[set[str]], _Found]] = {
    "invoice": _invoices,
    "payment": _payments,
    "member": _members,
    "dispatch": _dispatches,
}


def scope_of_mail(*, mail_pk: int, **_: Any) -> Scope | None:
    """The scope of a mail's pages: the center of the member it is about, none for any other mail."""
    subject = OutgoingMail.objects.filter(pk=mail_pk).values_list("subject", flat=True).first()
    if subject is None:
        return None
    found = about(subjects=[subject]).get(subject)
    return Scope(center_pk=found.center_pk if found else None)


def failed_mail_need(*, centers: Sequence[Center], reads_everything: bool) -> Need:
    """How many mails a person should look at because they could not be sent. One query while there is none.

    Notices that failed are left out: the follow-up goes on by another way and says so itself.
    """
    failed = OutgoingMail.objects.filter(state=MailState.FAILED).exclude(kind=NOTICE)
    subjects = list(failed.values_list("subject", flat=True))
    if not reads_everything:
        abouts, pks = about(subjects=subjects), {center.pk for center in centers}
        subjects = [subject for subject in subjects if subject in abouts and abouts[subject].center_pk in pks]
    return Need(
        count=len(subjects),
        one=Text(en="mail could not be sent", es="correo que no se pudo enviar"),
        many=Text(en="mails could not be sent", es="correos que no se pudieron enviar"),
        note=Text(
            en="Whoever should have them knows nothing yet. See why, then try again or stop them.",
            es="A quien iban no le ha llegado nada. Vea por qué, y vuelva a intentar o deténgalos.",
        ),
        url=reverse("mail_queue") + "?state=failed",
    )


_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400  # seconds


def age(*, since: datetime, at: datetime) -> Text:
    """How long ago something was, in the largest unit that fits: minutes, hours or days."""
    seconds = max(0, int((at - since).total_seconds()))
    for unit, one, many in (
        (_DAY, Text(en="one day ago", es="hace un día"), Text(en="%d days ago", es="hace %d días")),
        (_HOUR, Text(en="one hour ago", es="hace una hora"), Text(en="%d hours ago", es="hace %d horas")),
        (_MINUTE, Text(en="one minute ago", es="hace un minuto"), Text(en="%d minutes ago", es="hace %d minutos")),
    ):
        count = seconds // unit
        if count:
            return one if count == 1 else Text(en=many.en % count, es=many.es % count)
    return Text(en="just now", es="hace un momento")
