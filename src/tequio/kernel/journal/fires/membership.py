"""Of members, their standing, people, mail and this instance: when each kind of event fires, in both languages."""

from tequio.kernel.journal.kinds import Kind
from tequio.rules.reasons import Text

FIRES = {
    Kind.MEMBERS_IMPORTED: Text(en="a member roll was imported", es="se importó un padrón"),
    Kind.MEMBER_CHANGED: Text(en="a member's data were changed", es="se cambiaron datos de una membresía"),
    Kind.MEMBER_LEFT: Text(en="a membership ended", es="terminó una membresía"),
    Kind.MEMBER_REJOINED: Text(en="a former member came back", es="volvió una membresía que se había ido"),
    Kind.MEMBERS_MERGED: Text(en="two entries for one member were merged", es="se unieron dos registros de un miembro"),
    Kind.MERGE_UNDONE: Text(en="a merge was undone", es="se deshizo una unión de registros"),
    Kind.CONTACT_LOGGED: Text(en="somebody tried to reach a member", es="alguien trató de contactar a una membresía"),
    Kind.STANDING_CHANGED: Text(en="a member's standing changed", es="cambió la situación de una membresía"),
    Kind.TICK: Text(en="the daily work was done", es="se hizo el trabajo del día"),
    Kind.MAIL_ENQUEUED: Text(en="mail was put in the queue", es="se pusieron correos en la cola de salida"),
    Kind.MAIL_FAILED: Text(
        en="a mail was given up: the server refused it, or did too often", es="se desistió de enviar un correo"
    ),
    Kind.MAIL_CANCELLED: Text(en="a mail was stopped before it went out", es="se detuvo un correo antes de enviarse"),
    Kind.MAIL_SENDING_ASKED: Text(
        en="a person had the mail that waits sent", es="una persona mandó enviar el correo en espera"
    ),
    Kind.MAIL_RETRIED: Text(
        en="a mail that had failed was put back in the queue", es="un correo que no se pudo enviar volvió a la cola"
    ),
    Kind.PERSON_ADDED: Text(en="an account was opened for a person", es="se abrió una cuenta para una persona"),
    Kind.ROLE_GRANTED: Text(en="a person was given a role", es="se dio una función a una persona"),
    Kind.ROLE_TAKEN: Text(en="a role was taken from a person", es="se quitó una función a una persona"),
    Kind.ACCOUNT_CLOSED: Text(en="a person's account was closed", es="se cerró la cuenta de una persona"),
    Kind.MEMBER_ACCESS_GIVEN: Text(
        en="a person may now sign in for a member", es="una persona puede entrar ya por una membresía"
    ),
    Kind.MAPPING_SAVED: Text(
        en="how to read a center's spreadsheets was saved", es="se guardó cómo leer las hojas de un centro"
    ),
    Kind.MEMBER_ACCESS_TAKEN: Text(
        en="a person may no longer sign in for a member", es="una persona ya no puede entrar por una membresía"
    ),
    Kind.BAND_CORRECTED: Text(
        en="a member's income band was corrected", es="se corrigió el rango de ingresos de una membresía"
    ),
    Kind.CONTACT_CORRECTED: Text(
        en="a member corrected whom to reach from its link", es="una membresía corrigió su contacto desde su enlace"
    ),
}
