"""Writing an effect on bodies, roles and tasks without JSON."""

from collections.abc import Mapping
from typing import Any

from django import forms

from tequio.centers.models import Center
from tequio.decisions.effect_forms import EffectForm, code_field, first_day_field, text_fields
from tequio.decisions.models import Body, BodyKind, Office, Seat, Term, Voters
from tequio.decisions.operations.seating import OFFICE_NAMES
from tequio.kernel.texts import text_of
from tequio.kernel.web.forms import DayField, say
from tequio.rules.deciding import BlockCounts, Late, RuleOfDecision, Sponsors
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
_SHARES = {
    "quorum": Text(en="Quorum", es="Quórum"),
    "majority": Text(en="Majority of those voting", es="Mayoría de quienes votan"),
    "quorum_per_center": Text(en="Quorum in each center as well", es="Quórum también en cada centro"),
    "majority_per_center": Text(en="Majority in each center as well", es="Mayoría también en cada centro"),
}
_FIGURES = {
    "review_hours": Text(en="Hours of review before a vote", es="Horas de revisión antes de votar"),
    "delay_days": Text(en="Days one person may delay it, once", es="Días que una persona puede demorarla, una vez"),
    "vote_days": Text(en="Days a vote is open", es="Días que dura una votación"),
    "member_days": Text(en="Days somebody belongs before voting", es="Días de pertenecer antes de votar"),
}
_FLAGS = {
    "abstentions_count_for_quorum": Text(
        en="Abstentions count towards the quorum", es="Las abstenciones cuentan para el quórum"
    ),
    "closes_early": Text(
        en="A vote closes early once nothing can change it",
        es="La votación cierra antes si ya nada puede cambiarla",
    ),
    "consensus_first": Text(en="Consensus is tried first", es="Primero se busca el consenso"),
}
_CHOICES: dict[str, tuple[Text, dict[str, Text]]] = {
    "blocks_count": (
        Text(en="A block counts", es="Un bloqueo cuenta"),
        {
            BlockCounts.AGAINST.value: Text(en="as a vote against", es="como voto en contra"),
            BlockCounts.STOPS.value: Text(en="as a stop, whatever the others say", es="como alto, digan lo que digan"),
        },
    ),
    "sponsors": (
        Text(en="Who may bring a proposal", es="Quién puede presentar una propuesta"),
        {
            Sponsors.SITTING.value: Text(en="who sits on it", es="quien forma parte"),
            Sponsors.ANYBODY.value: Text(en="anybody who signs in", es="cualquiera que tenga cuenta"),
        },
    ),
    "late": (
        Text(en="A proposal that came too late for review", es="Una propuesta que llegó tarde para su revisión"),
        {
            Late.BY_VOTE.value: Text(
                en="goes to the next sitting, unless a vote lets it in",
                es="pasa a la siguiente sesión, salvo que una votación la admita",
            ),
            Late.NEXT.value: Text(en="goes to the next sitting", es="pasa a la siguiente sesión"),
        },
    ),
}
_WEIGHTS = {
    "organization": Text(en="Votes of an organization", es="Votos de una organización"),
    "individual": Text(en="Votes of an individual", es="Votos de una persona física"),
}
_MOST_WEIGHT = 100
_LONGEST_SHARE = 20


def _named(text: Text) -> Any:
    """A text in the language of the page, with a capital."""
    return say(en=text.en[:1].upper() + text.en[1:], es=text.es[:1].upper() + text.es[1:])


def _bodies() -> list[tuple[str, Any]]:
    rows = Body.objects.filter(ended_on__isnull=True).order_by("code")
    return [(body.code, _named(text_of(row=body, name="name"))) for body in rows]


def _body_field() -> forms.ChoiceField:
    return forms.ChoiceField(label=say(en="Body", es="Instancia"), choices=_bodies())


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
        choices.append((seat.code, _named(said)))
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


def _rule_fields(*, needed: bool) -> dict[str, forms.Field]:
    """The terms of a rule of decision, beginning with what a rule has that says nothing else."""
    found: dict[str, forms.Field] = {}
    for name, label in _SHARES.items():
        found[name] = forms.CharField(
            label=_named(label),
            help_text=say(en="Like 1/2, 50 % or >2/3.", es="Como 1/2, 50 % o >2/3."),
            max_length=_LONGEST_SHARE,
            required=needed and name in {"quorum", "majority"},
            initial={"quorum": "1/2", "majority": ">1/2"}.get(name, ""),
        )
    of = RuleOfDecision.__dataclass_fields__
    for name, label in _FIGURES.items():
        found[name] = forms.IntegerField(
            label=_named(label), min_value=0, max_value=8760, required=False, initial=of[name].default
        )
    for name, label in _FLAGS.items():
        found[name] = forms.BooleanField(label=_named(label), required=False, initial=of[name].default)
    for name, (label, values) in _CHOICES.items():
        found[name] = forms.ChoiceField(
            label=_named(label), choices=[(value, _named(said)) for value, said in values.items()]
        )
    for name, label in _WEIGHTS.items():
        found[f"weight_{name}"] = forms.IntegerField(
            label=_named(label),
            help_text=say(en="Where all members vote.", es="Donde vota toda la membresía."),
            min_value=1,
            max_value=_MOST_WEIGHT,
            required=False,
            initial={"organization": 2, "individual": 1}[name],
        )
    return found


def _terms(typed: Mapping[str, Any], *, of_members: bool) -> dict[str, Any]:
    """The terms that were typed; what was left empty is as the rules have it."""
    terms: dict[str, Any] = {name: typed[name] for name in (*_SHARES, *_CHOICES) if typed[name]}
    terms |= {name: typed[name] for name in _FIGURES if typed[name] is not None}
    terms |= {name: typed[name] for name in _FLAGS}
    if of_members:
        terms["weights"] = {name: typed[f"weight_{name}"] or 1 for name in _WEIGHTS}
    return terms


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
                label=say(en="It is a", es="Es"), choices=[(kind.value, _named(said)) for kind, said in _KINDS.items()]
            ),
            "voters": forms.ChoiceField(
                label=say(en="In it vote", es="En ella votan"),
                choices=[(voters.value, _named(said)) for voters, said in _VOTERS.items()],
            ),
            **text_fields("mandate", label=Text(en="What it is for", es="Para qué es"), longest=4000, area=True),
            "scopes": _scopes_field(),
            **_rule_fields(needed=False),
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
            data["terms"] = _terms(typed, of_members=typed["voters"] == Voters.MEMBERS)
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
    """What a body is for, from a day on."""

    kind = "body.change_mandate"

    valid_from = first_day_field()

    def more_fields(self) -> dict[str, forms.Field]:
        """Which one, and the words."""
        words = text_fields("mandate", label=Text(en="What it is for", es="Para qué es"), longest=4000, area=True)
        return {"body": _body_field(), **words}

    def to_data(self) -> dict[str, Any]:
        """The body and its mandate."""
        return {
            "body": self.cleaned_data["body"],
            "mandate": self.bilingual("mandate"),
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
        return {"body": _body_field(), **title, **_rule_fields(needed=True)}

    def to_data(self) -> dict[str, Any]:
        """The body and its rule."""
        typed = self.cleaned_data
        of_members = Body.objects.filter(code=typed["body"], voters=Voters.MEMBERS).exists()
        return {
            "body": typed["body"],
            "code": typed["code"],
            "title": self.bilingual("title"),
            "from": self.day("valid_from"),
            "terms": _terms(typed, of_members=of_members),
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
        centers = [
            (center.code, _named(text_of(row=center, name="name"))) for center in Center.objects.order_by("code")
        ]
        return {
            "body": _body_field(),
            "office": forms.ChoiceField(
                label=say(en="Office", es="Cargo"),
                choices=[(office.value, _named(OFFICE_NAMES[office])) for office in Office],
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
            "body": _body_field(),
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
