"""What the demo's members are called and where they live. Everyone here is invented; the cities are real."""

import random
from dataclasses import dataclass

from tequio.members.intake.duplicates import likeness_key


def words(*, text: str, between: str | None = None) -> tuple[str, ...]:
    """The words of a list written as a line; `between` separates phrases of several words."""
    return tuple(text.split(between))


ENGLISH_GROUPS = (
    ("Bakers' Cooperative", "cooperative"),
    ("Bike Workshop Cooperative", "cooperative"),
    ("Grocery Cooperative", "cooperative"),
    ("Print Shop Cooperative", "cooperative"),
    ("Credit Circle", "cooperative"),
    ("Bus Drivers' Caucus", "labor"),
    ("Home Cleaners' Guild", "labor"),
    ("Laundry Workers' Union", "labor"),
    ("Musicians' Local", "labor"),
    ("Warehouse Workers' Committee", "labor"),
    ("Community Radio", "media"),
    ("Film Collective", "media"),
    ("Independent Press", "media"),
    ("Podcast Workshop", "media"),
    ("Renters' Union", "housing"),
    ("Tenants' Association", "housing"),
    ("Community Land Trust", "housing"),
    ("Eviction Defense Line", "housing"),
    ("Newcomers' Welcome House", "migration"),
    ("Sanctuary Circle", "migration"),
    ("Immigrant Families' Committee", "migration"),
    ("Language Revival Circle", "indigenous"),
    ("Elders' Council", "indigenous"),
    ("Native Plants Keepers", "indigenous"),
    ("Sisters' Solidarity Fund", "women"),
    ("Women's Evening House", "women"),
    ("Mothers' Assembly", "women"),
    ("Clean Air Committee", "environment"),
    ("Creek Watch", "environment"),
    ("Tree Planters' Brigade", "environment"),
    ("Urban Farm", "environment"),
    ("People's Library", "education"),
    ("Night School", "education"),
    ("Community Archive", "education"),
    ("Youth Reading Room", "education"),
    ("Free Clinic", "health"),
    ("Midwives' Circle", "health"),
    ("Harm Reduction Project", "health"),
)
SPANISH_GROUPS = (
    ("Cooperativa de Café", "cooperative"),
    ("Cooperativa de Panaderas", "cooperative"),
    ("Caja de Ahorro", "cooperative"),
    ("Imprenta Cooperativa", "cooperative"),
    ("Liga de Jornaleros", "labor"),
    ("Sindicato de Costureras", "labor"),
    ("Unión de Choferes", "labor"),
    ("Trabajadoras del Hogar", "labor"),
    ("Agencia de Noticias", "media"),
    ("Colectivo de Cine", "media"),
    ("Radio Vecinal", "media"),
    ("Revista", "media"),
    ("Asamblea Vecinal", "housing"),
    ("Asociación de Inquilinas", "housing"),
    ("Vivienda en Común", "housing"),
    ("Comedor para Migrantes", "migration"),
    ("Casa de Paso", "migration"),
    ("Red de Acompañamiento", "migration"),
    ("Consejo de Comunidades", "indigenous"),
    ("Escuela de Lengua Materna", "indigenous"),
    ("Guardianas de la Semilla", "indigenous"),
    ("Casa de la Mujer", "women"),
    ("Círculo de Mujeres", "women"),
    ("Brigada Forestal", "environment"),
    ("Comité por el Río", "environment"),
    ("Huerto Urbano", "environment"),
    ("Archivo Comunitario", "education"),
    ("Ateneo", "education"),
    ("Biblioteca Popular", "education"),
    ("Escuela Nocturna", "education"),
    ("Botiquín Solidario", "health"),
    ("Clínica Comunitaria", "health"),
    ("Red de Parteras", "health"),
)
SECTORS = tuple(dict.fromkeys(sector for _, sector in ENGLISH_GROUPS))

_ENGLISH_FIRST = words(
    text="Amber Blue Brave Bright Common Early Gentle Golden Green Long New North Old Open Patient Quiet Rising "
    "Second Silver South Steady Wild",
)
_ENGLISH_SECOND = words(
    text="Acorn Anchor Bell Bridge Cedar Compass Creek Drum Ferry Harbor Heron Hill Kettle Ladder Lark Loom Maple "
    "Meadow Oar Orchard Porch River Sparrow Spindle Table Willow Window",
)
_SPANISH_FIRST = words(
    text="Alas Brasas Caminos Cantos Ecos Faroles Hilos Huellas Luces Manos Pasos Puentes Raíces Ramas Semillas Voces",
)
_SPANISH_SECOND = words(
    text="de Barro|de la Cañada|de la Ceiba|de la Costa|de la Loma|de la Milpa|de la Niebla|de la Ribera|"
    "de la Tarde|del Alba|del Barrio|del Encino|del Jacal|del Manglar|del Mercado|del Mezquite|del Valle|"
    "del Viento",
    between="|",
)

_ENGLISH_GIVEN = words(
    text="Abigail Amina Arthur Beatrice Bao Calvin Chioma Clara Delia Desmond Edwin Esther Farah Felix Gloria "
    "Gordon Hannah Harold Ingrid Ismail Joanna Keisha Kofi Leonard Lorraine Marcus Mei Miriam Naomi Nathan "
    "Odette Patrick Quentin Rosalind Samira Simon Tamara Terrence Ursula Vernon Wendell Winifred Yusuf Zainab",
)
_ENGLISH_FAMILY = words(
    text="Adeyemi Aldridge Baxter Bergström Calloway Chowdhury Dawson Donnelly Eriksen Fairchild Fontaine Goldberg "
    "Hargrove Hoang Ibrahim Jankowski Kaplan Kimura Lindqvist Lockwood McBride Moreau Nakamura Nwosu O'Dell "
    "Pemberton Petrov Quigley Rahman Rosen Sinclair Stokes Thibodeaux Tran Underwood Vance Whitaker Winslow "
    "Yamada Zielinski",
)
_SPANISH_GIVEN = words(
    text="Adán Alma Arturo Beatriz Camilo Consuelo Daniela Eloísa Emiliano Fernanda Gerardo Graciela Héctor "
    "Hortensia Ignacio Imelda Jimena Joaquín Karina Leonel Maricela Mónica Nayeli Octavio Paloma Ramón "
    "Rogelio Rosario Sofía Socorro Teodoro Valentín Verónica Wenceslao Yareli Zenaida",
)
_SPANISH_FAMILY = words(
    text="Aguilar Arriaga Barrera Camacho Cervantes Delgado Escobar Figueroa Galindo Hinojosa Ibarra Jaimes Lara "
    "Luna Márquez Montes Navarrete Ochoa Palacios Pérez Quintero Rendón Robles Salgado Solís Téllez Treviño "
    "Urbina Valdés Villa Yáñez Zamora Zúñiga",
)
_ENGLISH_STREETS = words(
    text="Alder Chestnut Dover Fulton Garfield Hawthorne Juniper Linden Monroe Prospect Sycamore Tremont Walnut",
)
_SPANISH_STREETS = words(
    text="Calle Jacarandas|Calle Aldama|Calle del Sol|Av. de los Maestros|Av. Revolución|Calle Morelos|"
    "Callejón del Agua|Privada del Carmen|Calle 5 de Mayo|Calle Pino Suárez",
    between="|",
)
_OWN_DOMAIN_SHARE = 0.75
_NO_PHONE_SHARE = 0.08
_OLD_MOBILE_SHARE = 0.25
# A domain is made of the first few words of a name that say something.
_SILENT_WORDS = words(text="de del en la las los of para por")
_DOMAIN_WORDS = 4
_SPANISH_QUARTERS = ("Centro", "San Rafael", "Los Álamos", "La Estación", "Buenavista")


@dataclass(frozen=True, slots=True)
class Place:
    """A city as an address and a phone number need it; `postal` is the beginning of its postal codes.

    Without `postal` the demo has no addresses there, without `dial` no phones: we know of no fictitious ones.
    """

    city: str
    state: str
    postal: str
    dial: str
    country: str = "US"


PLACES = {
    "us": (
        Place("New York", "NY", "100", "212"),
        Place("Brooklyn", "NY", "112", "718"),
        Place("Albuquerque", "NM", "871", "505"),
        Place("Asheville", "NC", "288", "828"),
        Place("Atlanta", "GA", "303", "404"),
        Place("Baltimore", "MD", "212", "410"),
        Place("Boston", "MA", "021", "617"),
        Place("Burlington", "VT", "054", "802"),
        Place("Chicago", "IL", "606", "312"),
        Place("Denver", "CO", "802", "303"),
        Place("Duluth", "MN", "558", "218"),
        Place("El Paso", "TX", "799", "915"),
        Place("Houston", "TX", "770", "713"),
        Place("Jackson", "MS", "392", "601"),
        Place("Los Angeles", "CA", "900", "213"),
        Place("Milwaukee", "WI", "532", "414"),
        Place("New Orleans", "LA", "701", "504"),
        Place("Philadelphia", "PA", "191", "215"),
        Place("Portland", "OR", "972", "503"),
        Place("Providence", "RI", "029", "401"),
        Place("Spokane", "WA", "992", "509"),
        Place("Toledo", "OH", "436", "419"),
    ),
    "mx": (
        Place("Ciudad de México", "CDMX", "06", "55", "MX"),
        Place("Campeche", "Camp.", "240", "981", "MX"),
        Place("Ciudad Juárez", "Chih.", "320", "656", "MX"),
        Place("Cuernavaca", "Mor.", "620", "777", "MX"),
        Place("Guadalajara", "Jal.", "44", "33", "MX"),
        Place("Hermosillo", "Son.", "830", "662", "MX"),
        Place("Juchitán", "Oax.", "700", "971", "MX"),
        Place("Monterrey", "N.L.", "64", "81", "MX"),
        Place("Pátzcuaro", "Mich.", "616", "434", "MX"),
        Place("Querétaro", "Qro.", "760", "442", "MX"),
        Place("San Cristóbal de las Casas", "Chis.", "292", "967", "MX"),
        Place("Toluca", "Méx.", "500", "722", "MX"),
        Place("Zacatecas", "Zac.", "980", "492", "MX"),
    ),
}


@dataclass(frozen=True, slots=True)
class Abroad:
    """An organization of the New York center outside the United States, with its one contact."""

    name: str
    sector: str
    contact: str
    language: str
    place: Place


# Portuguese is no language of the program: Brazilian contacts are written to in Spanish.
ABROAD = (
    Abroad(
        "Steady Canoe Housing Circle", "housing", "Odile Lafleur", "en", Place("Toronto", "ON", "M5V 0A1", "416", "CA")
    ),
    Abroad("Tidewater Zine Fair", "media", "Ewan Driscoll", "en", Place("Vancouver", "BC", "V5K 0A1", "604", "CA")),
    Abroad(
        "Atelier Vélo du Canal", "cooperative", "Maude Gervais", "en", Place("Montréal", "QC", "H2X 0A1", "514", "CA")
    ),
    Abroad("Coletivo Vozes da Várzea", "media", "Luzia Tavares", "es", Place("Recife", "PE", "", "", "BR")),
    Abroad("Cozinha Solidária Maré Mansa", "health", "Caio Figueira", "es", Place("São Paulo", "SP", "", "", "BR")),
    Abroad("Ateneo La Fuentecilla", "education", "Begoña Sanchís", "es", Place("Barcelona", "B", "", "", "ES")),
    Abroad("Huerta Vecinal El Azarbe", "environment", "Amparo Lledó", "es", Place("Valencia", "V", "", "", "ES")),
    Abroad("Taller de Software Libre Marisma", "labor", "Íñigo Carrascosa", "es", Place("Sevilla", "SE", "", "", "ES")),
)


def organization_name(*, rng: random.Random, language: str, place: Place) -> tuple[str, str]:
    """An organization's name in `language`, one in three with its city, and the sector that goes with the name."""
    with_city = rng.random() < 1 / 3
    if language == "es":
        group, sector = rng.choice(SPANISH_GROUPS)
        name = f"{group} {rng.choice(_SPANISH_FIRST)} {rng.choice(_SPANISH_SECOND)}"
        # The capital would need its article ("de la Ciudad de México"); its groups go without.
        return (f"{name} de {place.city}" if with_city and place.dial != "55" else name), sector
    group, sector = rng.choice(ENGLISH_GROUPS)
    name = f"{rng.choice(_ENGLISH_FIRST)} {rng.choice(_ENGLISH_SECOND)} {group}"
    return (f"{name} of {place.city}" if with_city else name), sector


def person_name(*, rng: random.Random, language: str, country: str) -> str:
    """A person's name; in Mexico with both family names."""
    if language == "en":
        return f"{rng.choice(_ENGLISH_GIVEN)} {rng.choice(_ENGLISH_FAMILY)}"
    given, (father, mother) = rng.choice(_SPANISH_GIVEN), rng.sample(_SPANISH_FAMILY, 2)
    return f"{given} {father} {mother}" if country == "MX" else f"{given} {father}"


def street_line(*, rng: random.Random, country: str) -> str:
    """A street and number as Mexico writes them, or as the United States and Canada do."""
    number = rng.randrange(2, 990)
    if country != "MX":
        flat = rng.choice(("", "", f", Apt {rng.randrange(1, 9)}{rng.choice('ABC')}"))
        return f"{number} {rng.choice(_ENGLISH_STREETS)} {rng.choice(('Street', 'Avenue', 'Road'))}{flat}"
    return f"{rng.choice(_SPANISH_STREETS)} {number}, Col. {rng.choice(_SPANISH_QUARTERS)}"


def postal_code(*, rng: random.Random, place: Place) -> str:
    """A postal code that begins as those of the place do; those abroad are whole."""
    missing = 5 - len(place.postal)
    return place.postal if missing <= 0 else f"{place.postal}{rng.randrange(1, 10**missing):0{missing}d}"


def email_address(*, rng: random.Random, member_id: str, organization: str, person: str) -> str:
    """An address under a name reserved for examples (RFC 2606), so that no letter of the demo reaches anyone.

    `organization` is the name of the organization the person writes for, empty for an individual.
    """
    given, family = (_ascii(text=part) for part in person.split()[:2])
    if organization and rng.random() < _OWN_DOMAIN_SHARE:
        telling = [_ascii(text=word) for word in organization.split() if word not in _SILENT_WORDS]
        return f"{given}@{'-'.join(telling[:_DOMAIN_WORDS])}.example"
    # The number keeps two people of one name apart.
    return f"{given}.{family}.{member_id[-4:]}@{rng.choice(('example.org', 'example.net'))}"


def phone_number(*, rng: random.Random, place: Place) -> str:
    """A number nobody answers: 555-01xx in North America, exchanges like it in Mexico; none (empty) elsewhere."""
    if not place.dial or rng.random() < _NO_PHONE_SHARE:
        return ""
    fictitious = f"555 01{rng.randrange(100):02d}"
    if place.country != "MX":
        return f"+1 {place.dial} {fictitious}"
    # Until 2019 mobiles were dialled with a 1 after the country; old lists still say so.
    old_mobile = "1 " if rng.random() < _OLD_MOBILE_SHARE else ""
    local = f"5550 {rng.randrange(10_000):04d}" if len(place.dial) == len("55") else fictitious
    return f"+52 {old_mobile}{place.dial} {local}"


def _ascii(*, text: str) -> str:
    return "".join(c for c in likeness_key(name=text) if c.isascii() and c.isalnum())
