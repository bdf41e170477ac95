"""Notes of meetings that never were, in every format and both languages, with what a reader finds. All invented."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Example:
    """Notes and what is in them: decisions as {line: outcome}."""

    name: str
    form: str
    text: str
    language: str
    decisions: dict
    date: str | None = None
    title: str | None = None
    present: tuple = ()
    places: tuple = ()
    headings: tuple = ()
    others: tuple = field(default=())  # (line, kind) of further finds


EXAMPLES = [
    Example(
        name="plain, English",
        form="plain",
        language="en",
        date="2019-03-14",
        title="Garden Committee, March 14, 2019",
        present=("Amal", "Bea", "Tomek"),
        places=("the tool shed",),
        headings=("Garden Committee, March 14, 2019", "Water", "Fence"),
        text="""Garden Committee, March 14, 2019

Present: Amal, Bea (minutes), Tomek
Place: the tool shed

Water

  • The pump leaks again. Bea will call the plumber before Friday.
  • We agreed to close the north tap until it is mended.
  • Should we dig a well? Nobody knows what it costs.

Fence

Tomek proposes a hedge instead of the fence. The hedge would cost about $300.
The hedge was not approved: too slow to grow.
Motion to buy the fence for 450 USD passed 6-1.
""",
        decisions={9: "approved", 15: "not_approved", 16: "approved"},
        others=((8, "task"), (14, "proposal"), (14, "amount"), (16, "vote"), (16, "amount")),
    ),
    Example(
        name="plain, Spanish",
        form="plain",
        language="es",
        date="2018-05-05",
        title="Asamblea del taller, sábado 5 de mayo de 2018",
        present=("Lupe", "Ramiro", "Citlali"),
        places=("Patio de la imprenta",),
        headings=("Asamblea del taller, sábado 5 de mayo de 2018", "Cuotas", "Herramientas"),
        text="""Asamblea del taller, sábado 5 de mayo de 2018

Asistentes: Lupe, Ramiro y Citlali
Lugar: Patio de la imprenta

Cuotas

- Lupe explica que faltan 1,200 pesos.
- Se acuerda cobrar una cuota extraordinaria de 50 pesos.
- No se aprobó subir la cuota anual.
- ¿Se aprueba una rifa? Queda en veremos.

Herramientas

Ramiro se encarga de cotizar la guillotina antes de la próxima asamblea.
La compra del torno se pospone para la próxima reunión.
Votación sobre el horario: 12 a favor, 3 en contra, 2 abstenciones.
Se nombra a Citlali como tesorera.
""",
        decisions={9: "approved", 10: "not_approved", 16: "deferred", 17: "approved", 18: "approved"},
        others=((15, "task"), (16, "deferral"), (17, "vote"), (18, "election"), (8, "amount")),
    ),
    Example(
        name="Markdown, English",
        form="markdown",
        language="en",
        date="2022-11-08",
        title="Steering group 2022-11-08",
        present=("Noor", "Piet", "Sun-hee"),
        headings=("Steering group 2022-11-08", "Attendees", "Release", "Decisions", "Action items"),
        text="""# Steering group 2022-11-08

## Attendees

- Noor
- Piet
- Sun-hee

## Release

- Piet: the branch is not ready, maybe next week
- If nobody objects by Friday we could ship it anyway
- **AGREED:** ship on the 15th

## Decisions

- Drop support for the old database
- Keep the monthly call

## Action items

- [ ] Noor: write the announcement
- [x] Piet: tag the branch
- [ ] Sun-hee to ask the translators
""",
        decisions={13: "approved", 17: "approved", 18: "approved"},
        others=((22, "task"), (24, "task")),
    ),
    Example(
        name="Markdown, Spanish",
        form="markdown",
        language="es",
        date="2021-09-03",
        title="Minuta del colectivo",
        headings=("Minuta del colectivo", "Orden del día", "Acuerdos", "Tareas"),
        text="""# Minuta del colectivo

**Fecha:** 3 de septiembre de 2021

## Orden del día

1. Aprobación del acta
2. Presupuesto

## Acuerdos

1. Imprimir 200 carteles para la feria.
2. La cocina abre los jueves.

## Tareas

- Ximena: pedir el permiso
- Responsable: Omar
""",
        decisions={12: "approved", 13: "approved"},
        others=((17, "task"),),
    ),
    Example(
        name="Trac, English",
        form="trac",
        language="en",
        date="2013-02-09",
        title="Circle of Circles 2013-02-09",
        headings=("Circle of Circles 2013-02-09", "Library", "Kitchen"),
        text="""= Circle of Circles 2013-02-09 =

== Library ==

 * Everyone agreed that the reading room stays open on Sundays.
  * with one key for each floor
 * No opposition to lending boxes to other houses.

== Kitchen ==

 * The motion to replace the stove was tabled.
 * The board has not approved the menu yet.
 * See [wiki:kitchen the kitchen page].
""",
        decisions={5: "approved", 7: "approved", 11: "deferred"},
        others=((11, "deferral"),),
    ),
    Example(
        name="MediaWiki, Spanish",
        form="mediawiki",
        language="es",
        date="2016-10-21",
        title="Reunión 21/10/2016",
        headings=("Reunión 21/10/2016", "Radio", "Bicis"),
        text="""== Reunión 21/10/2016 ==

'''Presentes''': Nadia, Beto

=== Radio ===
* Se discutió mucho sobre la antena.
** Beto propone pedir prestada la de la escuela.
** Queda aprobado pedirla por un mes.
* Acuerdo 2: la programación se hace en asamblea.

=== Bicis ===
# Se rechaza la venta de las bicis.
# Todavía no se ha decidido qué hacer con el candado.
[[Categoría:Reuniones]]
""",
        present=("Nadia", "Beto"),
        decisions={8: "approved", 9: "approved", 12: "not_approved"},
        others=((7, "proposal"),),
    ),
    Example(
        name="HTML, English",
        form="html",
        language="en",
        date="2020-01-07",
        title="Tenants' meeting, January 7, 2020",
        headings=("Tenants' meeting, January 7, 2020", "Heating"),
        text="""<!DOCTYPE html>
<html><head><title>Tenants</title><style>p { color: red }</style>
<script>document.write("we approved everything")</script></head>
<body>
<h1>Tenants&#39; meeting, January 7, 2020</h1>
<p>Present: Olga, Wim</p>
<h2>Heating</h2>
<ul>
<li>The repair was <b>approved</b> with
    two changes.
  <ul><li>Wim will phone the owner.</li></ul>
</li>
<li>We did not agree to the new meter.</li>
</ul>
<!-- we decided nothing -->
</body></html>
""",
        present=("Olga", "Wim"),
        decisions={9: "approved_with_modifications", 13: "not_approved"},
        others=((11, "task"),),
    ),
    Example(
        name="flattened Trac, English",
        form="flattened",
        language="en",
        date="2014-06-12",
        title="Workers' council 2014-06-12",
        headings=("Workers' council 2014-06-12", "Pay", "Next"),
        text="[[PageOutline]] = Workers' council 2014-06-12 = Present: Ida, Joss == Pay == * Ida explained the table "
        "at length, with the figures of three years and a drawing of the scales that nobody had asked for * We decided "
        "to pay the trainees from July * The bonus was withdrawn == Next == * Joss will book the hall * Is it late?\n",
        present=("Ida", "Joss"),
        decisions={1: "approved"},
    ),
    Example(
        name="flattened MediaWiki, Spanish",
        form="flattened",
        language="es",
        date="2017-08-20",
        title="Asamblea 20 de agosto de 2017",
        headings=("Asamblea 20 de agosto de 2017", "Pozo", "Fiesta"),
        text="= Asamblea 20 de agosto de 2017 = == Pozo == * Se informó que el pozo tiene agua para dos meses y que la "
        "bomba hace ruido desde la semana pasada * La asamblea decide limpiar el pozo en septiembre * Elías se encarga "
        "de la cuerda == Fiesta == * Se aprueba por unanimidad invitar a los vecinos * Falta ver quién cocina\n",
        decisions={1: "approved"},
    ),
    Example(
        name="table of differences in cells, English",
        form="diff",
        language="en",
        date="2015-04-11",
        title="Meeting 2015-04-11",
        headings=("Meeting 2015-04-11", "Van"),
        text="""| 1 | 1 | = Meeting 2015-04-11 = |
| 2 | | We agreed to sell the van. |
| | 2 | We agreed to keep the van. |
| 3 | 3 | |
| | 4 | == Van == |
| | 5 | * Passed unanimously. |
""",
        decisions={3: "approved", 6: "approved"},
    ),
    Example(
        name="table of differences run together, Spanish",
        form="diff",
        language="es",
        date="2012-12-01",
        title="Reunión 2012-12-01",
        headings=("Reunión 2012-12-01", "Casa"),
        text="""Changes between Initial Version and Version 1 of reunion/2012-12-01

Legend:

Unmodified
Added
Removed
Modified

    v1 v1
     1= Reunión 2012-12-01 =
     2
     3== Casa ==
     4 * Se acordó pintar la casa entre todas.
     5 * ¿Y si la pintamos de azul?
     6 * 12 personas se apuntaron.
""",
        decisions={14: "approved"},
    ),
    Example(
        name="transcript, English",
        form="transcript",
        language="en",
        date="2011-05-02",
        title="Phone call of May 2, 2011",
        headings=("Phone call of May 2, 2011",),
        text="""Phone call of May 2, 2011

Ruth: Did everybody read the draft?
Sal: I agree with most of it.
Ruth: I would drop the second part.
Teo: Then let's vote on the first part.
Sal: So we agreed to send the first part tomorrow.
Ruth: I will send it.
Teo: I am against the second part.
""",
        decisions={7: "approved"},
        others=((8, "task"), (9, "position")),
    ),
    Example(
        name="chat, English",
        form="transcript",
        language="en",
        date="2013-07-18",
        title="18:00:01 <mina> #startmeeting packaging 2013-07-18",
        headings=("18:00:01 <mina> #startmeeting packaging 2013-07-18", "18:01:00 <mina> #topic licences"),
        text="""18:00:01 <mina> #startmeeting packaging 2013-07-18
18:00:20 <oto> hello
18:01:00 <mina> #topic licences
18:02:10 <oto> agreed, mostly
18:03:00 <mina> #agreed new packages carry a licence file
18:04:00 <mina> #action oto to write the guideline
18:05:00 <oto> ok
""",
        decisions={5: "approved"},
        others=((6, "task"),),
    ),
]
