"""A rule of decision said line by line, as a page shows it."""

from collections.abc import Mapping

from tequio.rules.deciding import BlockCounts, Late, RuleOfDecision, Sponsors
from tequio.rules.reasons import Text

_WEIGHED: Mapping[str, Text] = {
    "person": Text(en="a person", es="una persona"),
    "organization": Text(en="an organization", es="una organización"),
    "individual": Text(en="an individual", es="una persona física"),
}
_BLOCKS = {
    BlockCounts.AGAINST: Text(en="A block counts as a vote against.", es="Un bloqueo cuenta como voto en contra."),
    BlockCounts.STOPS: Text(en="One block stops the question.", es="Un bloqueo detiene la cuestión."),
}
_SPONSORS = {
    Sponsors.SITTING: Text(
        en="Proposals are brought by those who sit on it.", es="Proponen quienes forman parte de la instancia."
    ),
    Sponsors.ANYBODY: Text(en="Anybody who signs in may propose.", es="Puede proponer cualquiera que tenga cuenta."),
}
_LATE = {
    Late.NEXT: Text(
        en="What came too late for review goes to the next sitting.",
        es="Lo que llega tarde para su revisión pasa a la siguiente sesión.",
    ),
    Late.BY_VOTE: Text(
        en="What came too late for review goes to the next sitting, unless a recorded vote lets it in.",
        es="Lo que llega tarde para su revisión pasa a la siguiente sesión, salvo que una votación lo admita y conste.",
    ),
}


def rule_lines(*, rule: RuleOfDecision) -> list[Text]:
    """The rule in sentences, in the order in which things happen to a proposal."""
    quorum, majority = rule.quorum.text(), rule.majority.text()
    lines = [
        _SPONSORS[rule.sponsors],
        Text(
            en=f"A text circulates {rule.review_hours} hours before its vote; any change starts them anew.",
            es=f"Un texto circula {rule.review_hours} horas antes de votarse; cualquier cambio las reinicia.",
        ),
    ]
    if rule.delay_days:
        lines.append(
            Text(
                en=f"Each person may hold a proposal back once, {rule.delay_days} days at most.",
                es=f"Cada persona puede pedir más tiempo una vez, {rule.delay_days} días como máximo.",
            )
        )
    lines.append(_LATE[rule.late])
    present = "votes or abstains" if rule.abstentions_count_for_quorum else "votes"
    presente = "vota o se abstiene" if rule.abstentions_count_for_quorum else "vota"
    lines.append(Text(en=f"Quorum: {quorum.en} {present}.", es=f"Quórum: {quorum.es} {presente}."))
    if rule.quorum_per_center:
        each = rule.quorum_per_center.text()
        lines.append(Text(en=f"In each center too: {each.en}.", es=f"También en cada centro: {each.es}."))
    if rule.consensus_first:
        lines.append(
            Text(
                en="Consensus is tried first: nobody disagrees or blocks.",
                es="Primero se busca el consenso: nadie en desacuerdo ni bloquea.",
            )
        )
    lines.append(
        Text(
            en=f"Majority: {majority.en} of those voting; abstentions are no votes.",
            es=f"Mayoría: {majority.es} de quienes votan; las abstenciones no son votos.",
        )
    )
    if rule.majority_per_center:
        each = rule.majority_per_center.text()
        lines.append(Text(en=f"In each center too: {each.en}.", es=f"También en cada centro: {each.es}."))
    lines.append(_BLOCKS[rule.blocks_count])
    if set(rule.weights.values()) != {1}:
        weights = [(_WEIGHED[kind], weight) for kind, weight in sorted(rule.weights.items(), reverse=True)]
        lines.append(
            Text(
                en="Votes: " + ", ".join(f"{name.en} {weight}" for name, weight in weights) + ".",
                es="Votos: " + ", ".join(f"{name.es} {weight}" for name, weight in weights) + ".",
            )
        )
    early = Text(en="", es="")
    if rule.closes_early:
        early = Text(
            en=" It closes early once nothing can change it.", es=" Cierra antes si ya nada puede cambiar el resultado."
        )
    lines.append(
        Text(
            en=f"A vote online is open for {_days(rule.vote_days, 'day', 'days')}.{early.en}",
            es=f"Una votación en línea está abierta {_days(rule.vote_days, 'día', 'días')}.{early.es}",
        )
    )
    if rule.member_days:
        lines.append(
            Text(
                en=f"A member votes after belonging for {_days(rule.member_days, 'day', 'days')}.",
                es=f"Una membresía vota después de {_days(rule.member_days, 'día', 'días')} de pertenecer.",
            )
        )
    return lines


def _days(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"
