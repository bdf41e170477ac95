"""Every color can be told from what it stands on, in both themes: computed from the style sheet itself."""

import re

import pytest

from tequio.kernel.web.styleguide import MEANINGS, SHAPE, TEXT
from tequio.kernel.web.tokens import STYLE_SHEET, THEMES, color_tokens, contrast

GROUNDS = ("paper", "shade")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#000000", "#FFFFFF", 21.0),
        ("#FFFFFF", "#FFFFFF", 1.0),
        ("#777777", "#FFFFFF", 4.48),
        ("#FFFFFF", "#0000FF", 8.59),
        ("#FF0000", "#FFFFFF", 4.0),
    ],
)
def test_contrast_is_what_the_guideline_s_own_figures_say(one, other, expected):
    assert round(contrast(one=one, other=other), 2) == expected
    assert contrast(one=one, other=other) == contrast(one=other, other=one)


def test_every_color_of_the_style_sheet_has_a_meaning_and_no_other_does():
    assert list(color_tokens()) == list(MEANINGS)


def test_no_color_is_written_beside_the_tokens_but_the_white_under_a_code_to_scan():
    """A color that is no token would be of one theme only, and nobody would work out its contrast."""
    css = STYLE_SHEET.read_text(encoding="utf-8")
    screen = css[css.index("@layer ground {") : css.index("@layer paper {")]
    assert re.findall(r"#[0-9A-Fa-f]{3,8}\b|\brgba?\(|\bhsla?\(|\boklch\(", screen) == ["#fff"]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", GROUNDS)
def test_text_and_shapes_stand_out_from_the_page_and_from_a_row_under_the_pointer(theme, ground):
    tokens = color_tokens()
    behind = tokens[ground].in_theme(theme)
    weak = {
        name: round(contrast(one=tokens[name].in_theme(theme), other=behind), 2)
        for name, (_, needs) in MEANINGS.items()
        if needs is not None and contrast(one=tokens[name].in_theme(theme), other=behind) < needs
    }
    assert weak == {}


@pytest.mark.parametrize("theme", THEMES)
def test_the_words_on_buttons_and_on_dark_bands_can_be_read(theme):
    tokens = {name: token.in_theme(theme) for name, token in color_tokens().items()}
    assert [g for g in ("brick", "ink") if contrast(one=tokens["paper"], other=tokens[g]) < TEXT] == []


def test_words_are_only_ever_set_in_colors_for_text():
    css = STYLE_SHEET.read_text(encoding="utf-8")
    used = set(re.findall(r"(?<![-\w])color:\s*var\(--([a-z]+)\)", css))
    allowed = {name for name, (_, needs) in MEANINGS.items() if needs == TEXT}
    assert used - allowed == {"paper"}  # on brick and on ink, see above


def test_controls_have_an_edge_that_can_be_seen():
    css = STYLE_SHEET.read_text(encoding="utf-8")
    rule = re.search(r"input, select, textarea \{([^}]*)\}", css).group(1)
    edges = set(re.findall(r"border[a-z-]*:[^;]*var\(--([a-z]+)\)", rule))
    assert edges == {"edge", "ink"}
    assert all(MEANINGS[name][1] >= SHAPE for name in edges)


def test_a_token_is_read_in_both_themes():
    found = color_tokens(css=":root { --ink: light-dark(#010203, #AABBCC); --gap: .75rem; }")
    assert [(t.name, t.light, t.dark) for t in found.values()] == [("ink", "#010203", "#AABBCC")]
