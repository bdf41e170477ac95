"""The page behind an invoice's link: without an account, without JavaScript, in the member's language."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt

from tequio.accounts.guards import anybody, guarded
from tequio.banking.queries.cards import card_url
from tequio.dues import page_queries
from tequio.dues.models import Invoice
from tequio.dues.names import CHARGE_SHAPES, CHARGE_STATES
from tequio.dues.operations.reissuing import bands_of, lines_in_band
from tequio.dues.queries import invoice_credits, references_of, why_lines
from tequio.followup.operations.hardship import Ask, Hardship
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.kernel.texts import text_of
from tequio.kernel.web import guessing
from tequio.kernel.web.languages import COOKIE, language_of
from tequio.kernel.web.pages import go, page
from tequio.members.views.receiving import takes_a_file
from tequio.paylink.forms import BandForm, CannotForm, ContactForm, PartsForm, ProofForm, TimeForm
from tequio.paylink.links import Link, link_of, opened
from tequio.paylink.models import Proof
from tequio.paylink.operations.asking import ask
from tequio.paylink.operations.correcting import Reached, contact_of, correct_band, correct_contact
from tequio.paylink.operations.proofs import PROOF_AT_MOST, hand_in_proof
from tequio.paylink.queries import asked_about
from tequio.rules.money import printed
from tequio.rules.reasons import Text

_TOO_LARGE = Text(
    en=f"The file is larger than {PROOF_AT_MOST // 1_000_000} MB. A photo of the screen is enough.",
    es=f"El archivo pesa más de {PROOF_AT_MOST // 1_000_000} MB. Basta una foto de la pantalla.",
)
_DONE = {
    "proof": Text(
        en="Thank you. Somebody looks for the money now; nobody reminds you meanwhile.",
        es="Gracias. Alguien buscará el pago; mientras tanto nadie le recordará nada.",
    ),
    "contact": Text(en="Saved, thank you.", es="Guardado, gracias."),
    "band": Text(en="Saved. This is what holds now.", es="Guardado. Esto es lo que vale ahora."),
}


def _too_large(request: HttpRequest, invoice_pk: int, token: str) -> HttpResponse:
    link = opened(invoice_pk=invoice_pk, token=token)
    if link is None or not link.opens(on=clock.today(zone=link.invoice.center.zone)):
        return _closed(request, status=404)
    return _answer(request, link, problem=_TOO_LARGE, status=413)


@csrf_exempt  # the check is made in takes_a_file, once it has said where the file goes
@guarded(anybody)
@takes_a_file(too_large=_too_large)
def pay(request: HttpRequest, invoice_pk: int, token: str) -> HttpResponseBase:
    """What is owed and why, how to pay, and everything a member may say about it."""
    link = opened(invoice_pk=invoice_pk, token=token)
    if link is None:
        # Only wrong addresses are held off: who has a right one may sit behind the same door as who guesses.
        if guessing.too_many(request, what="pay-link"):
            return _closed(request, status=429)
        guessing.wrong(request, what="pay-link")
        return _closed(request, status=404)
    if not link.opens(on=clock.today(zone=link.invoice.center.zone)):
        return _closed(request, link=link, status=410)
    if request.method == "POST":
        with translation.override(_speak(request, link)):  # what is refused is said in the page's language too
            return _posted(request, link)
    return _answer(request, link)


def _posted(request: HttpRequest, link: Link) -> HttpResponseBase:
    """Do what one of the page's forms asks; show it again with what was wrong."""
    act = request.POST.get("act", "")
    forms = _forms(request, link, act=act)
    form = forms.get(act)
    if form is None or not form.is_valid():
        return _answer(request, link, forms=forms, open_=act, status=422)
    work = _WORK.get(act)
    if work is None:
        return _answer(request, link, status=422)
    try:
        told, invoice = work(link, form.cleaned_data, f"link:{link.invoice.number}")
    except Refusal as refusal:
        form.refuse(refusal)
        return _answer(request, link, forms=forms, open_=act, status=422)
    fresh = link_of(invoice=invoice)
    if act in _DONE:
        return _safe(go(fresh.path, done=act))
    return _answer(request, fresh, told=told)


_Work = Callable[[Link, dict[str, Any], str], tuple[list[Text], Invoice]]


def _proof(link: Link, said: dict[str, Any], actor: str) -> tuple[list[Text], Invoice]:
    file = said["file"]
    hand_in_proof(invoice=link.invoice, name=file.name, file=file, note=said["note"], actor=actor, at=clock.now())
    return [], link.invoice


def _asked(link: Link, hardship: Hardship, note: str, actor: str) -> tuple[list[Text], Invoice]:
    told = ask(invoice=link.invoice, asked=hardship, note=note, actor=actor, at=clock.now())
    return told, Invoice.objects.select_related("center", "member", "contact").get(pk=link.invoice.pk)


def _contact(link: Link, said: dict[str, Any], actor: str) -> tuple[list[Text], Invoice]:
    correct_contact(invoice=link.invoice, said=Reached(**said), actor=actor, at=clock.now())
    return [], link.invoice


def _band(link: Link, said: dict[str, Any], actor: str) -> tuple[list[Text], Invoice]:
    return [], correct_band(invoice=link.invoice, band=int(said["band"]), actor=actor, at=clock.now())


_WORK: dict[str, _Work] = {
    "proof": _proof,
    "time": lambda link, said, actor: _asked(link, Hardship(ask=Ask.TIME, until=said["until"]), "", actor),
    "parts": lambda link, said, actor: _asked(link, Hardship(ask=Ask.PLAN, parts=said["parts"]), "", actor),
    "cannot": lambda link, said, actor: _asked(link, Hardship(ask=Ask.OTHER), said["note"], actor),
    "contact": _contact,
    "band": _band,
}


def _forms(request: HttpRequest, link: Link, *, act: str = "") -> dict[str, Any]:
    """The page's forms; the one that was sent is bound."""

    def sent(name: str) -> tuple[Any, ...]:
        return (request.POST, request.FILES) if act == name else ()

    contact = contact_of(invoice=link.invoice)
    known = {name: getattr(contact, name) for name in ContactForm.base_fields} if contact else {}
    forms: dict[str, Any] = {
        "proof": ProofForm(*sent("proof")),
        "time": TimeForm(*sent("time")),
        "parts": PartsForm(*sent("parts")),
        "cannot": CannotForm(*sent("cannot"), auto_id="id_cannot_%s"),
        "contact": ContactForm(*sent("contact"), initial=known) if contact else None,
        "band": None,
    }
    bands = bands_of(invoice=link.invoice) if link.invoice.rest > 0 else []
    if bands:
        choices = [(str(band), _priced(link.invoice, band)) for band in bands]
        forms["band"] = BandForm(*sent("band"), choices=choices, initial={"band": link.invoice.member.income_band})
    return forms


def _priced(invoice: Invoice, band: int) -> str:
    total = sum(line.amount for line in lines_in_band(invoice=invoice, band=band))
    return f"{band}: {printed(minor=total, currency=invoice.currency)}"


def _answer(
    request: HttpRequest,
    link: Link,
    *,
    forms: dict[str, Any] | None = None,
    told: list[Text] | None = None,
    problem: Text | None = None,
    open_: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page, in the language a person chose or else the invoice's."""
    with translation.override(_speak(request, link)):
        invoice = link.invoice
        reference, short = references_of(invoice=invoice)
        state = page_queries.charge_state(invoice=invoice, on=clock.today(zone=invoice.center.zone))
        done = _DONE.get(request.GET.get("done", "")) if request.method == "GET" else None
        context = {
            "invoice": invoice,
            "center_name": text_of(row=invoice.center, name="name"),
            "lines": why_lines(invoice=invoice),
            "credits": invoice_credits(invoice=invoice),
            "state": CHARGE_STATES[state],
            "state_key": state,
            "shape": CHARGE_SHAPES[state],
            "reference": reference,
            "short_reference": short,
            "code": page_queries.code_of(reference=reference, title=reference),
            "card_url": card_url(invoice=invoice, reference=reference),
            "pay_to": text_of(row=invoice.center, name="pay_to").to(language_of(request)).splitlines(),
            "forms": forms or _forms(request, link),
            "open_": open_,
            "told": told or ([done] if done else []),
            "problem": problem,
            "proofs": Proof.objects.filter(invoice=invoice, claim__settled_on__isnull=True).count(),
            "asked": asked_about(invoice=invoice),
            "expires_on": link.expires_on,
            "megabytes": PROOF_AT_MOST // 1_000_000,
        }
        return _safe(page(request, "paylink/pay.html", context, status=status))


def _closed(request: HttpRequest, *, link: Link | None = None, status: int) -> HttpResponse:
    """What is said of a link that opens nothing; the same for one that never was and for guesses."""
    with translation.override(_speak(request, link)):
        return _safe(page(request, "paylink/closed.html", {"link": link, "status": status}, status=status))


def _speak(request: HttpRequest, link: Link | None) -> str:
    if link is not None and request.COOKIES.get(COOKIE) not in ("en", "es"):
        request.language = "es" if link.invoice.language == "es" else "en"  # type: ignore[attr-defined]  # CONFIG: see kernel/web/languages.py
    return language_of(request)


def _safe(answer: HttpResponse) -> HttpResponse:
    """The address is the key: it is kept out of caches and searches.

    Other hosts are not told it either, by the site's own referrer policy. A stricter one would have browsers send the
    forms of this page without their origin, and they would be refused as forged.
    """
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Content-Language"] = "es" if translation.get_language() == "es" else "en"
    return answer
