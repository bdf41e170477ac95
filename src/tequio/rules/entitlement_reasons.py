"""The sentences behind each entitlement, in both languages: which part, which standing, which decision."""

from datetime import date

from tequio.rules.reasons import Text, both, long_date


def _with(because: Text, *, en: str, es: str) -> Text:
    return Text(en=f"{en} {because.en}", es=f"{es} {because.es}")


def works(*, because: Text) -> Text:
    """Open."""
    return _with(because, en="It works.", es="Funciona.")


def works_limited(*, because: Text) -> Text:
    """Limited: works as before, nothing is added."""
    return _with(
        because,
        en="It works as before; another one can be opened once what is owed is paid.",
        es="Funciona como siempre; se puede abrir otro cuando se pague lo que se debe.",
    )


def stopped(*, because: Text, on_hold: bool) -> Text:
    """Suspended by the payment policy: what is kept, and how to be back."""
    kept = Text(en="What comes in is kept and never sent back.", es="Lo que llega se guarda y nunca se devuelve.")
    nothing = Text(en="Nothing in it is lost.", es="No se pierde nada de lo que contiene.")
    said = kept if on_hold else nothing
    return _with(
        because,
        en=f"It is suspended. {said.en} It is back at once when what is overdue is paid or agreed.",
        es=f"Está suspendido. {said.es} Vuelve de inmediato al pagar o acordar lo vencido.",
    )


def not_a_member(*, because: Text) -> Text:
    """Suspended: who does not belong has no services of a member."""
    return _with(
        because,
        en="It is suspended; nothing in it is lost.",
        es="Está suspendido; no se pierde nada de lo que contiene.",
    )


def kept_open(*, reason: str, until: date) -> Text:
    """Open by an exception, whatever is owed."""
    return both(
        sentence=lambda x: (
            f"Funciona por excepción hasta el {long_date(day=until, language=x)}: «{reason}»."
            if x == "es"
            else f"It works by an exception through {long_date(day=until, language=x)}: “{reason}”."
        )
    )


def as_many_as_needed(*, membership: bool) -> Text:
    """No number is set."""
    if membership:
        return Text(en="Comes with membership, as many as it needs.", es="Viene con la membresía, los que necesite.")
    return Text(
        en="Comes with operations and support, as many as it needs.",
        es="Viene con operación y soporte, los que necesite.",
    )


def included(*, count: int, operations: bool) -> Text:
    """So many come with what it takes part in."""
    if operations:
        return Text(
            en=f"{count} with membership and operations and support.",
            es=f"{count} con la membresía y operación y soporte.",
        )
    return Text(en=f"{count} with membership.", es=f"{count} con la membresía.")


def not_included(*, operations: bool) -> Text:
    """None comes with what it takes part in."""
    if operations:
        return Text(en="Not part of what is offered.", es="No es parte de lo que se ofrece.")
    return Text(
        en="Comes with operations and support, in which this member does not take part.",
        es="Viene con operación y soporte, en lo que esta membresía no participa.",
    )


def with_exception(*, included: int, more: int, reason: str, until: date) -> Text:
    """So many are included, and more were granted."""
    return both(
        sentence=lambda x: (
            f"{included} incluidos y {more} más por excepción hasta el {long_date(day=until, language=x)}: «{reason}»."
            if x == "es"
            else f"{included} included and {more} more by an exception through "
            f"{long_date(day=until, language=x)}: “{reason}”."
        )
    )


def lent(*, decision: str, until: date | None) -> Text:
    """Open: lent by a decision."""
    return both(
        sentence=lambda x: (
            (f"Prestado por el acuerdo {decision}" if x == "es" else f"Lent by decision {decision}")
            + ("" if until is None else (" hasta el " if x == "es" else " through ") + long_date(day=until, language=x))
            + "."
        )
    )


def lent_so_many(*, count: int) -> Text:
    """How many were lent."""
    if not count:
        return Text(en="Not among what was lent.", es="No está entre lo que se prestó.")
    return Text(en=f"{count} lent.", es=f"{count} en préstamo.")


def no_longer_lent(*, decision: str, first_day: date, last_day: date | None, on: date) -> Text:
    """Suspended: the loan has not begun, or is over."""
    begins = on < first_day
    day = first_day if begins or last_day is None else last_day

    def sentence(x: str) -> str:
        said = long_date(day=day, language=x)
        if x == "es":
            return f"El acuerdo {decision} lo presta " + (
                f"desde el {said}." if begins else f"hasta el {said}; terminó."
            )
        return f"Decision {decision} lends it " + (f"from {said}." if begins else f"through {said}; that is over.")

    return both(sentence=sentence)


def beyond_count(*, most: int) -> Text:
    """Suspended: it has more of them than it may have, and others were opened first."""
    return Text(
        en=f"It may have {most}, and those opened first count. Closing another one brings this one back; nothing in it "
        "is lost.",
        es=f"Puede tener {most} y cuentan los que se abrieron primero. Al cerrar otro, este vuelve; no se pierde nada "
        "de lo que contiene.",
    )


def closed(*, on: date) -> Text:
    """Suspended: its owner closed it."""
    return both(
        sentence=lambda x: (
            f"Se cerró el {long_date(day=on, language=x)}; se puede reabrir mientras no se elimine."
            if x == "es"
            else f"Closed on {long_date(day=on, language=x)}; it can be opened again until it is removed."
        )
    )


def removed(*, export_offered_on: date) -> Text:
    """Removed by a person, after the export was offered."""
    return both(
        sentence=lambda x: (
            f"Se eliminó después de ofrecer una copia el {long_date(day=export_offered_on, language=x)}."
            if x == "es"
            else f"Removed after an export was offered on {long_date(day=export_offered_on, language=x)}."
        )
    )
