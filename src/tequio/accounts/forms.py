"""Forms about people and one's own account."""

from typing import Any

from django import forms

from tequio.accounts.models import Role
from tequio.accounts.queries import ROLE_NAMES
from tequio.kernel.web.forms import PlainForm, say

LANGUAGES = [("en", "English"), ("es", "Español")]


class LanguageForm(PlainForm):
    """The language pages and letters are written in."""

    language = forms.ChoiceField(label=say(en="Language", es="Idioma"), choices=LANGUAGES, widget=forms.RadioSelect)


class PersonForm(PlainForm):
    """A person to open an account for."""

    name = forms.CharField(label=say(en="Name", es="Nombre"), max_length=120)
    email = forms.EmailField(label=say(en="E-mail address", es="Correo electrónico"))
    language = forms.ChoiceField(label=say(en="Language", es="Idioma"), choices=LANGUAGES)


def _name(role: Role) -> Any:
    text = ROLE_NAMES[role.value]
    return say(en=text.en, es=text.es)


class RoleForm(PlainForm):
    """A role to give, with its center for a treasurer or a caller."""

    role = forms.ChoiceField(label=say(en="Role", es="Función"), choices=[(role.value, _name(role)) for role in Role])
    center = forms.ChoiceField(
        label=say(en="Center", es="Centro"),
        required=False,
        help_text=say(en="only for a treasurer or a caller", es="solo para tesorería o llamadas"),
    )

    def __init__(self, *args: Any, centers: list[tuple[str, str]], **kwargs: Any) -> None:
        self.centers = centers
        super().__init__(*args, **kwargs)
        self._offer()

    def full_clean(self) -> None:
        """Check what was typed, against the centers there are."""
        self._offer()  # PlainForm looks for faults before __init__ comes back here
        super().full_clean()

    def _offer(self) -> None:
        self.fields["center"].choices = [("", "—"), *self.centers]  # type: ignore[attr-defined]  # CONFIG: stubs know only the base field
