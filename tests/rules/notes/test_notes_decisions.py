"""Which sentences decide something, and how it ended; and those that only look like it."""

import pytest
from tests.rules.notes.reading_it import decided, sentences_found

from tequio.rules.notes.reading import read_notes

DECIDING = {
    # English
    "The treasurer's report was approved.": "approved",
    "Minutes approved unanimously.": "approved",
    "RESOLVED, that the secretary keep the keys.": "approved",
    "AGREED: use the old room until June": "approved",
    "Motion to buy a second kettle passed 5-2.": "approved",
    "M/S/C (Haddad/Lund) to adopt the calendar.": "approved",
    "Moved by Haddad, seconded by Lund: to adopt the calendar. Carried.": "approved",
    "Decision: we print the songbook ourselves": "approved",
    "It was decided that the choir meets on Mondays.": "approved",
    "No objections to the new opening hours.": "approved",
    "Consensus to keep the name.": "approved",
    "Rough consensus was reached on version two.": "approved",
    "The group voted to leave the federation.": "approved",
    "All in favor.": "approved",
    "Both plans approved with the proposed changes": "approved_with_modifications",
    "The bylaws were adopted as amended.": "approved_with_modifications",
    "The new fee scale is approved in principle.": "approved_in_principle",
    "We did not approve the loan.": "not_approved",
    "The motion to sell the piano failed 2-7.": "not_approved",
    "The amendment was defeated.": "not_approved",
    "The group decided not to renew the lease.": "not_approved",
    "The motion dies for lack of a second.": "not_approved",
    "The lease question was tabled.": "deferred",
    "Proposal to record the calls -- proposal tabled until a later date": "deferred",
    "The other stewards were voted back in, one abstained": "approved",
    "Last month's minutes pass": "approved",
    "Motion to defer the item carried.": "deferred",
    "The motion was withdrawn.": "withdrawn",
    "We are all in agreement to continue developing the puppet show.": "continue",
    "There was no quorum, so no votes were taken.": "no_quorum",
    "The roof question was referred to the finance committee.": "assigned",
    "Farida was elected treasurer.": "approved",
    "The assembly approved Farida as secretary.": "approved",
    "Values: 84 in favor, 2 against": "approved",
    "Everyone agreed that the mural looks great.": "approved",
    "Councillors voted that the proposal become a resolution.": "approved",
    "UNANIMOUS passing by show of hands": "approved",
    "i. Passes: 13-3-1": "approved",
    "a. Fails: 10-5-1": "not_approved",
    "The Senate tabled the question of the bell tower.": "deferred",
    "Allocated about $80 for paint": "approved",
    "Soup nights – agreed to cook outdoors in June": "approved",
    "On a show of hands Ilse took the chair.": "approved",
    "The committee will increase to nine seats.": "approved",
    "Rents will remain unchanged.": "approved",
    "MOTION 4: lend the trestle tables. Moved Ines, seconded Kofi. CARRIED.": "approved",
    "Motion withdrawn by Ines.": "withdrawn",
    "Buy the second loom. In favour: Ines, Kofi, Bo. Against: Ruth.": "approved",
    "Keep the goat. For: Ruth. Against: Ines, Kofi and Bo.": "not_approved",
    "Repaint the van (Ayes (5): Ines, Kofi, Bo, Mo, Al; Nays (1): Ruth)": "approved",
    "Lend the projector, +1 from Ines, Bo and Ruth": "approved",
    "Referred back to the rules committee": "assigned",
    # Spanish
    "Se acuerda abrir los sábados.": "approved",
    "Se acordó que la caja la lleva Toño.": "approved",
    "Se aprueba por unanimidad el informe.": "approved",
    "Acuerdo 3: la biblioteca presta dos libros por persona.": "approved",
    "Queda aprobado el calendario.": "approved",
    "Quedamos en que la olla se devuelve limpia.": "approved",
    "La asamblea decide cambiar de sede.": "approved",
    "Hay consenso en pintar la fachada.": "approved",
    "Nadie se opone a la propuesta.": "approved",
    "Por mayoría se decide comprar el horno.": "approved",
    "Acordamos cocinar por turnos.": "approved",
    "Votación: 12 a favor, 3 en contra, 2 abstenciones": "approved",
    "Se aprueba el presupuesto con las modificaciones propuestas.": "approved_with_modifications",
    "Se aprueba en lo general el nuevo reglamento.": "approved_in_principle",
    "No se aprobó el aumento.": "not_approved",
    "Se rechaza la oferta del casero.": "not_approved",
    "La propuesta no fue aprobada.": "not_approved",
    "Se decide no participar en la feria.": "not_approved",
    "El tema de la barda se pospone.": "deferred",
    "Se retira la propuesta de la rifa.": "withdrawn",
    "Se acuerda seguir trabajando en el guion.": "continue",
    "No hay quórum.": "no_quorum",
    "Se turna a la comisión de finanzas.": "assigned",
    "Se elige a Marisol como presidenta.": "approved",
    "Por unanimidad: barnizar las bancas.": "approved",
    "La renta del salón sube a 300 pesos.": "approved",
    "La cuota de julio se cobra en agosto.": "approved",
    "Se permite la venta de tamales en la entrada.": "approved",
    "Comprar el telar. A favor: Inés, Beto y Ruth. En contra: Saúl.": "approved",
    "Punto aprobado por unanimidad.": "approved",
    "Se traslada a la próxima reunión.": "deferred",
}
NOT_DECIDING = [
    # English: questions, what may be, what others did, what was, what is still to come.
    "Do we approve the budget?",
    "If the motion is approved, we need a second key.",
    "The budget would be approved by the members first.",
    "The board should approve the contract in writing.",
    "Lena proposes that the board adopt a calendar.",
    "The approved budget has a line for chairs.",
    "The city has not approved the permit.",
    "The budget still has to be approved.",
    "No decision was made.",
    "The following approved minutes are on the site already",
    "El equipo se comprometió a incorporar las mejoras acordadas.",
    "I don't like reviews being handled by consensus.",
    "The well will continue to be watched by the city.",
    "There was no consensus on the colour.",
    "How do we reach consensus in large groups?",
    "She said the committee might agree later.",
    "Once approved, the plan goes to the printer.",
    "An approved list of plumbers hangs in the hall.",
    "Her grandfather passed away in spring.",
    "The hat was passed around.",
    "I agree with Lena.",
    "As decided last year, the fee is paid in June.",
    "We talked about the agreement with the neighbours.",
    "Decision: none",
    "They were already elected in 2012.",
    "Agree to disagree on the curtains.",
    "Temperature check: is there consensus?",
    "Omar stated that the statutes of 1979 were good and that they were adopted properly.",
    "We were not quorate until seven.",
    "Ines has been nominated and that nomination was seconded.",
    "Lost the key to the pantry last week",
    # Spanish
    "¿Se aprueba el presupuesto?",
    "Si se aprueba, habrá que comprar otra llave.",
    "Propone que se apruebe un calendario.",
    "El presupuesto está por aprobarse.",
    "No hubo acuerdo sobre el color.",
    "Todavía no se ha decidido la fecha.",
    "Se acuerda de cuando el río llegaba hasta aquí.",
    "Según lo que se acordó en la asamblea anterior, la cuota se paga en junio.",
    "Se podría acordar otra cosa.",
    "Hay que aprobar el acta.",
    "Se informa que el municipio ya aprobó la obra.",
    "Tomar decisiones por consenso es lento.",
    "Quedamos pocas a esa hora.",
    "Primer acuerdo a alcanzar: dónde se guarda la leña.",
    "Hubo otros barrios que decidieron no venir.",
]


@pytest.mark.parametrize(("sentence", "outcome"), DECIDING.items(), ids=lambda value: value[:40])
def test_what_was_decided_and_how_it_ended(sentence, outcome):
    assert decided(sentence) == outcome


@pytest.mark.parametrize("sentence", NOT_DECIDING, ids=lambda value: value[:40])
def test_what_only_looks_like_a_decision_is_none(sentence):
    assert decided(sentence) is None


def test_what_moves_to_another_place_is_not_put_off():
    assert decided("La feria se traslada a la plaza por la lluvia.") == "approved"
    assert sentences_found("La feria se traslada a la plaza por la lluvia.\n", kinds={"deferral"}) == []


def test_an_approval_whose_details_come_next_time_is_in_principle():
    text = (
        "* Set up the new dues - this passes. A new proposal should be developed for the next meeting on how it works\n"
    )
    assert sentences_found(text) == [(1, "approved_in_principle")]
    assert sentences_found(text, kinds={"task"}) == [(1, None)]


def test_a_short_result_decides_the_proposal_above():
    text = "* Proposal: meet on Tuesdays\n* Some prefer Mondays\n* Passed unanimously.\n"
    assert sentences_found(text, kinds={"proposal"}) == [(1, "approved")]
    assert sentences_found(text) == [(1, "approved"), (3, "approved")]


def test_a_result_with_words_of_its_own_decides_no_proposal_above():
    text = "* Proposal to ask people for recipes\n* Tam likes soup\n* We did not approve a higher price for lunch\n"
    assert sentences_found(text) == [(3, "not_approved")]


def test_a_result_that_stands_alone_like_a_heading_is_found():
    text = "Meeting\n\nAgenda item 1\n\nThe path to the pond (Tam)\n\nTabled\n\nAgenda item 2\n\nA new broom\n"
    assert sentences_found(text) == [(7, "deferred")]


@pytest.mark.parametrize(
    "heading", ["Decisions", "DECISIONS MADE:", "Acuerdos", "3. Acuerdos tomados", "Resoluciones:"]
)
def test_what_stands_below_a_heading_of_decisions_is_one(heading):
    text = f"## {heading}\n\n- The shed gets a lock\n  - a small one\n- Ninguno\n- The key hangs at Rosa's\n"
    assert sentences_found(text) == [(3, "approved"), (6, "approved")]


def test_a_list_of_decisions_ends_where_paragraphs_go_on():
    text = (
        "CONSENSOS:\n\n  • El huerto abre los domingos\n  • Los turnos los hace Inés\n\n----\n\n"
        "Introducción de la tarde, con palabras de cada quien\n"
    )
    assert sentences_found(text) == [(3, "approved"), (4, "approved")]


def test_a_list_of_decisions_may_have_a_paragraph_before_it():
    text = "## Decisions\n\nThe evening was short.\n\n- The shed gets a lock\n- Keys hang at Rosa's\n"
    assert [line for line, _ in sentences_found(text)][-2:] == [5, 6]


@pytest.mark.parametrize("heading", ["Decision making", "Previous decisions", "Seguimiento de acuerdos", "Agenda"])
def test_other_headings_make_no_decision_of_what_stands_below(heading):
    assert sentences_found(f"## {heading}\n\n- The shed gets a lock\n- Minutes\n") == []


def test_a_label_above_bullets_says_what_they_are():
    text = "Kitchen\n\nAcuerdos:\n- Se lava los martes\n- El gas lo paga la caja\n\nOtra cosa que nadie decidió.\n"
    assert sentences_found(text) == [(4, "approved"), (5, "approved")]


def test_who_agrees_alone_decides_nothing():
    assert decided("Petra agreed to write to the mayor.") is None
    assert sentences_found("* Petra agreed to write to the mayor.\n", kinds={"task"}) == [(1, "assigned")]


def test_invisible_characters_hide_no_decision():
    assert decided("Se apro\u200bbó\u200f el acta.") == "approved"


def test_a_word_that_names_lists_elsewhere_is_a_result_where_nothing_stands_below_it():
    assert sentences_found("* Motion: buy the kettle\n* Approved\n") == [(1, "approved"), (2, "approved")]
    assert sentences_found("* Approved\n  * the kettle\n  * the lamp\n") == [(2, "approved"), (3, "approved")]


def test_a_guard_reaches_no_further_than_its_clause():
    assert decided("After discussing when to print the directory, the board decided to buy paper.") == "approved"
    assert decided("Approve minutes (please read them before the meeting) Approved.") == "approved"


def test_a_body_speaks_for_itself_where_a_person_does_not():
    said = "Ruth: Agreed.\nSal: I agree.\nAll: General agreement\nRuth: Agreed.\nSal: fine\n"
    assert sentences_found(said) == [(3, "approved")]
    resolved = "Ruth: any objection\nSal: none\nRESOLUTION: merge it\nRuth: next\nSal: yes\nSO RESOLVED\n"
    assert sentences_found(resolved) == [(3, "approved"), (6, "approved")]


def test_points_of_an_agenda_are_not_decided_yet_but_what_hangs_below_them_may_be():
    text = "## Agenda\n\n- Approved vendors\n- Key\n  - Put off until May\n  - We agreed to buy a key\n\n"
    text += "### Roof\n\n- no objections\n"
    assert sentences_found(text) == [(6, "approved"), (10, "approved")]
    assert sentences_found(text, kinds={"deferral"}) == [(5, "deferred")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Approved minutes for May 2015\n\nWe talked.\n", []),
        ("Acta de la séptima asamblea (Ratificada)\n\nHablamos.\n", []),
        ("Taller de loza\nActa 7 Aprobada: 3/4/15\n\nHablamos.\n", []),
        ("Minutes\n\n- Minutes of May approved\n", [(3, "approved")]),
    ],
)
def test_what_became_of_the_minutes_is_no_decision_of_the_meeting(text, found):
    assert sentences_found(text) == found


@pytest.mark.parametrize(
    "opening",
    [
        "The house needs a new start and to that end we made the following decisions:",
        "Luego de un largo intercambio de opiniones, la asamblea resolvió lo siguiente:",
        "After the reports the following motions were passed:",
    ],
)
def test_a_sentence_that_ends_with_a_colon_opens_a_list_of_decisions(opening):
    text = f"{opening}\n\n  1. The attic gets a lamp.\n  2. Rosa keeps the ladder.\n\nThe evening was warm.\n"
    assert sentences_found(text) == [(3, "approved"), (4, "approved")]


def test_a_sentence_that_opens_an_agenda_decides_nothing_of_what_follows():
    text = "Se reúne la junta con el aviso debido y el siguiente orden del día:\n\n  1. Acuerdo sobre la leña.\n"
    assert sentences_found(text) == []


def test_the_same_find_in_the_same_line_is_named_once():
    text = "Approved. We talked. Approved. That costs $5 and again $5.\n"
    kinds = [one.kind.value for one in read_notes(text=text).candidates]
    assert sorted(kinds) == ["amount", "decision"]


def test_what_comes_again_is_read_again_where_it_means_something_else():
    text = "* Approved\n* Motion: buy a lamp\n* Approved\n* Approved\n  * the lamp\n"
    assert sentences_found(text) == [(1, "approved"), (2, "approved"), (3, "approved"), (5, "approved")]


@pytest.mark.parametrize("ends", ["<br>", "<br/>", "<BR />"])
def test_a_break_behind_a_label_is_nothing_and_the_list_below_it_is_one_of_decisions(ends):
    text = f"# Acta\n\nAcuerdos tomados: {ends}\n- Comprar dos sillas\n- Cerrar los lunes\n"
    assert sentences_found(text) == [(4, "approved"), (5, "approved")]


@pytest.mark.parametrize("line", ["- [ ] FAILED", "- [ ] Approved", "4. Acuerdos adoptados"])
def test_an_empty_box_of_a_form_and_the_name_of_a_list_decide_nothing(line):
    assert sentences_found(f"# Notes\n\n{line}\n\nIt rained on the roof.\n") == []
