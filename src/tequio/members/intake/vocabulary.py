"""Words people use in a roll of their own: what a heading may say for each column, and what a value may say.

Everything here is folded (see `folded`): no accents, no capitals, no punctuation, no little words.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from tequio.members.intake.duplicates import likeness_key

_BETWEEN_WORDS = re.compile(r"[^\w✓✔☑✗✘]+|_")
_LITTLE_WORDS = frozenset(["de", "del", "la", "las", "el", "los", "al", "the", "of", "a", "an", "y", "and", "en"])

# What a heading may say, a phrase each. No phrase stands under two columns: then any of them alone decides.
HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "member_id": (
        *("member id", "id", "id miembro", "id membresia", "id socio", "id member", "membership id", "member number"),
        *("member no", "numero miembro", "numero membresia", "numero socio", "no miembro", "no socio", "no membresia"),
        *("clave", "clave miembro", "clave membresia", "codigo", "codigo miembro", "code", "member code", "folio"),
    ),
    "member_name": (
        *("member name", "member", "organization", "organisation", "organization name", "organisation name"),
        *(
            "organizacion",
            "nombre organizacion",
            "miembro",
            "nombre miembro",
            "nombre membresia",
            "socio",
            "razon social",
        ),
        *("colectivo", "nombre colectivo", "nombre socio", "grupo", "group", "group name", "entidad", "denominacion"),
    ),
    "kind": ("kind", "type", "member type", "member kind", "membership type", "tipo", "tipo miembro", "tipo membresia")
    + ("tipo socio", "clase", "clase miembro"),
    "center": (
        "center",
        "centre",
        "chapter",
        "office",
        "branch",
        "centro",
        "sede",
        "oficina",
        "delegacion",
        "capitulo",
    ),
    "joined_on": (
        *("joined on", "joined", "date joined", "join date", "member since", "joining date", "since", "start date"),
        *("fecha ingreso", "ingreso", "fecha alta", "alta", "miembro desde", "socio desde", "membresia desde", "desde"),
        *("fecha afiliacion", "afiliacion", "fecha inicio", "fecha entrada", "fecha inscripcion"),
    ),
    "sector": ("sector", "field", "field work", "area", "area trabajo", "giro", "ambito", "tema", "rubro"),
    "income_band": ("income band", "band", "income level", "income bracket", "nivel ingresos", "nivel ingreso")
    + ("rango ingresos", "rango ingreso", "tramo", "tramo ingresos", "banda", "banda ingresos"),
    "operations": (
        *("operations", "operations support", "operation support", "support", "takes part operations"),
        *("operaciones", "operacion", "operacion soporte", "soporte", "operaciones soporte", "participa operacion"),
    ),
    "paid_until": (
        *("paid until", "paid through", "paid up until", "paid to", "expires", "expires on", "expiry", "expiry date"),
        *(
            "expiration date",
            "valid until",
            "renewal date",
            "renews on",
            "pagado hasta",
            "pago hasta",
            "cubierto hasta",
            "cuota pagada hasta",
            "cuotas pagadas hasta",
            "pagada hasta",
            "cubierta hasta",
        ),
        *("vencimiento", "fecha vencimiento", "vence", "vigencia", "vigente hasta", "fecha renovacion", "renovacion"),
    ),
    "balance_due": (
        *(
            "balance due",
            "balance",
            "amount due",
            "amount owed",
            "owed",
            "owes",
            "due",
            "debt",
            "arrears",
            "outstanding",
        ),
        *("saldo", "adeudo", "saldo pendiente", "saldo deudor", "monto adeudado", "debe", "deuda", "por pagar"),
        *("importe adeudado", "pendiente", "adeudos"),
    ),
    "currency": ("currency", "moneda", "divisa", "currency code"),
    "contact_name": (
        *("contact name", "contact", "contact person", "person", "contacto", "nombre contacto", "persona contacto"),
        *("persona", "responsable", "nombre responsable", "nombre persona", "full name", "nombre completo"),
    ),
    "contact_roles": ("contact roles", "roles", "role", "contact role", "rol", "papel", "cargo", "puesto", "funcion")
    + ("funciones", "rol contacto", "papel contacto", "papeles", "position"),
    "email": (
        *("email", "e mail", "mail", "email address", "e mail address", "contact email", "mail address", "correos"),
        *("correo", "correo electronico", "correo e", "direccion correo", "direccion correo electronico"),
        *("correo contacto", "correo electronico contacto", "email contacto"),
    ),
    "phone": (
        *("phone", "telephone", "phone number", "telephone number", "mobile", "cell", "cell phone", "contact phone"),
        *(
            "telefono",
            "tel",
            "numero telefono",
            "telefono contacto",
            "celular",
            "cel",
            "movil",
            "whatsapp",
            "telefonos",
        ),
    ),
    "street": ("street", "address", "street address", "address line", "address line 1", "calle", "direccion")
    + ("domicilio", "calle numero", "direccion postal", "domicilio postal", "mailing address", "postal address"),
    "city": ("city", "town", "ciudad", "municipio", "localidad", "alcaldia", "poblacion", "ciudad municipio"),
    "state": ("state", "province", "region", "estado", "provincia", "entidad federativa", "state province"),
    "postal_code": ("postal code", "zip", "zip code", "postcode", "post code", "zipcode", "codigo postal", "cp", "c p"),
    "country": ("country", "country code", "pais", "codigo pais", "nacion"),
    "language": ("language", "preferred language", "idioma", "idioma preferido", "lengua", "lang"),
}

# Headings that say something only beside others: a lone “Nombre” is the member's, beside “Organización” a contact's;
# “No.” is the member's number where nothing says so better and where it does not just count the rows.
LOOSE_HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "member_id": ("no", "num", "numero", "number", "nr"),
    "member_name": ("name", "nombre", "nombres"),
    "contact_name": ("name", "nombre", "nombres", "first name"),
}
FIRST_NAMES: Final = frozenset({"name", "nombre", "nombres", "nombre s", "first name", "given name"})
LAST_NAMES: Final = frozenset(
    {
        "apellidos",
        "apellido",
        "apellido s",
        "last name",
        "surname",
        "family name",
        "apellido paterno",
        "apellido materno",
    }
)
TOTALS: Final = frozenset(
    {"total", "totals", "totales", "suma", "sumas", "sum", "subtotal", "gran total", "grand total", "total general"}
)

_YES = "yes y si s x true verdadero 1 on ✓ ✔ ☑"
_NO = "no n false falso 0 off ✗ ✘"
_ORGANIZATION = (
    "organization|organizations|organisation|organizacion|organizaciones|org|orgs|colectivo|colectiva|grupo|group|collective|"
    "asociacion|association|cooperativa|cooperative|institucion|institution|persona moral|moral|ac|a c|ong|ngo|osc"
)
_INDIVIDUAL = (
    "individual|individuals|individuo|individua|individuales|ind|persona|personas|person|persona fisica|fisica|"
    "miembro individual|individual member|particular"
)
_REPRESENTATIVE = (
    "representative|representante|representantes|rep|representacion|delegate|delegado|delegada|principal|"
    "contacto principal"
)
_BILLING = (
    "billing|facturacion|cobranza|cobros|pagos|payments|cuotas|dues|finanzas|finance|tesoreria|tesorera|tesorero|treasurer|"
    "administracion|contabilidad|accounting"
)
_TECHNICAL = "technical|tecnico|tecnica|tech|sistemas|soporte tecnico|it|informatica|webmaster"

_VALUES: Final[Mapping[str, Mapping[str, str]]] = {
    "kind": {
        **dict.fromkeys(_ORGANIZATION.split("|"), "organization"),
        **dict.fromkeys(_INDIVIDUAL.split("|"), "individual"),
    },
    "operations": {**dict.fromkeys(_YES.split(), "yes"), **dict.fromkeys(_NO.split(), "no")},
    "contact_roles": {
        **dict.fromkeys(_REPRESENTATIVE.split("|"), "representative"),
        **dict.fromkeys(_BILLING.split("|"), "billing"),
        **dict.fromkeys(_TECHNICAL.split("|"), "technical"),
    },
    "language": {
        **dict.fromkeys(["es", "spanish", "espanol", "esp", "castellano", "es", "mx", "spa", "sp"], "es"),
        "es mx": "es",
        "en us": "en",
        **dict.fromkeys(["en", "english", "ingles", "ing", "eng"], "en"),
    },
    "currency": {
        **dict.fromkeys(("mxn", "peso", "pesos", "pesos mexicanos", "peso mexicano", "mn", "m n", "mx"), "MXN"),
        **dict.fromkeys(("usd", "dollar", "dollars", "us dollar", "us dollars", "dolar", "dolares", "dls"), "USD"),
    },
}
_COUNTRIES_BY_HABIT = {
    **dict.fromkeys(("usa", "us", "u s", "u s a", "eua", "e u a", "eeuu", "ee uu", "united states america"), "US"),
    **dict.fromkeys(("estados unidos america", "estados unidos norteamerica"), "US"),
    **dict.fromkeys(("mexico", "mejico", "mex", "mx", "estados unidos mexicanos", "republica mexicana"), "MX"),
}


@lru_cache(maxsize=16_384)
def folded(text: str) -> str:
    """Words to compare: no accents, capitals or punctuation; little words like “de” only where there are no others."""
    words = _BETWEEN_WORDS.sub(" ", likeness_key(name=text)).split()
    return " ".join([word for word in words if word not in _LITTLE_WORDS] or words)


@lru_cache(maxsize=1)
def values() -> Mapping[str, Mapping[str, str]]:
    """For each column of few values, what a folded text means; countries have a table of their own."""
    return {column: {folded(text): value for text, value in known.items()} for column, known in _VALUES.items()}


@lru_cache(maxsize=1)
def countries() -> Mapping[str, str]:
    """The two letters of each country by its folded name in English and Spanish, and by the letters themselves."""
    from babel import Locale

    found: dict[str, str] = {}
    for language in ("en", "es"):
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha() and code not in {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}:  # noqa: PLR2004 - WONTFIX: ISO 3166-1 alpha-2
                found[folded(name)] = found[folded(code)] = code
    return {**found, **_COUNTRIES_BY_HABIT}


@lru_cache(maxsize=1)
def columns_by_phrase() -> Mapping[str, str]:
    """The roll column of each phrase that decides alone."""
    return {folded(phrase): column for column, phrases in HEADINGS.items() for phrase in phrases}


def is_known_heading(*, text: str) -> bool:
    """Whether people use this text as the heading of some column of a roll."""
    words = folded(text)
    return words in columns_by_phrase() or words in FIRST_NAMES or words in LAST_NAMES
