"""What the pages call things: kinds of members, ways of paying, states of runs and of charges."""

from tequio.rules.reasons import Text

MEMBER_KINDS = {
    "organization": Text(en="Organizations", es="Organizaciones"),
    "individual": Text(en="Individuals", es="Personas"),
}
METHODS = {
    "cash": Text(en="cash", es="efectivo"),
    "check": Text(en="check", es="cheque"),
    "transfer": Text(en="bank transfer", es="transferencia"),
    "card": Text(en="card", es="tarjeta"),
    "other": Text(en="other", es="otro medio"),
    "brought": Text(en="brought over", es="saldo traído"),
}
COMES_BY = {method: name for method, name in METHODS.items() if method != "brought"}  # what a person may enter
RATES = {
    "reduced": Text(en="reduced", es="reducida"),
    "solidarity": Text(en="solidarity", es="solidaria"),
    "comped": Text(en="waived", es="exenta"),
}
RUN_STATES = {
    "previewed": Text(en="preview", es="vista previa"),
    "running": Text(en="under way", es="en curso"),
    "finished": Text(en="finished", es="terminada"),
    "stopped": Text(en="stopped", es="detenida"),
    "undone": Text(en="undone", es="deshecha"),
}
RUN_SHAPES = {"previewed": "told", "running": "open", "finished": "done", "stopped": "refused", "undone": "ended"}
CHARGE_STATES = {
    "open": Text(en="open", es="por pagar"),
    "overdue": Text(en="overdue", es="vencido"),
    "paid": Text(en="paid", es="pagado"),
    "written_off": Text(en="written off", es="condonado"),
    "cancelled": Text(en="cancelled", es="cancelado"),
}
CHARGE_SHAPES = {"open": "open", "overdue": "at_risk", "paid": "done", "written_off": "ended", "cancelled": "ended"}
