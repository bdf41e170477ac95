"""Writing an effect on bodies, roles and tasks without JSON."""

from typing import Any

from django import forms

from tequio.centers.models import Center
from tequio.decisions.effect_forms import EffectForm, body_choices, code_field, first_day_field, text_fields
from tequio.decisions.effects.in_order import NOTHING, Foreseen
from tequio.decisions.effects.rule_fields import named, rule_fields, terms
from tequio.decisions.models import Body, BodyKind, Office, Seat, Term, Voters
from tequio.decisions.operations.seating import OFFICE_NAMES
from tequio.kernel.texts import text_of
from tequio.kernel.web.forms import DayField, say
from tequio.rules.reasons import Text

_KINDS = {
    BodyKind.COMMITTEE: Text(en="committee", es="comité"),
    BodyKind.TEAM: Text(en="team", es="equipo"),
    BodyKind.ASSEMBLY: Text(en="assembly", es="asamblea"),
}
_VOTERS = {
    Voters.PEOPLE: Text(en="the people who sit on it", es="las personas que la forman"),
    Voters.MEMBERS: Text(en="all members in good standing", es="toda la membresía al corriente"),
}


def _body_field(foreseen: Foreseen = NOTHING) -> forms.ChoiceField:
    return forms.ChoiceField(label=say(en="Body", es="Instancia"), choices=body_choices(foreseen=foreseen))


def _seat_field() -> forms.ChoiceField:
    """The seats there are, each with who holds it."""
    seats = Seat.objects.select_related("body").filter(closed_on__isnull=True).order_by("body__code", "code")
    holders = dict(Term.objects.filter(ended_on__isnull=True).order_by("pk").values_list("seat_id", "user__name"))
    choices = []
    for seat in seats:
        body, title = text_of(row=seat.body, name="name"), text_of(row=seat, name="title")
        who = holders.get(seat.pk)
        en, es = (who, who) if who else ("open", "abierto")
        said = Text(en=f"{body.en}: {title.en} ({en})", es=f"{body.es}: {title.es} ({es})")
        choices.append((seat.code, named(said)))
    return forms.ChoiceField(label=say(en="Seat", es="Lugar"), choices=choices)


def _person_field(*, required: bool) -> forms.CharField:
    # An address, not a list: who has an account here is not shown to everybody who may write a proposal.
    return forms.CharField(
        label=say(en="Person", es="Persona"),
        help_text=say(en="The e-mail address with which they sign in.", es="El correo electrónico con el que entra."),
        max_length=254,
        required=required,
        widget=forms.EmailInput(attrs={"size": 40, "autocomplete": "off"}),
    )


def _scopes_field() -> forms.CharField:
    return forms.CharField(
        label=say(en="What those who sit on it may reach", es="A qué tiene acceso quien forma parte"),
        help_text=say(en="Words with commas between them, like root.", es="Palabras separadas por comas, como root."),
        max_length=200,
        required=False,
    )


def _scopes(typed: str) -> list[str]:
    return [word for word in dict.fromkeys(piece.strip() for piece in typed.split(",")) if word]


class CreateBodyForm(EffectForm):
    """A body, what it is for, and how it decides."""

    kind = "body.create"

    code = code_field(longest=40, like="translation-team")
    valid_from = first_day_field()

    def more_fields(self) -> dict[str, forms.Field]:
        """The names, what it is, who votes, its mandate, its rule."""
        return {
            **text_fields("name", label=Text(en="Name", es="Nombre"), longest=120),
            "what": forms.ChoiceField(
                label=say(en="It is a", es="Es"), choices=[(kind.value, named(said)) for kind, said in _KINDS.items()]
            ),
            "voters": forms.ChoiceField(
                label=say(en="In it vote", es="En ella votan"),
                choices=[(voters.value, named(said)) for voters, said in _VOTERS.items()],
            ),
            **text_fields("mandate", label=Text(en="What it is for", es="Para qué es"), longest=4000, area=True),
            "scopes": _scopes_field(),
            **rule_fields(needed=False),
        }

    def to_data(self) -> dict[str, Any]:
        """The body; without a rule where quorum and majority were left empty."""
        typed = self.cleaned_data
        data: dict[str, Any] = {
            "code": typed["code"],
            "name": self.bilingual("name"),
            "kind": typed["what"],
            "voters": typed["voters"],
            "mandate": self.bilingual("mandate"),
            "access_scopes": _scopes(typed["scopes"]),
            "from": self.day("valid_from"),
        }
        if typed["quorum"] or typed["majority"]:
            data["terms"] = terms(typed, of_members=typed["voters"] == Voters.MEMBERS)
        return data


class EndBodyForm(EffectForm):
    """A body ends."""

    kind = "body.end"

    valid_from = first_day_field()

    def more_fields(self) -> dict[str, forms.Field]:
        """Which one."""
        return {"body": _body_field()}

    def to_data(self) -> dict[str, Any]:
        """The body and the first day it is not there."""
        return {"body": self.cleaned_data["body"], "from": self.day("valid_from")}


class ChangeMandateForm(EffectForm):
    """What a body is for, from a day on; also what it is called, and what those who sit on it may reach."""

    kind = "body.change_mandate"

    valid_from = first_day_field()

    def more_fields(self) -> dict[str, forms.Field]:
        """Which one, the words, and what only changes where something is typed."""
        names = text_fields("name", label=Text(en="Another name", es="Otro nombre"), longest=120)
        for field in names.values():
            field.required = False
            field.help_text = say(en="Empty: as it is now.", es="Vacío: como ahora.")
        scopes = _scopes_field()
        scopes.help_text = say(
            en="Words with commas between them, like root. Empty: as it is now.",
            es="Palabras separadas por comas, como root. Vacío: como ahora.",
        )
        words = text_fields("mandate", label=Text(en="What it is for", es="Para qué es"), longest=4000, area=True)
        return {"body": _body_field(), **words, **names, "scopes": scopes}

    def to_data(self) -> dict[str, Any]:
        """The body and its mandate; a name and scopes where they were typed."""
        typed = self.cleaned_data
        return {
            "body": typed["body"],
            "mandate": self.bilingual("mandate"),
            **({"name": self.bilingual("name")} if typed["name_en"] or typed["name_es"] else {}),
            **({"access_scopes": _scopes(typed["scopes"])} if typed["scopes"].strip() else {}),
            "from": self.day("valid_from"),
        }


class AdoptRuleForm(EffectForm):
    """How a body decides, from a day on."""

    kind = "body.adopt_rule"

    code = code_field(longest=60, like="committee-2016")
    valid_from = first_day_field()

    def more_fields(self) -> dict[str, forms.Field]:
        """Which one, the title, the terms."""
        title = text_fields("title", label=Text(en="Title", es="Título"), longest=200)
        return {"body": _body_field(), **title, **rule_fields(needed=True)}

    def to_data(self) -> dict[str, Any]:
        """The body and its rule."""
        typed = self.cleaned_data
        of_members = Body.objects.filter(code=typed["body"], voters=Voters.MEMBERS).exists()
        return {
            "body": typed["body"],
            "code": typed["code"],
            "title": self.bilingual("title"),
            "from": self.day("valid_from"),
            "terms": terms(typed, of_members=of_members),
        }


class AppointForm(EffectForm):
    """Somebody takes a seat."""

    kind = "role.appoint"

    valid_from = first_day_field()
    until = DayField(
        label=say(en="Until", es="Hasta el"),
        help_text=say(
            en="The first day after the term; empty for good.", es="El primer día después; vacío si no termina."
        ),
        required=False,
    )

    def more_fields(self) -> dict[str, forms.Field]:
        """Which seat, and who."""
        return {"seat": _seat_field(), "person": _person_field(required=True)}

    def to_data(self) -> dict[str, Any]:
        """The seat, the person and the term."""
        typed = self.cleaned_data
        return {
            "seat": typed["seat"],
            "person": typed["person"],
            "from": self.day("valid_from"),
            "until": self.day("until"),
        }


class OpenSeatForm(EffectForm):
    """A seat is opened, and somebody looked for."""

    kind = "role.open_seat"

    valid_from = first_day_field()

    def more_fields(self) -> dict[str, forms.Field]:
        """Where, which office, what it is called, for which center."""
        titles = text_fields("title", label=Text(en="What it is called", es="Cómo se llama"), longest=120)
        for field in titles.values():
            field.required = False
        centers = [(center.code, named(text_of(row=center, name="name"))) for center in Center.objects.order_by("code")]
        return {
            "body": _body_field(self.foreseen),
            "office": forms.ChoiceField(
                label=say(en="Office", es="Cargo"),
                choices=[(office.value, named(OFFICE_NAMES[office])) for office in Office],
            ),
            **titles,
            "center": forms.ChoiceField(
                label=say(en="It speaks for", es="Habla por"),
                choices=[("", say(en="No center in particular", es="Ningún centro en particular")), *centers],
                required=False,
            ),
            "votes": forms.BooleanField(
                label=say(en="Whoever holds it votes by it", es="Quien lo ocupa vota por él"),
                help_text=say(
                    en="An office beside the seat by which somebody votes has no vote of its own.",
                    es="Un cargo aparte del lugar con el que alguien vota no tiene voto propio.",
                ),
                required=False,
            ),
            "search": forms.BooleanField(
                label=say(en="Somebody is looked for", es="Se busca a alguien"), required=False, initial=True
            ),
        }

    def to_data(self) -> dict[str, Any]:
        """The seat; with the office's own name where none was typed."""
        typed = self.cleaned_data
        return {
            "body": typed["body"],
            "office": typed["office"],
            **({"title": self.bilingual("title")} if typed["title_en"] or typed["title_es"] else {}),
            **({"center": typed["center"]} if typed["center"] else {}),
            "votes": typed["votes"],
            "search": typed["search"],
            "from": self.day("valid_from"),
        }


class EndRoleForm(EffectForm):
    """A seat becomes free, or is closed."""

    kind = "role.end"

    valid_from = first_day_field()

    def more_fields(self) -> dict[str, forms.Field]:
        """Which one, and whether it is closed."""
        close = forms.BooleanField(
            label=say(en="The seat itself is closed", es="El lugar mismo se cierra"), required=False
        )
        return {"seat": _seat_field(), "close": close}

    def to_data(self) -> dict[str, Any]:
        """The seat and the day."""
        typed = self.cleaned_data
        return {"seat": typed["seat"], "from": self.day("valid_from"), "close": typed["close"]}


class AssignTaskForm(EffectForm):
    """Somebody takes something on."""

    kind = "task.assign"

    def more_fields(self) -> dict[str, forms.Field]:
        """Where, what, who, by when."""
        return {
            "body": _body_field(self.foreseen),
            **text_fields("title", label=Text(en="Task", es="Tarea"), longest=300),
            "person": _person_field(required=False),
            "due_on": DayField(label=say(en="Due on", es="Para el"), required=False),
            "in_writing": forms.BooleanField(
                label=say(en="It is to be put in writing", es="Se trata de ponerlo por escrito"), required=False
            ),
        }

    def to_data(self) -> dict[str, Any]:
        """The task."""
        typed = self.cleaned_data
        return {
            "body": typed["body"],
            "title": self.bilingual("title"),
            "person": typed["person"] or None,
            "due_on": self.day("due_on"),
            "in_writing": typed["in_writing"],
        }


FORMS = (
    CreateBodyForm,
    EndBodyForm,
    ChangeMandateForm,
    AdoptRuleForm,
    AppointForm,
    OpenSeatForm,
    EndRoleForm,
    AssignTaskForm,
)
