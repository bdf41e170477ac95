"""What a rule of decision says, as a person reads it: a heading and a sentence for each thing it asks."""

from collections.abc import Mapping

from tequio.rules.deciding import BlockCounts, Late, RuleOfDecision, Share, Sponsors
from tequio.rules.reasons import Text, days_text

_WEIGHT_NAMES: Mapping[str, Text] = {
    "person": Text(en="person", es="persona"),
    "organization": Text(en="organization", es="organización"),
    "individual": Text(en="individual", es="persona física"),
}


def sentences_of(rule: RuleOfDecision, /) -> list[tuple[Text, Text]]:
    """Each thing a rule asks, under its heading, in the order of a proposal's life."""
    return [
        (Text(en="Who may propose", es="Quién puede proponer"), _sponsors(rule)),
        (Text(en="Review", es="Revisión"), _review(rule)),
        (Text(en="Delay", es="Aplazamiento"), _delay(rule)),
        (Text(en="Too late for a sitting", es="Si llega tarde a una sesión"), _late(rule)),
        (Text(en="How long a vote online is open", es="Cuánto dura una votación en línea"), _open(rule)),
        (Text(en="Weights", es="Pesos"), _weights(rule)),
        (Text(en="Quorum", es="Quórum"), _quorum(rule)),
        (Text(en="Majority", es="Mayoría"), _majority(rule)),
        (Text(en="Abstentions", es="Abstenciones"), _abstentions(rule)),
        (Text(en="Blocks", es="Bloqueos"), _blocks(rule)),
    ]


def _sponsors(rule: RuleOfDecision) -> Text:
    if rule.sponsors is Sponsors.ANYBODY:
        return Text(en="Whoever signs in.", es="Quien tenga cuenta.")
    return Text(en="Whoever sits on the body.", es="Quien forme parte de la instancia.")


def _review(rule: RuleOfDecision) -> Text:
    hours = rule.review_hours
    if not hours:
        return Text(en="A proposal may be voted at once.", es="Una propuesta se puede votar de inmediato.")
    return Text(
        en=f"{hours} hours before the vote; any change of words or effects begins them anew.",
        es=f"{hours} horas antes de votar; cualquier cambio de texto o de efectos las reinicia.",
    )


def _delay(rule: RuleOfDecision) -> Text:
    days = rule.delay_days
    if not days:
        return Text(en="Nobody may hold a proposal back.", es="Nadie puede aplazar una propuesta.")
    return Text(
        en=f"Each person may hold a proposal back once, for {days_text(days=days, language='en')} at most.",
        es=f"Cada persona puede aplazar una propuesta una vez, hasta {days_text(days=days, language='es')}.",
    )


def _late(rule: RuleOfDecision) -> Text:
    if rule.late is Late.NEXT:
        return Text(en="It goes to the next one.", es="Pasa a la siguiente.")
    return Text(
        en="It goes to the next one, unless a recorded vote lets it in.",
        es="Pasa a la siguiente, salvo que una votación registrada la admita.",
    )


def _open(rule: RuleOfDecision) -> Text:
    en, es = (days_text(days=rule.vote_days, language=language) for language in ("en", "es"))
    if rule.closes_early:
        return Text(
            en=f"{en} at least, or until no ballot still to come can change it.",
            es=f"{es} al menos, o hasta que ningún voto pendiente pueda cambiarla.",
        )
    return Text(en=f"{en} at least.", es=f"{es} al menos.")


def _weights(rule: RuleOfDecision) -> Text:
    names = [(_WEIGHT_NAMES[kind], weight) for kind, weight in sorted(rule.weights.items(), key=lambda kv: -kv[1])]
    since = Text(en="", es="")
    if rule.member_days:
        since = Text(
            en=f", if it has belonged for {days_text(days=rule.member_days, language='en')}",
            es=f", si lleva {days_text(days=rule.member_days, language='es')} de membresía",
        )
    return Text(
        en=", ".join(f"{name.en} {weight}" for name, weight in names) + since.en + ".",
        es=", ".join(f"{name.es} {weight}" for name, weight in names) + since.es + ".",
    )


def _quorum(rule: RuleOfDecision) -> Text:
    return _share(
        rule.quorum,
        rule.quorum_per_center,
        of=Text(en="of the electorate is present", es="del electorado está presente"),
    )


def _majority(rule: RuleOfDecision) -> Text:
    said = _share(
        rule.majority,
        rule.majority_per_center,
        of=Text(en="of those voting are in favor", es="de quienes votan está a favor"),
    )
    if rule.consensus_first:
        return Text(
            en=f"Consensus is tried first; else {_lower(said.en)}",
            es=f"Primero se busca consenso; si no, {_lower(said.es)}",
        )
    return said


def _share(share: Share, per_center: Share | None, *, of: Text) -> Text:
    said = share.text()
    en, es = f"{_upper(said.en)} {of.en}", f"{_upper(said.es)} {of.es}"
    if per_center is not None:
        each = per_center.text()
        en, es = f"{en}, and in each center {each.en}", f"{es}, y en cada centro {each.es}"
    return Text(en=f"{en}.", es=f"{es}.")


def _abstentions(rule: RuleOfDecision) -> Text:
    if rule.abstentions_count_for_quorum:
        return Text(en="They count for the quorum and not as votes.", es="Cuentan para el quórum y no como votos.")
    return Text(en="They count for nothing.", es="No cuentan para nada.")


def _blocks(rule: RuleOfDecision) -> Text:
    if rule.blocks_count is BlockCounts.STOPS:
        return Text(en="One block stops the question.", es="Un bloqueo detiene la cuestión.")
    return Text(en="A block counts as a vote against.", es="Un bloqueo cuenta como voto en contra.")


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
