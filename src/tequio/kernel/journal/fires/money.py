"""Of dues, payments, follow-up, books, banks and budgets: when each kind of event fires, in both languages."""

from tequio.kernel.journal.kinds import Kind
from tequio.rules.reasons import Text

FIRES = {
    Kind.DUES_POLICY_ADOPTED: Text(en="a dues policy was adopted", es="se adoptó una política de cuotas"),
    Kind.PAYMENT_POLICY_ADOPTED: Text(en="a payment policy was adopted", es="se adoptó una política de pago"),
    Kind.RATE_GRANTED: Text(en="a rate of its own was granted", es="se concedió una cuota propia"),
    Kind.HOLD_GRANTED: Text(en="a hold was granted", es="se concedió una prórroga"),
    Kind.PLAN_AGREED: Text(en="a payment plan was agreed", es="se acordó un plan de pagos"),
    Kind.DUES_RUN_STARTED: Text(
        en="a dues run was confirmed and began", es="se confirmó y empezó una corrida de cuotas"
    ),
    Kind.DUES_RUN_FINISHED: Text(en="a dues run reached its end", es="terminó una corrida de cuotas"),
    Kind.DUES_RUN_STOPPED: Text(
        en="a dues run stopped because facts had moved", es="una corrida de cuotas se detuvo porque cambiaron los datos"
    ),
    Kind.DUES_RUN_UNDONE: Text(en="a dues run was undone", es="se deshizo una corrida de cuotas"),
    Kind.PAYMENT_RECEIVED: Text(en="a payment was entered", es="se registró un pago"),
    Kind.PAYMENT_REFUNDED: Text(en="money was given back", es="se devolvió dinero"),
    Kind.PAYMENT_VOIDED: Text(en="a payment entered by mistake was voided", es="se anuló un pago registrado por error"),
    Kind.INVOICE_WRITTEN_OFF: Text(en="the rest of an invoice was written off", es="se condonó el resto de un aviso"),
    Kind.INVOICE_CANCELLED: Text(
        en="an invoice made by mistake was cancelled", es="se canceló un aviso hecho por error"
    ),
    Kind.PERIOD_CLOSED: Text(en="a period of the books was closed", es="se cerró un periodo de los libros"),
    Kind.ENTRY_REVERSED: Text(en="an entry was reversed by another", es="un asiento se revirtió con otro"),
    Kind.FOLLOW_UP_POLICY_ADOPTED: Text(
        en="a follow-up policy was adopted", es="se adoptó una política de seguimiento"
    ),
    Kind.NOTICES_MADE: Text(
        en="steps of follow-up came due and were put down", es="se apuntaron pasos de seguimiento que ya tocaban"
    ),
    Kind.NOTICES_SENT: Text(en="notices about late dues went out", es="salieron recordatorios de cuotas atrasadas"),
    Kind.NOTICES_DROPPED: Text(
        en="notices that were no longer due were dropped", es="se descartaron recordatorios que ya no tocaban"
    ),
    Kind.NOTICE_CAME_BACK: Text(en="something that was sent came back", es="regresó algo que se había enviado"),
    Kind.NOTICES_RELEASED: Text(
        en="a person let notices to many go out", es="una persona dejó salir recordatorios a muchas membresías"
    ),
    Kind.NOTICES_REFUSED: Text(
        en="a person stopped notices to many", es="una persona detuvo recordatorios a muchas membresías"
    ),
    Kind.LETTERS_PRINTED: Text(en="letters were printed", es="se imprimieron cartas"),
    Kind.LETTERS_POSTED: Text(en="letters were posted", es="se llevaron cartas al correo"),
    Kind.CALL_ASKED: Text(en="somebody asked to call a member", es="se pidió llamar a una membresía"),
    Kind.CALL_MADE: Text(en="a member was called", es="se llamó a una membresía"),
    Kind.CALL_HOURS_ENTERED: Text(en="a caller's hours were entered", es="se registraron horas de quien llama"),
    Kind.PROMISE_MADE: Text(en="a member promised to pay on a day", es="una membresía prometió pagar en una fecha"),
    Kind.PROMISE_ENDED: Text(
        en="a promise was kept, broken or replaced", es="una promesa se cumplió, no se cumplió o se cambió"
    ),
    Kind.CLAIM_MADE: Text(en="a member said that it has paid", es="una membresía dijo que ya pagó"),
    Kind.CLAIM_SETTLED: Text(
        en="somebody looked for the money of a claim", es="alguien buscó el dinero de un aviso de pago"
    ),
    Kind.TASK_OPENED: Text(en="follow-up needs a person", es="el seguimiento necesita a una persona"),
    Kind.TASK_CLOSED: Text(en="a task of follow-up was done", es="se hizo una tarea de seguimiento"),
    Kind.MONEY_READ: Text(
        en="a center's money was read through a day", es="se revisó el dinero de un centro hasta un día"
    ),
    Kind.ACCOUNT_OPENED: Text(en="an account of the books was opened", es="se abrió una cuenta de los libros"),
    Kind.FUND_OPENED: Text(en="a fund was opened", es="se abrió un fondo"),
    Kind.BUDGET_DRAFTED: Text(en="a draft of a budget was written", es="se escribió un borrador de presupuesto"),
    Kind.BUDGET_PRESENTED: Text(
        en="a version of a budget was presented", es="se presentó una versión de un presupuesto"
    ),
    Kind.BUDGET_AMENDMENT_ASKED: Text(
        en="a change of a budget was asked for", es="se pidió un cambio a un presupuesto"
    ),
    Kind.BUDGET_AMENDMENT_WITHDRAWN: Text(
        en="a change of a budget is no longer asked for", es="ya no se pide un cambio a un presupuesto"
    ),
    Kind.BUDGET_AMENDED: Text(
        en="accepted amendments made a budget's next version", es="modificaciones aceptadas hicieron otra versión"
    ),
    Kind.BUDGET_ADOPTED: Text(en="a version of a budget came into force", es="entró en vigor una versión"),
    Kind.SCENARIO_SAVED: Text(en="a scenario of a budget was saved", es="se guardó un escenario de un presupuesto"),
    Kind.SITES_GUESSED: Text(
        en="somebody guessed anew about server sites", es="alguien estimó de nuevo sobre los sitios de servidores"
    ),
    Kind.SPENDING_LIMIT_SET: Text(
        en="it was set above which amount a second person approves",
        es="se fijó desde qué monto aprueba una segunda persona",
    ),
    Kind.BOOKING_ENTERED: Text(en="an expense or other income was entered", es="se registró un gasto u otro ingreso"),
    Kind.BOOKING_CHANGED: Text(
        en="an expense or other income was changed before it was posted",
        es="se cambió un gasto u otro ingreso antes de asentarlo",
    ),
    Kind.BOOKING_POSTED: Text(en="an expense or other income was posted", es="se asentó un gasto u otro ingreso"),
    Kind.BOOKING_ENDED: Text(
        en="an expense or other income was refused or thrown away", es="se rechazó o descartó un gasto u otro ingreso"
    ),
    Kind.BOOKING_REVERSED: Text(en="an expense or other income was reversed", es="se revirtió un gasto u otro ingreso"),
    Kind.RECEIPT_ADDED: Text(en="a receipt was added", es="se agregó un comprobante"),
    Kind.INCOME_EXPECTED: Text(en="income is expected", es="se espera un ingreso"),
    Kind.EXPECTED_INCOME_CHANGED: Text(
        en="expected income was confirmed, settled, received or lost",
        es="un ingreso esperado se confirmó, precisó, recibió o perdió",
    ),
    Kind.TRANSFER_SENT: Text(en="money was sent to the other center", es="se envió dinero al otro centro"),
    Kind.TRANSFER_RECEIVED: Text(en="money from the other center arrived", es="llegó dinero del otro centro"),
    Kind.BANK_ACCOUNT_OPENED: Text(en="a bank account was entered", es="se registró una cuenta bancaria"),
    Kind.BANK_ACCOUNT_CHANGED: Text(
        en="a bank account's numbers or columns were changed",
        es="se cambiaron números o columnas de una cuenta bancaria",
    ),
    Kind.STATEMENT_IMPORTED: Text(en="a bank statement was imported", es="se importó un estado de cuenta"),
    Kind.LINE_MATCHED: Text(
        en="a person said whose money a bank line is", es="una persona dijo de quién es un movimiento del banco"
    ),
    Kind.MATCH_REFUSED: Text(en="a person refused a suggested match", es="una persona rechazó una asignación sugerida"),
    Kind.MATCH_UNDONE: Text(en="a match was undone", es="se deshizo una asignación"),
    Kind.LINE_SET_ASIDE: Text(
        en="a bank line was set aside: nobody's dues", es="se apartó un movimiento del banco: no son cuotas"
    ),
    Kind.PROVIDER_SWITCHED: Text(
        en="a payment service was switched on or off", es="se encendió o apagó un servicio de pago"
    ),
    Kind.LINK_REVOKED: Text(en="an invoice's link was revoked", es="se revocó el enlace de un aviso"),
    Kind.LINK_RENEWED: Text(en="an invoice got a new link", es="un aviso recibió un enlace nuevo"),
    Kind.PROOF_HANDED_IN: Text(
        en="a proof of a transfer was handed in", es="se entregó un comprobante de transferencia"
    ),
    Kind.LINE_BROUGHT_BACK: Text(
        en="a bank line that was set aside waits again", es="un movimiento apartado vuelve a esperar respuesta"
    ),
    Kind.QUIET_DAY_SET: Text(en="a day without reminders was set", es="se marcó un día sin recordatorios"),
    Kind.AMENDMENT_ASKED: Text(en="an amendment was asked for", es="se pidió una modificación"),
    Kind.AMENDMENT_ACCEPTED: Text(en="the sponsor accepted amendments", es="quien propone aceptó modificaciones"),
    Kind.AMENDMENT_ADOPTED: Text(en="a vote adopted amendments", es="una votación adoptó modificaciones"),
    Kind.AMENDMENT_REJECTED: Text(en="amendments were not accepted", es="no se aceptaron modificaciones"),
    Kind.AMENDMENT_WITHDRAWN: Text(en="an amendment was withdrawn", es="se retiró una modificación"),
}
