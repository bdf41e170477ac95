"""Charts drawn on the server as inline SVG, each with the table that says the same.

Colors come from classes of tequio.css, never from style attributes, which the content policy blocks. What belongs
together is told apart by texture or dash as well as by color. A drawing is 360 units wide and shown at that size at
most, so that its letters can still be read on a phone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from markupsafe import Markup, escape

WIDTH, PLOT_HEIGHT = 360, 150
_LEFT, _RIGHT, _TOP, _LINE = 40, 4, 10, 18
_LETTER = 7  # how wide a letter of 12 units is taken to be
_GAP = 1  # between two parts of one column, so that neighbors are told apart without their color
_STEPS = (1, 2, 2.5, 5, 10)
_GRID_LINES = 4
_LONG = 10_000  # figures of the axis from here on are told in thousands
CLASSES = ("one", "two", "three", "four", "five")
# What lies over the color of each class, as a path in a square of six units; none for the first.
_TEXTURES = ("", "M0 6L6 0", "M0 0L6 6M0 6L6 0", "M0 3H6", "M3 0V6")
_DASHES = ("", "7 4", "2 3", "10 3 2 3", "1 4")


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A chart as a page shows it: its title, the SVG, and the table of the same figures."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    svg: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One row of figures: its name, a figure for each place on the axis (none where it is not known), and its class.

    `place` is the position in CLASSES; it also chooses the texture of a column and the dash of a line.
    """

    name: str
    values: Sequence[int | None]
    place: int


def columns(
    *, key: str, title: str, description: str, axis: Sequence[str], places: Sequence[str], series: Sequence[Series]
) -> Drawing:
    """Columns side by side, each made of the series one on another, the first lowest.

    `key` tells this drawing's ids from those of others on the page. `axis` holds a short word for each column, and
    `places` what the table calls it. Raises ValueError where a series has more or fewer figures than there are
    columns, or one below zero.
    """
    _fits(axis=axis, places=places, series=series)
    tops = [sum(s.values[n] or 0 for s in series) for n in range(len(axis))]
    scale = _Scale(largest=max(tops, default=0), count=len(axis))
    marks = []
    for n in range(len(axis)):
        base = 0
        for s in series:
            value = s.values[n]
            if not value:
                continue
            bottom, top = scale.height(base), scale.height(base + value)
            tall = max(top - bottom - (_GAP if base else 0), 0.5)
            marks.append(
                f'<rect x="{_n(scale.left(n))}" y="{_n(scale.floor - bottom - tall - (_GAP if base else 0))}" '
                f'width="{_n(scale.wide)}" height="{_n(tall)}"{_filled(key=key, place=s.place)}/>'
            )
            base += value
    body = _axes(scale=scale, axis=axis) + "".join(marks)
    swatches = [f'<rect y="-9" width="10" height="10"{_filled(key=key, place=s.place)}/>' for s in series]
    used = _textures(key=key, series=series)
    return _drawing(
        key=key,
        title=title,
        description=description,
        places=places,
        series=series,
        body=body,
        swatches=swatches,
        defs=used,
    )


def lines(
    *, key: str, title: str, description: str, axis: Sequence[str], places: Sequence[str], series: Sequence[Series]
) -> Drawing:
    """A line for each series, told apart by its dashes. A figure that is not known leaves a gap.

    Takes and raises what `columns` does.
    """
    _fits(axis=axis, places=places, series=series)
    known = [value for s in series for value in s.values if value is not None]
    scale = _Scale(largest=max(known, default=0), count=len(axis))
    marks = []
    for s in series:
        steps, pen = [], "M"
        for n, value in enumerate(s.values):
            if value is None:
                pen = "M"
                continue
            steps.append(f"{pen}{_n(scale.middle(n))} {_n(scale.floor - scale.height(value))}")
            pen = "L"
        marks.append(f'<path class="path" d="{"".join(steps)}"{_dashed(s.place)}/>')
    body = _axes(scale=scale, axis=axis) + "".join(marks)
    swatches = [f'<path class="path" d="M-8 -4H12"{_dashed(s.place)}/>' for s in series]
    return _drawing(
        key=key, title=title, description=description, places=places, series=series, body=body, swatches=swatches
    )


class _Scale:
    """Where things stand: the axis from nothing to a round figure above the largest one."""

    def __init__(self, *, largest: int, count: int) -> None:
        self.step = _round_step(largest=largest)
        self.top = max(self.step, -(-largest // self.step) * self.step)
        self.floor = _TOP + PLOT_HEIGHT
        self.slot = (WIDTH - _LEFT - _RIGHT) / max(count, 1)
        self.wide = min(self.slot * 0.8, 48)

    def height(self, value: int) -> float:
        """How far above the floor a figure stands."""
        return value / self.top * PLOT_HEIGHT

    def middle(self, n: int) -> float:
        """The middle of a place on the axis."""
        return _LEFT + (n + 0.5) * self.slot

    def left(self, n: int) -> float:
        """Where a column begins."""
        return self.middle(n) - self.wide / 2


def _round_step(*, largest: int) -> int:
    """The distance of the grid lines: 1, 2, 5 or 25 times a power of ten, four lines or fewer."""
    power = 1
    while True:
        for factor in _STEPS:
            step = power * factor
            if step == int(step) and step * _GRID_LINES >= largest:
                return int(step)
        power *= 10


def _axes(*, scale: _Scale, axis: Sequence[str]) -> str:
    grid, words = [], []
    for value in range(0, scale.top + 1, scale.step):
        y = scale.floor - scale.height(value)
        if value:
            grid.append(f"M{_LEFT} {_n(y)}H{WIDTH}")
        words.append(f'<text x="{_LEFT - 6}" y="{_n(y + 4)}" text-anchor="end">{_short(value)}</text>')
    longest = max((len(word) for word in axis), default=0) * _LETTER
    every = max(1, ceil(longest / scale.slot))  # a word for each place where they fit, always one for the last
    y = scale.floor + _LINE - 3
    for n, word in enumerate(axis):
        if (len(axis) - 1 - n) % every == 0:
            words.append(f'<text x="{_n(scale.middle(n))}" y="{y}" text-anchor="middle">{escape(word)}</text>')
    return f'<path class="grid" d="{"".join(grid)}"/><path class="axis" d="M{_LEFT} {scale.floor}H{WIDTH}"/>' + "".join(
        words
    )


def _drawing(
    *,
    key: str,
    title: str,
    description: str,
    places: Sequence[str],
    series: Sequence[Series],
    body: str,
    swatches: Sequence[str],
    defs: str = "",
) -> Drawing:
    legend, height = _legend(series=series, swatches=swatches)
    picture = (
        f'<svg class="chart" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-labelledby="{escape(key)}-t {escape(key)}-d"><title id="{escape(key)}-t">{escape(title)}</title>'
        f'<desc id="{escape(key)}-d">{escape(description)}</desc>{defs}{body}{legend}</svg>'
    )
    return Drawing(
        title=title,
        heads=["", *(s.name for s in series)],
        rows=[
            [place, *("" if s.values[n] is None else f"{s.values[n]:,}" for s in series)]
            for n, place in enumerate(places)
        ],
        svg=Markup(picture),  # noqa: S704 - CONFIG: numbers and constants; every word was escaped
    )


def _legend(*, series: Sequence[Series], swatches: Sequence[str]) -> tuple[str, int]:
    """The names under the chart in as many lines as they need, and where the drawing ends."""
    y = _TOP + PLOT_HEIGHT + 2 * _LINE + 4
    if len(series) < 2:  # noqa: PLR2004 - CONFIG: a single series is named by the title
        return "", _TOP + PLOT_HEIGHT + _LINE + 4
    parts, x = [], _LEFT
    for s, swatch in zip(series, swatches, strict=True):
        wide = 16 + len(s.name) * _LETTER + 10
        if x > _LEFT and x + wide > WIDTH:
            x, y = _LEFT, y + _LINE
        parts.append(f'<g transform="translate({x} {y})">{swatch}<text x="16">{escape(s.name)}</text></g>')
        x += wide
    return "".join(parts), y + 8


def _filled(*, key: str, place: int) -> str:
    """How a rectangle is colored: by its class alone, or by the texture made for it."""
    return f' fill="url(#{escape(key)}-{CLASSES[place]})"' if _TEXTURES[place] else f' class="{CLASSES[place]}"'


def _textures(*, key: str, series: Sequence[Series]) -> str:
    made = [
        f'<pattern id="{escape(key)}-{CLASSES[place]}" width="6" height="6" patternUnits="userSpaceOnUse">'
        f'<rect class="{CLASSES[place]}" width="6" height="6"/><path class="axis" d="{_TEXTURES[place]}"/></pattern>'
        for place in sorted({s.place for s in series})
        if _TEXTURES[place]
    ]
    return f"<defs>{''.join(made)}</defs>" if made else ""


def _dashed(place: int) -> str:
    return f' stroke-dasharray="{_DASHES[place]}"' if _DASHES[place] else ""


def _fits(*, axis: Sequence[str], places: Sequence[str], series: Sequence[Series]) -> None:
    if len(axis) != len(places) or any(len(s.values) != len(places) for s in series):
        raise ValueError("a series has one figure for each place on the axis")
    if any(value is not None and value < 0 for s in series for value in s.values):
        raise ValueError("these charts begin at nothing")


def _short(value: int) -> str:
    """A figure of the axis: in thousands where it would not fit beside the drawing; the table has all of it."""
    return f"{value:,}" if value < _LONG else f"{value / 1000:g}k"


def _n(value: float) -> str:
    """A number as short as a drawing needs it."""
    return f"{value:.1f}".removesuffix(".0")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fan:
    """What a fan shows: low, likely and high at each place ahead, what was planned, and what came until now.

    `came` has a figure for each place that is over, from the first on; the fan begins where it ends.
    """

    low: Sequence[int]
    likely: Sequence[int]
    high: Sequence[int]
    came: Sequence[int]
    plan: Sequence[int] = ()
    names: tuple[str, str, str, str] = ("", "", "", "")
    """What the likely line, the band, what came and the plan are called."""


def fan(*, key: str, title: str, description: str, axis: Sequence[str], places: Sequence[str], shown: Fan) -> Drawing:
    """What came so far as a line, and from there a band between low and high with the likely course in it.

    Raises ValueError where the figures do not fill the axis, or one is below nothing.
    """
    ahead = len(shown.likely)
    figures = [*shown.low, *shown.likely, *shown.high, *shown.came, *shown.plan]
    if len(shown.low) != ahead or len(shown.high) != ahead or len(shown.came) + ahead != len(axis) != 0:
        raise ValueError("what came and what lies ahead fill the axis together")
    if len(axis) != len(places) or len(shown.plan) not in (0, len(axis)) or any(value < 0 for value in figures):
        raise ValueError("a figure for each place, none below nothing")
    scale = _Scale(largest=max(figures, default=0), count=len(axis))
    over = len(shown.came)
    start = [shown.came[-1]] if over else []
    begins = over - len(start)

    def point(n: int, value: int) -> str:
        return f"{_n(scale.middle(n))} {_n(scale.floor - scale.height(value))}"

    def path(values: Sequence[int], *, first: int = 0) -> str:
        return "M" + "L".join(point(first + n, value) for n, value in enumerate(values))

    upper = [point(begins + n, value) for n, value in enumerate([*start, *shown.high])]
    lower = [point(begins + n, value) for n, value in enumerate([*start, *shown.low])]
    likely_name, band_name, came_name, plan_name = shown.names
    marks, swatches, named = [], [], []
    if ahead:
        marks.append(f'<path class="fan" d="M{"L".join([*upper, *reversed(lower)])}Z"/>')
        marks.append(f'<path class="path" d="{path([*start, *shown.likely], first=begins)}"{_dashed(1)}/>')
        swatches += [
            f'<path class="path" d="M-8 -4H12"{_dashed(1)}/>',
            '<rect class="fan" y="-9" width="12" height="10"/>',
        ]
        named += [likely_name, band_name]
    if over:
        marks.append(f'<path class="path" d="{path(shown.came)}"/>')
        swatches.append('<path class="path" d="M-8 -4H12"/>')
        named.append(came_name)
    if shown.plan:
        marks.append(f'<path class="path" d="{path(shown.plan)}"{_dashed(2)}/>')
        swatches.append(f'<path class="path" d="M-8 -4H12"{_dashed(2)}/>')
        named.append(plan_name)
    legend, height = _legend(series=[Series(name=name, values=(), place=0) for name in named], swatches=swatches)
    picture = (
        f'<svg class="chart" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-labelledby="{escape(key)}-t {escape(key)}-d"><title id="{escape(key)}-t">{escape(title)}</title>'
        f'<desc id="{escape(key)}-d">{escape(description)}</desc>{_axes(scale=scale, axis=axis)}{"".join(marks)}'
        f"{legend}</svg>"
    )

    def cell(values: Sequence[int], n: int) -> str:
        return f"{values[n]:,}" if 0 <= n < len(values) else ""

    rows = []
    for n, place in enumerate(places):
        band = f"{shown.low[n - over]:,}–{shown.high[n - over]:,}" if n >= over else ""
        row = [place, cell(shown.came, n), cell(shown.likely, n - over), band]
        rows.append([*row, cell(shown.plan, n)] if shown.plan else row)
    return Drawing(
        title=title,
        heads=["", came_name, likely_name, band_name, *([plan_name] if shown.plan else [])],
        rows=rows,
        svg=Markup(picture),  # noqa: S704 - CONFIG: numbers and constants; every word was escaped
    )
