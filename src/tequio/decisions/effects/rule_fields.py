"""The terms of a rule of decision as the fields of a form, and what was typed in them as data."""

from collections.abc import Mapping
from typing import Any

from django import forms

from tequio.kernel.web.forms import say
from tequio.rules.deciding import BlockCounts, Late, RuleOfDecision, Sponsors
from tequio.rules.reasons import Text

_SHARES = {
    "quorum": Text(en="Quorum", es="Quórum"),
    "majority": Text(en="Majority of those voting", es="Mayoría de quienes votan"),
    "quorum_per_center": Text(en="Quorum in each center as well", es="Quórum también en cada centro"),
    "majority_per_center": Text(en="Majority in each center as well", es="Mayoría también en cada centro"),
}
_FIGURES = {
    "review_hours": Text(en="Hours of review before a vote", es="Horas de revisión antes de votar"),
    "delay_days": Text(en="Days one person may delay it, once", es="Días que una persona puede demorarla, una vez"),
    "vote_days": Text(en="Days a vote is open", es="Días que dura una votación"),
    "member_days": Text(en="Days somebody belongs before voting", es="Días de pertenecer antes de votar"),
}
_FLAGS = {
    "abstentions_count_for_quorum": Text(
        en="Abstentions count towards the quorum", es="Las abstenciones cuentan para el quórum"
    ),
    "closes_early": Text(
        en="A vote closes early once nothing can change it",
        es="La votación cierra antes si ya nada puede cambiarla",
    ),
    "consensus_first": Text(en="Consensus is tried first", es="Primero se busca el consenso"),
}
_CHOICES: dict[str, tuple[Text, dict[str, Text]]] = {
    "blocks_count": (
        Text(en="A block counts", es="Un bloqueo cuenta"),
        {
            BlockCounts.AGAINST.value: Text(en="as a vote against", es="como voto en contra"),
            BlockCounts.STOPS.value: Text(en="as a stop, whatever the others say", es="como alto, digan lo que digan"),
        },
    ),
    "sponsors": (
        Text(en="Who may bring a proposal", es="Quién puede presentar una propuesta"),
        {
            Sponsors.SITTING.value: Text(en="who sits on it", es="quien forma parte"),
            Sponsors.ANYBODY.value: Text(en="anybody who signs in", es="cualquiera que tenga cuenta"),
        },
    ),
    "late": (
        Text(en="A proposal that came too late for review", es="Una propuesta que llegó tarde para su revisión"),
        {
            Late.BY_VOTE.value: Text(
                en="goes to the next sitting, unless a vote lets it in",
                es="pasa a la siguiente sesión, salvo que una votación la admita",
            ),
            Late.NEXT.value: Text(en="goes to the next sitting", es="pasa a la siguiente sesión"),
        },
    ),
}
_WEIGHTS = {
    "organization": Text(en="Votes of an organization", es="Votos de una organización"),
    "individual": Text(en="Votes of an individual", es="Votos de una persona física"),
}
_MOST_WEIGHT = 100
_LONGEST_SHARE = 20


def named(text: Text) -> Any:
    """A text in the language of the page, with a capital."""
    return say(en=text.en[:1].upper() + text.en[1:], es=text.es[:1].upper() + text.es[1:])


def rule_fields(*, needed: bool) -> dict[str, forms.Field]:
    """The terms of a rule of decision, beginning with what a rule has that says nothing else."""
    found: dict[str, forms.Field] = {}
    for name, label in _SHARES.items():
        found[name] = forms.CharField(
            label=named(label),
            help_text=say(en="Like 1/2, 50 % or >2/3.", es="Como 1/2, 50 % o >2/3."),
            max_length=_LONGEST_SHARE,
            required=needed and name in {"quorum", "majority"},
            initial={"quorum": "1/2", "majority": ">1/2"}.get(name, ""),
        )
    of = RuleOfDecision.__dataclass_fields__
    for name, label in _FIGURES.items():
        found[name] = forms.IntegerField(
            label=named(label), min_value=0, max_value=8760, required=False, initial=of[name].default
        )
    for name, label in _FLAGS.items():
        found[name] = forms.BooleanField(label=named(label), required=False, initial=of[name].default)
    for name, (label, values) in _CHOICES.items():
        found[name] = forms.ChoiceField(
            label=named(label), choices=[(value, named(said)) for value, said in values.items()]
        )
    for name, label in _WEIGHTS.items():
        found[f"weight_{name}"] = forms.IntegerField(
            label=named(label),
            help_text=say(en="Where all members vote.", es="Donde vota toda la membresía."),
            min_value=1,
            max_value=_MOST_WEIGHT,
            required=False,
            initial={"organization": 2, "individual": 1}[name],
        )
    return found


def terms(typed: Mapping[str, Any], *, of_members: bool) -> dict[str, Any]:
    """The terms that were typed; what was left empty is as the rules have it."""
    found: dict[str, Any] = {name: typed[name] for name in (*_SHARES, *_CHOICES) if typed[name]}
    found |= {name: typed[name] for name in _FIGURES if typed[name] is not None}
    found |= {name: typed[name] for name in _FLAGS}
    if of_members:
        found["weights"] = {name: typed[f"weight_{name}"] or 1 for name in _WEIGHTS}
    return found
