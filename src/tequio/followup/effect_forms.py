"""Writing a ladder without JSON: the one in force, with other days, ways and words."""

from typing import Any

from django import forms
from django.utils.translation import get_language

from tequio.centers.models import Center
from tequio.decisions.effect_forms import EffectForm, code_field, first_day_field, text_fields
from tequio.dues.effects import succession
from tequio.dues.effects.amounts import as_written
from tequio.followup.effects import kept_of
from tequio.followup.models import FollowUpPolicy
from tequio.kernel.texts import text_of
from tequio.kernel.web.forms import AmountField, say
from tequio.rules.ladder import CHANNEL_NAMES, Channel
from tequio.rules.money import MINOR_PER_UNIT
from tequio.rules.reasons import Text
from tequio.rules.standing import STANDING_NAMES, Standing

_MOST_DAYS = 3650
_ROOM = 1  # steps that can be added beside those in force
_ROOM_FOR_FIRST = 5  # where no ladder is in force yet
_WAYS = ("mail", "letter", "call", "mail letter", "letter mail", "call letter", "letter call")
_FIGURES = {
    "apart_days": Text(en="Days between two steps", es="Días entre dos pasos"),
    "money_known_days": Text(
        en="No reminder if money was last entered more days ago than",
        es="Sin recordatorio si el dinero se registró hace más días que",
    ),
    "mail_days": Text(en="Days until a mail counts as delivered", es="Días para dar por entregado un correo"),
    "letter_days": Text(en="Days until a letter counts as delivered", es="Días para dar por entregada una carta"),
    "call_tries": Text(
        en="Unanswered calls that count as a call made", es="Llamadas sin respuesta que cuentan como hecha"
    ),
    "call_from_hour": Text(en="Calls from this hour, where the member is", es="Llamadas desde esta hora del lugar"),
    "call_to_hour": Text(en="Calls until this hour", es="Llamadas hasta esta hora"),
    "promise_days": Text(en="Days of the longest promise", es="Días de la promesa más larga"),
    "hold_days_in_call": Text(en="Days a caller may give", es="Días que puede dar quien llama"),
    "plan_parts_in_call": Text(en="Instalments a caller may agree", es="Parcialidades que puede acordar quien llama"),
    "preview_above": Text(
        en="A person looks first above so many members", es="Una persona revisa antes por arriba de cuántas membresías"
    ),
}


class LadderForm(EffectForm):
    """The ladder in force with its days, ways and words changed; a step whose days are emptied is gone."""

    kind = "followup.adopt_policy"

    code = code_field(longest=succession.LONGEST_CODE, like="follow-up-2016")
    valid_from = first_day_field()

    def more_fields(self) -> dict[str, forms.Field]:
        """The title, the centers with their postage, the steps in force and room for another, the figures."""
        found = text_fields("title", label=Text(en="Title", es="Título"), longest=200)
        kept = self._in_force()
        for center in Center.objects.order_by("code"):
            name = text_of(row=center, name="name")
            found[f"center-{center.code}"] = forms.BooleanField(
                label=say(en=name.en, es=name.es), required=False, initial=True
            )
            policy = succession.in_force_on(model=FollowUpPolicy, center=center, on=self.on)
            found[f"postage-{center.code}"] = AmountField(
                label=say(
                    en=f"Postage of a letter, {name.en} ({center.currency})",
                    es=f"Franqueo de una carta, {name.es} ({center.currency})",
                ),
                required=False,
                initial=as_written(minor=policy.postage) if policy else "",
            )
        for number, step in enumerate(_with_room(kept["steps"])):
            found |= _step_fields(number=number, step=step)
        for figure, label in _FIGURES.items():
            found[figure] = forms.IntegerField(
                label=say(en=label.en, es=label.es),
                required=False,
                min_value=0,
                max_value=_MOST_DAYS,
                initial=kept["terms"].get(figure),
            )
        return found

    def clean(self) -> dict[str, Any] | None:
        """A step that has its days has its words too."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for number in range(len(_with_room(self._in_force()["steps"]))):
            if cleaned.get(f"{number}-days") is None:
                continue
            for part in ("title_en", "title_es", "text_en", "text_es"):
                if not cleaned.get(f"{number}-{part}"):
                    said = Text(
                        en="A step needs its words in both languages.",
                        es="Un paso lleva sus palabras en los dos idiomas.",
                    )
                    self.add_error(f"{number}-{part}", said.to((get_language() or "en")[:2]))
        return cleaned

    def to_data(self) -> dict[str, Any]:
        """The ladder: steps by their days, figures as typed, those that are not on the page as in force."""
        typed, kept = self.cleaned_data, self._in_force()
        steps = []
        for number, step in enumerate(_with_room(kept["steps"])):
            days = typed[f"{number}-days"]
            if days is None:
                continue
            standing = typed[f"{number}-standing"]
            steps.append(
                {
                    "key": step["key"] if step else f"step-{days}".replace("--", "-before-"),
                    "days": days,
                    "channels": typed[f"{number}-channels"].split(),
                    "standings": standing.split(),
                    "title": self.bilingual(f"{number}-title"),
                    "text": self.bilingual(f"{number}-text"),
                }
            )
        centers = [code for code in _center_codes() if typed[f"center-{code}"]]
        terms = {**kept["terms"], **{name: typed[name] for name in _FIGURES if typed[name] is not None}}
        postage = {code: typed[f"postage-{code}"] for code in centers}
        return {
            "code": typed["code"],
            "title": self.bilingual("title"),
            "valid_from": self.day("valid_from"),
            "centers": centers,
            "steps": sorted(steps, key=lambda step: step["days"]),
            "terms": terms,
            "postage": {
                code: f"{minor // MINOR_PER_UNIT}.{minor % MINOR_PER_UNIT:02d}"
                for code, minor in postage.items()
                if minor is not None
            },
        }

    def _in_force(self) -> dict[str, Any]:
        """What the form begins with: the ladder in force in the first center that has one."""
        for center in Center.objects.order_by("code"):
            policy = succession.in_force_on(model=FollowUpPolicy, center=center, on=self.on)
            if policy is not None:
                return kept_of(policy=policy)
        return {"steps": [], "terms": {}, "postage": {}}


def _with_room(steps: list[dict[str, Any]]) -> list[dict[str, Any] | None]:
    """The steps in force, and room for others."""
    return [*steps, *[None] * (_ROOM if steps else _ROOM_FOR_FIRST)]


def _step_fields(*, number: int, step: dict[str, Any] | None) -> dict[str, forms.Field]:
    """One step: its days, by which ways, for whom, and its words."""
    title = step["title"] if step else {"en": "", "es": ""}
    called = Text(en=title["en"] or "Another step", es=title["es"] or "Otro paso")
    ways = " ".join(step["channels"]) if step else "mail letter"
    whom = " ".join(step["standings"]) if step else ""
    words = step["text"] if step else {"en": "", "es": ""}
    found: dict[str, forms.Field] = {
        f"{number}-days": forms.IntegerField(
            label=say(en=f"{called.en}: days after the due date", es=f"{called.es}: días después del vencimiento"),
            help_text=say(en="Empty: no such step.", es="Vacío: sin ese paso."),
            required=False,
            min_value=-_MOST_DAYS,
            max_value=_MOST_DAYS,
            initial=step["days"] if step else None,
        ),
        f"{number}-channels": forms.ChoiceField(
            label=say(en=f"{called.en}: by", es=f"{called.es}: por"),
            choices=[(way, _said(way)) for way in dict.fromkeys([*_WAYS, ways])],
            initial=ways,
        ),
        f"{number}-standing": forms.ChoiceField(
            label=say(en=f"{called.en}: for", es=f"{called.es}: para"),
            choices=[(one, _for_whom(one)) for one in dict.fromkeys(["", *Standing, whom])],
            required=False,
            initial=whom,
        ),
    }
    for part, label, longest, value in (
        ("title", Text(en="subject", es="asunto"), 150, title),
        ("text", Text(en="words", es="palabras"), 4000, words),
    ):
        about = Text(en=f"{called.en}: {label.en}", es=f"{called.es}: {label.es}")
        fields = text_fields(f"{number}-{part}", label=about, longest=longest, area=part == "text")
        for name, field in fields.items():
            field.required = False
            field.initial = value[name[-2:]]
        found |= fields
    return found


def _said(way: str) -> Any:
    names = [CHANNEL_NAMES[Channel(channel)] for channel in way.split()]
    return say(en=", else ".join(name.en for name in names), es="; si no, ".join(name.es for name in names))


def _for_whom(standings: str) -> Any:
    if not standings:
        return say(en="whoever is late", es="quien esté en atraso")
    names = [STANDING_NAMES[Standing(standing)] for standing in standings.split()]
    return say(en=" or ".join(name.en for name in names), es=" o ".join(name.es for name in names))


def _center_codes() -> list[str]:
    return list(Center.objects.order_by("code").values_list("code", flat=True))
