"""Forms for moving members in: a wave, a mailbox on its list, a step, a balance with its evidence."""

from django import forms

from tequio.centers.models import Center
from tequio.decisions.effect_forms import code_field
from tequio.kernel.texts import text_of
from tequio.kernel.web.forms import AmountField, DayField, PlainForm, note_field, say

_TEXT = forms.TextInput(attrs={"autocomplete": "off"})


class WaveForm(PlainForm):
    """A wave and its last days."""

    code = code_field(longest=40, like="spring-2031")
    name = forms.CharField(label=say(en="Name", es="Nombre"), max_length=120)
    provider = forms.CharField(label=say(en="Where they come from", es="De dónde vienen"), max_length=120)
    center = forms.ChoiceField(label=say(en="Center", es="Centro"))
    contact_by = DayField(label=say(en="Everybody is contacted by", es="Todas contactadas antes del"))
    consent_by = DayField(label=say(en="Consent is given by", es="Consentimiento antes del"))
    copy_by = DayField(label=say(en="Everything is copied by", es="Todo copiado antes del"))

    def complete(self) -> None:
        """The centers there are."""
        field = self.fields["center"]
        if isinstance(field, forms.ChoiceField):
            names = [(c.code, text_of(row=c, name="name")) for c in Center.objects.order_by("code")]
            field.choices = [(code, say(en=name.en, es=name.es)) for code, name in names]


class MailboxForm(PlainForm):
    """A mailbox that moves in."""

    member = forms.CharField(label=say(en="The member’s id", es="Id de la membresía"), max_length=40, widget=_TEXT)
    old_address = forms.CharField(label=say(en="Old address", es="Dirección anterior"), max_length=254, widget=_TEXT)
    new_address = forms.CharField(label=say(en="New address", es="Dirección nueva"), max_length=254, widget=_TEXT)


class CopiedForm(PlainForm):
    """What was counted before and after, and until when the old address forwards."""

    before = forms.IntegerField(label=say(en="Messages before", es="Mensajes antes"), min_value=0, max_value=10**9)
    after = forms.IntegerField(label=say(en="Messages after", es="Mensajes después"), min_value=0, max_value=10**9)
    why_fewer = note_field(label=say(en="Why fewer, if so", es="Por qué menos, si es así"), required=False)
    forward_until = DayField(
        label=say(en="The old address forwards until", es="La dirección anterior reenvía hasta el")
    )


class BalanceForm(PlainForm):
    """What a member owed or had paid ahead where it came from."""

    owes = forms.CharField(label=say(en="The member’s id", es="Id de la membresía"), max_length=40, widget=_TEXT)
    side = forms.ChoiceField(
        label=say(en="What it is", es="Qué es"),
        choices=[
            ("owed", say(en="it owed this there", es="debía esto allá")),
            ("ahead", say(en="it had paid this ahead", es="lo tenía pagado por adelantado")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": say(en="Choose one.", es="Elija uno.")},
    )
    amount = AmountField(label=say(en="Amount", es="Monto"))
    due_on = DayField(label=say(en="Due since, or as of", es="Vencido desde el, o al día"))
    evidence = note_field(
        label=say(en="Where that is written", es="Dónde consta"),
        hint=say(en="a statement, with its number and date", es="un estado de cuenta, con su número y fecha"),
    )
    file = forms.FileField(
        label=say(en="The paper itself: PDF or picture, 5 MB at most", es="El documento: PDF o imagen, 5 MB a lo más"),
        required=False,
        allow_empty_file=True,
    )

    def amount_brought(self) -> int:
        """What was owed; below nothing what was paid ahead."""
        amount = int(self.cleaned_data["amount"])
        return -amount if self.cleaned_data["side"] == "ahead" else amount


class PaperForm(PlainForm):
    """Another paper behind a balance."""

    paper = forms.FileField(
        label=say(en="PDF or picture, 5 MB at most", es="PDF o imagen, 5 MB a lo más"), allow_empty_file=True
    )
