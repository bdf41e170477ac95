"""What a motion says, word for word, and how a question ended, in both languages."""

from collections.abc import Mapping

from tequio.rules.deciding import Choice, Verdict
from tequio.rules.dividing import End, Qualifier
from tequio.rules.reasons import Text

_MOTIONS: Mapping[Qualifier, Text] = {
    Qualifier.NONE: Text(en="To approve: {}", es="Aprobar: {}"),
    Qualifier.WITH_MODIFICATIONS: Text(en="To approve with modifications: {}", es="Aprobar con modificaciones: {}"),
    Qualifier.IN_PRINCIPLE: Text(
        en="To approve in principle, with the details to follow: {}",
        es="Aprobar en principio, con los detalles por venir: {}",
    ),
    Qualifier.CONTINUE_DEVELOPING: Text(en="To continue developing: {}", es="Seguir desarrollando: {}"),
    Qualifier.DEFER: Text(en="To defer: {}", es="Aplazar: {}"),
    Qualifier.PUT_IN_WRITING: Text(
        en="To have somebody put it in writing: {}", es="Encargar que se ponga por escrito: {}"
    ),
}

QUALIFIER_NAMES: Mapping[Qualifier, Text] = {
    Qualifier.NONE: Text(en="approve", es="aprobar"),
    Qualifier.WITH_MODIFICATIONS: Text(en="approve with modifications", es="aprobar con modificaciones"),
    Qualifier.IN_PRINCIPLE: Text(en="approve in principle", es="aprobar en principio"),
    Qualifier.CONTINUE_DEVELOPING: Text(en="continue developing", es="seguir desarrollando"),
    Qualifier.DEFER: Text(en="defer", es="aplazar"),
    Qualifier.PUT_IN_WRITING: Text(en="put in writing", es="poner por escrito"),
}

END_NAMES: Mapping[End, Text] = {
    End.APPROVED: Text(en="approved", es="aprobado"),
    End.WITH_MODIFICATIONS: Text(en="approved with modifications", es="aprobado con modificaciones"),
    End.IN_PRINCIPLE: Text(en="approved in principle", es="aprobado en principio"),
    End.CONTINUE_DEVELOPING: Text(en="continue developing", es="seguir desarrollando"),
    End.NOT_APPROVED: Text(en="not approved", es="no aprobado"),
    End.NO_QUORUM: Text(en="failed for lack of quorum", es="sin efecto por falta de quórum"),
    End.DEFERRED: Text(en="deferred", es="aplazado"),
    End.WITHDRAWN: Text(en="withdrawn", es="retirado"),
    End.PUT_IN_WRITING: Text(en="assigned to be put in writing", es="encargado para ponerse por escrito"),
}

VERDICT_NAMES: Mapping[Verdict, Text] = {
    Verdict.PASSED: Text(en="passed", es="se aprobó"),
    Verdict.REJECTED: Text(en="did not pass", es="no se aprobó"),
    Verdict.NO_QUORUM: Text(en="no quorum", es="sin quórum"),
}

CHOICE_NAMES: Mapping[Choice, Text] = {
    Choice.FAVOR: Text(en="agree", es="de acuerdo"),
    Choice.ABSTAIN: Text(en="abstain", es="abstención"),
    Choice.AGAINST: Text(en="disagree", es="en desacuerdo"),
    Choice.BLOCK: Text(en="block", es="bloqueo"),
}

_LEFT_OPEN: Mapping[End, Text] = {
    End.IN_PRINCIPLE: Text(
        en="How it is done is not decided: nothing in force changes until the details are voted.",
        es="No se decidió cómo se hace: nada vigente cambia hasta que se voten los detalles.",
    ),
    End.CONTINUE_DEVELOPING: Text(
        en="Whether to do it is not decided; it will be looked at again.",
        es="No se decidió si se hace; se volverá a ver.",
    ),
    End.NOT_APPROVED: Text(
        en="It may come back with substantive changes only.", es="Solo puede volver con cambios de fondo."
    ),
    End.NO_QUORUM: Text(
        en="Nothing was decided for or against it; it may come back unchanged.",
        es="No se decidió a favor ni en contra; puede volver sin cambios.",
    ),
    End.DEFERRED: Text(
        en="Nothing was decided about it but to take it up later.", es="Solo se decidió verlo más adelante."
    ),
    End.PUT_IN_WRITING: Text(
        en="Whether to do it is decided when it is there in writing.",
        es="Se decidirá si se hace cuando esté por escrito.",
    ),
}


def motion_of(*, qualifier: Qualifier, title: Text) -> Text:
    """The motion as it is put to the vote."""
    frame = _MOTIONS[qualifier]
    return Text(en=frame.en.format(title.en), es=frame.es.format(title.es))


def left_open(*, end: End) -> Text:
    """What an end leaves undecided; empty where it leaves nothing."""
    return _LEFT_OPEN.get(end, Text(en="", es=""))
