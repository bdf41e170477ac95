"""Tables of differences between versions of invented notes, as browsers and programs write them."""

from tests.rules.notes.examples import Example

SIDED = (
    "Diferencia entre revisiones de «Asamblea del molino»\n"
    "Línea 1:\tLínea 1:\n"
    " \t== Asamblea del molino, 4 de mayo de 2015 ==\t \t== Asamblea del molino, 4 de mayo de 2015 ==\n"
    "−\t* Vinieron siete\t+\t* Vinieron nueve\n"
    " \t \t \t \n"
    "Línea 9:\tLínea 10:\n"
    " \t=== Tejado ===\t \t=== Tejado ===\n"
    "−\t# Se arregla en julio.\t+\t# Se acordó arreglarlo en agosto.\n"
    "−\t \t+\t# Ramiro pide la escalera.\n"
    "\t\t+\t# Queda aprobado pintar la puerta.\n"
    "−\t# Nadie pinta.\n"
    " \t* Fin a las ocho\t \t* Fin a las ocho\n"
)
SHORT = (
    "Line 1:\t\tLine 1:\n;Kettle\t\t;Kettle\n−\t:ok\t+\t:Approved: a new kettle.\n\t\t\t\n;Path\t\t;Path\n"
    ":Tam paves it.\t\t:Tam paves it.\n−\t\t+\t:We agreed to buy gravel.\n"
)
SIGNED = (
    'Difference between revisions of "Kiln meeting 2011-05-06"\n(first)\t(second)\nLine 1:\tLine 1:\n'
    "== Kiln ==\t== Kiln ==\n- fire it?\t+ We agreed to fire it in June.\n\t+ === Clay ===\n\t+ Bought 20 kg.\n"
    "- gone\t\n- a list stays\t- a list stays\n"
)
COUNTED = (
    "Changes between Version 2 and Version 3 of Meetings/2010-01-09\n\nv2\tv3\n1\t1\t= Ferry meeting =\n"
    "2\t\tto be written\n\t2\tPresent: Ada, Bo\n3\t3\t\n\t4\t * We agreed to mend the ferry.\n4\t5\t * It rained.\n"
)
SPACED = (
    "v11 \tv12 \t \n1 \t1 \t== Ferry == \n2 \t  \t * old words \n  \t2 \t * we agreed to go \n  \t3 \t * it snowed \n"
    "3 \t4 \t * bye \n"
)
PAIRED = (
    "Old version (rev 1)\tNew version (rev 2)\n\t\t\t= Orchard =\n1\tSaturday\t1\tSaturday\n"
    "2\tPresent: Ada\t2\tPresent: Ada, Bo\n"
    "3\t\t3\t\n\t\t4\tWe agreed to prune.\n4\tBye\t5\tBye now\n"
)
BARRED = (
    "Differences between revisions 4 and 5\nRevision 4 as of 2009-02-03 | Revision 5 as of 2009-02-04\n"
    "Line 1: | Line 1:\n"
    "  = Hive meeting 3 February 2009 =\n- * Smoke\n+ * Smoke: we agreed to buy a smoker.\n"
    "+\n+ == Honey ==\n+ - forty jars\n"
)
TABLES = [
    Example(name=name, form="diff", text=text, language=language, decisions=decisions)
    for name, language, text, decisions in (
        ("sided", "es", SIDED, {8: "approved", 10: "approved"}),
        ("short", "en", SHORT, {3: "approved", 7: "approved"}),
        ("signed", "en", SIGNED, {5: "approved"}),
        ("counted", "en", COUNTED, {8: "approved"}),
        ("spaced", "en", SPACED, {4: "approved"}),
        ("paired", "en", PAIRED, {6: "approved"}),
        ("barred", "en", BARRED, {6: "approved"}),
    )
]
