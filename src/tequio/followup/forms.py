"""The forms of a treasurer: closing a task, the day the money is known to, holidays, posting."""

from django import forms

from tequio.followup.operations.hearing import Heard
from tequio.kernel.web.forms import DayField, PlainForm, note_field, say


class CloseForm(PlainForm):
    """What came of a task."""

    note = note_field(label=say(en="What came of it", es="Qué resultó"), required=False)


class AnswerForm(CloseForm):
    """What came of what a member asked for, and what it is told."""

    answer = note_field(
        label=say(en="Answer to the member", es="Respuesta a la membresía"),
        required=False,
        hint=say(en="It reads this on the page behind its link.", es="La lee en la página de su enlace."),
    )


class MoneyForm(PlainForm):
    """The day up to which all money was entered or looked for."""

    through = DayField(label=say(en="All the money is entered through", es="Todo el dinero está registrado hasta el"))


class QuietForm(PlainForm):
    """A holiday."""

    quiet_on = DayField(label=say(en="Day", es="Día"))
    name_en = forms.CharField(label=say(en="Its name in English", es="Su nombre en inglés"), max_length=120)
    name_es = forms.CharField(label=say(en="Its name in Spanish", es="Su nombre en español"), max_length=120)


class HeardForm(PlainForm):
    """What a member wrote or said by itself."""

    heard = forms.ChoiceField(
        label=say(en="What it said", es="Qué dijo"),
        choices=[
            (Heard.PROMISED.value, say(en="It will pay on a day", es="Pagará en una fecha")),
            (Heard.CLAIMED.value, say(en="It has paid", es="Ya pagó")),
            (Heard.MAY_BE_CALLED.value, say(en="It may be called again", es="Se le puede volver a llamar")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": say(en="Choose what it said.", es="Elija qué dijo.")},
    )
    pay_on = DayField(label=say(en="It will pay on", es="Pagará el"), required=False)
    note = note_field(
        label=say(en="Note", es="Nota"),
        required=False,
        hint=say(en="how it paid, what it wrote", es="cómo pagó, qué escribió"),
    )


class PostForm(PlainForm):
    """The day letters were handed to the post."""

    posted_on = DayField(label=say(en="Handed to the post on", es="Se llevaron al correo el"))


class ReturnForm(PlainForm):
    """Why a letter came back."""

    why = note_field(label=say(en="What the post wrote on it", es="Lo que el correo anotó en ella"), required=False)
