"""The sentences of a review clock: until when it runs, before which sitting a proposal comes, and why that one."""

from dataclasses import dataclass

from tequio.rules.reasons import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Lateness:
    """A sitting that a proposal missed, the hour it came, the hour it should have come; each said in all cities."""

    missed: Text
    came: Text
    should_have_come: Text
    held_back: bool


def review_text(*, ready: Text, is_over: bool) -> Text:
    """Until when the review of a proposal lasts, or since when it is over."""
    if is_over:
        return Text(en=f"Its review is over since {ready.en}.", es=f"Su plazo de revisión terminó: {ready.es}.")
    return Text(en=f"Its review lasts until {ready.en}.", es=f"Su plazo de revisión dura hasta: {ready.es}.")


def place_text(*, reason: str, sitting: Text, late: Lateness | None = None) -> Text:
    """Before which sitting a proposal comes, and why. `reason` is one of decisions' SlotReason."""
    if late is not None and late.held_back:
        return Text(
            en=f"It came in time ({late.came.en}) and was held back over the sitting of {late.missed.en}. It comes "
            f"before the sitting of {sitting.en}.",
            es=f"Llegó a tiempo ({late.came.es}) y se aplazó más allá de la sesión del {late.missed.es}. Va a la "
            f"sesión del {sitting.es}.",
        )
    if late is not None:
        return Text(
            en=f"It came {late.came.en}. For the sitting of {late.missed.en} it should have come by "
            f"{late.should_have_come.en}, so it goes to the sitting of {sitting.en}.",
            es=f"Llegó el {late.came.es}. Para la sesión del {late.missed.es} debió llegar a más tardar el "
            f"{late.should_have_come.es}, así que pasa a la sesión del {sitting.es}.",
        )
    frame = _PLACES.get(reason, _PLACES["ready"])
    return Text(en=frame.en.format(sitting.en), es=frame.es.format(sitting.es))


_PLACES = {
    "ready": Text(en="It comes before the sitting of {}.", es="Va a la sesión del {}."),
    "late": Text(en="It comes before the sitting of {}.", es="Va a la sesión del {}."),
    "let_in": Text(
        en="It came too late for the sitting of {}, and a recorded vote lets it in all the same.",
        es="Llegó tarde para la sesión del {} y una votación registrada la admite de todos modos.",
    ),
    "deferred": Text(en="It was deferred to the sitting of {}.", es="Se aplazó a la sesión del {}."),
    "details": Text(
        en="It was approved in principle; its details are due at the sitting of {}.",
        es="Se aprobó en principio; los detalles tocan en la sesión del {}.",
    ),
    "evaluation": Text(
        en="It goes on being developed; how it goes is evaluated at the sitting of {}.",
        es="Se sigue desarrollando; cómo va se evalúa en la sesión del {}.",
    ),
    "no_quorum": Text(
        en="It failed for lack of a quorum, and comes back unchanged at the sitting of {}.",
        es="Quedó sin efecto por falta de quórum y vuelve sin cambios en la sesión del {}.",
    ),
}

NO_SITTING = Text(
    en="No sitting is planned that it could come before.", es="No hay ninguna sesión prevista a la que pueda ir."
)
