"""Bilingual columns: a pair of fields `NAME_en` and `NAME_es`, read together as one Text."""

from django.db import models

from tequio.rules.reasons import Text


def text_of(*, row: models.Model, name: str) -> Text:
    """The Text held by a row's columns `name_en` and `name_es`."""
    return Text(en=getattr(row, f"{name}_en"), es=getattr(row, f"{name}_es"))
