"""Faults of a form stand on top of its page, whatever the page is called with, and nowhere twice."""

import re

import pytest
from django import forms
from django.template.loader import get_template
from django.test import RequestFactory
from django.utils.translation import override

from tequio.kernel.web.environment import wrong_forms
from tequio.kernel.web.forms import AmountField, PlainForm


class _Form(PlainForm):
    amount = AmountField(label="Amount")
    note = forms.CharField(label="Note", required=False)


def _context(**words):
    template = get_template("web/base.html").template
    return template.new_context(words)


@pytest.mark.parametrize(
    "place",
    [
        lambda form: {"form": form},
        lambda form: {"line_form": form, "same": form},
        lambda form: {"forms": {"fund": _Form(), "send": form}},
        lambda form: {"forms": [("Ana", _Form()), ("Bo", form)]},
    ],
)
def test_a_form_that_was_sent_wrongly_is_found_once_wherever_a_page_is_given_it(place):
    form = _Form({"amount": "many"})
    assert wrong_forms(_context(**place(form))) == [form]


@pytest.mark.parametrize("form", [_Form(), _Form({"amount": "12.50"})])
def test_a_form_not_sent_and_one_without_faults_are_not_named(form):
    assert wrong_forms(_context(form=form, rows=[1, 2], names={"a": 1}, pairs=[("a", 1)])) == []


@pytest.mark.django_db
def test_the_page_begins_with_the_faults_each_a_link_and_its_title_says_so(rf: RequestFactory):
    form = _Form({"amount": "many"})
    with override("es"):
        page = get_template("web/error.html").render(
            {"form": form, "title": _Said(), "sentence": _Said(), "lang": "es"}, rf.get("/")
        )
    assert page.count('id="faults"') == 1
    assert re.search(r"<main id=\"main\">\s*<section class=\"record wrong\"", page)
    assert '<a href="#id_amount">Amount</a>: ' in page
    assert "<title>No se envió: " in page


class _Said:
    def to(self, _):
        return "x"
