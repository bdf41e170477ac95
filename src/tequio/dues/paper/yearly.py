"""A member's year as a letter: what came, what was received in return, what was given."""

from datetime import date

from tequio.dues.paper.addresses import address_lines
from tequio.dues.paper.facts import addressee, center_facts, contact_for
from tequio.dues.paper.letters import (
    LONGEST_NAME,
    Fact,
    Letter,
    Passage,
    Row,
    Table,
    amount_text,
    figure,
    sender_lines,
    whom_to_ask,
)
from tequio.dues.paper.plain_text import breakable, one_line
from tequio.dues.paper.receipts import METHODS
from tequio.dues.yearly import MemberYear
from tequio.rules.reasons import Text, long_date

_MOST_PAYMENTS = 14  # more of them are added up, so that the figures stay on one page


def yearly_letter(*, year: MemberYear, on: date) -> Letter:
    """The letter of a member's year, in the language of the person it goes to."""
    contact = contact_for(member=year.member)
    center = center_facts(row=year.member.center)
    language = "es" if (contact.language if contact else year.member.center.language) == "es" else "en"
    total = amount_text(minor=year.kept, currency=year.currency)
    lead = Text(
        en=f"In {year.year} we received {total} from you. Thank you.",
        es=f"En {year.year} recibimos de usted {total}. Gracias.",
    )
    whom = whom_to_ask(center=center)
    return Letter(
        language=language,
        country=center.country,
        on=on,
        kind=Text(en="Statement of the year", es="Constancia del año").to(language),
        number=f"{year.member.code} {year.year}"[:40],
        sender=one_line(center.name.to(language), most=LONGEST_NAME),
        sender_lines=sender_lines(center=center),
        address=address_lines(
            to=addressee(member=year.member, contact=contact), from_country=center.country, language=language
        ),
        facts=(
            Fact(label=Text(en="Year", es="Año").to(language), value=str(year.year), strong=True),
            Fact(label=Text(en="Member", es="Membresía").to(language), value=breakable(year.member.code, most=40)),
            Fact(label=Text(en="Received", es="Recibido").to(language), value=total, strong=True),
        ),
        banner=None,
        lead=lead.to(language),
        table=_table(year, language),
        passages=(),
        online=None,
        notes=(
            Passage(
                head=Text(en="What this says", es="Qué dice esto").to(language),
                lines=(
                    Text(
                        en="Operations and support brings services in return. Membership dues, and what was paid above "
                        "the table, are given. Whether they lower your taxes your own adviser knows.",
                        es="Operación y soporte se recibe en servicios. La cuota de membresía, y lo pagado por encima "
                        "de la tabla, es aportación. Si reduce sus impuestos lo sabe quien le asesora.",
                    ).to(language),
                    Text(
                        en=f"If something is not right, tell {whom.en}.", es=f"Si algo no está bien, avise a {whom.es}."
                    ).to(language),
                ),
            ),
        ),
        thanks=Text(
            en="This organization lives on what its members give.",
            es="Esta organización vive de lo que aporta su membresía.",
        ).to(language),
        stub=None,
    )


def _table(year: MemberYear, language: str) -> Table:
    rows = []
    for payment in year.payments[:_MOST_PAYMENTS]:
        day = long_date(day=payment.on, language=language)
        name = f"{payment.number}, {day}, {METHODS[payment.method].to(language)}"
        if payment.given_back:
            back = figure(payment.given_back)
            name += Text(en=f" ({back} given back)", es=f" ({back} devueltos)").to(language)
        rows.append(Row(name=name, amount=figure(payment.amount - payment.given_back)))
    others = year.payments[_MOST_PAYMENTS:]
    if others:
        name = Text(en=f"{len(others)} more payments", es=f"Otros {len(others)} pagos").to(language)
        rows.append(Row(name=name, amount=figure(sum(p.amount - p.given_back for p in others))))
    parts = year.parts
    lowered = [
        (Text(en="Received in return: operations, support", es="Recibido en servicios: soporte"), parts.in_return),
        (Text(en="Given: membership dues", es="Aportado: cuota de membresía"), parts.membership),
        (Text(en="Given: above the table", es="Aportado: por encima de la tabla"), parts.above),
        (Text(en="Dues of earlier years", es="Cuotas de años anteriores"), parts.earlier),
        (Text(en="Credit not used yet", es="Saldo a favor sin usar"), parts.credit),
    ]
    return Table(
        heads=(
            Text(en="What came, and what it was for", es="Qué llegó, y para qué fue").to(language),
            "",
            year.currency,
        ),
        rows=tuple(rows),
        subtotal=Row(name=Text(en="Received", es="Recibido").to(language), amount=figure(year.kept)),
        lowered=tuple(Row(name=name.to(language), amount=figure(amount)) for name, amount in lowered if amount),
        total=Row(
            name=Text(en="Given in all", es="Aportado en total").to(language),
            amount=amount_text(minor=parts.gift, currency=year.currency),
        ),
    )
