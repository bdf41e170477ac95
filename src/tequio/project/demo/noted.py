"""What was noted at the committee's meeting of February in the demonstration, in each city. Written for it.

Each city keeps its own notes: two originals, which agree on what was decided and differ in what they found worth
writing down.
"""

from typing import Final

NEW_YORK, MEXICO = "new-york", "mexico-city"

# Item of the agenda by the name of its proposal (or of the report), then what each city noted of it.
FEBRUARY: Final[dict[str, dict[str, str]]] = {
    "report": {
        NEW_YORK: "- New York: two weeks lost to attacks last fall; the machines held.\n"
        "- One person still calls everybody who is late.\n"
        "- Mexico City: a foundation promised $4,800. Nobody said whether dollars or pesos.\n"
        "  - A union owes its contribution of $3,600; it has not been paid yet.\n"
        "  - $2,800 was raised for the community map and is for that alone.",
        MEXICO: "- Ciudad de México: una fundación prometió $4,800 para el año; falta saber en qué moneda.\n"
        "- La aportación de $3,600 del sindicato todavía no se paga.\n"
        "- Se juntaron $2,800 para el mapa comunitario y solo se usan en eso.\n"
        "- Nueva York cuenta que los ataques del otoño costaron dos semanas.",
    },
    "budget_us": {
        NEW_YORK: "- The budget counts on 5 % fewer members.\n"
        "- Four changes were asked for: a caller for late dues, costs of attacks, the unforeseen, a fundraising "
        "drive.\n"
        "- Approved with those modifications, nobody against.",
        MEXICO: "- Presupuesto de Nueva York: se aprueba con los cuatro cambios.",
    },
    "budget_mx": {
        NEW_YORK: "- Mexico City's budget passes as it was presented.",
        MEXICO: "- El presupuesto se hizo con los ingresos que de verdad hubo; plan y realidad se parecen.\n"
        "- Se aprueba por unanimidad.",
    },
    "dues": {
        NEW_YORK: "- The question was divided: raise, and restructure.\n"
        "- We did not approve a raise: 3 for it, 7 against, 1 abstention.\n"
        "- Restructuring passes in principle.\n"
        "- Ixchel writes the new structure for the next meeting.\n"
        "- Somebody worried that it reads like a price list.",
        MEXICO: "- Se dividió la pregunta: subir y reestructurar.\n"
        "- No se aprueba subir las cuotas.\n"
        "- Se aprueba en principio reestructurarlas; Ixchel trae los detalles a la próxima reunión.\n"
        "- Cada centro pone sus montos; nadie los convierte.",
    },
    "campaign": {
        NEW_YORK: "- The campaign goes on being developed; we look at it again after the convening.",
        MEXICO: "- La campaña se sigue desarrollando; se evalúa después del encuentro.",
    },
    "chair": {
        NEW_YORK: "- Adaeze chairs for a year.\n- Nobody yet for the two seats of co-chair. We keep looking.",
        MEXICO: "- Adaeze asume la coordinación por un año.\n"
        "- Para la coordinación adjunta no hay nadie todavía; se sigue buscando.",
    },
    "meetings": {
        NEW_YORK: "- Three meetings a month: administration, campaign, committee?\n"
        "- Julián puts it into writing and submits it.",
        MEXICO: "- Tres reuniones al mes: administración, campaña y comité.\n"
        "- Julián lo pone por escrito y lo presenta.",
    },
}
# How Mexico City's notes on the dues read in English, paragraph by paragraph.
DUES_IN_ENGLISH: Final = (
    "The question was divided: raise and restructure.",
    "Raising the dues is not approved.",
    "Restructuring them is approved in principle; Ixchel brings the details to the next meeting.",
    "Each center sets its own amounts; nobody converts them.",
)
# And New York's in Spanish. One sentence of the original was written anew afterwards.
DUES_IN_SPANISH: Final = (
    "La pregunta se dividió: subir y reestructurar.",
    "No aprobamos un aumento: 3 a favor, 7 en contra, 1 abstención.",
    "Reestructurar pasa en principio.",
    "Ixchel escribe la nueva estructura para la próxima reunión.",
    "A alguien le preocupa que parezca una lista de precios.",
)
WRITTEN_ANEW: Final = (
    "Somebody worried that it reads like a price list.",
    "Elias worried that it reads like a price list; the words of the second part are looked at again.",
)
CORRECTED: Final = ("$2,800 para el mapa comunitario", "2,800 pesos para el mapa comunitario")
WHY_CORRECTED: Final = "faltaba la moneda / the currency was missing"
QUIET: Final = {
    NEW_YORK: "- Reports were heard; nothing to decide.",
    MEXICO: "- Se escucharon los informes; no hubo nada que decidir.",
}
