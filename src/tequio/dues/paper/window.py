"""Where an address must stand to be seen through a window envelope. Millimetres, from the top left of the page.

A letter slides in its envelope: what is in the window at one moment is not at the next. So an address is safe only
where the window shows it however the letter lies. The page says where to fold (letter.typ draws the marks), and that
decides how far it can slide.
"""

from dataclasses import dataclass

PAGE_WIDTH, PAGE_HEIGHT = 215.9, 279.4  # US Letter, which Mexico calls carta
FOLD_IN_THREE, SECOND_FOLD, FOLD_IN_TWO = 101.6, 190.5, 158.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A rectangle on the page."""

    left: float
    top: float
    right: float
    bottom: float

    def within(self, other: "Area") -> "Area":
        """What two rectangles share."""
        return Area(
            left=max(self.left, other.left),
            top=max(self.top, other.top),
            right=min(self.right, other.right),
            bottom=min(self.bottom, other.bottom),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """An envelope with a window, measured as makers list it: from the left and from the bottom edge of its face."""

    name: str
    width: float
    height: float
    window_left: float
    window_bottom: float
    window_width: float
    window_height: float
    fold: float

    def always_shown(self) -> Area:
        """What of a letter folded at `fold` is in the window wherever in the envelope it lies."""
        aside, down = self.width - PAGE_WIDTH, self.height - self.fold
        top = self.height - self.window_bottom - self.window_height
        return Area(
            left=self.window_left,
            top=top,
            right=self.window_left + self.window_width - aside,
            bottom=top + self.window_height - down,
        )


# The usual sizes in each trade: No. 10 in inches, the others in millimetres. Makers vary; these are the common ones.
NO_10 = Envelope(
    name="No. 10",
    width=241.3,
    height=104.8,
    window_left=22.2,
    window_bottom=12.7,
    window_width=114.3,
    window_height=28.6,
    fold=FOLD_IN_THREE,
)
DL = Envelope(
    name="DL",
    width=220,
    height=110,
    window_left=20,
    window_bottom=15,
    window_width=90,
    window_height=45,
    fold=FOLD_IN_THREE,
)
C5 = Envelope(
    name="C5",
    width=229,
    height=162,
    window_left=20,
    window_bottom=60,
    window_width=90,
    window_height=45,
    fold=FOLD_IN_TWO,
)
ENVELOPES = (NO_10, DL, C5)


def address_area() -> Area:
    """Where an address is seen through the window of every one of the envelopes."""
    area = Area(left=0, top=0, right=PAGE_WIDTH, bottom=PAGE_HEIGHT)
    for envelope in ENVELOPES:
        area = area.within(envelope.always_shown())
    return area
