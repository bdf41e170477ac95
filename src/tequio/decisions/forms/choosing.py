"""Fields to choose a decision or a seat from what there is, each said in the person's language."""

from typing import Any

from django import forms

from tequio.decisions.models import Decision
from tequio.kernel.web.forms import say

_SHOWN = 80  # characters of a title


class DecisionField(forms.ModelChoiceField):  # type: ignore[type-arg]  # CONFIG: Django's own class takes no argument
    """A decision of the register, the newest first; sent by its code."""

    def __init__(self, **words: Any) -> None:
        decisions = Decision.objects.order_by("-decided_on", "-pk")
        super().__init__(queryset=decisions, to_field_name="code", **{"empty_label": "—", **words})

    def label_from_instance(self, obj: Any) -> str:
        """Its code and what was decided."""
        return str(say(en=f"{obj.code}: {obj.title_en[:_SHOWN]}", es=f"{obj.code}: {obj.title_es[:_SHOWN]}"))


class SeatField(forms.ModelChoiceField):  # type: ignore[type-arg]  # CONFIG: as above
    """A seat of a body; sent by its code. Whoever makes the form says which there are."""

    def label_from_instance(self, obj: Any) -> str:
        """Its title and code."""
        return str(say(en=f"{obj.title_en} ({obj.code})", es=f"{obj.title_es} ({obj.code})"))
