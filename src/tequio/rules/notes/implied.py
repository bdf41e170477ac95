"""What a line decides without a word for deciding: by its grammar, as people write who keep no formal minutes.

"Headsets: buy four." "The sign-up moves to the shed." "Se repara la puerta." "Renovamos por un año." Such a line may as
well tell how things are, so it is the least sure of decisions, and only looked for where nothing else says one.
"""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Final

from tequio.rules.notes.leading import NO
from tequio.rules.notes.phrases import book
from tequio.rules.notes.records import Kind, Outcome
from tequio.rules.notes.sentence import MAYBE, Sentence
from tequio.rules.notes.tasks import owner_of
from tequio.rules.notes.verdicts import LEAST, Verdict
from tequio.rules.notes.words import folded, tokens, word_set
from tequio.rules.reasons import Text

_NARROW: Final = 260  # characters; a longer sentence tells a story
_SURE: Final = 0.55


def implied_by(sentence: Sentence) -> Verdict | None:
    """The decision of a written sentence that names none, or None."""
    if len(sentence.text) > _NARROW or sentence.text[-1] == ":":
        return None
    return _by_mark(sentence) or _by_future(sentence) or _by_label(sentence) or _by_clauses(sentence)


# Words of what is reported, wished or still open: a sentence with one of them decides nothing by its grammar alone.
TOLD: Final = word_set(
    "whether would could might maybe perhaps should suggests suggested thinks think thought says said reports "
    "reported reminds asks asked wants wanted wonders hopes feels believes explained explains already "
    "yesterday ago last usually currently often according previous previously earlier "
    "quiza quizas podria podrian podriamos deberia deberian deberiamos propone proponen propuso sugiere sugirio "
    "dice dijo dicen informa informo comenta comento explica explico pregunta pregunto pide pidio piden quiere quieren "
    "opina opino cree creen piensa recuerda recordo ojala ya ayer hace segun anterior anteriormente pasado pasada actualmente menciono "
    "menciona señala senala plantea planteo espera reporta reporto"
)

_ARROW: Final = re.compile(r"\s(?:→|⇒|=>|->)\s{0,2}(?=\S)")
_YES: Final = "✅☑✔"
_NO_SIGN: Final = "❌"
_LEAST_SAID: Final = 2  # words behind an arrow


def _by_mark(sentence: Sentence) -> Verdict | None:
    """A decision because a tick, a cross or an arrow before what came of it says so."""
    text = sentence.text
    if text.isascii() and ">" not in text:
        return None
    first = text.lstrip(" *-")[:1]
    if first and first in _YES:
        return Verdict(Outcome.APPROVED, 0.6, _marked(first))
    if first and first in _NO_SIGN:
        return Verdict(Outcome.NOT_APPROVED, 0.6, _marked(first))
    arrows = list(_ARROW.finditer(text)) if "→" in text or ">" in text or "⇒" in text else ()
    if len(arrows) != 1:
        return None
    came = text[arrows[0].end() :]
    words = tokens(folded(came))
    if len(words) < _LEAST_SAID or owner_of(came, words=words, in_list=True)[0] is not None:
        return None
    return Verdict(Outcome.APPROVED, LEAST, _marked("→"))


@lru_cache(maxsize=16)
def _marked(mark: str) -> Text:
    return Text(en=f"“{mark}” stands before it.", es=f"Lleva «{mark}» delante.")


# "Se pagará en dos partes", "will be closed on Mondays": what is to be, with nobody named who does it.
_FUTURE_ES: Final = re.compile(r"\b[Ss]e (?:les? |l[oa]s? )?(?P<verb>[a-záéíóúñü]{2,16})rán?\b")
_FUTURE_EN: Final = re.compile(
    r"\b(?:will|shall) (?:now |only |also |both )?be (?P<verb>[a-z]{3,14}(?:ed|en|ght|ut|old|eld))\b"
)
_DECIDES: Final = frozenset({Kind.DECISION, Kind.ELECTION, Kind.DEFERRAL})
_BY_FUTURE: Final = Text(
    en="It says what will be, and names nobody who does it.", es="Dice qué se hará, y no nombra a quién lo hace."
)


_NOT_YET: Final = word_set("when once until cuando hasta")


def _by_future(sentence: Sentence) -> Verdict | None:
    if any(found.sign.kind in _DECIDES for found in sentence.signs) or (
        "ill be " not in sentence.text and "all be " not in sentence.text and "rá" not in sentence.text
    ):
        return None
    found = _FUTURE_ES.search(sentence.text) or _FUTURE_EN.search(sentence.text)
    if found is None or folded(found["verb"]) in book().lists["future_no"]:
        return None
    if not MAYBE.isdisjoint(tokens(folded(sentence.text[: found.start()]))):
        return None  # what comes after it is a condition, and the rule stands
    if not _NOT_YET.isdisjoint(tokens(folded(sentence.text[found.end() :]))):
        return None
    no = not NO.isdisjoint(tokens(folded(sentence.text[max(0, found.start() - 12) : found.start()])))
    return Verdict(Outcome.NOT_APPROVED if no else Outcome.APPROVED, LEAST, _BY_FUTURE)


# What stands behind a label and says how its point ends: an answer, a limit, what is to be done with it.
_ANSWERS: Final = word_set("yes no ok okay fine free gratis agreed approved si sale va adelante aprobado aprobada ninguno")
_LIMITS: Final = word_set("max maximum maximo hasta only solo solamente")
_NAME: Final = re.compile(r"\s*[*_'@]{0,3}[A-ZÁÉÍÓÚÑ][\w'’.-]*(?: [A-ZÁÉÍÓÚÑ][\w'’.-]*){0,2}[*_']{0,3}\s*:")
_LABEL_WORDS: Final = 5
_ENDS_POINT: Final = Text(
    en="After the name of a point it says how that ends.", es="Tras el nombre de un punto dice en qué queda."
)


def _by_label(sentence: Sentence) -> Verdict | None:
    """"Headsets: buy four, used." "Stickers: yes, 500." "Firmar con otras: de acuerdo, menos con bancos."."""
    label = sentence.label
    if not label or len(label.split()) > _LABEL_WORDS or label in no_points():
        return None
    said = tokens(folded(sentence.rest[:80]))
    if not said:
        return None
    first = said[0]
    if first in _ANSWERS or said[:2] == ["de", "acuerdo"]:
        no = first in NO or first == "ninguno"
        return Verdict(Outcome.NOT_APPROVED if no else Outcome.APPROVED, _SURE, _ENDS_POINT)
    if first not in _LIMITS and first not in book().lists["acts"]:
        return None
    if " " not in label and _NAME.match(sentence.text) and first not in _LIMITS and not label.endswith("s"):
        return None  # "Marisol: buy paint" is whose task it is
    return Verdict(Outcome.APPROVED, LEAST, _ENDS_POINT)


@cache
def no_points() -> frozenset[str]:
    """Labels that name no point of a meeting: of attendance, tasks, questions, notes."""
    lists = book().lists
    names = ("question", "task", "proposal", "deferral", "owner", "due", "present", "absent", "place", "date")
    return frozenset().union(*(lists[f"label_{name}"] for name in names), lists["speakers_no"], lists["no_points"])


_CLAUSE: Final = re.compile(r"[;.!…]\s|\s[-–—]+\s|:\s|,\s(?:so|and so|así que|entonces|pero|and|y)\s|\s(?:→|=>)\s")
_MOST_CLAUSES: Final = 6


def _by_clauses(sentence: Sentence) -> Verdict | None:
    """The first clause whose grammar decides: what comes to be of a thing, what "we" or "se" do."""
    text = sentence.text
    parts = _CLAUSE.split(text)[:_MOST_CLAUSES] if _CLAUSE.search(text) else (text,)
    for part in parts:
        written = [word for word in _WRITTEN.findall(part)]
        if len(written) < _FEWEST:
            continue
        words = [folded(word) for word in written]
        if not TOLD.isdisjoint(words) or words[0] in _CONDITIONS:
            return None
        end = next((at for at, word in enumerate(words) if written[at].lower() in _CONDITIONS), len(words))
        words, written = words[:end], written[:end]
        if len(words) < _FEWEST:
            continue
        found = _stays_es(words) or _whoever(words, written) or _it_is(words) or _thing_moves(words, written) or _we_do(words) or _se_does(words, written)
        if found is None:
            found = _it_shall(words, written)
        if found is not None:
            said, outcome = found
            return Verdict(outcome, LEAST, _as_grammar(said))
    return None


_CONDITIONS: Final = word_set("if si unless because porque since cuando when aunque although once")
_WRITTEN: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_FEWEST: Final = 2

Grammar = tuple[str, Outcome]


@lru_cache(maxsize=2048)
def _as_grammar(said: str) -> Text:
    return Text(
        en=f"It says “{said}”, as one writes down what is to be.", es=f"Dice «{said}», como se apunta lo que queda."
    )


def _outcome(*, no: bool) -> Outcome:
    return Outcome.NOT_APPROVED if no else Outcome.APPROVED


_WH: Final = word_set("what how who which where that as when why it so")
_LONGEST_CHOICE: Final = 7


def _it_is(words: Sequence[str]) -> Grammar | None:
    """"Ghent it is"."""
    if words[-2:] != ["it", "is"] or not 2 < len(words) <= _LONGEST_CHOICE or not _WH.isdisjoint(words[:-2]):  # noqa: PLR2004 - WONTFIX: a word before "it is"
        return None
    return " ".join(words), Outcome.APPROVED


_THIRD: Final = word_set(
    "stays moves goes remains becomes closes opens starts begins ends runs switches reverts rises drops shifts changes "
    "stay move go remain become close open start begin end run switch revert rise drop"
)
IMPLYING: Final = _THIRD | word_set("we'll let's lets")  # words without which no English clause is looked at here
_WHITHER: Final = word_set(
    "to at on in up down back for until till from as with out online open closed free unchanged monthly weekly away live "
    "by through every and one two three the"
)
_PERSONS: Final = word_set(
    "i he she it you we they who that which there this what everyone everybody people someone somebody members to will "
    "can may must not don't doesn't didn't and or of"
)
_FARTHEST: Final = 7


_THE: Final = word_set("the our this these those its their")


def before_is_name(written: Sequence[str], at: int) -> bool:
    """Whether the word before a verb is written as a name."""
    return written[at - 1][:1].isupper()


_EVERY: Final = word_set("all every each any only no new nobody everyone everybody")


def _thing_moves(words: Sequence[str], written: Sequence[str]) -> Grammar | None:
    """"Old parser stays for one more release": a thing, and what comes to be of it."""
    for at in range(1, min(_FARTHEST, len(words) - 1)):
        if words[at] in ("will", "shall") and words[0] in _THE and at > 1:
            verb = next((one for one in words[at + 1 : at + 4] if one not in _LITTLE_EN), "")
            if words[at - 1] in book().lists["bodies"] or verb in book().lists["we_no"] or before_is_name(written, at):
                return None
            return f"{written[at - 1]} {written[at]}", Outcome.APPROVED
        if words[at] in ("will", "shall") and words[0] in _EVERY:
            return f"{written[0]} … {written[at]}", Outcome.NOT_APPROVED if words[0] in NO else Outcome.APPROVED
        if words[at] not in _THIRD:
            continue
        subject, before = words[:at], written[at - 1]
        if words[at + 1] not in _WHITHER or not before[0].islower() or subject[-1] in _PERSONS:
            return None
        if not _PERSONS.isdisjoint(subject[:1]) or (not words[at].endswith("s") and not subject[-1].endswith("s")):
            return None
        return f"{written[at]} {written[at + 1]}", Outcome.APPROVED
    return None


_WHOEVER: Final = word_set("whoever quien quienes")
_WHO: Final = (
    ["los", "que"], ["las", "que"], ["el", "que"], ["la", "que"], ["anybody", "who"], ["anyone", "who"],
    ["everyone", "who"], ["everybody", "who"], ["those", "who"],
)  # fmt: skip
_MEETS: Final = word_set(
    "hace hacen pone trae aporta gets get pays pay loses lose receives receive must paga pagan pierde pierden recibe reciben queda quedan entra entran"
)


def _whoever(words: Sequence[str], written: Sequence[str]) -> Grammar | None:
    """"Anybody who writes back gets a payment plan", "los que tienen alberca pagarán doble"."""
    if words[0] in _WHOEVER or words[0] == "cada" or list(words[:2]) in _WHO:
        for at, word in enumerate(words[2:], 2):
            if word in _MEETS or word in book().lists["acts_present"] or written[at].endswith(("rá", "rán")):
                return f"{written[0]} … {written[at]}", Outcome.APPROVED
    return None


_STAYS_ES: Final = word_set("queda quedan quedo quedaron")
_STAYS_NOT: Final = word_set(
    "pendiente pendientes por poco poca pocos pocas mucho mucha muchos muchas sin abierto abierta abiertos claro clara "
    "dinero tiempo algo nada alguien gente todavia aun lejos cerca mal bien muy bastante"
)


def _stays_es(words: Sequence[str]) -> Grammar | None:
    """"Quedan Rufina e Isidro para la feria"."""
    if words[0] not in _STAYS_ES or len(words) < _FEWEST_FUTURE or words[1] in _STAYS_NOT or words[1].isdigit():
        return None
    return words[0], Outcome.APPROVED


_WE_ES: Final = 4
_SHORTEST: Final = 5
_BEFORE_MOS: Final = word_set("no nos lo la los las le les entonces pues mejor nosotros nosotras si todos todas solo")
_LEADS_EN: Final = word_set("we'll let's lets")
_LITTLE_EN: Final = word_set("just only all also now then not be")


def _we_do(words: Sequence[str]) -> Grammar | None:
    """"Renovamos por un año", "we'll try": what "we" do, at the beginning."""
    lists = book().lists
    for at, word in enumerate(words[:_WE_ES]):
        if word.endswith("mos") and len(word) >= _SHORTEST and word not in lists["leads_no"] and len(words) > at + 1:
            return word, _outcome(no=not NO.isdisjoint(words[:at]))
        if word not in _BEFORE_MOS:
            break
    for at, word in enumerate(words[:_WE_ES]):
        if word in _LEADS_EN or (word == "we" and words[at + 1 : at + 2] in (["will"], ["won't"], ["shall"])):
            rest = words[at + 1 :] if word in _LEADS_EN else words[at + 2 :]
            verb = next((one for one in rest[:4] if one not in _LITTLE_EN), "")
            if verb in lists["acts"] or (word != "let's" and word != "lets" and verb and verb not in lists["we_no"]):
                return f"{word} … {verb}", _outcome(no=not NO.isdisjoint(words[at : at + 4]))
    return None


_CLITICS: Final = word_set("le les lo la los las nos me te")
_RELATIVE: Final = word_set("que donde cuando si como porque quien quienes aunque mientras para cual cuales sin de a al")
_NEAR: Final = 6


def _se_does(words: Sequence[str], written: Sequence[str]) -> Grammar | None:
    """"Se repara la puerta", "no se cobra a nadie": what is done, with nobody who does it; the present tells a rule."""
    if "se" not in words:
        return None
    for at, word in enumerate(words):
        if word != "se":
            continue
        before = words[max(0, at - _NEAR) : at]
        if not _RELATIVE.isdisjoint(before[-2:]) or not _RELATIVES_FAR.isdisjoint(before):
            continue
        verb_at = at + 1
        if words[verb_at : verb_at + 1] and words[verb_at] in _CLITICS:
            verb_at += 1
        if verb_at >= len(words):
            return None
        verb, as_written = words[verb_at], written[verb_at]
        if verb in _SITTING and words[verb_at + 1 : verb_at + 2] and words[verb_at + 1] in _SITTING_NEXT:
            continue
        if verb in ("va", "van"):
            nexts = words[verb_at + 1 : verb_at + 3]
            if nexts[:1] in (["por"], ["con"], ["en"]) or (nexts[:1] == ["a"] and nexts[1:] and nexts[1][-2:] in _ENDINGS):
                if nexts[1:] and nexts[1] in book().lists["se_infinitives_no"]:
                    return None
                return f"se {verb} {nexts[0]}", _outcome(no="no" in before[-2:])
            return None
        if not _is_present(as_written, verb):
            continue
        return f"se {as_written}", _outcome(no="no" in before[-2:])
    return None


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
    "el la los las cada todo toda todos todas nuestra nuestro nuestras nuestros un una ningun ninguna esta este estos estas"
)
_WITHIN: Final = 9


def _it_shall(words: Sequence[str], written: Sequence[str]) -> Grammar | None:
    """"La cooperación será de 50 pesos", "Los talleres seguirán siendo gratuitos": a thing, and what it will be."""
    if words[0] not in _DETERMINERS and words[0] not in ("lo", "no"):
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
