"""Statements written by us, in every format, from one list of what moved. Amounts in whole units, days as text."""

import csv
import io
import re
import zipfile
from dataclasses import dataclass
from datetime import date

from openpyxl import Workbook


@dataclass(frozen=True, kw_only=True)
class Moved:
    on: str
    amount: str
    text: str
    name: str = ""
    account: str = ""
    bank_id: str = ""


def moved(on, amount, text, name="", account="", bank_id=""):
    return Moved(on=on, amount=amount, text=text, name=name, account=account, bank_id=bank_id)


def cents(amount):
    whole, _, fraction = amount.lstrip("+-").partition(".")
    return (int(whole) * 100 + int((fraction + "00")[:2])) * (-1 if amount.startswith("-") else 1)


def units(minor):
    return f"{'-' if minor < 0 else ''}{abs(minor) // 100}.{abs(minor) % 100:02d}"


def ofx(lines, *, currency="USD", account="000123456789", through=None, xml=False, closing=True):
    end = "</{}>".format if xml else lambda _: ""

    def leaf(name, value):
        return f"<{name}>{value}{end(name)}\n"

    head = '<?xml version="1.0" encoding="UTF-8"?>\n' if xml else "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\n\n"
    body = "".join(
        "<STMTTRN>\n"
        + leaf("TRNTYPE", "DEBIT" if line.amount.startswith("-") else "CREDIT")
        + leaf("DTPOSTED", line.on.replace("-", "") + "120000[-5:EST]")
        + leaf("TRNAMT", line.amount)
        + leaf("FITID", line.bank_id or f"{line.on.replace('-', '')}{number:05d}")
        + leaf("NAME", (line.name or line.text)[:32].replace("&", "&amp;"))
        + leaf("MEMO", line.text.replace("&", "&amp;"))
        + "</STMTTRN>\n"
        for number, line in enumerate(lines)
    )
    through = (through or max((line.on for line in lines), default="2016-07-15")).replace("-", "")
    text = (
        f"{head}<OFX><SIGNONMSGSRSV1><SONRS><STATUS>{leaf('CODE', '0')}</STATUS></SONRS></SIGNONMSGSRSV1>\n"
        f"<BANKMSGSRSV1><STMTTRNRS><STMTRS>{leaf('CURDEF', currency)}<BANKACCTFROM>{leaf('BANKID', '021000021')}"
        f"{leaf('ACCTID', account)}{leaf('ACCTTYPE', 'CHECKING')}</BANKACCTFROM><BANKTRANLIST>"
        f"{leaf('DTSTART', '20160101')}{leaf('DTEND', through)}{body}"
    )
    return (text + "</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n" if closing else text).encode()


def mt940(lines, *, currency="USD", account="000123456789", opening="1000.00"):
    balance = cents(opening)
    first = min((line.on for line in lines), default="2016-07-15")
    last = max((line.on for line in lines), default="2016-07-15")

    def short(day):
        return day.replace("-", "")[2:]

    def comma(minor):
        return units(abs(minor)).replace(".", ",")

    text = f":20:STMT{short(last)}\n:25:{account}\n:28C:00001/001\n:60F:C{short(first)}{currency}{comma(balance)}\n"
    for line in lines:
        balance += cents(line.amount)
        mark = "D" if line.amount.startswith("-") else "C"
        bank_id = f"//{line.bank_id}" if line.bank_id else ""
        text += f":61:{short(line.on)}{short(line.on)[2:]}{mark}{comma(cents(line.amount))}NTRFNONREF{bank_id}\n"
        purpose = "".join(f"?{20 + at}{line.text[at * 27 : at * 27 + 27]}" for at in range((len(line.text) + 26) // 27))
        whole = f"166?00CREDIT{purpose}?31{line.account}?32{line.name[:27]}"
        pieces = [whole[at : at + 65] for at in range(0, len(whole), 65)]
        text += ":86:" + "\n".join(pieces) + "\n"
    return (text + f":62F:C{short(last)}{currency}{comma(balance)}\n-\n").encode()


def camt(lines, *, currency="USD", account="000123456789", version="02", through=None):
    entries = "".join(_entry(line, currency=currency, version=version) for line in lines)
    through = through or max((line.on for line in lines), default="2016-07-15")
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}">'
        f"<BkToCstmrStmt><GrpHdr><MsgId>M1</MsgId></GrpHdr><Stmt><Id>S1</Id><Acct><Id><Othr><Id>{account}</Id></Othr>"
        f"</Id><Ccy>{currency}</Ccy></Acct><Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp>"
        f'<Amt Ccy="{currency}">1.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>{through}</Dt></Dt></Bal>'
        f"{entries}</Stmt></BkToCstmrStmt></Document>\n"
    ).encode()


def _entry(line, *, currency, version):
    ind = "DBIT" if line.amount.startswith("-") else "CRDT"
    side = "Cdtr" if ind == "DBIT" else "Dbtr"
    status = "<Sts>BOOK</Sts>" if version < "04" else "<Sts><Cd>BOOK</Cd></Sts>"
    party = f"<Pty><Nm>{line.name}</Nm></Pty>" if version >= "08" else f"<Nm>{line.name}</Nm>"
    account = f"<{side}Acct><Id><IBAN>{line.account}</IBAN></Id></{side}Acct>" if line.account else ""
    reference = f"<AcctSvcrRef>{line.bank_id}</AcctSvcrRef>" if line.bank_id else ""
    return (
        f'<Ntry><Amt Ccy="{currency}">{line.amount.lstrip("-")}</Amt><CdtDbtInd>{ind}</CdtDbtInd>{status}'
        f"<BookgDt><Dt>{line.on}</Dt></BookgDt>{reference}<NtryDtls><TxDtls><RltdPties><{side}>{party}</{side}>{account}"
        f"</RltdPties><RmtInf><Ustrd>{line.text}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"
    )


def table(lines, *, opening="1000.00", day="{:%d/%m/%Y}", flip=False, separator=",", balances=True, newest_first=False):
    """A bank's CSV in Spanish, one column of amounts; `flip` writes money in with a minus, as one bank does."""
    balance = cents(opening)
    rows = []
    for line in lines:
        balance += cents(line.amount)
        shown = units(-cents(line.amount)) if flip else line.amount
        on = day.format(date.fromisoformat(line.on))
        rows.append([on, f"{line.name} {line.text}".strip(), shown, *([units(balance)] if balances else [])])
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator)
    writer.writerow(["Fecha", "Concepto", "Importe", *(["Saldo"] if balances else [])])
    writer.writerows(reversed(rows) if newest_first else rows)
    return out.getvalue().encode()


def columns(lines, *, opening="1000.00"):
    """The other habit: money out and money in apart, and the balance."""
    balance = cents(opening)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["Date", "Description", "Withdrawals", "Deposits", "Balance"])
    for line in lines:
        balance += cents(line.amount)
        size = line.amount.lstrip("-")
        apart = [size, ""] if line.amount.startswith("-") else ["", size]
        writer.writerow([line.on, f"{line.name} {line.text}".strip(), *apart, units(balance)])
    return out.getvalue().encode()


def workbook(lines, *, opening="1000.00", balances=True):
    """The same as an Excel workbook: days and amounts as what they are, texts in the table of texts."""
    balance = cents(opening)
    book = Workbook()
    sheet = book.active
    sheet.append(["Fecha", "Concepto", "Importe", *(["Saldo"] if balances else [])])
    for line in lines:
        balance += cents(line.amount)
        after = [balance / 100] if balances else []
        said = f"{line.name} {line.text}".strip()
        sheet.append([date.fromisoformat(line.on), said, cents(line.amount) / 100, *after])
    out = io.BytesIO()
    book.save(out)
    return _with_shared_texts(out.getvalue())


def _with_shared_texts(raw):
    """The workbook as Excel writes it: its texts in a table of their own, to which the cells refer by number."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    texts = []

    def refer(found):
        texts.append(found[1])
        return f't="s"><v>{len(texts) - 1}</v></c>'

    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = re.sub(r't="inlineStr"><is><t[^>]*>([^<]*)</t></is></c>', refer, parts[sheet])
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    items = "".join(f"<si><t>{text}</t></si>" for text in texts)
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{main}" count="{len(texts)}">{items}</sst>'
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    types = "[Content_Types].xml"
    override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    parts[types] = parts[types].replace("</Types>", override)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


FORMATS = {"ofx": ofx, "mt940": mt940, "camt": camt, "csv": table}
SOME = [
    moved("2016-07-01", "200.00", "ZELLE RF95US000123 dues", name="Water Alliance", account="DE12500105170648489890"),
    moved("2016-07-04", "-35.50", "HOSTING 4711"),
    moved("2016-07-05", "25.00", "Cuota señora Ñandú", name="Ana Ruiz"),
]
