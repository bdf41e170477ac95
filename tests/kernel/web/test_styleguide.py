"""The living styleguide: open to everybody, both languages, every component, the contrast as it is."""

import re

import pytest

from tequio.kernel.web.tokens import STYLE_SHEET, color_tokens, contrast


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "said"), [("en", "Twelve parts make every page"), ("es", "Doce piezas hacen cada página")]
)
def test_it_opens_for_everybody_in_both_languages(client, language, said):
    client.cookies["tequio_language"] = language
    page = client.get("/styleguide/").content.decode()
    assert (said in page, f'<html lang="{language}">' in page) == (True, True)


@pytest.mark.django_db
def test_it_shows_every_component_the_style_sheet_numbers(client):
    page = client.get("/styleguide/").content.decode()
    css = STYLE_SHEET.read_text(encoding="utf-8")
    numbered = [int(n) for n in re.findall(r"/\* (\d+) \w", css)]
    assert numbered == list(range(1, 13))
    assert [int(n) for n in re.findall(r"<h2>(\d+)\. ", page)] == numbered


@pytest.mark.django_db
def test_it_tells_each_color_with_its_contrast_in_both_themes(client):
    page = client.get("/styleguide/").content.decode()
    tokens = color_tokens()
    for name, token in tokens.items():
        row = page[page.index(f"<code>{name}</code>") :].partition("</tr>")[0]
        assert re.findall(r"<code>(#\w+)</code>", row) == [token.light, token.dark]
        assert re.findall(r'<td class="n">([\d.]+)</td>', row) == [
            f"{contrast(one=token.light, other=tokens['paper'].light):.1f}",
            f"{contrast(one=token.dark, other=tokens['paper'].dark):.1f}",
        ]


@pytest.mark.django_db
def test_no_style_is_written_into_it_and_no_id_stands_twice(client):
    page = client.get("/styleguide/").content.decode()
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert ("style=" in page, "<script" in page) == (False, False)
    assert sorted(ids) == sorted(set(ids))
