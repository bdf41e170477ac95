"""What of the follow-up needs a person, for home: each counted in one query."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max
from django.urls import reverse

from tequio.centers.models import Center
from tequio.dues.models import Payment
from tequio.followup.models import (
    CallItem,
    Dispatch,
    FollowUpPolicy,
    LetterBatch,
    MoneyKnown,
    PaymentClaim,
    Release,
    Task,
)
from tequio.kernel.clock import day_in
from tequio.rules.reasons import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One line of what waits: how many, what, where to do it, and what it means if nobody does."""

    count: int
    one: Text
    many: Text
    note: Text
    url: str

    @property
    def text(self) -> Text:
        """What waits, in words that agree with how many."""
        return self.one if self.count == 1 else self.many


def follow_up_needs(*, centers: Sequence[Center], on: date, calls: bool) -> list[Need]:
    """What waits in the follow-up of some centers, the most urgent first; `calls` for whoever may make them.

    Nine queries.
    """
    pks = [center.pk for center in centers]
    return [
        *_releases(pks=pks),
        *_money(centers=centers, on=on),
        _claims(pks=pks),
        _tasks(pks=pks),
        *_letters(pks=pks),
        *([_calls(pks=pks)] if calls else []),
    ]


def _releases(*, pks: Sequence[int]) -> list[Need]:
    return [
        Need(
            count=1,
            one=Text(en="batch of notices waits to be looked at", es="lote de recordatorios por revisar"),
            many=Text(en="batches of notices wait to be looked at", es="lotes de recordatorios por revisar"),
            note=Text(
                en="They are about being cut off, and they go to many.", es="Tratan de suspensiones y van a muchas."
            ),
            url=reverse("follow_up_release", kwargs={"release_pk": pk}),
        )
        for pk in Release.objects.filter(center__in=pks, ended_at__isnull=True).values_list("pk", flat=True)
    ]


def _money(*, centers: Sequence[Center], on: date) -> list[Need]:
    """Centers in which nobody is reminded because their money has not been entered for too long."""
    pks = [center.pk for center in centers]
    limits = FollowUpPolicy.objects.filter(center__in=pks, valid_from__lte=on).order_by("valid_from")
    days = dict(limits.values_list("center_id", "money_known_days"))
    entered = dict(
        Payment.objects.filter(center__in=pks).order_by().values_list("center_id").annotate(last=Max("entered_at"))
    )
    read = dict(
        MoneyKnown.objects.filter(center__in=pks).order_by().values_list("center_id").annotate(last=Max("through"))
    )
    found = []
    for center in centers:
        known = [day_in(zone=center.zone, at=entered[center.pk])] if center.pk in entered else []
        known += [read[center.pk]] if center.pk in read else []
        if center.pk in days and (not known or (on - max(known)).days > days[center.pk]):
            name = Text(
                en=f"center whose money is not entered ({center.code})",
                es=f"centro sin el dinero registrado ({center.code})",
            )
            found.append(
                Need(
                    count=1,
                    one=name,
                    many=name,
                    note=Text(
                        en="Nobody is reminded meanwhile: it may have been paid.",
                        es="Mientras tanto a nadie se le recuerda: puede estar pagado.",
                    ),
                    url=reverse("follow_up_money", kwargs={"code": center.code}),
                )
            )
    return found


def _claims(*, pks: Sequence[int]) -> Need:
    return Need(
        count=PaymentClaim.objects.filter(member__center__in=pks, settled_on__isnull=True).count(),
        one=Text(en="member says it has paid", es="membresía dice que ya pagó"),
        many=Text(en="members say they have paid", es="membresías dicen que ya pagaron"),
        note=Text(en="Look for the money and settle it.", es="Busque el dinero y resuélvalo."),
        url=reverse("follow_up_tasks"),
    )


def _tasks(*, pks: Sequence[int]) -> Need:
    return Need(
        count=Task.objects.filter(center__in=pks, closed_on__isnull=True).count(),
        one=Text(en="thing follow-up cannot do alone", es="cosa que el seguimiento no puede hacer solo"),
        many=Text(en="things follow-up cannot do alone", es="cosas que el seguimiento no puede hacer solo"),
        note=Text(
            en="Addresses to find, members that ask for more than a caller may agree.",
            es="Direcciones por conseguir y membresías que piden más de lo que puede acordar quien llama.",
        ),
        url=reverse("follow_up_tasks"),
    )


def _letters(*, pks: Sequence[int]) -> list[Need]:
    return [
        Need(
            count=Dispatch.objects.filter(center__in=pks, channel="letter", state="waiting").count(),
            one=Text(en="letter to print", es="carta por imprimir"),
            many=Text(en="letters to print", es="cartas por imprimir"),
            note=Text(en="One file, sorted for the post.", es="Un solo archivo, ordenado para el correo."),
            url=reverse("letters"),
        ),
        Need(
            count=LetterBatch.objects.filter(center__in=pks, posted_on__isnull=True).count(),
            one=Text(en="batch of letters to post", es="lote de cartas por llevar al correo"),
            many=Text(en="batches of letters to post", es="lotes de cartas por llevar al correo"),
            note=Text(
                en="Record the day: the ladder counts from it.", es="Anote el día: el seguimiento cuenta desde ahí."
            ),
            url=reverse("letters"),
        ),
    ]


def _calls(*, pks: Sequence[int]) -> Need:
    return Need(
        count=CallItem.objects.filter(center__in=pks, closed_at__isnull=True).count(),
        one=Text(en="member to call", es="membresía por llamar"),
        many=Text(en="members to call", es="membresías por llamar"),
        note=Text(en="Best next on top, at polite hours.", es="La que más urge primero, a horas adecuadas."),
        url=reverse("call_list"),
    )
