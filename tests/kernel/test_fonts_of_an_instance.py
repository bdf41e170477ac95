"""Names in scripts the embedded fonts lack are drawn with fonts of the instance's own, where it keeps some."""

import shutil
from pathlib import Path

import pytest

from tequio.kernel import instance
from tequio.kernel.paper import compiling, glyphs

DEJAVU = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")


@pytest.fixture
def afresh(tmp_path, monkeypatch):
    """An instance's folder of this test alone, and a typesetter that has not looked for fonts yet."""
    monkeypatch.setattr(glyphs, "_known", dict.fromkeys(glyphs._ALWAYS, True))
    monkeypatch.setenv("TEQUIO_HOME", str(tmp_path))
    compiling._compiler.cache_clear()
    yield instance.home()
    compiling._compiler.cache_clear()


def test_without_fonts_of_its_own_a_square_stands_for_what_cannot_be_drawn(afresh):
    assert glyphs.drawable("Ñandú 名 😀") == "Ñandú □ □"


@pytest.mark.skipif(not DEJAVU.exists(), reason="needs Debian's fonts-dejavu-core")
def test_with_a_font_of_its_own_it_is_drawn(afresh):
    (afresh / "fonts").mkdir()
    shutil.copy(DEJAVU, afresh / "fonts")
    assert glyphs.drawable("Ñandú 名 😀") == "Ñandú □ 😀"


def test_texts_with_squares_are_told_once_in_the_order_they_came(afresh):
    texts = ["名", "Ñandú", "Ωμέγα", "a 😀", "名"]
    assert glyphs.with_squares(texts) == ["名", "a 😀"]
