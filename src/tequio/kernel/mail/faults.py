"""Why a mail was not sent: each reason with its sentence, and whether trying again can help."""

from enum import StrEnum

from tequio.rules.reasons import Text


class Fault(StrEnum):
    """What stood in the way."""

    SERVER_AWAY = "server_away"
    SERVER_SETTINGS = "server_settings"
    DROPPED = "dropped"
    NOT_NOW = "not_now"
    REFUSED = "refused"
    ADDRESS = "address"
    ATTACHMENT = "attachment"
    OUTBOX = "outbox"
    NO_LONGER_TRUE = "no_longer_true"
    BY_HAND = "by_hand"
    REPLACED = "replaced"


SENTENCES = {
    Fault.SERVER_AWAY: Text(en="The mail server cannot be reached.", es="No se puede llegar al servidor de correo."),
    Fault.SERVER_SETTINGS: Text(
        en="The mail server does not accept this program's sign-in, sender or encryption; see TEQUIO_SMTP_URL.",
        es="El servidor de correo no acepta el acceso, el remitente o el cifrado de este programa; "
        "revise TEQUIO_SMTP_URL.",
    ),
    Fault.DROPPED: Text(
        en="The mail server ended the connection in the middle of this message.",
        es="El servidor de correo cortó la conexión a la mitad de este mensaje.",
    ),
    Fault.NOT_NOW: Text(
        en="The mail server cannot take this message now.", es="El servidor de correo no puede recibirlo por ahora."
    ),
    Fault.REFUSED: Text(
        en="The mail server refuses this message for good.",
        es="El servidor de correo rechaza este mensaje definitivamente.",
    ),
    Fault.ADDRESS: Text(
        en="The mail server does not know this address, or cannot take one with such letters.",
        es="El servidor de correo no conoce esta dirección, o no admite una con esas letras.",
    ),
    Fault.ATTACHMENT: Text(en="What is to be attached could not be made.", es="No se pudo generar el archivo adjunto."),
    Fault.OUTBOX: Text(en="The outbox folder cannot be written.", es="No se puede escribir en la carpeta de salida."),
    Fault.NO_LONGER_TRUE: Text(
        en="What it says is no longer true, so it was not sent.", es="Lo que dice ya no es cierto; no se envió."
    ),
    Fault.BY_HAND: Text(en="A person cancelled it.", es="Una persona lo canceló."),
    Fault.REPLACED: Text(en="A newer mail takes its place.", es="Otro más reciente toma su lugar."),
}


class NotSentError(Exception):
    """One message was not sent. `for_good` where trying again cannot help; `detail` holds no address."""

    def __init__(self, *, fault: Fault, detail: str = "", for_good: bool = False) -> None:
        super().__init__(fault.value)
        self.fault, self.detail, self.for_good = fault, detail, for_good


class TransportAwayError(NotSentError):
    """Nothing can be sent at the moment, whatever the message: the fault lies with the server or its settings."""
