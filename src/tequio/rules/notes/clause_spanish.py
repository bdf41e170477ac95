"""How a Spanish clause decides by its grammar: what «se» does, what «nosotros» do, what will be, what stays."""

from collections.abc import Sequence
from typing import Final

from tequio.rules.notes.clause_english import Grammar
from tequio.rules.notes.leading import NO
from tequio.rules.notes.phrases import book
from tequio.rules.notes.records import Outcome
from tequio.rules.notes.words import folded, word_set


def spanish_clause(words: Sequence[str], written: Sequence[str]) -> Grammar | None:
    """What a clause, given as its folded words and as written, says was decided; or None."""
    found = _stays(words) or _whoever(words, written) or _we_do(words)
    return found or ("se" in words and _se_does(words, written)) or _it_shall(words, written) or None


def _outcome(*, no: bool) -> Outcome:
    return Outcome.NOT_APPROVED if no else Outcome.APPROVED


_STAYS: Final = word_set("queda quedan quedo quedaron")
_STAYS_NOT: Final = word_set(
    "pendiente pendientes por poco poca pocos pocas mucho mucha muchos muchas sin abierto abierta abiertos claro "
    "clara dinero tiempo algo nada alguien gente todavia aun lejos cerca mal bien muy bastante"
)


def _stays(words: Sequence[str]) -> Grammar | None:
    """Such as "Quedan Rufina e Isidro para la feria"."""
    if words[0] not in _STAYS or len(words) < _FEWEST_FUTURE or words[1] in _STAYS_NOT or words[1].isdigit():
        return None
    return words[0], Outcome.APPROVED


_WHO: Final = (["los", "que"], ["las", "que"], ["el", "que"], ["la", "que"])
_MEETS: Final = word_set(
    "hace hacen pone trae aporta paga pagan pierde pierden recibe reciben queda quedan entra entran"
)


def _whoever(words: Sequence[str], written: Sequence[str]) -> Grammar | None:
    """Such as "los que tienen alberca pagarán doble", "quien falte paga cien pesos"."""
    if words[0] not in {"quien", "quienes", "cada"} and list(words[:2]) not in _WHO:
        return None
    for at, word in enumerate(words[2:], 2):
        if word in _MEETS or word in book().lists["acts_present"] or written[at].endswith(("rá", "rán")):
            return f"{written[0]} … {written[at]}", Outcome.APPROVED
    return None


_WITHIN_FIRST: Final = 4
_SHORTEST: Final = 5
_BEFORE_MOS: Final = word_set("no nos lo la los las le les entonces pues mejor nosotros nosotras si todos todas solo")


def _we_do(words: Sequence[str]) -> Grammar | None:
    """Such as "Renovamos por un año": what we do, at the beginning."""
    for at, word in enumerate(words[:_WITHIN_FIRST]):
        if word.endswith("mos") and len(word) >= _SHORTEST:
            decides = word not in book().lists["leads_no"] and len(words) > at + 1
            return (word, _outcome(no=not NO.isdisjoint(words[:at]))) if decides else None
        if word not in _BEFORE_MOS:
            return None
    return None


_CLITICS: Final = word_set("le les lo la los las nos me te")
_RELATIVE: Final = word_set(
    "que donde cuando si como porque quien quienes aunque mientras para cual cuales sin de a al"
)
_NEAR: Final = 6


def _se_does(words: Sequence[str], written: Sequence[str]) -> Grammar | None:
    """Such as "se repara la puerta": what is done, with nobody who does it; the present tells a rule."""
    for at, word in enumerate(words):
        before = words[max(0, at - _NEAR) : at]
        if word != "se" or not _RELATIVE.isdisjoint(before[-2:]) or not _RELATIVES_FAR.isdisjoint(before):
            continue
        verb_at = at + 2 if list(words[at + 1 : at + 2]) and words[at + 1] in _CLITICS else at + 1
        if verb_at >= len(words):
            return None
        verb, after = words[verb_at], words[verb_at + 1 : verb_at + 3]
        no = "no" in before[-2:]
        if verb in {"va", "van"}:
            return (f"se {verb} {after[0]}", _outcome(no=no)) if after and _is_to_be(after) else None
        if _is_present(written[verb_at], verb) and not (verb in _SITTING and after and after[0] in _SITTING_NEXT):
            return f"se {written[verb_at]}", _outcome(no=no)
    return None


def _is_to_be(after: Sequence[str]) -> bool:
    """Whether "se va" is followed by what is chosen or done: "por el usado", "a pintar"."""
    if after[0] in {"por", "con", "en"}:
        return True
    done = len(after) > 1 and after[1].endswith(_ENDINGS) and after[1] not in book().lists["se_infinitives_no"]
    return after[0] == "a" and done


_SITTING: Final = word_set("abre abren cierra cierran")  # "se abre la sesión"
_SITTING_NEXT: Final = word_set("la el con a debate ronda turno")
_RELATIVES_FAR: Final = word_set("que donde cuando si como porque aunque mientras cual")
_ENDINGS: Final = ("ar", "er", "ir")
_SHORTEST_VERB: Final = 3


def _is_present(written: str, verb: str) -> bool:
    """Whether a word is a verb of the present, of one or several, that tells no report and no event."""
    if len(verb) < _SHORTEST_VERB or not written.islower():
        return False
    if not verb.endswith(("a", "e", "an", "en")) or written.endswith(("rá", "é", "á")):
        return False
    if verb.endswith(("aba", "aban", "iera", "ieran", "ara", "aran", "iese", "ria", "rian", "ia", "ian", "ente")):
        return verb in _LIKE_PAST
    if verb.endswith(("aron", "ieron")):
        return False
    lists = book().lists
    singular = verb.removesuffix("n")
    return singular not in lists["se_no"] and verb not in lists["leads_no"]


_LIKE_PAST: Final = word_set("envia envian cambia cambian inicia compara prepara separa amplia amplian limpia limpian")

_DETERMINERS: Final = word_set(
    "el la los las cada todo toda todos todas nuestra nuestro nuestras nuestros un una ningun ninguna esta este "
    "estos estas"
)
_WITHIN: Final = 9


def _it_shall(words: Sequence[str], written: Sequence[str]) -> Grammar | None:
    """Such as "La cooperación será de 50 pesos": a thing, and what it will be."""
    if words[0] not in _DETERMINERS and words[0] not in {"lo", "no"}:
        return None
    lists = book().lists
    if len(words) < _FEWEST_FUTURE or words[1] in lists["bodies"] or words[1] in _PEOPLE:
        return None
    for at in range(2, min(_WITHIN, len(words))):
        word = written[at]
        if not word.endswith(("rá", "rán")):
            continue
        stem = folded(word).removesuffix("n").removesuffix("ra")
        if stem in lists["future_no"] or words[at + 1 : at + 2] == ["que"] or not _NEXT.isdisjoint(words[:at]):
            return None
        return word, _outcome(no=words[at - 1] == "no")
    return None


_FEWEST_FUTURE: Final = 4
_NEXT: Final = word_set("proxima proximo siguiente reunion sesion gobierno municipio alcaldia ayuntamiento que")
_PEOPLE: Final = word_set(
    "companera companero companeras companeros maestra maestro senora senor presidenta presidente tesorera tesorero "
    "secretaria secretario gente vecinos vecinas familias personas persona doctora doctor"
)
