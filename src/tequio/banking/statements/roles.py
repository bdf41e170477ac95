"""What a column of a bank's table may hold, and the words banks put above it.

Everything is folded: no accents, no capitals, no punctuation, no little words (see members.intake.vocabulary.folded).
"""

from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from typing import Final

from tequio.members.intake.vocabulary import folded
from tequio.rules.reasons import Text


class Role(StrEnum):
    """What a column holds."""

    DATE = "date"
    VALUE_DATE = "value_date"
    AMOUNT = "amount"
    CREDIT = "credit"
    DEBIT = "debit"
    BALANCE = "balance"
    DIRECTION = "direction"
    NAME = "name"
    TEXT = "text"
    PAYER_ACCOUNT = "payer_account"
    BANK_ID = "bank_id"
    CURRENCY = "currency"
    ACCOUNT = "account"
    STATUS = "status"
    NET = "net"
    FEE = "fee"


ROLE_NAMES: Final[Mapping[Role, Text]] = {
    Role.DATE: Text(en="date", es="fecha"),
    Role.VALUE_DATE: Text(en="value date", es="fecha valor"),
    Role.AMOUNT: Text(en="amount", es="importe"),
    Role.CREDIT: Text(en="money in", es="abono"),
    Role.DEBIT: Text(en="money out", es="cargo"),
    Role.BALANCE: Text(en="balance", es="saldo"),
    Role.DIRECTION: Text(en="in or out", es="abono o cargo"),
    Role.NAME: Text(en="who paid", es="quién pagó"),
    Role.TEXT: Text(en="description or reference", es="concepto o referencia"),
    Role.PAYER_ACCOUNT: Text(en="account of who paid", es="cuenta de quien pagó"),
    Role.BANK_ID: Text(en="the bank’s own number", es="número propio del banco"),
    Role.CURRENCY: Text(en="currency", es="moneda"),
    Role.ACCOUNT: Text(en="our account", es="nuestra cuenta"),
    Role.STATUS: Text(en="state", es="estado"),
    Role.NET: Text(en="amount after fees", es="neto después de comisiones"),
    Role.FEE: Text(en="fee", es="comisión"),
}

# Several columns may hold these; of every other role there is one.
MANY: Final = frozenset([Role.TEXT])

HEADINGS: Final[Mapping[Role, tuple[str, ...]]] = {
    Role.DATE: (
        *("date", "fecha", "datum", "data", "transaction date", "posting date", "posted date", "post date", "posted"),
        *("booking date", "booked", "trans date", "date posted", "effective date", "process date", "completed date"),
        *("fecha operacion", "fecha movimiento", "fecha transaccion", "fecha aplicacion", "fecha contable", "dia"),
        *("f operacion", "fecha proceso", "fecha registro", "fecha hora", "fecha oper", "date time", "datetime"),
        *("buchungstag", "buchungsdatum", "boekdatum", "transactiedatum", "date operation", "transactiondate"),
        *("started date", "booking day", "entry date", "date comptable", "oper date", "created utc", "created"),
    ),
    Role.VALUE_DATE: (
        *("value date", "fecha valor", "f valor", "valuta", "wertstellung", "valutadatum", "rentedatum", "date valeur"),
        *("available on", "fecha liquidacion", "settlement date", "interest date", "valuedate"),
    ),
    Role.AMOUNT: (
        *("amount", "importe", "monto", "cantidad", "betrag", "bedrag", "montant", "valor", "importe eur", "gross"),
        *("transaction amount", "importe mxn", "monto mxn", "amount usd", "amount mxn", "amount eur", "bedrag eur"),
        *("monto operacion", "importe operacion", "importe movimiento", "umsatz", "transactiebedrag", "bruto"),
        *("net amount", "importo", "amount eur", "monto transaccion", "total", "importe total"),
    ),
    Role.CREDIT: (
        *("credit", "credits", "credit amount", "deposit", "deposits", "abono", "abonos", "deposito", "depositos"),
        *("money in", "paid in", "haber", "ingreso", "ingresos", "entrada", "entradas", "haben", "bij", "credito"),
        *("creditos", "amount credit", "received", "additions", "deposit amount", "monto abono", "importe abono"),
        *("deposits credits", "abonos depositos", "cr", "credit eur", "inflow", "gutschrift"),
    ),
    Role.DEBIT: (
        *("debit", "debits", "debit amount", "withdrawal", "withdrawals", "cargo", "cargos", "retiro", "retiros"),
        *("money out", "paid out", "debe", "egreso", "egresos", "salida", "salidas", "soll", "debito", "debitos"),
        *("amount debit", "subtractions", "withdrawal amount", "monto cargo", "importe cargo", "withdrawals debits"),
        *("cargos retiros", "dr", "debit eur", "outflow", "spent", "checks debits", "lastschrift", "gasto"),
    ),
    Role.BALANCE: (
        *("balance", "saldo", "running balance", "running bal", "saldos", "available balance", "account balance"),
        *("saldo disponible", "saldo final", "disponible", "kontostand", "solde", "saldo eur", "balance amount"),
        *("saldo contable", "saldo despues", "ending balance", "ledger balance", "saldo operacion", "saldo mxn"),
        *("saldo actual", "saldo nach buchung", "saldo na mutatie", "new balance", "closing balance", "balance usd"),
    ),
    Role.DIRECTION: (
        *("direction", "debit credit", "credit debit", "dr cr", "cr dr", "d c", "c d", "cargo abono", "abono cargo"),
        *("signo", "sign", "af bij", "credit debit indicator", "debito credito", "soll haben", "db cr", "naturaleza"),
        *(
            "tipo movimiento",
            "debit or credit",
            "credit or debit",
            "in out",
            "debe haber",
            "indicator",
            "signe",
            "side",
        ),
        *("cargo o abono", "creditdebit", "debitcredit", "transaction type", "type", "tipo", "tipo operacion"),
    ),
    Role.NAME: (
        *("name", "payee", "payer", "counterparty", "counterparty name", "nombre", "ordenante", "beneficiario"),
        *("from", "sender", "customer", "customer name", "nombre ordenante", "nombre cliente", "cliente", "emisor"),
        *("auftraggeber beguenstigter", "name zahlungsbeteiligter", "naam tegenpartij", "tercero", "remitente"),
        *("naam omschrijving", "beguenstigter zahlungspflichtiger", "beneficiary", "nombre beneficiario", "paid by"),
        *("nombre tercero", "ordering party", "counterparty s name", "payer name", "sender name", "full name"),
    ),
    Role.TEXT: (
        *("description", "descripcion", "concepto", "memo", "details", "detalle", "detalles", "narrative", "reference"),
        *("referencia", "referencias", "referencia numerica", "reference number", "payment reference", "remarks"),
        *("observaciones", "comentario", "comentarios", "verwendungszweck", "omschrijving", "mededelingen", "libelle"),
        *("concepto referencia", "descripcion detallada", "note", "notes", "nota", "subject", "asunto", "message"),
        *("buchungstext", "leyenda", "motivo", "transaction details", "transaction description", "extended details"),
        *("original description", "additional info", "payment details", "informacion adicional", "concepto pago"),
        *(
            "referencia bancaria",
            "check number",
            "check or slip",
            "cheque",
            "item title",
            "invoice number",
            "movimiento",
        ),
        *("particulars", "text", "texto", "communication", "communications", "information", "bank reference", "custom"),
        *("referencia ampliada", "cod transac", "sucursal", "descripcion corta", "descripcion larga", "purpose"),
        *("concepto movimiento", "reference id", "remittance information", "custom number", "betalingskenmerk"),
        *("short description", "long description", "leyenda 1", "leyenda 2", "payment for", "ref", "no referencia"),
        *("numero referencia", "customer reference", "statement description", "transaccion"),
    ),
    Role.PAYER_ACCOUNT: (
        *(
            "counterparty account",
            "cuenta ordenante",
            "clabe ordenante",
            "tegenrekening",
            "kontonummer iban",
            "iban bic",
        ),
        *("cuenta origen", "clabe origen", "iban ordenante", "counterparty iban", "contra account", "payer account"),
        *("from account", "sender account", "cuenta emisora", "iban tegenrekening", "iban zahlungsbeteiligter"),
        *("iban counterparty", "tegenrekening iban bban", "account number other", "clabe emisor", "cuenta cargo"),
        *("from email address", "sender email"),
    ),
    Role.BANK_ID: (
        *("transaction id", "transaction number", "folio", "clave rastreo", "id", "transaction ref", "fitid", "no"),
        *(
            "numero operacion",
            "no operacion",
            "numero movimiento",
            "no movimiento",
            "transaction reference",
            "folio no",
        ),
        *(
            "id transaccion",
            "volgnr",
            "autorizacion",
            "confirmation number",
            "bank id",
            "unique id",
            "balance transaction id",
        ),
        *("folio operacion", "numero autorizacion", "secuencia", "id movimiento", "entry reference", "movement id"),
    ),
    Role.CURRENCY: (
        "currency",
        "moneda",
        "divisa",
        "waehrung",
        "wahrung",
        "munt",
        "devise",
        "ccy",
        "currency code",
        "muntsoort",
    ),
    Role.ACCOUNT: (
        *("account", "account number", "cuenta", "numero cuenta", "no cuenta", "rekening", "iban", "auftragskonto"),
        *(
            "our account",
            "clabe",
            "cuenta propia",
            "iban bban",
            "rekeningnummer",
            "bezeichnung auftragskonto",
            "account no",
        ),
    ),
    Role.STATUS: ("status", "estado", "estatus", "state", "situacion", "transaction status", "zustand"),
    Role.NET: ("net", "neto", "importe neto", "monto neto", "netto"),
    Role.FEE: ("fee", "fees", "fee amount", "comision", "comisiones", "gebuhr", "gebuehr", "kosten", "frais"),
}

IN_WORDS: Final = frozenset(
    [
        *("c", "cr", "cred", "credit", "crdt", "credito", "abono", "deposito", "deposit", "haber", "h", "haben", "in"),
        *("bij", "ingreso", "entrada", "a", "dep", "incoming", "received", "money in", "credit transfer", "paid in"),
        *("abonos", "cre", "dslip", "acct xfer credit", "income"),
    ]
)
OUT_WORDS: Final = frozenset(
    [
        *(
            "d",
            "dr",
            "db",
            "deb",
            "debit",
            "dbit",
            "debito",
            "cargo",
            "retiro",
            "withdrawal",
            "debe",
            "s",
            "soll",
            "out",
        ),
        *(
            "af",
            "egreso",
            "salida",
            "check",
            "fee",
            "outgoing",
            "sent",
            "money out",
            "paid out",
            "cargos",
            "card payment",
        ),
        *("expense",),
    ]
)
DONE: Final = frozenset(
    [
        *("completed", "complete", "posted", "booked", "cleared", "settled", "succeeded", "success", "paid", "ok"),
        *("completado", "completada", "aplicado", "aplicada", "liquidado", "liquidada", "exitoso", "exitosa", "pagado"),
        *("procesado", "procesada", "registrado", "executed", "available", "acreditado", "concretado", "aprobado"),
        *("gebucht", "verbucht", "umsatz gebucht", "activo", "transferred", "done", "confirmed", "aprobada", "exito"),
        *("realizado", "realizada", "aceptado", "aceptada", "terminado", "confirmado", "confirmada", "finalizado"),
    ]
)
BALANCE_WORDS: Final = (
    *("saldo inicial", "saldo anterior", "beginning balance", "opening balance", "starting balance", "balance forward"),
    *(
        "saldo final",
        "ending balance",
        "closing balance",
        "saldo previo",
        "previous balance",
        "saldo al",
        "saldo corte",
    ),
    *("balance brought forward", "saldo dia", "saldo do dia", "balance carried forward", "saldo actual"),
)
TOTAL_WORDS: Final = (
    "total",
    "totales",
    "totals",
    "suma",
    "subtotal",
    "sum",
    "gesamt",
    "totaal",
    "total credits",
    "total debits",
)


@lru_cache(maxsize=1)
def roles_by_phrase() -> Mapping[str, Role]:
    """The role of each phrase a heading may be."""
    found: dict[str, Role] = {}
    for role, phrases in HEADINGS.items():
        for phrase in phrases:
            found.setdefault(phrase, role)
    return found


_INTO_UNITS = frozenset(["usd", "mxn", "eur", "pesos", "dolares", "dlls", "us", "mn", "m", "n", "eur"])


@lru_cache(maxsize=4096)
def role_of_heading(text: str, /) -> tuple[Role, bool] | None:
    """The role a heading speaks of, and whether it says so in full."""
    words = folded(text[:100])
    known = roles_by_phrase()
    if words in known:
        return known[words], True
    own = [word for word in words.split() if word not in _INTO_UNITS]
    bare = " ".join(own)
    if bare in known:
        return known[bare], True
    if not 0 < len(own) <= 6:  # noqa: PLR2004 - CONFIG: a sentence is no heading
        return None
    best: tuple[int, Role] | None = None
    for phrase, role in known.items():
        parts = phrase.split()
        if len(phrase) <= 2 or not set(parts) <= set(own):  # noqa: PLR2004 - CONFIG: “cr” within words says nothing
            continue
        if best is None or len(parts) > best[0] or (len(parts) == best[0] and best[1] is Role.NAME):
            best = len(parts), role
    return (best[1], False) if best else None
