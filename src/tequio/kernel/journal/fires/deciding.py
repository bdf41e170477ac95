"""Of centers, bodies, proposals, votes, decisions and rules: when each kind of event fires, in both languages."""

from tequio.kernel.journal.kinds import Kind
from tequio.rules.reasons import Text

FIRES = {
    Kind.CENTER_OPENED: Text(en="a center was opened", es="se abrió un centro"),
    Kind.CENTER_CHANGED: Text(
        en="what a center's letters say of it was changed", es="se cambió lo que las cartas dicen de un centro"
    ),
    Kind.DECISION_RECORDED: Text(
        en="a decision taken outside the program was recorded", es="se registró un acuerdo tomado fuera del programa"
    ),
    Kind.BODY_FOUNDED: Text(en="a body was founded", es="se creó una instancia"),
    Kind.BODY_CHANGED: Text(
        en="what a body is called or may reach was changed", es="cambió el nombre o los accesos de una instancia"
    ),
    Kind.BODY_ENDED: Text(en="a body was ended", es="terminó una instancia"),
    Kind.MANDATE_ADOPTED: Text(en="a body was given a mandate", es="se dio un mandato a una instancia"),
    Kind.DECISION_RULE_ADOPTED: Text(en="a rule of decision was adopted", es="se adoptó una regla de decisión"),
    Kind.SEAT_OPENED: Text(en="a seat was opened on a body", es="se abrió un lugar en una instancia"),
    Kind.SEAT_CLOSED: Text(en="a seat on a body was closed", es="se cerró un lugar en una instancia"),
    Kind.TERM_BEGAN: Text(en="somebody took a seat on a body", es="alguien tomó un lugar en una instancia"),
    Kind.TERM_ENDED: Text(en="somebody left a seat on a body", es="alguien dejó un lugar en una instancia"),
    Kind.SITTING_PLANNED: Text(en="a sitting of a body was planned", es="se convocó a una sesión de una instancia"),
    Kind.SITTING_CANCELLED: Text(en="a sitting of a body was cancelled", es="se canceló una sesión de una instancia"),
    Kind.SITTING_MOVED: Text(
        en="a sitting of a body was put to another hour", es="se cambió de hora una sesión de una instancia"
    ),
    Kind.PRIORITIES_RANKED: Text(
        en="the priorities of a year were put down", es="se apuntaron las prioridades de un año"
    ),
    Kind.VOTE_OPENED: Text(en="a vote was opened", es="se abrió una votación"),
    Kind.BALLOT_CAST: Text(en="somebody voted, or changed its vote", es="alguien votó o cambió su voto"),
    Kind.BALLOTS_ENTERED: Text(en="the ballots of a sitting were entered", es="se registraron los votos de una sesión"),
    Kind.VOTE_CLOSED: Text(en="a vote was closed and counted", es="se cerró y contó una votación"),
    Kind.DECISION_TAKEN: Text(en="a body decided, by a vote", es="una instancia tomó un acuerdo por votación"),
    Kind.EFFECTS_CONFIRMED: Text(
        en="a person confirmed what a decision does", es="una persona confirmó lo que hace un acuerdo"
    ),
    Kind.EFFECTS_APPLIED: Text(en="what a decision does was carried out", es="se llevó a cabo lo que hace un acuerdo"),
    Kind.EFFECTS_STOPPED: Text(
        en="what a decision does could not be carried out on its day",
        es="no se pudo llevar a cabo lo que hace un acuerdo en su fecha",
    ),
    Kind.EFFECT_DROPPED: Text(en="an effect of a decision was dropped", es="se descartó un efecto de un acuerdo"),
    Kind.ACTION_OPENED: Text(en="somebody took on a task", es="alguien tomó una tarea"),
    Kind.ACTION_HANDED_OVER: Text(en="a task was handed over or put off", es="una tarea cambió de manos o de fecha"),
    Kind.ACTION_CLOSED: Text(en="a task was closed", es="se cerró una tarea"),
    Kind.RULE_BOOK_LOADED: Text(en="a rule book was loaded on a page", es="se cargó un reglamento en una página"),
    Kind.PROPOSAL_DRAFTED: Text(en="a proposal was drafted", es="se redactó el borrador de una propuesta"),
    Kind.PROPOSAL_CHANGED: Text(
        en="a new version of a proposal was written", es="se escribió una versión nueva de una propuesta"
    ),
    Kind.PROPOSAL_CIRCULATED: Text(
        en="a proposal was circulated and its review began", es="una propuesta circuló y empezó su plazo de revisión"
    ),
    Kind.PROPOSAL_PRIORITY_SET: Text(
        en="it was said which priority a proposal serves", es="se dijo a qué prioridad responde una propuesta"
    ),
    Kind.PROPOSAL_WITHDRAWN: Text(en="a proposal was withdrawn", es="se retiró una propuesta"),
    Kind.PROPOSAL_DIVIDED: Text(en="a question was divided", es="se dividió una cuestión para votarla por partes"),
    Kind.PROPOSAL_UNDIVIDED: Text(
        en="a divided question was put together again", es="una cuestión dividida volvió a unirse"
    ),
    Kind.PROPOSAL_DIVISION_LAPSED: Text(
        en="a division lapsed because the text was changed", es="una división quedó sin efecto porque cambió el texto"
    ),
    Kind.PROPOSAL_HANDED_OVER: Text(en="a proposal got another sponsor", es="una propuesta cambió de proponente"),
    Kind.PROPOSAL_DELAYED: Text(en="somebody held a proposal back", es="alguien aplazó una propuesta"),
    Kind.PROPOSAL_PLACED: Text(
        en="a proposal was put on the agenda of a sitting, or taken off it",
        es="una propuesta entró al orden del día de una sesión, o salió de él",
    ),
    Kind.PROPOSAL_CAME_BACK: Text(en="a proposal came back", es="volvió una propuesta"),
    Kind.PROPOSAL_COMMENTED: Text(en="somebody commented on a proposal", es="alguien comentó una propuesta"),
    Kind.POSITION_TAKEN: Text(
        en="it was written down how somebody stands to a question",
        es="se anotó la postura de alguien ante una cuestión",
    ),
    Kind.FILE_ATTACHED: Text(en="a file was put beside a proposal", es="se adjuntó un archivo a una propuesta"),
    Kind.FILE_REMOVED: Text(en="a file beside a proposal was removed", es="se quitó un archivo de una propuesta"),
}
