"""What a connector is handed of an account: why it is shut, truly, and where to pay only for whoever owes."""

import pytest

from dues.doing import hold, moment, tried
from services.having import look, mailbox
from tequio.services.models import ServiceAccount
from tequio.services.operations import opening
from tequio.services.wanted_of import NOTICE, wanted_of

pytestmark = pytest.mark.django_db


def handed(name):
    account = ServiceAccount.objects.get(name=f"{name}@example.org")
    return wanted_of(account_pks=[account.pk])[account.pk]


def test_whoever_is_late_is_told_of_dues_and_where_to_pay(late):
    hold("M1", "2016-07-15")
    mailbox("M1", "ana")
    tried("M1", "2016-07-16")
    look("2016-07-17")
    assert handed("ana").notice == NOTICE
    assert "/pay/" in handed("ana").pay_address


def test_whoever_closed_it_is_told_so_and_not_of_dues(late):
    account = mailbox("M2", "beto")
    opening.close_account(account_pk=account.pk, actor="test", at=moment("2016-07-15"))
    assert handed("beto").notice.as_dict() == {
        "en": "Closed on 15 July 2016; it can be opened again until it is removed.",
        "es": "Se cerró el 15 de julio de 2016; se puede reabrir mientras no se elimine.",
    }
    assert handed("beto").pay_address == ""


def test_however_many_are_asked_for_it_takes_the_same_number_of_queries(late, django_assert_num_queries):
    pks = [mailbox("M2", f"m{number}").pk for number in range(5)]
    with django_assert_num_queries(3):
        assert len(wanted_of(account_pks=pks)) == 5
