"""Tables of the centers."""

from django.db import models


class Center(models.Model):
    """A legal entity that collects its own dues and keeps its own books, in one currency."""

    code = models.SlugField(max_length=12, unique=True)
    name_en = models.CharField(max_length=120)
    name_es = models.CharField(max_length=120)
    currency = models.CharField(max_length=3)
    language = models.CharField(max_length=2, choices=[("en", "English"), ("es", "español")])
    zone = models.CharField(max_length=60, help_text="like America/Mexico_City")
    short_references = models.BooleanField(
        default=False, help_text="print a numeric reference of seven digits too, as Mexican transfers need"
    )
    last_invoice = models.PositiveIntegerField(default=0, help_text="the last number of the invoice series")
    last_opening = models.PositiveIntegerField(default=0, help_text="the last number of the opening balances")
    last_payment = models.PositiveIntegerField(default=0, help_text="the last number of the payments")
    postal_address = models.TextField(blank=True, default="", help_text="printed as the return address, line by line")
    pay_to_en = models.TextField(blank=True, default="", help_text="how to pay, a few lines, as an invoice prints it")
    pay_to_es = models.TextField(blank=True, default="", help_text="the same in Spanish")
    letter_email = models.CharField(
        max_length=254, blank=True, default="", help_text="where a member writes about its dues"
    )
