"""What a mail says, once: rendered as plain text and as its HTML twin from the same blocks.

Blocks hold text, never markup, so nothing anybody typed can become markup. The HTML has no image, script or address
other than the links that are in the text too, and names no color: it is as dark or light as the mail program is.
"""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from urllib.parse import urlsplit

from tequio.kernel.mail.plain_text import one_line
from tequio.rules.reasons import Text

WIDTH = 72
LONGEST_SUBJECT = 150
_LABEL = 26  # the widest column of labels; a longer label stands on a line of its own


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Some sentences. `language` only where it is not the mail's own."""

    text: str
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What the next blocks are about."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """A list of sentences."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Names of things and what they are, one to a row."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A row of a table of amounts; `amount` is printed already. A total is set apart."""

    label: str
    amount: str
    is_total: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Amounts:
    """A table of amounts in one currency, which its caption names."""

    caption: str
    rows: tuple[Amount, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An address to open. Only http and https; in both twins it can be read before it is followed."""

    label: str
    url: str

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.netloc or self.url != one_line(self.url).replace(" ", ""):
            raise ValueError("a mail links to http and https addresses only")


Block = Paragraph | Heading | Points | Facts | Amounts | Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """A mail in one language: its subject and its blocks."""

    language: str
    subject: str
    blocks: tuple[Block, ...] = field(default=())

    def __post_init__(self) -> None:
        object.__setattr__(self, "subject", one_line(self.subject, longest=LONGEST_SUBJECT))

    @property
    def text(self) -> str:
        """The mail as plain text, lines of at most 72 characters (addresses of pages and endless words aside)."""
        return "\n\n".join("\n".join(_text_of(block)) for block in self.blocks) + "\n"

    @property
    def html(self) -> str:
        """The same mail as a small HTML document."""
        return _DOCUMENT.format(
            language=escape(self.language, quote=True),
            title=escape(self.subject),
            page=_PAGE,
            body="\n".join(_html_of(block) for block in self.blocks),
        )


# Most of what a night of letters says is the same in all of them, and breaking lines is what takes longest.
_ALIKE = lru_cache(maxsize=2000)


@_ALIKE
def _wrapped(text: str, *, first: str = "", then: str = "", width: int = WIDTH) -> tuple[str, ...]:
    lines = textwrap.wrap(
        one_line(text),
        width,
        initial_indent=first,
        subsequent_indent=then,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return tuple(lines) or (first.rstrip(),)


def _text_of(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            yield from _wrapped(block.text)
        case Heading():
            yield from _wrapped(block.text)
        case Points():
            for item in block.items:
                yield from _wrapped(item, first="- ", then="  ")
        case Facts():
            yield from _facts_text(block.rows)
        case Amounts():
            yield from _amounts_text(block)
        case Link():
            yield from _wrapped(f"{one_line(block.label)}:")
            yield block.url


def _facts_text(rows: Sequence[tuple[str, str]]) -> Iterator[str]:
    column = min(_LABEL, max((len(one_line(label)) for label, _ in rows), default=0)) + 2
    for label, value in rows:
        name = f"{one_line(label)}:"
        if len(name) < column + 1:
            yield from _wrapped(value, first=name.ljust(column), then=" " * column)
        else:
            yield from _wrapped(name)
            yield from _wrapped(value, first=" " * column, then=" " * column)


def _amounts_text(block: Amounts) -> Iterator[str]:
    """Labels to the left, figures to the right, so that the decimals stand under each other."""
    figures = max((len(row.amount) for row in block.rows), default=0)
    labels = max((len(one_line(row.label)) for row in block.rows), default=0)
    width = min(WIDTH, labels + 3 + figures)  # a short table stays together, so that the eye keeps its line
    yield from _wrapped(block.caption)
    for row in block.rows:
        if row.is_total:
            yield " " * (width - figures) + "-" * figures
        *above, last = _wrapped(row.label, width=width - figures - 2)
        yield from above
        if len(last) > width - figures - 2:  # one endless word
            yield last
            last = ""
        yield last.ljust(width - figures) + row.amount.rjust(figures)


def _html_of(block: Block) -> str:
    match block:
        case Paragraph():
            said = f' lang="{escape(block.language, quote=True)}"' if block.language else ""
            return f"<p{said}>{_safe(block.text)}</p>"
        case Heading():
            return f'<h2 style="font-size:1.1em;margin:1.5em 0 .5em">{_safe(block.text)}</h2>'
        case Points():
            return "<ul>" + "".join(f"<li>{_safe(item)}</li>" for item in block.items) + "</ul>"
        case Facts():
            rows = "".join(
                f'<tr><th scope="row" style="{_LABEL_CELL}">{_safe(label)}:</th>'
                f'<td style="{_CELL}"><bdi>{_safe(value)}</bdi></td></tr>'
                for label, value in block.rows
            )
            return f'<table style="border-collapse:collapse;margin:1em 0"><tbody>{rows}</tbody></table>'
        case Amounts():
            return _amounts_html(block)
        case Link():
            url = escape(block.url, quote=True)
            return f'<p>{_safe(block.label)}:<br><a href="{url}">{escape(block.url)}</a></p>'


def _amounts_html(block: Amounts) -> str:
    rows = []
    for row in block.rows:
        line = ";border-top:1px solid;font-weight:bold" if row.is_total else ""
        rows.append(
            f'<tr><th scope="row" style="{_LABEL_CELL}{line}">{_safe(row.label)}</th>'
            f'<td style="{_FIGURE_CELL}{line}">{_safe(row.amount)}</td></tr>'
        )
    caption = f'<caption style="text-align:left;padding:.2em 0">{_safe(block.caption)}</caption>'
    table = "border-collapse:collapse;margin:1em 0;width:100%"
    return f'<table style="{table}">{caption}<tbody>{"".join(rows)}</tbody></table>'


@_ALIKE
def _safe(text: str) -> str:
    return escape(one_line(text), quote=True)


_CELL = "padding:.2em 0;vertical-align:top;overflow-wrap:anywhere"
_LABEL_CELL = "padding:.2em 1em .2em 0;vertical-align:top;overflow-wrap:break-word;text-align:left;font-weight:normal"
_FIGURE_CELL = (
    "padding:.2em 0;vertical-align:bottom;text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums"
)
_PAGE = "max-width:38em;margin:0 auto;font-family:sans-serif;line-height:1.5;overflow-wrap:break-word"
_DOCUMENT = """<!doctype html>
<html lang="{language}" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>{title}</title>
</head>
<body style="margin:0;padding:1em">
<main lang="{language}" style="{page}">
{body}
</main>
</body>
</html>
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A language to write in: `Wording("es")(en=..., es=...)` picks the sentence."""

    language: str

    def __call__(self, *, en: str, es: str) -> str:
        """The sentence in this language."""
        return Text(en=en, es=es).to(self.language)
