"""Every kind of event in one place, each with a sentence in both languages saying when it fires."""

from enum import StrEnum

from tequio.rules.reasons import Text


class Kind(StrEnum):
    """What the journal knows to have happened."""

    CENTER_OPENED = "center.opened"
    CENTER_CHANGED = "center.changed"
    DECISION_RECORDED = "decision.recorded"
    BODY_FOUNDED = "body.founded"
    BODY_CHANGED = "body.changed"
    BODY_ENDED = "body.ended"
    MANDATE_ADOPTED = "body.mandate_adopted"
    DECISION_RULE_ADOPTED = "body.rule_adopted"
    SEAT_OPENED = "body.seat_opened"
    SEAT_CLOSED = "body.seat_closed"
    TERM_BEGAN = "body.term_began"
    TERM_ENDED = "body.term_ended"
    SITTING_PLANNED = "body.sitting_planned"
    SITTING_CANCELLED = "body.sitting_cancelled"
    SITTING_MOVED = "body.sitting_moved"
    PLACE_OPENED = "meeting.place_opened"
    MEETING_PLANNED = "meeting.planned"
    MEETING_MOVED = "meeting.moved"
    MEETING_CANCELLED = "meeting.cancelled"
    MEETING_RECORDED = "meeting.recorded"
    NOTES_WRITTEN = "notes.written"
    NOTES_TRANSLATED = "notes.translated"
    NOTES_REVIEWED = "notes.translation_reviewed"
    NOTES_SEEN_SET = "notes.seen_set"
    NOTES_MARKED = "notes.marked"
    NOTES_UNMARKED = "notes.unmarked"
    NOTES_BROUGHT = "notes.brought_in"
    NOTES_PUT = "notes.put_to_meeting"
    NOTES_ANSWERED = "notes.candidate_answered"
    NOTES_REMOVED = "notes.file_removed"
    MINUTES_PUT_FORWARD = "minutes.put_forward"
    MINUTES_APPROVED = "minutes.approved"
    MEETING_OPENED = "meeting.opened"
    MEETING_CLOSED = "meeting.closed"
    MEETING_STEP_UNDONE = "meeting.step_undone"
    AGENDA_CHANGED = "meeting.agenda_changed"
    AGENDA_ITEM_TAKEN_UP = "meeting.item_taken_up"
    AGENDA_ITEM_CLOSED = "meeting.item_closed"
    AGENDA_BY_RULE = "meeting.agenda_by_rule"
    ITEM_SUGGESTED = "meeting.item_suggested"
    SUGGESTION_ANSWERED = "meeting.suggestion_answered"
    DOCUMENT_ADDED = "meeting.document_added"
    DOCUMENT_REMOVED = "meeting.document_removed"
    ATTENDANCE_ENTERED = "meeting.attendance_entered"
    ATTENDANCE_CORRECTED = "meeting.attendance_corrected"
    QUORUM_STATED = "meeting.quorum_stated"
    SPEAKER_LISTED = "meeting.speaker_listed"
    SPEAKER_TURN = "meeting.speaker_turn"
    MEETING_CHANGED = "meeting.changed"
    MEETING_CALLED = "meeting.called"
    PLACE_CLOSED = "meeting.place_closed"
    SERIES_CREATED = "meeting.series_created"
    SERIES_CHANGED = "meeting.series_changed"
    FEED_KEY_MADE = "meeting.feed_key_made"
    FEED_KEY_REVOKED = "meeting.feed_key_revoked"
    INTERPRETER_SIGNED_UP = "meeting.interpreter_signed_up"
    INTERPRETER_WITHDREW = "meeting.interpreter_withdrew"
    INTERPRETER_HOURS = "meeting.interpreter_hours"
    PRIORITIES_RANKED = "body.priorities_ranked"
    VOTE_OPENED = "vote.opened"
    BALLOT_CAST = "vote.ballot_cast"
    BALLOTS_ENTERED = "vote.ballots_entered"
    VOTE_CLOSED = "vote.closed"
    DECISION_TAKEN = "decision.taken"
    EFFECTS_CONFIRMED = "decision.effects_confirmed"
    EFFECTS_APPLIED = "decision.effects_applied"
    EFFECTS_STOPPED = "decision.effects_stopped"
    EFFECT_DROPPED = "decision.effect_dropped"
    ACTION_OPENED = "decision.task_opened"
    ACTION_HANDED_OVER = "decision.task_handed_over"
    ACTION_CLOSED = "decision.task_closed"
    DUES_POLICY_ADOPTED = "dues.policy_adopted"
    PAYMENT_POLICY_ADOPTED = "dues.payment_policy_adopted"
    RULE_BOOK_LOADED = "rules.book_loaded"
    MEMBERS_IMPORTED = "members.imported"
    MEMBER_CHANGED = "member.changed"
    MEMBER_LEFT = "member.left"
    MEMBER_REJOINED = "member.rejoined"
    MEMBERS_MERGED = "members.merged"
    MERGE_UNDONE = "members.merge_undone"
    CONTACT_LOGGED = "member.contact_logged"
    RATE_GRANTED = "dues.rate_granted"
    HOLD_GRANTED = "dues.hold_granted"
    PLAN_AGREED = "dues.plan_agreed"
    DUES_RUN_STARTED = "dues.run_started"
    DUES_RUN_FINISHED = "dues.run_finished"
    DUES_RUN_STOPPED = "dues.run_stopped"
    DUES_RUN_UNDONE = "dues.run_undone"
    PAYMENT_RECEIVED = "payment.received"
    PAYMENT_REFUNDED = "payment.refunded"
    PAYMENT_VOIDED = "payment.voided"
    INVOICE_WRITTEN_OFF = "invoice.written_off"
    INVOICE_CANCELLED = "invoice.cancelled"
    STANDING_CHANGED = "standing.changed"
    PERIOD_CLOSED = "ledger.period_closed"
    ENTRY_REVERSED = "ledger.entry_reversed"
    TICK = "instance.tick"
    MAIL_ENQUEUED = "mail.enqueued"
    MAIL_FAILED = "mail.failed"
    MAIL_CANCELLED = "mail.cancelled"
    MAIL_RETRIED = "mail.retried"
    MAIL_SENDING_ASKED = "mail.sending_asked"
    PERSON_ADDED = "person.added"
    ROLE_GRANTED = "person.role_granted"
    ROLE_TAKEN = "person.role_taken"
    ACCOUNT_CLOSED = "person.account_closed"
    MEMBER_ACCESS_GIVEN = "member.access_given"
    MEMBER_ACCESS_TAKEN = "member.access_taken"
    MAPPING_SAVED = "members.mapping_saved"
    FOLLOW_UP_POLICY_ADOPTED = "follow_up.policy_adopted"
    NOTICES_MADE = "follow_up.notices_made"
    NOTICES_SENT = "follow_up.notices_sent"
    NOTICES_DROPPED = "follow_up.notices_dropped"
    NOTICE_CAME_BACK = "follow_up.notice_came_back"
    NOTICES_RELEASED = "follow_up.notices_released"
    NOTICES_REFUSED = "follow_up.notices_refused"
    LETTERS_PRINTED = "follow_up.letters_printed"
    LETTERS_POSTED = "follow_up.letters_posted"
    CALL_ASKED = "follow_up.call_asked"
    CALL_MADE = "follow_up.call_made"
    CALL_HOURS_ENTERED = "follow_up.hours_entered"
    PROMISE_MADE = "follow_up.promise_made"
    PROMISE_ENDED = "follow_up.promise_ended"
    CLAIM_MADE = "follow_up.claim_made"
    CLAIM_SETTLED = "follow_up.claim_settled"
    TASK_OPENED = "follow_up.task_opened"
    TASK_CLOSED = "follow_up.task_closed"
    MONEY_READ = "follow_up.money_read"
    QUIET_DAY_SET = "follow_up.quiet_day_set"
    PROPOSAL_DRAFTED = "proposal.drafted"
    PROPOSAL_CHANGED = "proposal.changed"
    PROPOSAL_CIRCULATED = "proposal.circulated"
    PROPOSAL_PRIORITY_SET = "proposal.priority_set"
    PROPOSAL_WITHDRAWN = "proposal.withdrawn"
    PROPOSAL_DIVIDED = "proposal.divided"
    PROPOSAL_UNDIVIDED = "proposal.undivided"
    PROPOSAL_DIVISION_LAPSED = "proposal.division_lapsed"
    PROPOSAL_HANDED_OVER = "proposal.handed_over"
    PROPOSAL_DELAYED = "proposal.delayed"
    PROPOSAL_PLACED = "proposal.placed"
    PROPOSAL_CAME_BACK = "proposal.came_back"
    PROPOSAL_COMMENTED = "proposal.commented"
    POSITION_TAKEN = "proposal.position_taken"
    FILE_ATTACHED = "proposal.file_attached"
    FILE_REMOVED = "proposal.file_removed"
    AMENDMENT_ASKED = "amendment.asked"
    AMENDMENT_ACCEPTED = "amendment.accepted"
    AMENDMENT_ADOPTED = "amendment.adopted"
    AMENDMENT_REJECTED = "amendment.rejected"
    AMENDMENT_WITHDRAWN = "amendment.withdrawn"
    ACCOUNT_OPENED = "ledger.account_opened"
    FUND_OPENED = "ledger.fund_opened"
    BUDGET_DRAFTED = "budget.drafted"
    BUDGET_PRESENTED = "budget.presented"
    BUDGET_AMENDMENT_ASKED = "budget.amendment_asked"
    BUDGET_AMENDMENT_WITHDRAWN = "budget.amendment_withdrawn"
    BUDGET_AMENDED = "budget.amended"
    BUDGET_ADOPTED = "budget.adopted"
    SCENARIO_SAVED = "budget.scenario_saved"
    SITES_GUESSED = "budget.sites_guessed"
    SPENDING_LIMIT_SET = "booking.limit_set"
    BOOKING_ENTERED = "booking.entered"
    BOOKING_CHANGED = "booking.changed"
    BOOKING_POSTED = "booking.posted"
    BOOKING_ENDED = "booking.ended"
    BOOKING_REVERSED = "booking.reversed"
    RECEIPT_ADDED = "booking.receipt_added"
    INCOME_EXPECTED = "income.expected"
    EXPECTED_INCOME_CHANGED = "income.changed"
    TRANSFER_SENT = "transfer.sent"
    TRANSFER_RECEIVED = "transfer.received"
    BANK_ACCOUNT_OPENED = "banking.account_opened"
    BANK_ACCOUNT_CHANGED = "banking.account_changed"
    STATEMENT_IMPORTED = "banking.statement_imported"
    LINE_MATCHED = "banking.line_matched"
    MATCH_REFUSED = "banking.match_refused"
    MATCH_UNDONE = "banking.match_undone"
    LINE_SET_ASIDE = "banking.line_set_aside"
    LINE_BROUGHT_BACK = "banking.line_brought_back"
    PROVIDER_SWITCHED = "banking.provider_switched"
    BAND_CORRECTED = "member.band_corrected"
    CONTACT_CORRECTED = "member.contact_corrected"
    LINK_REVOKED = "invoice.link_revoked"
    LINK_RENEWED = "invoice.link_renewed"
    PROOF_HANDED_IN = "payment.proof_handed_in"
    SERVICE_OFFERED = "services.offered"
    SERVICE_TERMS_ADOPTED = "services.terms_adopted"
    SERVICES_SET = "services.settings_changed"
    SERVICES_CHANGED = "services.changed"
    SERVICE_ACCOUNT_OPENED = "services.account_opened"
    SERVICE_ACCOUNT_CLOSED = "services.account_closed"
    SERVICE_ACCOUNT_REOPENED = "services.account_reopened"
    SERVICE_ACCOUNT_HANDED_OVER = "services.account_handed_over"
    SERVICE_KEY_MADE = "services.key_made"
    SERVICE_KEYS_REVOKED = "services.keys_revoked"
    SERVICE_QUOTA_SET = "services.quota_set"
    SERVICE_EXCEPTION_GRANTED = "services.exception_granted"
    SERVICE_EXCEPTION_ENDED = "services.exception_ended"
    SERVICES_LENT = "services.lent"
    SERVICES_LOAN_ENDED = "services.loan_ended"
    BULK_SUSPENSION_STOPPED = "services.bulk_stopped"
    BULK_SUSPENSION_SEEN = "services.bulk_seen"
    BULK_SUSPENSION_LET_GO = "services.bulk_let_go"
    BULK_SUSPENSION_DROPPED = "services.bulk_dropped"
    APPLICATION_REGISTERED = "services.application_registered"
    APPLICATION_KEY_RENEWED = "services.application_key_renewed"
    APPLICATION_CLOSED = "services.application_closed"
    APPLICATION_ENTERED = "services.application_entered"
    SERVICE_PERSON_NAMED = "services.person_named"
    WAVE_BEGUN = "moving.wave_begun"
    MOVING_ADDED = "moving.mailbox_added"
    MOVING_STEP = "moving.step_taken"
    MOVING_REMINDED = "moving.reminded"
    MOVING_UNDONE = "moving.undone"
    BALANCE_BROUGHT = "moving.balance_brought"
    EXPORT_OFFERED = "services.export_offered"
    EXPORT_OFFER_WITHDRAWN = "services.export_offer_withdrawn"
    SERVICES_REMOVED = "services.removed"
    SERVICE_JOB_TAKEN = "services.job_taken"
    SERVICE_JOB_RETRIED = "services.job_retried"
    SERVICE_JOB_BY_HAND = "services.job_by_hand"
    DRIFT_SET_ASIDE = "services.drift_set_aside"


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
    Kind.PLACE_OPENED: Text(en="a place to meet was put down", es="se apuntó un lugar de reunión"),
    Kind.MEETING_PLANNED: Text(en="a meeting was planned", es="se planeó una reunión"),
    Kind.MEETING_MOVED: Text(en="a meeting was put to another hour", es="se cambió de hora una reunión"),
    Kind.MEETING_CANCELLED: Text(en="a meeting was cancelled", es="se canceló una reunión"),
    Kind.MEETING_RECORDED: Text(en="a meeting that was held was put down", es="se apuntó una reunión que ya se hizo"),
    Kind.NOTES_WRITTEN: Text(en="notes of an item were written", es="se escribieron notas de un punto"),
    Kind.NOTES_TRANSLATED: Text(en="notes were translated", es="se tradujeron notas"),
    Kind.NOTES_REVIEWED: Text(en="a translation of notes was reviewed", es="se revisó una traducción de notas"),
    Kind.NOTES_SEEN_SET: Text(
        en="it was set who sees a body's notes", es="se fijó quién ve las notas de una instancia"
    ),
    Kind.NOTES_MARKED: Text(en="a line of notes was made a record", es="una línea de notas se volvió un registro"),
    Kind.NOTES_UNMARKED: Text(
        en="a line of notes no longer leads to a record", es="una línea de notas ya no lleva a un registro"
    ),
    Kind.NOTES_BROUGHT: Text(en="a file of notes was brought in", es="se trajo un archivo de notas"),
    Kind.NOTES_PUT: Text(
        en="the notes of a file were put to a meeting", es="las notas de un archivo se unieron a una reunión"
    ),
    Kind.NOTES_ANSWERED: Text(
        en="what notes may say was confirmed or dismissed", es="se confirmó o descartó lo que unas notas pueden decir"
    ),
    Kind.NOTES_REMOVED: Text(en="a file of notes was taken away", es="se quitó un archivo de notas"),
    Kind.MINUTES_PUT_FORWARD: Text(en="minutes were put forward", es="se presentó una minuta"),
    Kind.MINUTES_APPROVED: Text(en="minutes were approved", es="se aprobó una minuta"),
    Kind.MEETING_OPENED: Text(en="a meeting was opened", es="se abrió una reunión"),
    Kind.MEETING_CLOSED: Text(en="a meeting was closed", es="se cerró una reunión"),
    Kind.MEETING_STEP_UNDONE: Text(
        en="the opening or closing of a meeting was undone", es="se deshizo la apertura o el cierre de una reunión"
    ),
    Kind.AGENDA_CHANGED: Text(en="a person changed an agenda", es="una persona cambió un orden del día"),
    Kind.AGENDA_ITEM_TAKEN_UP: Text(
        en="an item of an agenda was taken up", es="se empezó a tratar un punto del orden del día"
    ),
    Kind.AGENDA_ITEM_CLOSED: Text(
        en="an item of an agenda was closed, or opened again", es="se cerró o se reabrió un punto del orden del día"
    ),
    Kind.AGENDA_BY_RULE: Text(
        en="items came on an agenda or left it by rule", es="entraron o salieron puntos del orden del día por regla"
    ),
    Kind.ITEM_SUGGESTED: Text(
        en="somebody suggested an item for an agenda", es="alguien sugirió un punto para un orden del día"
    ),
    Kind.SUGGESTION_ANSWERED: Text(
        en="a suggestion for an agenda was accepted or declined",
        es="se aceptó o se declinó una sugerencia para un orden del día",
    ),
    Kind.DOCUMENT_ADDED: Text(en="a document was added to a meeting", es="se agregó un documento a una reunión"),
    Kind.DOCUMENT_REMOVED: Text(en="a document of a meeting was removed", es="se quitó un documento de una reunión"),
    Kind.ATTENDANCE_ENTERED: Text(
        en="it was entered that somebody is at a meeting, or left",
        es="se anotó que alguien está en una reunión o salió",
    ),
    Kind.ATTENDANCE_CORRECTED: Text(en="an attendance was corrected", es="se corrigió una asistencia"),
    Kind.QUORUM_STATED: Text(en="the quorum of a body was stated", es="se declaró el quórum de una instancia"),
    Kind.SPEAKER_LISTED: Text(
        en="somebody asked to speak, or no longer does", es="alguien pidió la palabra o ya no la pide"
    ),
    Kind.SPEAKER_TURN: Text(en="a turn to speak began or ended", es="empezó o terminó un turno"),
    Kind.MEETING_CHANGED: Text(
        en="the bodies, the places or the name of a meeting changed",
        es="cambiaron las instancias, los lugares o el nombre de una reunión",
    ),
    Kind.MEETING_CALLED: Text(en="the call of a meeting went out", es="salió la convocatoria de una reunión"),
    Kind.PLACE_CLOSED: Text(en="a place to meet was given up", es="se dejó un lugar de reunión"),
    Kind.SERIES_CREATED: Text(en="a series of meetings began", es="empezó una serie de reuniones"),
    Kind.SERIES_CHANGED: Text(
        en="the terms of a series of meetings changed, or it ended",
        es="cambiaron las condiciones de una serie de reuniones, o terminó",
    ),
    Kind.FEED_KEY_MADE: Text(
        en="somebody made an address for a calendar", es="alguien creó una dirección para su calendario"
    ),
    Kind.FEED_KEY_REVOKED: Text(
        en="an address for a calendar was revoked", es="se revocó una dirección para un calendario"
    ),
    Kind.INTERPRETER_SIGNED_UP: Text(
        en="somebody signed up to interpret at a meeting", es="alguien se apuntó para interpretar en una reunión"
    ),
    Kind.INTERPRETER_WITHDREW: Text(
        en="somebody will not interpret at a meeting after all", es="alguien ya no va a interpretar en una reunión"
    ),
    Kind.INTERPRETER_HOURS: Text(
        en="the time somebody interpreted was written down", es="se apuntó el tiempo que alguien interpretó"
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
    Kind.DUES_POLICY_ADOPTED: Text(en="a dues policy was adopted", es="se adoptó una política de cuotas"),
    Kind.PAYMENT_POLICY_ADOPTED: Text(en="a payment policy was adopted", es="se adoptó una política de pago"),
    Kind.RULE_BOOK_LOADED: Text(en="a rule book was loaded on a page", es="se cargó un reglamento en una página"),
    Kind.MEMBERS_IMPORTED: Text(en="a member roll was imported", es="se importó un padrón"),
    Kind.MEMBER_CHANGED: Text(en="a member's data were changed", es="se cambiaron datos de una membresía"),
    Kind.MEMBER_LEFT: Text(en="a membership ended", es="terminó una membresía"),
    Kind.MEMBER_REJOINED: Text(en="a former member came back", es="volvió una membresía que se había ido"),
    Kind.MEMBERS_MERGED: Text(en="two entries for one member were merged", es="se unieron dos registros de un miembro"),
    Kind.MERGE_UNDONE: Text(en="a merge was undone", es="se deshizo una unión de registros"),
    Kind.CONTACT_LOGGED: Text(en="somebody tried to reach a member", es="alguien trató de contactar a una membresía"),
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
    Kind.STANDING_CHANGED: Text(en="a member's standing changed", es="cambió la situación de una membresía"),
    Kind.PERIOD_CLOSED: Text(en="a period of the books was closed", es="se cerró un periodo de los libros"),
    Kind.ENTRY_REVERSED: Text(en="an entry was reversed by another", es="un asiento se revirtió con otro"),
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
    Kind.BAND_CORRECTED: Text(
        en="a member's income band was corrected", es="se corrigió el rango de ingresos de una membresía"
    ),
    Kind.CONTACT_CORRECTED: Text(
        en="a member corrected whom to reach from its link", es="una membresía corrigió su contacto desde su enlace"
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
    Kind.AMENDMENT_ASKED: Text(en="an amendment was asked for", es="se pidió una modificación"),
    Kind.AMENDMENT_ACCEPTED: Text(en="the sponsor accepted amendments", es="quien propone aceptó modificaciones"),
    Kind.AMENDMENT_ADOPTED: Text(en="a vote adopted amendments", es="una votación adoptó modificaciones"),
    Kind.AMENDMENT_REJECTED: Text(en="amendments were not accepted", es="no se aceptaron modificaciones"),
    Kind.AMENDMENT_WITHDRAWN: Text(en="an amendment was withdrawn", es="se retiró una modificación"),
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
