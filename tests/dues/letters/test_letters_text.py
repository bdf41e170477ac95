"""What letters say, in both languages: everything a person needs, the same in both twins, nothing smuggled in."""

from dataclasses import fields, is_dataclass, replace
from datetime import date

import pytest
from tests.kernel.mail.twins import parsed, words_of_html, words_of_text

from tequio.dues.letters import about, kinds, samples
from tequio.dues.letters.writing import compose
from tequio.kernel.mail.composing import Points
from tequio.kernel.mail.kinds import kind_of
from tequio.rules.reasons import Text

SAMPLES = samples.samples()
SAID = {
    "en": {
        "next": "What happens next",
        "pay": "How to pay",
        "reference": "Reference: RF",
        "time": "If you cannot pay it now",
        "thanks": "Thank you. What each of us puts in",
    },
    "es": {
        "next": "Qué sigue",
        "pay": "Cómo pagar",
        "reference": "Referencia: RF",
        "time": "Si por ahora no se puede",
        "thanks": "Muchas gracias. Lo que cada quien aporta",
    },
}
HOSTILE = "<script>x</script>\r\nBcc: all@example.org\u202e" + "x" * 10_000


def flat(composed):
    return " ".join(composed.text.split())


def facts_of(kind_class, language="en"):
    return next(f for f in samples._facts(language=language) if isinstance(f, kind_class))


def test_every_kind_is_shown_in_both_languages_and_every_form():
    codes = [kinds.INVOICE, kinds.RECEIPT, kinds.WRITTEN_OFF, kinds.OWN_RATE, kinds.PLAN, kinds.HOLD, kinds.CANCELLED]
    shown = {(kind, language) for kind, language, _ in SAMPLES}
    assert shown == {(code, language) for code in codes for language in ("en", "es")}
    assert [kind_of(code=code).code for code in codes] == codes
    assert len(SAMPLES) == 28


@pytest.mark.parametrize("number", range(len(SAMPLES)))
def test_text_and_html_say_the_same(number):
    _, language, mail = SAMPLES[number]
    assert words_of_html(mail.html) == words_of_text(mail.text)
    assert max(map(len, mail.text.splitlines())) <= 72
    assert ("html", "lang", language) in parsed(mail.html).attributes
    assert ("p", "lang", "es" if language == "en" else "en") in parsed(mail.html).attributes


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("position", range(14))
def test_whoever_owes_is_told_what_comes_next_how_to_pay_and_how_to_ask_for_time(language, position):
    """In this order, with thanks last; and whoever owes nothing reads none of it but the thanks."""
    facts = samples._facts(language=language)[position]
    words = flat(compose(facts=facts)[1])
    said = [SAID[language][name] in words for name in ("next", "pay", "reference", "time", "thanks")]
    assert said == [bool(facts.account.owed)] * 4 + [True]
    if facts.account.owed:
        places = [words.index(SAID[language][name]) for name in ("next", "pay", "time", "thanks")]
        assert places == sorted(places)


@pytest.mark.parametrize("number", range(len(SAMPLES)))
def test_no_member_is_a_customer_and_dues_are_no_price(number):
    words = flat(SAMPLES[number][2]).casefold()
    wrong = (
        "customer",
        "client",
        "price",
        "service fee",
        "overdue",
        "precio",
        "moroso",
        "tarifa",
        "deuda",
        "servicio al",
    )
    assert [word for word in wrong if word in words] == []


def test_both_languages_have_the_same_shape():
    english, spanish = ([(k, m) for k, lang, m in SAMPLES if lang == language] for language in ("en", "es"))
    for (kind, one), (other_kind, two) in zip(english, spanish, strict=True):
        assert (kind, [type(b) for b in one.blocks]) == (other_kind, [type(b) for b in two.blocks])


def test_an_invoice_says_what_is_owed_and_why_until_when():
    words = flat(compose(facts=facts_of(about.InvoiceFacts))[1])
    for said in (
        "Dear Dolores Whitfield,",
        "Your dues for the coming period are USD 200.00, due on 29 July 2016.",
        "Period: 29 July 2016 to 28 July 2017",
        "Membership dues 50.00 Operations and support (optional) 150.00 ------ To pay for this invoice 200.00",
        "Why this amount: Dues of 2016, in two parts (decided on 4 June 2016, Leadership Committee).",
        "29 August 2016: if something is still open then, the standing becomes “at risk”. Everything keeps working.",
        "28 October 2016: if something is still open then, services pause, but only after one of us has tried",
        "Incoming mail is kept for you.",
        "Pay to: Center in New York Amount: USD 200.00 Reference: RF52 US00 0412",
    ):
        assert said in words, said


def test_an_invoice_in_spanish_says_the_same_as_a_person_in_mexico_would():
    words = flat(compose(facts=facts_of(about.InvoiceFacts, "es"))[1])
    for said in (
        "Buen día, Itzel Barragán:",
        "Su cuota del nuevo periodo es de MXN 4,100.00 y vence el 29 de julio de 2016.",
        "Periodo: del 29 de julio de 2016 al 28 de julio de 2017",
        "Cuota de membresía 1,025.00 Operación y soporte (opcional) 3,075.00",
        "29 de agosto de 2016: si para entonces queda algo pendiente, la situación pasa a «en riesgo».",
        "Referencia: RF30 MX00 0157 Referencia numérica: 0001578",
    ):
        assert said in words, said


def test_an_invoice_with_earlier_dues_asks_for_the_sum_with_the_oldest_reference():
    facts = samples._facts(language="en")[1]
    words = flat(compose(facts=facts)[1])
    assert "Invoice US-000388, was due 2 May 2016 200.00 Invoice US-000412, due 29 July 2016 100.00" in words
    assert "To pay 300.00" in words
    assert "Amount: USD 300.00 Reference: RF21 US00 0388" in words
    assert "One payment for everything is enough; it settles the oldest first." in words
    assert "It is your reduced rate, 50 percent of the table." in words


def test_a_partial_payment_never_prints_the_full_sum_as_owed():
    facts = samples._facts(language="en")[4]
    words = flat(compose(facts=facts)[1])
    assert "Your payment of USD 50.00 arrived on 15 July 2016." in words
    assert "Invoice US-000412, USD 150.00 left 50.00" in words
    assert "Amount: USD 150.00" in words
    assert "200.00" not in words


def test_what_was_paid_too_much_is_credit_and_stays_theirs():
    words = flat(compose(facts=samples._facts(language="es")[5])[1])
    assert "A favor, para su próxima cuota 1,025.00" in words
    assert "Ese dinero sigue siendo suyo" in words


def test_a_plan_asks_for_the_instalment_not_for_the_sum():
    words = flat(compose(facts=facts_of(about.PlanFacts))[1])
    assert "Amount: USD 16.67 by 15 August 2016" in words
    assert "15 July 2017 16.66 ------ Together 200.00" in words


def test_a_due_day_that_has_passed_is_told_as_past():
    facts = facts_of(about.InvoiceFacts)
    late = replace(facts, account=replace(facts.account, on=date(2016, 8, 10)))
    mail = compose(facts=late)[1]
    assert "Of your dues USD 200.00 is open; it was due on 29 July 2016." in flat(mail)
    points = [item for block in mail.blocks if isinstance(block, Points) for item in block.items]
    assert [item[:15] for item in points] == ["29 August 2016:", "28 October 2016"]


def test_who_is_suspended_reads_how_to_be_back():
    facts = facts_of(about.ReceiptFacts)
    account = replace(facts_of(about.InvoiceFacts).account, paused=True, steps=())
    words = flat(compose(facts=replace(facts, account=account))[1])
    assert "Services are paused now. They work again as soon as what is owed is paid" in words


def test_what_a_center_says_of_its_account_takes_the_place_of_the_offer_to_send_it():
    facts = facts_of(about.InvoiceFacts, "es")
    ways = replace(facts.account.ways, told=(Text(en="Account 1", es="CLABE 000"),), address="Calle 1, Centro")
    words = flat(compose(facts=replace(facts, account=replace(facts.account, ways=ways)))[1])
    assert "Referencia numérica: 0001578 Dirección: Calle 1, Centro - CLABE 000" in words
    assert "una persona se los manda" not in words


@pytest.mark.parametrize("position", range(14))
def test_a_hostile_name_stays_a_name_on_one_line(position):
    facts = samples._facts(language="es")[position]
    to = replace(facts.to, name=HOSTILE, member=HOSTILE)
    _, mail = compose(facts=replace(facts, to=to))
    harmless = compose(facts=facts)[1]
    assert words_of_html(mail.html) == words_of_text(mail.text)
    assert set(parsed(mail.html).tags) == set(parsed(harmless.html).tags)
    assert mail.subject == harmless.subject
    assert "\u202e" not in mail.text + mail.html
    assert len(mail.text) < len(harmless.text) + 400
    assert [line for line in mail.text.splitlines() if line.startswith("Bcc")] == []


def test_nobody_s_name_is_in_a_subject_line():
    names = ("Dolores", "Whitfield", "Harbor", "Itzel", "Barragán", "Imprenta")
    assert [m.subject for _, _, m in SAMPLES if any(name in m.subject for name in names)] == []


def test_facts_are_frozen():
    for kind in (about.Account, about.Addressee, *about.AnyFacts.__args__):
        assert is_dataclass(kind)
        assert kind.__dataclass_params__.frozen
        assert fields(kind)
