"""The sentences behind each answer of the ladder, in both languages."""

from datetime import date

from tequio.rules.ladder import CHANNEL_NAMES, Channel, Notice, Pause, PauseKind
from tequio.rules.reasons import Text, both, long_date
from tequio.rules.standing import STANDING_NAMES, Standing

PAID = Text(en="Nothing of it is open any more.", es="Ya no queda nada por pagar de este cargo.")
LEFT = Text(
    en="The member left; what it still owes is for people to settle, not for reminders.",
    es="La membresía terminó; lo que aún debe lo resuelven las personas, no los recordatorios.",
)
NO_POLICY = Text(
    en="No follow-up policy is in force, so nobody is reminded.",
    es="No hay política de seguimiento vigente, así que a nadie se le recuerda.",
)
ALL_TAKEN = Text(
    en="Every step was taken and delivered; what follows now is for people to decide.",
    es="Ya se dieron y llegaron todos los pasos; lo que sigue lo deciden las personas.",
)
NO_WAY = Text(
    en="No way of this step reaches the member: somebody has to find an address or a number.",
    es="Ninguna de las vías de este paso llega a la membresía: alguien tiene que conseguir un domicilio o un número.",
)
NOT_WARNED = Text(
    en="A call comes only after a warning was delivered, and none was.",
    es="La llamada viene solo después de que llegó una advertencia, y no ha llegado ninguna.",
)
_PAUSES = {
    PauseKind.HOLD: Text(en="a hold", es="una prórroga"),
    PauseKind.PROMISE: Text(en="a promise to pay", es="una promesa de pago"),
    PauseKind.MONEY: Text(en="money that came and may be its own", es="dinero que llegó y quizá es suyo"),
    PauseKind.CLAIM: Text(en="a claim that it was paid", es="un aviso de que ya se pagó"),
    PauseKind.PLAN: Text(en="a plan in good order", es="un plan que se está cumpliendo"),
    PauseKind.QUIET: Text(en="a holiday of the center", es="un día inhábil del centro"),
}


def not_yet(*, day: date) -> Text:
    """Its day has not come."""
    return both(
        sentence=lambda x: (
            f"Este paso toca a partir del {long_date(day=day, language=x)}."
            if x == "es"
            else f"This step comes from {long_date(day=day, language=x)} on."
        )
    )


def ready_to_go(*, channel: Channel) -> Text:
    """It waits to go out."""
    name = CHANNEL_NAMES[channel]
    return Text(
        en=f"It is put down to go out by {name.en} and has not gone out yet.",
        es=f"Está apuntado para salir por {name.es} y todavía no sale.",
    )


def other_standing(*, standing: Standing) -> Text:
    """It is for members of another standing."""
    name = STANDING_NAMES[standing]
    return Text(
        en=f"This step is for another standing than “{name.en}”.",
        es=f"Este paso es para otra situación que «{name.es}».",
    )


def under_way(*, notice: Notice) -> Text:
    """What was sent may still come back."""
    name, sent_on = CHANNEL_NAMES[notice.channel], notice.sent_on or date.max
    return both(
        sentence=lambda x: (
            f"Lo enviado por {name.es} el {long_date(day=sent_on, language=x)} todavía puede regresar."
            if x == "es"
            else f"What was sent by {name.en} on {long_date(day=sent_on, language=x)} may still come back."
        )
    )


def paused(*, pause: Pause) -> Text:
    """Something holds the ladder still."""
    name, last = _PAUSES[pause.kind], pause.last_day
    if last is None:
        return Text(
            en=f"There is {name.en}; until somebody settles it, nobody is reminded.",
            es=f"Hay {name.es}; mientras alguien lo resuelve, no se recuerda nada.",
        )
    return both(
        sentence=lambda x: (
            f"Hay {name.es} hasta el {long_date(day=last, language=x)}; mientras tanto no se recuerda nada."
            if x == "es"
            else f"There is {name.en} through {long_date(day=last, language=x)}; nobody is reminded meanwhile."
        )
    )


def money_unknown(*, known_on: date | None) -> Text:
    """The center's money is not known well enough."""
    if known_on is None:
        return Text(
            en="No money of the center was ever entered, so it may well have been paid.",
            es="Nunca se ha registrado dinero del centro, así que bien puede estar pagado.",
        )
    return both(
        sentence=lambda x: (
            f"El dinero del centro se conoce solo hasta el {long_date(day=known_on, language=x)}; puede estar pagado."
            if x == "es"
            else f"The center's money is known only up to {long_date(day=known_on, language=x)}; it may have been paid."
        )
    )


def due_since(*, channel: Channel, day: date) -> Text:
    """It is to be taken now."""
    name = CHANNEL_NAMES[channel]
    return both(
        sentence=lambda x: (
            f"Toca desde el {long_date(day=day, language=x)}, por {name.es}."
            if x == "es"
            else f"Due since {long_date(day=day, language=x)}, by {name.en}."
        )
    )
