"""One content, two twins: the same words, figures that line up, and nothing anybody typed becomes markup."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.kernel.mail.twins import parsed, words_of_html, words_of_text

from tequio.kernel.mail.composing import Amount, Amounts, Composed, Facts, Heading, Link, Paragraph, Points
from tequio.kernel.mail.plain_text import name_in_line, one_line
from tequio.kernel.mail.trial import trial

HOSTILE = [
    "<script>alert(1)</script>",
    "Alma\r\nBcc: everybody@example.org",
    "Alma\u202etxt.exe\u2066\u200f",
    "x" * 10_000,
    "=HYPERLINK(1)",
    "</td></tr></table><img src=http://example.org/x>",
    '" onmouseover="x',
    "{body} %s {0}",
    "شركة الاختبار",
    "Ñandú 🌵",
]


def everything(text):
    return Composed(
        language="es",
        subject=f"Aviso {text}",
        blocks=(
            Paragraph(text=f"Buen día, {text}:"),
            Heading(text=text),
            Points(items=(f"uno {text}", "dos")),
            Facts(rows=((text, "valor"), ("nombre", text))),
            Amounts(caption=text, rows=(Amount(label=text, amount="1.00"),)),
            Link(label=text, url="https://example.org/a?b=1&c=2"),
            Paragraph(text=f"In English {text}", language="en"),
        ),
    )


def amounts(*rows):
    table = Amounts(caption="USD", rows=tuple(Amount(label=a, amount=b, is_total=c) for a, b, c in rows))
    return Composed(language="en", subject="x", blocks=(table,)).text


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_two_twins_say_the_same(language):
    mail = trial(language=language, sender="Centro <dues@example.org>")
    assert words_of_html(mail.html) == words_of_text(mail.text)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_is_text_in_both_twins(hostile):
    mail = everything(hostile)
    assert words_of_html(mail.html) == words_of_text(mail.text)
    tags = set(parsed(mail.html).tags)
    assert tags == set(parsed(everything("Alma").html).tags)
    assert one_line(hostile)[:9] in mail.text
    assert [mark for mark in "\u202e\u2066\u200f\r" if mark in mail.text + mail.html + mail.subject] == []
    assert "\n" not in mail.subject
    assert len(mail.subject) <= 150


@settings(max_examples=60, deadline=None)
@given(st.text())
def test_whatever_is_typed_the_twins_say_the_same_and_can_be_encoded(text):
    mail = everything(text)
    assert words_of_html(mail.html) == words_of_text(mail.text)
    (mail.text + mail.html + mail.subject).encode("utf-8")


def test_lines_are_at_most_72_wide_and_amounts_are_not_torn_apart():
    mail = Composed(language="en", subject="x", blocks=(Paragraph(text="word " * 13 + "abc USD\u00a01,234.50 due"),))
    lines = mail.text.splitlines()
    assert max(map(len, lines)) <= 72
    assert [line for line in lines if "USD" in line] == ["USD\u00a01,234.50 due"]


def test_figures_line_up_under_each_other_and_the_total_stands_under_a_line():
    text = amounts(("Membership dues", "50.00", False), ("Operations", "1,150.00", False), ("Sum", "1,200.00", True))
    assert text == (
        "USD\n"
        "Membership dues      50.00\n"
        "Operations        1,150.00\n"
        "                  --------\n"
        "Sum               1,200.00\n"
    )


def test_a_long_label_is_wrapped_and_its_figure_stands_on_its_last_line():
    lines = amounts(("word " * 30, "1.00", False), ("b", "22.00", True)).splitlines()
    assert {len(line) for line in lines if line.endswith("00")} == {72}
    assert max(map(len, lines)) == 72


def test_facts_stand_in_two_columns():
    mail = Composed(language="en", subject="x", blocks=(Facts(rows=(("Name", "Alma"), ("Reference", "RF 1"))),))
    assert mail.text == "Name:      Alma\nReference: RF 1\n"


def test_the_html_loads_nothing_runs_nothing_and_says_its_languages():
    page = parsed(everything("Alma").html)
    assert {"img", "script", "link", "style", "iframe", "form"} & set(page.tags) == set()
    names = {name for _, name, _ in page.attributes}
    assert {"src", "background", "class", "id", "onclick"} & names == set()
    assert [value for _, name, value in page.attributes if name == "href"] == ["https://example.org/a?b=1&c=2"]
    assert [value for _, name, value in page.attributes if name == "lang"] == ["es", "es", "en"]
    assert ("meta", "content", "light dark") in page.attributes
    styles = " ".join(value for _, name, value in page.attributes if name == "style")
    assert ("color" in styles, "url(" in styles) == (False, False)


def test_every_table_row_has_a_header_that_a_screen_reader_can_say():
    page = parsed(everything("Alma").html)
    rows = page.tags.count("tr")
    assert (page.tags.count("th"), page.attributes.count(("th", "scope", "row"))) == (rows, rows)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//example.org", "https://", "https://a b"])
def test_only_pages_can_be_linked_to(url):
    with pytest.raises(ValueError, match="http"):
        Link(label="x", url=url)


def test_a_name_in_a_sentence_is_cut_and_on_one_line():
    assert name_in_line(" Alma \n Ríos\u200f ") == "Alma Ríos"
    assert name_in_line("x" * 10_000) == "x" * 119 + "…"
