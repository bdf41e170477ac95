"""What stands on a letter: ready-to-print text in one language, and nothing of how it looks."""

from dataclasses import dataclass
from datetime import date

from tequio.dues.paper.facts import CenterFacts
from tequio.dues.paper.plain_text import breakable, one_line, several_lines
from tequio.rules.money import MINOR_PER_UNIT, printed
from tequio.rules.reasons import Text

LONGEST_NAME = 60
_POST_WIDTH, _POST_LINES = 60, 5
_LONGEST_LINK = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A word and what it stands for: "Date", "15 July 2016". A strong one is what the reader looks for."""

    label: str
    value: str
    strong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Banner:
    """What changes everything else on the page, in a word and a sentence. `tone` picks its color, never its sense."""

    tone: str
    head: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of the table. `left` is the middle column of a receipt."""

    name: str
    amount: str
    note: str = ""
    left: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The figures: headings, lines, what lowered them, and what it comes to. Amounts without a currency.

    The middle heading is empty where there is no middle column; the last one is the currency.
    """

    heads: tuple[str, str, str]
    rows: tuple[Row, ...]
    subtotal: Row | None
    lowered: tuple[Row, ...]
    total: Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A heading and its lines, beside them perhaps a code to scan with what it says to whoever cannot see it."""

    head: str
    lines: tuple[str, ...]
    code: str = ""
    code_alt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stub:
    """The part to tear off and send back."""

    head: str
    send_to: tuple[str, ...]
    facts: tuple[Fact, ...]
    ticks: tuple[str, ...]
    code: str
    code_caption: str
    code_alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter of one page. `on` is the date of the document; `lead` may be empty."""

    language: str
    country: str
    on: date
    kind: str
    number: str
    sender: str
    sender_lines: tuple[str, ...]
    address: tuple[str, ...]
    facts: tuple[Fact, ...]
    banner: Banner | None
    lead: str
    table: Table | None
    passages: tuple[Passage, ...]
    online: Passage | None
    notes: tuple[Passage, ...]
    thanks: str
    stub: Stub | None

    @property
    def title(self) -> str:
        """What the document is called: its kind and its number."""
        return f"{self.kind} {self.number}"


def figure(minor: int) -> str:
    """An amount for a column that names its currency: "1,234.50", with a true minus."""
    units, rest = divmod(abs(minor), MINOR_PER_UNIT)
    return f"{'−' if minor < 0 else ''}{units:,}.{rest:02d}"


def amount_text(*, minor: int, currency: str) -> str:
    """An amount within a sentence, its two parts never on two lines."""
    return printed(minor=minor, currency=currency).replace(" ", "\u00a0")


def sender_lines(*, center: CenterFacts) -> tuple[str, ...]:
    """The return address and the address for letters by mail; nothing where a center has not said them."""
    post = several_lines(center.postal_address, width=_POST_WIDTH, lines=_POST_LINES)
    mail = one_line(center.letter_email, most=_POST_WIDTH)
    return (*post, mail) if mail else tuple(post)


def on_line(*, link: str, language: str) -> Passage | None:
    """Where a charge is seen, paid and answered without an account, as a code and in letters; none without a link."""
    if not link or len(link) > _LONGEST_LINK:
        return None
    head = Text(en="On line, without an account", es="En línea, sin cuenta")
    told = Text(
        en="Scan this to see how to pay, send a proof, correct your data or ask for time. The address is yours alone:",
        es="Escanee esto para ver cómo pagar, enviar un comprobante, corregir sus datos o pedir tiempo. La dirección "
        "es solo suya:",
    )
    alt = Text(en="QR code of your address on line", es="Código QR de su dirección en línea")
    lines = (told.to(language), breakable(link, most=_LONGEST_LINK))
    return Passage(head=head.to(language), lines=lines, code=link, code_alt=alt.to(language))


def whom_to_ask(*, center: CenterFacts) -> Text:
    """Whom a member turns to: the center's address for letters, else its treasurer."""
    mail = one_line(center.letter_email, most=_POST_WIDTH)
    if mail:
        return Text(en=mail, es=mail)
    en, es = (one_line(name, most=LONGEST_NAME) for name in (center.name.en, center.name.es))
    return Text(en=f"the treasurer ({en})", es=f"la tesorería ({es})")
