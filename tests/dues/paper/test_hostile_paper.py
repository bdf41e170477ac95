"""Whatever people wrote comes out as text: no markup is obeyed, nothing is turned around, and no letter is refused."""

import unicodedata

import pytest
from tests.dues.doing import pay, run
from tests.dues.paper.reading import pages, placed
from tests.dues.paper.test_window import inside

from tequio.dues.models import Invoice, Payment
from tequio.dues.paper import batch_pdf, invoice_pdf, receipt_pdf
from tequio.dues.paper.plain_text import breakable, folded, one_line, several_lines
from tequio.kernel.paper import glyphs
from tequio.members.models import Contact, Member

MARKUP = [
    '#eval("1+1")',
    '#panic("out")',
    '#read("/etc/passwd")',
    "*bold* _it_ $x^2$",
    "@someone <label> `raw`",
    "= Heading",
    "<script>alert(1)</script>",
    "\\u{41} ~ -- ---",
    '"]} // not the end',
    "{{ 7*7 }} {% x %}",
    "'; DROP TABLE dues_invoice",
]
ODD = [
    "日本の会",
    "Ειρήνη Мир שלום سلام",
    "क्षत्रिय ไทย",
    "party 🎉👩‍👩‍👧",
    "a\u0301\u0302\u0303\u0489\u0941",
    "\u202eevil\u202c \u2066x\u2069",
    "\ufeff\u200b",
    "\ue000\uffff\ufdd0",
    "tab\there\nand\rthere\x0bnow",
    "",
    "Ⱥ" * 300,
]


def written(member, **contact):
    """What people wrote, straight into the tables, past whatever an import would refuse."""
    Member.objects.update(name=member)
    Contact.objects.update(**contact)


@pytest.mark.parametrize("text", MARKUP)
def test_markup_in_a_name_a_person_and_a_note_is_printed_as_it_is(members, text):
    members({"language": "en"})
    run()
    pay("M1", 20)
    written(text, name=text[:39])
    Payment.objects.update(note=text)
    (invoice,), (receipt,) = pages(invoice_pdf(number="US-000001")), pages(receipt_pdf(number="US-P-000001"))
    assert text in invoice
    assert f"Note {text}" in receipt


@pytest.mark.parametrize("text", ODD)
def test_letters_of_any_script_and_none_are_printed_or_stood_in_for(members, text):
    members({})
    run()
    written(text, name=text, street=text, city=text[:120], state=text[:120], postal_code=text[:20])
    (page,) = pages(invoice_pdf(number="US-000001"))
    assert "To pay USD 200.00" in page
    assert not [c for c in page if unicodedata.category(c) == "Cf"]


def test_what_no_font_has_is_a_square_and_what_one_has_is_itself(members):
    members({"member_name": "Círculo Мир 日本"})
    run()
    assert "Círculo Мир □□" in pages(invoice_pdf(number="US-000001"))[0]


def test_where_the_letters_together_cannot_be_drawn_latin_is_printed(members, monkeypatch):
    members({"member_name": "Círculo 日本"})
    run()
    monkeypatch.setattr(glyphs, "_known", {chr(c): True for c in range(0x10000)})
    assert "Círculo □□" in pages(invoice_pdf(number="US-000001"))[0]


def test_a_mark_that_turns_writing_around_cannot_touch_the_amount(members):
    members({})
    run()
    written("\u202eegap\u202d \u2067Coop", name="\u202e12")
    (page,) = pages(invoice_pdf(number="US-000001"))
    assert "egap Coop Attn: 12" in page
    assert "To pay USD 200.00" in page


@pytest.mark.parametrize("text", ["x" * 10_000, "W" * 300, "word " * 2_000, "日" * 10_000, "א" * 10_000])
def test_ten_thousand_characters_stay_on_one_page_and_in_the_window(members, text):
    members({"street": "s", "city": "c"})
    run()
    pay("M1", 20)
    written(text[:300], name=text[:300], street=text, city=text[:120], state=text[:120])
    Payment.objects.update(note=text[:300])
    Invoice.objects.update(cancelled_because=text[:300])
    pdf = batch_pdf(numbers=["US-000001"])
    assert len(pages(pdf)) == len(pages(receipt_pdf(number="US-P-000001"))) == 1
    assert all(left < 197 for _, left, *_ in placed(pdf))
    assert inside(pdf)


def test_text_is_made_plain():
    assert one_line(" a\tb\n\u202ec\x00 \u200d", most=10) == "a b c \u200d"
    assert one_line("e\u0301" * 3, most=10) == "ééé"
    assert one_line("1234567890a", most=10) == "123456789…"
    assert one_line("12345678 0a", most=10) == "12345678…"
    assert breakable("y" * 25, most=100) == "yyyyyyyyyyyy\u200byyyyyyyyyyyy\u200by"
    assert breakable("z" * 24, most=100) == "z" * 24
    assert folded("one two three four", width=9, lines=2) == ["one two", "three…"]
    assert several_lines(" a \n\n b\nc", width=9, lines=2) == ["a", "b"]
