"""Of services and moving members in: when each kind of event fires, in both languages."""

from tequio.kernel.journal.kinds import Kind
from tequio.rules.reasons import Text

FIRES = {
    Kind.SERVICE_OFFERED: Text(en="a service was put on the list", es="se agregó un servicio a la lista"),
    Kind.SERVICE_TERMS_ADOPTED: Text(
        en="terms of a service were adopted", es="se adoptaron las condiciones de un servicio"
    ),
    Kind.SERVICES_SET: Text(
        en="how careful the program is with services was changed",
        es="se cambió con cuánto cuidado se tratan los servicios",
    ),
    Kind.SERVICES_CHANGED: Text(
        en="accounts of services are wanted otherwise", es="cambió cómo deben estar unas cuentas de servicios"
    ),
    Kind.SERVICE_ACCOUNT_OPENED: Text(en="an account of a service was opened", es="se abrió una cuenta de un servicio"),
    Kind.SERVICE_ACCOUNT_CLOSED: Text(
        en="an account of a service was closed by its owner",
        es="se cerró una cuenta de un servicio a petición de quien la tiene",
    ),
    Kind.SERVICE_ACCOUNT_REOPENED: Text(
        en="a closed account of a service was opened again", es="se reabrió una cuenta de un servicio"
    ),
    Kind.SERVICE_ACCOUNT_HANDED_OVER: Text(
        en="an account of a service was handed to another person", es="una cuenta de un servicio pasó a otra persona"
    ),
    Kind.SERVICE_KEY_MADE: Text(en="an app password was made", es="se creó una contraseña de aplicación"),
    Kind.SERVICE_KEYS_REVOKED: Text(en="app passwords were revoked", es="se revocaron contraseñas de aplicación"),
    Kind.SERVICE_QUOTA_SET: Text(en="how much fits was set", es="se fijó cuánto cabe"),
    Kind.SERVICE_EXCEPTION_GRANTED: Text(
        en="a member was granted an exception for a service",
        es="se concedió a una membresía una excepción en un servicio",
    ),
    Kind.SERVICE_EXCEPTION_ENDED: Text(
        en="an exception for a service was ended", es="terminó una excepción en un servicio"
    ),
    Kind.SERVICES_LENT: Text(en="services were lent by a decision", es="se prestaron servicios por un acuerdo"),
    Kind.SERVICES_LOAN_ENDED: Text(
        en="it was said when services lent to others end", es="se dijo cuándo terminan servicios prestados a otras"
    ),
    Kind.BULK_SUSPENSION_STOPPED: Text(
        en="a suspension of many was stopped, for two people to look at",
        es="se detuvo una suspensión de muchas, para que la revisen dos personas",
    ),
    Kind.BULK_SUSPENSION_SEEN: Text(
        en="the first person let a suspension of many go", es="la primera persona autorizó una suspensión de muchas"
    ),
    Kind.BULK_SUSPENSION_LET_GO: Text(
        en="the second person let a suspension of many go", es="la segunda persona autorizó una suspensión de muchas"
    ),
    Kind.BULK_SUSPENSION_DROPPED: Text(
        en="a suspension of many was dropped", es="se descartó una suspensión de muchas"
    ),
    Kind.APPLICATION_REGISTERED: Text(
        en="an application was registered for sign-in", es="se registró una aplicación para el acceso"
    ),
    Kind.APPLICATION_KEY_RENEWED: Text(
        en="an application was given a new secret", es="se dio un secreto nuevo a una aplicación"
    ),
    Kind.APPLICATION_CLOSED: Text(en="an application was closed", es="se cerró una aplicación"),
    Kind.APPLICATION_ENTERED: Text(
        en="a person let an application know who it is", es="una persona permitió que una aplicación sepa quién es"
    ),
    Kind.APPLICATION_LEFT: Text(
        en="a person ended what an application could ask about it",
        es="una persona terminó lo que una aplicación podía preguntar sobre ella",
    ),
    Kind.SERVICE_PERSON_NAMED: Text(
        en="it was said who signs in to applications by an account",
        es="se dijo quién entra a aplicaciones con una cuenta",
    ),
    Kind.WAVE_BEGUN: Text(
        en="a wave of mailboxes that move in was begun", es="empezó una tanda de buzones que se mudan"
    ),
    Kind.MOVING_ADDED: Text(
        en="a mailbox was put on the list of those that move in", es="se agregó un buzón a los que se mudan"
    ),
    Kind.MOVING_STEP: Text(en="a mailbox that moves in went a step on", es="un buzón que se muda avanzó un paso"),
    Kind.MOVING_REMINDED: Text(
        en="a member was reminded of what is due in its move",
        es="se recordó a una membresía lo pendiente de su mudanza",
    ),
    Kind.MOVING_UNDONE: Text(en="the move of a mailbox was undone", es="se deshizo la mudanza de un buzón"),
    Kind.BALANCE_BROUGHT: Text(
        en="a balance was brought over from another provider", es="se trajo un saldo de otro proveedor"
    ),
    Kind.BALANCE_EVIDENCE: Text(
        en="a paper was put beside a balance that was brought over", es="se agregó un documento a un saldo que se trajo"
    ),
    Kind.EXPORT_OFFERED: Text(
        en="a member was offered a copy of what its accounts hold",
        es="se ofreció a una membresía una copia de lo que contienen sus cuentas",
    ),
    Kind.EXPORT_OFFER_WITHDRAWN: Text(en="the offer of an export was withdrawn", es="se retiró la oferta de una copia"),
    Kind.SERVICES_REMOVED: Text(
        en="accounts of a member were removed", es="se eliminaron las cuentas de una membresía"
    ),
    Kind.SERVICE_JOB_TAKEN: Text(
        en="somebody took on what failed on a server too often",
        es="alguien se hizo cargo de lo que falló demasiado en un servidor",
    ),
    Kind.SERVICE_JOB_RETRIED: Text(
        en="what failed on a server too often was begun again",
        es="se volvió a intentar lo que falló demasiado en un servidor",
    ),
    Kind.SERVICE_JOB_BY_HAND: Text(
        en="somebody did by hand what an account needed", es="alguien hizo a mano lo que necesitaba una cuenta"
    ),
    Kind.DRIFT_SET_ASIDE: Text(
        en="what a server has that nobody knows of was left there", es="se dejó en un servidor lo que nadie conoce"
    ),
}
