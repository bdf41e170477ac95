"""What tests do with statements, in one short word each."""

from tests.banking import samples
from tests.dues.doing import moment

from tequio.banking.models import BankLine, KnownPayer, Match
from tequio.banking.operations import accounts, deciding, importing, undoing
from tequio.dues.references import iso_reference, short_reference

ACCOUNT = "000123456789"


def number(code="us-bank", said=ACCOUNT):
    accounts.add_number(code=code, number=said, actor="test", at=moment("2016-07-15"))


def take(raw, account="us-bank", at="2016-08-15", **more):
    return importing.import_statement(account_code=account, raw=raw, actor="test", at=moment(at), **more)


def csv(*lines, account="us-bank", **more):
    """Take in a statement of these lines as a bank's CSV."""
    return take(samples.table(lines), account=account, **more)


def counts(result):
    return result.matched, result.suggested, result.unmatched, result.already_known


def lines(**which):
    """The lines there are: day, whole units, state."""
    rows = BankLine.objects.filter(**which).order_by("pk")
    return [(line.on.isoformat(), line.amount / 100, line.state) for line in rows]


def the_line(**which):
    return BankLine.objects.get(**which)


def suggestion(**which):
    return Match.objects.get(state="suggested", **which)


def confirm(match, at="2016-08-16"):
    return deciding.confirm(match_pk=match.pk, actor="ana", at=moment(at))


def refuse(match, at="2016-08-16"):
    deciding.refuse(match_pk=match.pk, actor="ana", at=moment(at))


def assign(line, *shares, at="2016-08-16"):
    given = [deciding.Share(member_code=s[0], amount=round(s[1] * 100), invoice_number=(*s, "")[2]) for s in shares]
    return deciding.assign(line_pk=line.pk, shares=given, actor="ana", at=moment(at))


def undo(match, at="2016-08-17"):
    undoing.undo(match_pk=match.pk, reason="another Ana", actor="ana", at=moment(at))


def payers():
    return sorted(KnownPayer.objects.values_list("member__code", "by_account"))


def long(invoice):
    return iso_reference(number=invoice)


def short(invoice):
    return short_reference(number=invoice)
