"""Charts: the picture and its table say the same figures, with no style of its own and for every reader."""

import itertools
import xml.etree.ElementTree as ET

import pytest

from tequio.kernel.web.charts import PLOT_HEIGHT, Fan, Series, columns, fan, lines

SVG = "{http://www.w3.org/2000/svg}"


def _series(*values, place=0, name="open"):
    return Series(name=name, values=values, place=place)


def _drawn(kind, *series, axis=("Jan", "Feb", "Mar"), key="k", title="Open charges", description="By month"):
    return kind(key=key, title=title, description=description, axis=axis, places=axis, series=series)


def _parsed(drawing):
    return ET.fromstring(str(drawing.svg).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))  # noqa: S314 - CONFIG: our own drawing


def _bars(drawing):
    """The columns' parts in the order they were drawn, as (x, y, height)."""
    found = list(_parsed(drawing).findall(f"{SVG}rect"))
    return [tuple(float(r.get(word)) for word in ("x", "y", "height")) for r in found]


def test_the_table_holds_every_figure_of_the_picture():
    drawing = _drawn(columns, _series(1200, 0, 3), _series(4, 5, 6, place=1, name="late"))
    assert drawing.title == "Open charges"
    assert drawing.heads == ["", "open", "late"]
    assert drawing.rows == [["Jan", "1,200", "4"], ["Feb", "0", "5"], ["Mar", "3", "6"]]


def test_the_height_of_a_column_is_its_figure():
    bars = _bars(_drawn(columns, _series(10, 20, 40)))
    assert [height for _, _, height in bars] == [PLOT_HEIGHT / 4, PLOT_HEIGHT / 2, PLOT_HEIGHT]
    assert len({y + height for _, y, height in bars}) == 1


def test_parts_of_a_column_stand_on_each_other_with_a_gap():
    (_, low_y, low), (_, high_y, high) = _bars(_drawn(columns, _series(10), _series(30, place=1), axis=("Jan",)))
    assert (low, high) == (PLOT_HEIGHT / 4, PLOT_HEIGHT * 3 / 4 - 1)
    assert high_y + high + 1 == low_y


def test_nothing_is_drawn_for_nothing():
    assert len(_bars(_drawn(columns, _series(0, None, 5)))) == 1


def test_a_picture_has_a_title_and_a_description_for_those_who_hear_it():
    svg = _parsed(_drawn(columns, _series(1, 2, 3), key="age-us"))
    assert (svg.get("role"), svg.get("aria-labelledby")) == ("img", "age-us-t age-us-d")
    assert [(e.tag, e.get("id"), e.text) for e in svg[:2]] == [
        (f"{SVG}title", "age-us-t", "Open charges"),
        (f"{SVG}desc", "age-us-d", "By month"),
    ]


@pytest.mark.parametrize("kind", [columns, lines])
def test_no_style_is_written_into_the_picture(kind):
    """The content policy would block it."""
    several = [_series(1, 2, 3, place=place, name=f"s{place}") for place in range(5)]
    svg = str(_drawn(kind, *several).svg)
    assert ("style=" in svg, "<style" in svg, "http" in svg) == (False, False, False)


def test_series_differ_by_texture_where_color_is_not_seen():
    several = [_series(1, 2, 3, place=place, name=f"s{place}") for place in range(5)]
    svg = _parsed(_drawn(columns, *several))
    textures = [p.find(f"{SVG}path").get("d") for p in svg.iter(f"{SVG}pattern")]
    assert (len(textures), len(set(textures))) == (4, 4)  # the first is plain
    fills = {r.get("fill") for r in svg.findall(f"{SVG}rect") if r.get("fill")}
    assert fills == {f"url(#{p.get('id')})" for p in svg.iter(f"{SVG}pattern")}


def test_lines_differ_by_their_dashes():
    several = [_series(1, 2, 3, place=place, name=f"s{place}") for place in range(5)]
    svg = _parsed(_drawn(lines, *several))
    assert len({p.get("stroke-dasharray") for p in svg.findall(f"{SVG}path") if p.get("class") == "path"}) == 5


def test_a_line_has_a_gap_where_nothing_is_known():
    svg = _parsed(_drawn(lines, _series(1, None, 3)))
    (path,) = [p for p in svg.findall(f"{SVG}path") if p.get("class") == "path"]
    assert (path.get("d").count("M"), path.get("d").count("L")) == (2, 0)
    assert _drawn(lines, _series(1, None, 3)).rows[1] == ["Feb", ""]


@pytest.mark.parametrize(
    ("largest", "expected"),
    [
        (0, ["0", "1"]),
        (3, ["0", "1", "2", "3"]),
        (7, ["0", "2", "4", "6", "8"]),
        (96, ["0", "25", "50", "75", "100"]),
        (850, ["0", "250", "500", "750", "1,000"]),
        (100_000, ["0", "25k", "50k", "75k", "100k"]),
    ],
)
def test_the_grid_stands_on_round_figures(largest, expected):
    svg = _parsed(_drawn(columns, _series(largest), axis=("Jan",)))
    assert [t.text for t in svg.findall(f"{SVG}text") if t.get("text-anchor") == "end"] == expected


def test_hostile_words_stay_words():
    name = '<script>alert("1")</script>'
    drawing = _drawn(columns, _series(1, name=name), _series(2, place=1, name="b"), axis=("<b>",), title=name)
    svg = _parsed(drawing)
    assert [e.tag for e in svg.iter() if e.tag in (f"{SVG}script", f"{SVG}b")] == []
    assert svg[0].text == name
    assert drawing.heads[1] == name  # the page's template escapes it


def test_nothing_leaves_the_picture_however_many_names_and_places_there_are():
    axis = [f"{n:02d}/2016" for n in range(1, 14)]
    several = [_series(*range(13), place=place, name="situation " * 2) for place in range(5)]
    svg = _parsed(_drawn(columns, *several, axis=axis))
    wide, high = int(svg.get("width")), int(svg.get("height"))
    assert svg.get("viewBox") == f"0 0 {wide} {high}"
    words = [t for t in svg.findall(f"{SVG}text") if t.get("text-anchor") == "middle"]
    middles = [float(t.get("x")) for t in words]
    assert words[-1].text == "13/2016"
    assert min(b - a for a, b in itertools.pairwise(middles)) >= len("13/2016") * 7
    tops = [float(g.get("transform").split()[1].rstrip(")")) for g in svg.findall(f"{SVG}g")]
    assert max(tops) < high


def test_figures_that_do_not_fit_the_axis_are_refused():
    with pytest.raises(ValueError, match="one figure for each place"):
        _drawn(columns, _series(1, 2))
    with pytest.raises(ValueError, match="begin at nothing"):
        _drawn(columns, _series(1, 2, -3))


def test_an_empty_picture_is_still_a_picture():
    drawing = _drawn(columns, axis=())
    assert (drawing.rows, drawing.heads) == ([], [""])


def _fan(**given):
    shown = {
        "low": (40, 50),
        "likely": (45, 60),
        "high": (50, 70),
        "came": (10, 20),
        "names": tuple("lbcp"),
        **given,
    }
    return fan(key="k", title="t", description="d", axis=MONTHS, places=MONTHS, shown=Fan(**shown))


MONTHS = ("Jan", "Feb", "Mar", "Apr")


def test_a_fan_opens_where_what_came_ends():
    svg = _parsed(_fan())
    (band,) = [p for p in svg.findall(f"{SVG}path") if p.get("class") == "fan"]
    corners = band.get("d").strip("MZ").split("L")
    assert (len(corners), corners[0]) == (6, corners[-1])
    assert _fan().rows == [
        ["Jan", "10", "", ""],
        ["Feb", "20", "", ""],
        ["Mar", "", "45", "40–50"],
        ["Apr", "", "60", "50–70"],
    ]


def test_a_fan_may_have_the_plan_beside_it_and_nothing_behind_or_ahead_of_it():
    assert _fan(plan=(1, 2, 3, 4)).rows[3] == ["Apr", "", "60", "50–70", "4"]
    ahead = _fan(came=(), low=(1,) * 4, likely=(2,) * 4, high=(3,) * 4)
    assert len(_parsed(ahead).findall(f"{SVG}path")) == 4
    assert _fan(came=(1, 2, 3, 4), low=(), likely=(), high=()).rows[3] == ["Apr", "4", "", ""]


@pytest.mark.parametrize("wrong", [{"low": (1,)}, {"came": (1,)}, {"plan": (1,)}, {"low": (-1, 0)}])
def test_a_fan_that_does_not_fill_its_axis_is_refused(wrong):
    with pytest.raises(ValueError, match=r"for each place|fill the axis"):
        _fan(**wrong)
