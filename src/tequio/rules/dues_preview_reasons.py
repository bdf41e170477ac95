"""The sentences of a preview of dues: who pays more, what a year comes to, what would make up for a loss."""

from tequio.rules.dues_preview import CenterIncome, MakeUp, Suppositions, Tally
from tequio.rules.money import printed
from tequio.rules.reasons import Text

_TENTHS = 1000


def who_pays(*, center: Text, tally: Tally) -> Text:
    """How many of a center's members pay more, the same, less."""
    t = tally
    waived_en = f" Waived, and asked for nothing before or after: {t.waived:,}." if t.waived else ""
    waived_es = f" Exentas, a las que no se pide nada ni antes ni después: {t.waived:,}." if t.waived else ""
    return Text(
        en=f"{center.en}: of {_members(t.members).en} today, {t.more:,} would pay more, {t.same:,} the same "
        f"and {t.less:,} less.{waived_en}",
        es=f"{center.es}: de {_members(t.members).es} de hoy, {t.more:,} pagarían más, {t.same:,} lo mismo "
        f"y {t.less:,} menos.{waived_es}",
    )


def without_amount(*, center: Text, tally: Tally) -> Text:
    """How many the new table has no amount for."""
    return Text(
        en=f"{center.en}: the new table has no amount for the income band of {_members(tally.unpriced).en}, "
        "who could not be billed.",
        es=f"{center.es}: la tabla nueva no tiene monto para el rango de ingreso de {_members(tally.unpriced).es}, "
        "que se quedarían sin cobro.",
    )


def income(*, center: Text, currency: str, income: CenterIncome) -> Text:
    """What a year's dues of a center come to, now and after."""
    now, after = printed(minor=income.now, currency=currency), printed(minor=income.after, currency=currency)
    moved_en, moved_es = _moved(before=income.now, after=income.after, currency=currency)
    return Text(
        en=f"{center.en}: a year's dues come to {now} now and to {after} with the new table, {moved_en}, "
        "if everybody is asked once and pays.",
        es=f"{center.es}: las cuotas de un año suman {now} ahora y {after} con la tabla nueva, {moved_es}, "
        "si a cada quien se le pide una vez y paga.",
    )


def supposed(*, center: Text, currency: str, income: CenterIncome, suppose: Suppositions) -> Text:
    """What a year's dues come to under the suppositions, which it names."""
    amount = printed(minor=income.supposed(suppose=suppose), currency=currency)
    said = suppositions(suppose=suppose, center=income.center)
    return Text(
        en=f"{center.en}: supposing {said.en}, they come to {amount}.",
        es=f"{center.es}: suponiendo {said.es}, suman {amount}.",
    )


def suppositions(*, suppose: Suppositions, center: str) -> Text:
    """What is supposed, as part of a sentence; what is nothing is not said."""
    en, es = [], []
    if suppose.drop_operations:
        en.append(f"that {suppose.drop_operations} % of those who take operations and support drop it")
        es.append(f"que {suppose.drop_operations} % de quienes toman operación y soporte la dejan")
    if suppose.members_change:
        heads = abs(suppose.members_change)
        en.append(f"{heads} % {'more' if suppose.members_change > 0 else 'fewer'} members")
        es.append(f"{heads} % {'más' if suppose.members_change > 0 else 'menos'} de membresías")
    new = suppose.new_without_operations.get(center, 0)
    if new:
        en.append(f"{_new_members(new).en} without operations and support")
        es.append(f"{_new_members(new).es} sin operación y soporte")
    return Text(
        en=" and ".join(en) or "that everything stays as it is", es=" y ".join(es) or "que todo sigue como está"
    )


def made_up_for(*, center: Text, currency: str, needed: MakeUp) -> Text:
    """How many new members without operations make up for what is lost."""
    if not needed.loss:
        return Text(
            en=f"{center.en}: nothing is lost, so nothing has to be made up for.",
            es=f"{center.es}: no se pierde nada, así que no hay nada que compensar.",
        )
    loss = printed(minor=needed.loss, currency=currency)
    if needed.mixed is None:
        return Text(
            en=f"{center.en}: no number of new members without operations and support makes up for {loss}: "
            "the table asks them for nothing.",
            es=f"{center.es}: ningún número de membresías nuevas sin operación y soporte compensa {loss}: "
            "la tabla no les pide nada.",
        )
    names = {
        "organization": Text(en="organizations", es="organizaciones"),
        "individual": Text(en="individuals", es="personas"),
    }
    only = [(count, names[kind]) for kind, count in needed.by_kind.items() if count is not None]
    en = " or ".join(f"{count:,} if all are {name.en}" for count, name in only)
    es = " o ".join(f"{count:,} si todas son {name.es}" for count, name in only)
    return Text(
        en=f"{center.en}: to make up for {loss} it takes {_new_members(needed.mixed).en} without operations and "
        f"support, if they are of the kinds there are today ({en}).",
        es=f"{center.es}: para compensar {loss} se necesita el ingreso de {_new_members(needed.mixed).es} sin "
        f"operación y soporte, si son de los tipos que hay hoy ({es}).",
    )


def _members(heads: int) -> Text:
    if heads == 1:
        return Text(en="1 member", es="1 membresía")
    return Text(en=f"{heads:,} members", es=f"{heads:,} membresías")


def _new_members(heads: int) -> Text:
    if heads == 1:
        return Text(en="1 new member", es="1 membresía nueva")
    return Text(en=f"{heads:,} new members", es=f"{heads:,} membresías nuevas")


def _moved(*, before: int, after: int, currency: str) -> tuple[str, str]:
    """By how much an amount moves, in words of both languages; in percent too where there was something before."""
    difference = after - before
    if not difference:
        return "the same", "lo mismo"
    by = printed(minor=abs(difference), currency=currency)
    percent = ""
    if before:
        tenths = (abs(difference) * _TENTHS * 2 + before) // (before * 2)
        percent = f" ({tenths // 10:,}.{tenths % 10} %)"
    return (
        f"{by}{percent} {'more' if difference > 0 else 'less'}",
        f"{by}{percent} {'más' if difference > 0 else 'menos'}",
    )
