"""The colors of tequio.css and how well they can be told from each other, worked out from the file itself."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

STYLE_SHEET = Path(__file__).parent / "static" / "tequio.css"
Theme = Literal["light", "dark"]
THEMES: tuple[Theme, Theme] = ("light", "dark")
_TOKEN = re.compile(r"--([a-z]+):\s*light-dark\(\s*(#[0-9A-Fa-f]{6})\s*,\s*(#[0-9A-Fa-f]{6})\s*\)\s*;")
_KNEE = 0.04045  # where sRGB's curve begins


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A color of the style sheet, in the light theme and in the dark one, as #RRGGBB."""

    name: str
    light: str
    dark: str

    def in_theme(self, theme: Theme) -> str:
        """The color in one of the themes."""
        return self.light if theme == "light" else self.dark


def color_tokens(*, css: str | None = None) -> dict[str, Token]:
    """Every color of the style sheet by its name, in the order of the file."""
    text = STYLE_SHEET.read_text(encoding="utf-8") if css is None else css
    return {name: Token(name=name, light=light, dark=dark) for name, light, dark in _TOKEN.findall(text)}


def contrast(*, one: str, other: str) -> float:
    """How strongly two colors differ, from 1 to 21: WCAG 2.2, "contrast ratio"."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: str) -> float:
    """WCAG 2.2, "relative luminance"."""
    red, green, blue = (_linear(int(color[n : n + 2], 16) / 255) for n in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    return share / 12.92 if share <= _KNEE else ((share + 0.055) / 1.055) ** 2.4
