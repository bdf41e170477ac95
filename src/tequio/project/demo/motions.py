"""What is proposed, said and amended in the demonstration's story of 2016. Every sentence is written for it."""

from dataclasses import dataclass

from tequio.rules.reasons import Text
from tequio.rules.wording import NOTHING

NOTHING_NEEDED = Text(en="Nothing but the time of whoever does it.", es="Nada más que el tiempo de quien lo haga.")
PRIORITIES = (
    Text(
        en="Dues that everyone can pay and that carry the work",
        es="Cuotas que todas puedan pagar y que sostengan el trabajo",
    ),
    Text(en="Servers that survive the loss of a site", es="Servidores que sobrevivan a la pérdida de una sede"),
    Text(en="More members in both countries", es="Más membresías en los dos países"),
    Text(en="Interpretation at every meeting", es="Interpretación en todas las reuniones"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Motion:
    """A proposal of the story: its ask, its paragraphs, what it costs, what speaks for and against it."""

    ask: Text
    text: Text
    resources: Text = NOTHING_NEEDED
    speaks_for: Text = NOTHING
    speaks_against: Text = NOTHING


# --- February: the divided question --------------------------------------------------------------------------------
DUES_OF_FEBRUARY = Motion(
    ask=Text(
        en="Raise the dues, and restructure them into two parts",
        es="Subir las cuotas y reestructurarlas en dos partes",
    ),
    text=Text(
        en="Dues go up by one tenth in both centers from July.\n\n"
        "Dues are split into a small membership part that everyone pays and an optional part for operations and "
        "support; the amounts may differ in the two countries.",
        es="Las cuotas suben una décima parte en los dos centros a partir de julio.\n\n"
        "Las cuotas se dividen en una parte pequeña de membresía, que pagan todas, y una parte opcional de operación "
        "y soporte; los montos pueden ser distintos en cada país.",
    ),
    resources=Text(
        en="Two people for a month to write the details.", es="Dos personas durante un mes para escribir los detalles."
    ),
    speaks_for=Text(
        en="Groups that only want to belong could afford it.",
        es="Los grupos que solo quieren pertenecer podrían pagar.",
    ),
    speaks_against=Text(
        en="Nobody knows how many would drop the second part.",
        es="No se sabe cuántas membresías dejarían la segunda parte.",
    ),
)
PARTS_OF_FEBRUARY = (
    (Text(en="Raise the dues", es="Subir las cuotas"), (0,)),
    (Text(en="Restructure the dues into two parts", es="Reestructurar las cuotas en dos partes"), (1,)),
)
WRITE_THE_STRUCTURE = Text(en="Write the new structure of the dues", es="Escribir la nueva estructura de las cuotas")

# (e-mail, part, stance, language, words)
POSITIONS_OF_FEBRUARY = (
    (
        "corin.vance@example.org",
        1,
        "against",
        "en",
        "A tenth more is a lot for a tenants' group that passes a hat around. I will not vote for a raise.",
    ),
    (
        "ixchel.barrera@example.org",
        2,
        "for",
        "es",
        "No es cobrar más: es que un grupo chico pueda pertenecer y votar aunque no use los servidores.",
    ),
    (
        "elias.marrow@example.org",
        2,
        "concern",
        "en",
        "If it reads like a price list we will look like a vendor. The words matter as much as the amounts.",
    ),
    (
        "karina.lozada@example.org",
        2,
        "concern",
        "es",
        "Los ingresos de aquí y de allá no se parecen: que cada centro ponga sus montos y que nadie los convierta.",
    ),
)

# --- February: the other questions --------------------------------------------------------------------------------
CAMPAIGN = Motion(
    ask=Text(
        en="Hold a year-long campaign for community-run servers, opened by a convening",
        es="Hacer una campaña de un año por los servidores comunitarios, que empiece con un encuentro",
    ),
    text=Text(
        en="The campaign team prepares a convening in spring and reports what came of it before anything larger is "
        "planned.",
        es="El equipo de campaña prepara un encuentro en primavera e informa qué resultó antes de planear algo mayor.",
    ),
)
WAIT_FOR_REACTIONS = Motion(
    ask=Text(
        en="Invite two sister organizations to found a federation",
        es="Invitar a dos organizaciones hermanas a fundar una federación",
    ),
    text=Text(
        en="A letter has gone out to both. We decide when they have answered.",
        es="Ya se les escribió a las dos. Decidimos cuando hayan contestado.",
    ),
)
JOIN_A_BOARD = Motion(
    ask=Text(
        en="Take the seat we were offered on the board of a network for open infrastructure",
        es="Aceptar el lugar que nos ofrecen en el consejo de una red de infraestructura abierta",
    ),
    text=Text(
        en="One person from either center would go, four meetings a year.",
        es="Iría una persona de cualquiera de los dos centros, cuatro reuniones al año.",
    ),
)
# (e-mail, choice, reason)
BALLOTS_ON_THE_BOARD = (
    ("corin.vance@example.org", "favor", "Somebody has to be in the room when protocols are decided."),
    ("delphine.okoro@example.org", "favor", ""),
    ("leobardo.cruz@example.org", "against", "Cuatro viajes al año son muchos para lo que somos."),
    ("karina.lozada@example.org", "abstain", ""),
    ("elias.marrow@example.org", "favor", ""),
)
TAKE_PART = Motion(
    ask=Text(
        en="Take part in the continental network of community technology",
        es="Participar en la red continental de tecnología comunitaria",
    ),
    text=Text(
        en="It is not clear yet what taking part means: somebody should find out and write it down.",
        es="Todavía no queda claro qué significa participar: hace falta que alguien lo averigüe y lo escriba.",
    ),
)
A_CHAIR = Motion(
    ask=Text(en="Adaeze Holm chairs the committee for a year", es="Adaeze Holm coordina el comité durante un año"),
    text=Text(
        en="She takes the chair today. Nobody was found for the two seats of co-chair: we go on looking.",
        es="Asume hoy la coordinación. No se encontró a nadie para los dos lugares de coordinación adjunta: se sigue "
        "buscando.",
    ),
)
FIND_A_CO_CHAIR = Text(en="Find somebody to co-chair", es="Encontrar a alguien para la coordinación adjunta")
MAINTENANCE = Motion(
    ask=Text(
        en="The support team becomes a maintenance team of the people with root access",
        es="El equipo de soporte pasa a ser de mantenimiento, con quienes tienen acceso de root",
    ),
    text=Text(
        en="What is new is discussed in the campaign meeting; the team keeps what there is running.",
        es="Lo nuevo se discute en la reunión de campaña; el equipo mantiene lo que ya hay.",
    ),
)
TWO_TEAMS = Motion(
    ask=Text(
        en="Found a campaign team and an administration team",
        es="Crear un equipo de campaña y uno de administración",
    ),
    text=Text(
        en="Each meets by itself and reports to the committee. Who comes, belongs.",
        es="Cada uno se reúne por su cuenta e informa al comité. Quien llega, forma parte.",
    ),
)
THREE_MEETINGS = Motion(
    ask=Text(
        en="Three meetings a month: the committee, campaign and administration",
        es="Tres reuniones al mes: el comité, campaña y administración",
    ),
    text=Text(
        en="The committee goes on meeting on the first Saturday. The campaign team meets on the second, administration "
        "on the third, an hour each.",
        es="El comité se sigue reuniendo el primer sábado. El equipo de campaña se reúne el segundo y administración "
        "el tercero, una hora cada uno.",
    ),
    speaks_against=Text(
        en="Three Saturdays of every month are many for people with children.",
        es="Tres sábados al mes son muchos para quien tiene hijas e hijos.",
    ),
)
ONE_OF_TWO_HOURS = Motion(
    ask=Text(
        en="Join the committee and campaign in one meeting of two hours",
        es="Juntar al comité y a campaña en una sola reunión de dos horas",
    ),
    text=Text(
        en="One hour for each, on the first Saturday. Every three months there is a meeting about "
        "internationalization, with its documents out in both languages eleven days before.",
        es="Una hora para cada uno, el primer sábado. Cada tres meses hay una reunión de internacionalización, con sus "
        "documentos en los dos idiomas once días antes.",
    ),
)
PUT_THE_MEETINGS_IN_WRITING = Text(
    en="Put the three kinds of meetings in writing and submit it",
    es="Poner por escrito los tres tipos de reuniones y presentarlo",
)
CAME_LATE = Motion(
    ask=Text(
        en="Open the help tickets to members of other cooperatives",
        es="Abrir la ayuda por tickets a integrantes de otras cooperativas",
    ),
    text=Text(
        en="For a trial of three months, with two volunteers answering.",
        es="A prueba durante tres meses, con dos personas voluntarias que contestan.",
    ),
)

# --- February: the money and the machines ---------------------------------------------------------------------------
BUDGET_US = Motion(
    ask=Text(
        en="Adopt New York’s budget of 2016 with the four changes that were asked for",
        es="Aprobar el presupuesto 2016 de Nueva York con los cuatro cambios que se pidieron",
    ),
    text=Text(
        en="The budget counts on five members fewer in a hundred. Four changes were asked for: somebody who calls "
        "about late dues, the costs of attacks, something for what nobody foresees, and a fundraising drive.",
        es="El presupuesto cuenta con cinco membresías menos de cada cien. Se pidieron cuatro cambios: alguien que "
        "llame por las cuotas atrasadas, los costos de los ataques, algo para imprevistos y una campaña de "
        "recaudación.",
    ),
    speaks_for=Text(
        en="With the drive the year ends with more than it would without the changes.",
        es="Con la campaña el año termina mejor que sin los cambios.",
    ),
    speaks_against=Text(
        en="The drive is a hope; the three expenses are certain.",
        es="La campaña es una esperanza; los tres gastos son seguros.",
    ),
)
FOUR_CHANGES = Text(
    en="a caller, the costs of attacks, the unforeseen, and a fundraising drive",
    es="llamadas, costos de los ataques, imprevistos y una campaña de recaudación",
)
BUDGET_MX = Motion(
    ask=Text(en="Adopt Mexico City’s budget of 2016", es="Aprobar el presupuesto 2016 de la Ciudad de México"),
    text=Text(
        en="It was made from what really came in last year, so that plan and year lie close together.",
        es="Se hizo con lo que de verdad entró el año pasado, para que el plan y el año se parezcan.",
    ),
)
ONE_SITE = Motion(
    ask=Text(
        en="Move all servers to one site, with addresses we can take along",
        es="Mudar todos los servidores a un solo sitio, con direcciones que podamos llevarnos",
    ),
    text=Text(
        en="All machines go to the site in the north; the one in the city is given up in the summer. The addresses are "
        "our own, so that we can leave again without asking anybody.\n\n"
        "If the only site is lost, everything stands still until another is found: the decision paper says how likely "
        "that is, and what backups somebody has tried would change.",
        es="Todas las máquinas van al sitio del norte; el de la ciudad se deja en verano. Las direcciones son propias, "
        "para podernos ir otra vez sin pedirle nada a nadie.\n\n"
        "Si se pierde el único sitio, todo se detiene hasta encontrar otro: el documento para decidir dice qué tan "
        "probable es y qué cambiaría con respaldos que alguien haya probado.",
    ),
    resources=Text(
        en="About 2,000 dollars for the move and two weekends of four people; 3,500 dollars a year saved after it.",
        es="Unos 2,000 dólares para la mudanza y dos fines de semana de cuatro personas; después se ahorran unos 3,500 "
        "dólares al año.",
    ),
    speaks_for=Text(
        en="One rent, one place to travel to, one network to look after.",
        es="Una sola renta, un solo lugar al que viajar, una sola red que cuidar.",
    ),
    speaks_against=Text(
        en="A storm, a court order or a broken contract would take everything at once.",
        es="Una tormenta, una orden judicial o un contrato roto se llevarían todo de una vez.",
    ),
)

# --- June: the written structure comes back --------------------------------------------------------------------------
DUES_OF_JUNE = Motion(
    ask=Text(
        en="Dues in two parts: membership, and operations and support",
        es="Cuotas en dos partes: membresía, y operación y soporte",
    ),
    text=Text(
        en="From July the dues have two parts. The membership part is what every member pays; it carries the vote, one "
        "mailbox, one cloud login, one chat login and the help tickets.\n\n"
        "The service fee is optional. It pays for sites, lists, further mailboxes and databases and for the people "
        "behind "
        "them.\n\n"
        "New York asks an organization for 50 dollars of membership and 150 of the second part, an individual for 25 "
        "and "
        "75. Mexico City asks an organization for 1,025 and 3,075 pesos, an individual for 820 and 2,460.\n\n"
        "Whoever cannot pay says so and pays what it can. The amounts may still move next year.",
        es="A partir de julio las cuotas tienen dos partes. La de membresía la pagan todas; lleva consigo el voto, un "
        "buzón de correo, un acceso a la nube, uno al chat y la ayuda por tickets.\n\n"
        "El cargo por servicio es opcional. Paga los sitios, las listas, más buzones y bases de datos, y a las "
        "personas "
        "que hay detrás.\n\n"
        "Nueva York pide a una organización 50 dólares de membresía y 150 de la segunda parte; a una persona, 25 y "
        "75. La "
        "Ciudad de México pide a una organización 1,025 y 3,075 pesos; a una persona, 820 y 2,460.\n\n"
        "Quien no puede pagar lo dice y paga lo que puede. Los montos todavía pueden moverse el próximo año.",
    ),
    resources=Text(
        en="A week of work on invoices and letters; nothing to buy.",
        es="Una semana de trabajo en avisos y cartas; no hay nada que comprar.",
    ),
    speaks_for=Text(
        en="The amounts of both parts together are those of today.",
        es="Las dos partes juntas suman lo mismo que hoy.",
    ),
    speaks_against=Text(
        en="If many drop the second part, this year's budgets do not hold.",
        es="Si muchas dejan la segunda parte, los presupuestos de este año no alcanzan.",
    ),
)
NOT_A_FEE = (
    Text(
        en="Nobody is being sold anything: call the second part operations and support.",
        es="No se le vende nada a nadie: que la segunda parte se llame operación y soporte.",
    ),
    1,  # the paragraph it changes
    Text(
        en="Operations and support is optional. It pays for sites, lists, further mailboxes and databases and for the "
        "people behind them.",
        es="La parte de operación y soporte es opcional. Paga los sitios, las listas, más buzones y bases de datos, "
        "y a "
        "las personas que hay detrás.",
    ),
)
NOT_DECIDED_IN_JUNE = Text(
    en="Whether income bands will follow, and from when.", es="Si habrá rangos de ingreso, y desde cuándo."
)

# --- October: limited before disabled ---------------------------------------------------------------------------------
LIMITED_FIRST = Motion(
    ask=Text(
        en="Whoever owes for two months keeps its mail and nothing else",
        es="Quien deba dos meses conserva su correo y nada más",
    ),
    text=Text(
        en="From day 61 a member that owes is limited: mail goes on as before, sites, lists and sign-in wait. It is "
        "back the moment it pays.\n\n"
        "Only from day 121 is it disabled, and only after somebody tried to reach it; mail that comes in is kept.",
        es="A partir del día 61 la membresía que debe queda limitada: el correo sigue como antes; los sitios, las "
        "listas y el acceso esperan. Regresa en cuanto paga.\n\n"
        "Solo desde el día 121 queda suspendida, y solo después de que alguien intentó contactarla; el correo que "
        "llega se guarda.",
    ),
    resources=Text(en="Nothing to buy; a word in every letter.", es="Nada que comprar; unas palabras en cada carta."),
    speaks_for=Text(
        en="Nobody loses its mail over a forgotten invoice.", es="Nadie pierde su correo por un aviso olvidado."
    ),
    speaks_against=Text(
        en="Those who never pay are shut out a month later.", es="A quien nunca paga se le cierra un mes más tarde."
    ),
)
LEND_TO_WATER = Motion(
    ask=Text(
        en="Lend the coalition for water a list and two mailboxes until June",
        es="Prestar a la Coalición por el Agua una lista y dos buzones hasta junio",
    ),
    text=Text(
        en="Twelve neighborhoods, four of them with members of ours, write to each other on the list of a company that "
        "reads along.\n\nWe lend them ours until 30 June 2017. Then the committee looks again.",
        es="Doce colonias, cuatro de ellas con membresías nuestras, se escriben en la lista de una empresa que las "
        "lee.\n\nLes prestamos la nuestra hasta el 30 de junio de 2017. Entonces el comité lo vuelve a ver.",
    ),
    resources=Text(en="A list and two mailboxes; nothing to buy.", es="Una lista y dos buzones; nada que comprar."),
    speaks_for=Text(
        en="Whoever stands up for water does so for all of us.", es="Quien defiende el agua la defiende por todas."
    ),
    speaks_against=Text(
        en="Members pay for what others then have for nothing.", es="Las membresías pagan lo que otras tendrían gratis."
    ),
)
