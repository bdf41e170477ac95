"""The rules in force as a list for people: each with its first day, its figures, its decision, what is assumed."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from tequio.decisions.models import Decision
from tequio.dues.models import DuesPolicy, PaymentPolicy, Tariff
from tequio.kernel.texts import text_of
from tequio.rules.money import printed
from tequio.rules.reasons import Text, long_date

_THRESHOLDS = (
    ("notice_days", Text(en="notice {n} days", es="aviso de {n} días")),
    ("at_risk_from", Text(en="at risk from day {n}", es="en riesgo desde el día {n}")),
    ("limited_from", Text(en="limited from day {n}", es="limitada desde el día {n}")),
    ("disabled_from", Text(en="disabled from day {n}", es="suspendida desde el día {n}")),
    ("return_days", Text(en="back for {n} days when reached", es="vuelve {n} días al contactarla")),
    ("inactive_after_days", Text(en="inactive {n} days later", es="inactiva {n} días después")),
    ("inactive_after_months", Text(en="inactive {n} months later", es="inactiva {n} meses después")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRow:
    """One dated rule of one center."""

    code: str
    kind: str
    center: str
    title: Text
    valid_from: date
    figures: Text
    decision: str
    decision_title: Text
    decided_on: date
    source: Text
    assumed: list[str]

    @property
    def sentence(self) -> Text:
        """The rule in a paragraph."""
        guess = ", ".join(self.assumed)
        return Text(
            en=f"{self.code}: {self.title.en}, from {long_date(day=self.valid_from, language='en')}\n"
            f"  {self.figures.en}\n  decision {self.decision}: {self.decision_title.en} ({self.source.en})"
            + (f"\n  assumed: {guess}" if guess else ""),
            es=f"{self.code}: {self.title.es}, desde el {long_date(day=self.valid_from, language='es')}\n"
            f"  {self.figures.es}\n  acuerdo {self.decision}: {self.decision_title.es} ({self.source.es})"
            + (f"\n  supuesto: {guess}" if guess else ""),
        )

    def as_dict(self) -> dict[str, Any]:
        """The rule as JSON output carries it."""
        return {
            "code": self.code,
            "kind": self.kind,
            "center": self.center,
            "title": self.title.as_dict(),
            "valid_from": self.valid_from,
            "figures": self.figures.as_dict(),
            "decision": self.decision,
            "decision_title": self.decision_title.as_dict(),
            "decided_on": self.decided_on,
            "source": self.source.as_dict(),
            "assumed": self.assumed,
        }


def rules_listed() -> list[RuleRow]:
    """Every dues policy and payment policy, by center and first day."""
    cells: dict[int, list[Tariff]] = {}
    for tariff in Tariff.objects.order_by("policy_id", "kind", "part", "band"):
        cells.setdefault(tariff.policy_id, []).append(tariff)
    rows = [
        _row(
            policy=policy,
            kind="dues",
            figures=_amounts(tariffs=cells.get(policy.pk, []), currency=policy.center.currency),
        )
        for policy in DuesPolicy.objects.select_related("center", "decision").order_by("pk")
    ]
    rows += [
        _row(policy=policy, kind="payment", figures=_days(policy=policy))
        for policy in PaymentPolicy.objects.select_related("center", "decision").order_by("pk")
    ]
    return sorted(rows, key=lambda row: (row.center, row.kind, row.valid_from))


def _row(*, policy: DuesPolicy | PaymentPolicy, kind: str, figures: Text) -> RuleRow:
    decision: Decision = policy.decision
    return RuleRow(
        code=policy.code,
        kind=kind,
        center=policy.center.code,
        title=text_of(row=policy, name="title"),
        valid_from=policy.valid_from,
        figures=figures,
        decision=decision.code,
        decision_title=text_of(row=decision, name="title"),
        decided_on=decision.decided_on,
        source=text_of(row=decision, name="source"),
        assumed=list(policy.assumed),
    )


def _amounts(*, tariffs: list[Tariff], currency: str) -> Text:
    en, es = [], []
    kinds = {"organization": "organización", "individual": "persona"}
    parts = {"membership": "membresía", "operations": "operación y soporte"}
    for t in tariffs:
        amount = printed(minor=t.amount, currency=currency)
        band_en = f" band {t.band}" if t.band is not None else ""
        band_es = f" rango {t.band}" if t.band is not None else ""
        en.append(f"{t.kind}{band_en} {t.part.replace('operations', 'operations and support')} {amount}")
        es.append(f"{kinds[t.kind]}{band_es} {parts[t.part]} {amount}")
    return Text(en="; ".join(en), es="; ".join(es))


def _days(*, policy: PaymentPolicy) -> Text:
    en, es = [], []
    for name, text in _THRESHOLDS:
        value = getattr(policy, name)
        if value:
            en.append(text.en.format(n=value))
            es.append(text.es.format(n=value))
    return Text(en="; ".join(en), es="; ".join(es))
