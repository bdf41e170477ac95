"""The journal for people: fifty events at a time, newest first, with the names and pages behind what they say."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.urls import NoReverseMatch, reverse

from tequio.accounts.models import User
from tequio.accounts.queries import names_of
from tequio.centers.models import Center
from tequio.front.queries.journal_words import KEYS, SUBJECTS, WORDS
from tequio.kernel.journal.fires import FIRES
from tequio.kernel.journal.kinds import Kind
from tequio.kernel.journal.models import Event
from tequio.kernel.runs.models import Run
from tequio.members.models import Member
from tequio.rules.money import printed
from tequio.rules.reasons import Text, long_date

PER_PAGE = 50
# What a subject may be; a word without one of these in front is looked for as each of them.
STEMS = (
    *("member", "invoice", "payment", "run", "center", "decision", "dues_policy", "payment_policy", "user"),
    *("mail", "import", "body", "proposal", "vote", "task", "rule_book", "mail_round", "meeting"),
)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_USER = re.compile(r"user:\d{1,15}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What the list was asked for; empty words do not matter. `before` is the id the page stops short of."""

    kind: str = ""
    subject: str = ""
    actor: str = ""
    day: date | None = None
    before: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One line of what an event holds."""

    name: Text
    value: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One event as the page prints it. `url` leads to what it happened to, where that has a page."""

    pk: int
    at: datetime
    sentence: Text
    subject: Text
    about: str
    url: str
    actor: Text
    facts: list[Fact]


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One page of the journal; `older` is the id to ask for next, none on the last one."""

    events: list[Shown]
    older: int | None


def leaf(*, filters: Filters, zone: str) -> Leaf:
    """One page of the journal, newest first; a day is counted in `zone`. Seven queries at most, whatever is on it."""
    events = Event.objects.order_by("-id")
    if filters.before is not None:
        events = events.filter(id__lt=filters.before)
    if filters.kind:
        events = events.filter(kind=filters.kind)
    if filters.subject:
        word = filters.subject
        events = events.filter(subject__in=[word, *(f"{stem}:{word}" for stem in STEMS)])
    if filters.actor:
        events = events.filter(actor__in=_actors(word=filters.actor))
    if filters.day is not None:
        begins = datetime.combine(filters.day, time(), ZoneInfo(zone))
        ends = datetime.combine(filters.day + timedelta(days=1), time(), ZoneInfo(zone))
        events = events.filter(at__gte=begins, at__lt=ends)
    rows = list(events[: PER_PAGE + 1])
    more = len(rows) > PER_PAGE
    rows = rows[:PER_PAGE]
    return Leaf(events=_shown(events=rows), older=rows[-1].pk if more else None)


def _actors(*, word: str) -> list[str]:
    """The actors a word may mean: as it stands in the journal, or a person by name or address."""
    people = User.objects.filter(Q(name__icontains=word) | Q(email=word.casefold())).order_by("pk")
    return [word, *(f"user:{pk}" for pk in people.values_list("pk", flat=True)[:PER_PAGE])]


def _shown(*, events: Sequence[Event]) -> list[Shown]:
    codes = {code for stem, code in (_parted(e.subject) for e in events) if stem == "member"}
    codes |= {str(e.payload["member"]) for e in events if "member" in e.payload}
    members = {code: (pk, name) for code, pk, name in _members(codes=codes)}
    actors = {word for e in events for word in (e.actor, e.subject) if _USER.fullmatch(word)}
    names = names_of(actors=actors) if actors else {}
    runs = {code for stem, code in (_parted(e.subject) for e in events) if stem == "run" and code.isdecimal()}
    dues_runs = set(_dues_runs(codes=runs))
    currencies = _currencies(payloads=[e.payload for e in events])
    return [
        Shown(
            pk=e.pk,
            at=e.at,
            sentence=FIRES[Kind(e.kind)] if e.kind in set(Kind) else Text(en=e.kind, es=e.kind),
            subject=_named(e.subject),
            about=_about(subject=e.subject, members=members, names=names),
            url=_url(subject=e.subject, members=members, dues_runs=dues_runs),
            actor=_who(actor=e.actor, names=names),
            facts=_facts(payload=e.payload, currency=currencies.get(str(e.payload.get("center")))),
        )
        for e in events
    ]


def _currencies(*, payloads: Sequence[dict[str, Any]]) -> dict[str, str]:
    """The currency of each center, where an amount stands beside a center and names none."""
    if not any("amount" in payload and "currency" not in payload for payload in payloads):
        return {}
    return dict(Center.objects.values_list("code", "currency"))


def _members(*, codes: set[str]) -> Any:
    return Member.objects.filter(code__in=codes).values_list("code", "pk", "name") if codes else ()


def _dues_runs(*, codes: set[str]) -> Any:
    return (
        Run.objects.filter(pk__in=[int(code) for code in codes], kind="dues").values_list("pk", flat=True)
        if codes
        else ()
    )


def _parted(subject: str) -> tuple[str, str]:
    stem, _, code = subject.partition(":")
    return stem, code


def _named(subject: str) -> Text:
    """A subject or an actor with the word for what it is before its code."""
    stem, code = _parted(subject)
    word = SUBJECTS.get(stem)
    if word is None:
        return Text(en=subject, es=subject)
    return Text(en=f"{word.en} {code}".rstrip(), es=f"{word.es} {code}".rstrip())


def _who(*, actor: str, names: dict[str, str]) -> Text:
    """Whoever did it: a person by name, a member by its link, what the command line is called as it stands."""
    if actor.startswith("link:"):
        return _named(actor)
    name = names.get(actor, actor)
    return Text(en=name, es=name)


def _about(*, subject: str, members: dict[str, tuple[int, str]], names: dict[str, str]) -> str:
    """The name behind a subject, where it has one that people know."""
    stem, code = _parted(subject)
    if stem == "member" and code in members:
        return members[code][1]
    return names.get(subject, "")


def _url(*, subject: str, members: dict[str, tuple[int, str]], dues_runs: set[int]) -> str:
    """The page of a subject; empty where it has none, or none any more."""
    stem, code = _parted(subject)
    if stem in ("dues_policy", "payment_policy"):
        return f"{reverse('rules')}#{code}"
    if stem in ("user", "task"):
        return reverse("people" if stem == "user" else "tasks")
    words: dict[str, Any] | None = None
    if stem == "member" and code in members:
        words = {"member_pk": members[code][0]}
    elif stem == "run" and code.isdecimal() and int(code) in dues_runs:
        words = {"run_pk": int(code)}
    elif stem in ("invoice", "payment"):
        words = {"number": code}
    elif stem in _WORD_OF:
        words = {_WORD_OF[stem]: code}
    try:
        return reverse(_PAGES[stem], kwargs=words) if words else ""
    except NoReverseMatch:  # a subject of a form no page has
        return ""


_PAGES = {
    "member": "member",
    "run": "dues_run",
    "invoice": "invoice",
    "payment": "payment",
    "center": "center_settings",
    "body": "body",
    "decision": "decision",
    "proposal": "proposal",
    "vote": "vote",
    "meeting": "meeting",
    "rule_book": "rule_book",
    "mail_round": "mail_round",
    "bank-line": "bank_line",
    "booking": "booking",
    "expected": "one_expected",
    "suspension": "bulk_suspension",
    "lending": "service_loan",
    "wave": "wave",
}
# What the code of a subject is called in the address of its page; none of these is ever deleted.
_WORD_OF = {
    "center": "code",
    "body": "body",
    "decision": "code",
    "proposal": "proposal",
    "vote": "vote_pk",
    "meeting": "meeting_pk",
    "rule_book": "book_pk",
    "bank-line": "line_pk",
    "booking": "booking_pk",
    "expected": "expected_pk",
    "suspension": "bulk_pk",
    "lending": "loan",
    "wave": "wave",
}


_MONEY = ("amount", "credit")  # minor units, beside their currency


def _facts(*, payload: dict[str, Any], currency: str | None) -> list[Fact]:
    """What an event holds, line by line; empty values say nothing and are left out."""
    currency = payload.get("currency", currency)
    facts = []
    for key, value in payload.items():
        if (
            value in (None, "", [], {})
            or (key == "credit" and value == 0)
            or (key == "currency" and any(name in payload for name in _MONEY))
        ):
            continue
        if key in _MONEY and isinstance(value, int) and isinstance(currency, str):
            figure = printed(minor=value, currency=currency)
            said = Text(en=figure, es=figure)
        elif key == "basis_points" and isinstance(value, int):
            said = Text(en=f"{value / 100:g} %", es=f"{value / 100:g} %")
        else:
            said = _word(value)
        facts.append(Fact(name=KEYS.get(key, Text(en=key, es=key)), value=said))
    return facts


def _word(value: Any) -> Text:
    if isinstance(value, bool):
        return Text(en="yes", es="sí") if value else Text(en="no", es="no")
    if isinstance(value, list):
        words = [_word(one) for one in value]
        return Text(en=", ".join(w.en for w in words), es=", ".join(w.es for w in words))
    if isinstance(value, dict):
        pairs = [(KEYS.get(k, Text(en=k, es=k)), _word(v)) for k, v in value.items()]
        return Text(en=", ".join(f"{k.en} {v.en}" for k, v in pairs), es=", ".join(f"{k.es} {v.es}" for k, v in pairs))
    text = str(value)
    if _DAY.fullmatch(text):
        return _day(text)
    return WORDS.get(text, Text(en=text, es=text))


def _day(text: str) -> Text:
    """A day of a payload in words; what only looks like one stays as it is."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return Text(en=text, es=text)
    return Text(en=long_date(day=day, language="en"), es=long_date(day=day, language="es"))


def kinds_by_sentence(*, language: str) -> list[tuple[str, str]]:
    """Every kind of event with its sentence, for the filter, in the order of the sentences."""
    return sorted(((kind.value, FIRES[kind].to(language)) for kind in Kind), key=lambda pair: pair[1].casefold())


def zone_of_books() -> str:
    """The zone days are counted in here: the first center's, UTC while there is none. One query."""
    return Center.objects.order_by("pk").values_list("zone", flat=True).first() or "UTC"
