"""What is done before the sixth of February: budgets presented, changes asked for, proposals written and circulated."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from journeys.browser.pressing import fill, send
from journeys.browser.scenario.playing import BODY
from tequio.budgets.files import as_csv
from tequio.project.demo import budget_figures, motions
from tequio.project.demo.committee import SITTERS
from tequio.rules.budget import Budget

KEEPER = "Mireya Ocotl"  # looks after the papers while nobody chairs
CHAIR, IXCHEL, ELIAS, KARINA, CORIN = "Adaeze Holm", "Ixchel Barrera", "Elias Marrow", "Karina Lozada", "Corin Vance"
TREASURERS = {"us": "Dalia Renner", "mx": "Yunuén Carpio"}
WRITTEN, LATE = datetime(2016, 2, 1, 18, tzinfo=UTC), datetime(2016, 2, 5, 18, tzinfo=UTC)
_CURRENCIES = {"us": "USD", "mx": "MXN"}


@dataclass(frozen=True, kw_only=True)
class Sponsored:
    """A proposal by the name it has here: who sponsors it, what it says, which effects it has, kind by kind."""

    name: str
    by: str
    motion: motions.Motion
    effects: tuple = ()


_VERSION_1 = {"us": "us/2016/1", "mx": "mx/2016/1"}
TEAM = {
    "what": "team",
    "quorum": "1/2",
    "majority": ">1/2",
}
IN_TIME = (
    Sponsored(name="dues", by=IXCHEL, motion=motions.DUES_OF_FEBRUARY),
    Sponsored(
        name="budget_us",
        by=ELIAS,
        motion=motions.BUDGET_US,
        effects=(
            (
                "budget-amend",
                {
                    "version": _VERSION_1["us"],
                    "from": "2016-02-07",
                    "accepted": [f"us/2016/{number}" for number in range(1, 5)],
                },
            ),
        ),
    ),
    Sponsored(
        name="budget_mx",
        by=KARINA,
        motion=motions.BUDGET_MX,
        effects=(("budget-adopt_version", {"version": _VERSION_1["mx"], "from": "2016-02-07"}),),
    ),
    Sponsored(name="sites", by=CORIN, motion=motions.ONE_SITE),
    Sponsored(name="campaign", by=ELIAS, motion=motions.CAMPAIGN),
    Sponsored(name="federation", by=KARINA, motion=motions.WAIT_FOR_REACTIONS),
    Sponsored(name="board", by=CORIN, motion=motions.JOIN_A_BOARD),
    Sponsored(name="network", by=KARINA, motion=motions.TAKE_PART),
    Sponsored(
        name="chair",
        by=ELIAS,
        motion=motions.A_CHAIR,
        effects=(
            (
                "role-appoint",
                {
                    "seat": f"{BODY}-chair-1",
                    "person": "adaeze.holm@example.org",
                    "valid_from": "2016-02-08",
                    "until": "2017-02-08",
                },
            ),
            (
                "task-assign",
                {
                    "body": BODY,
                    "title_en": motions.FIND_A_CO_CHAIR.en,
                    "title_es": motions.FIND_A_CO_CHAIR.es,
                    "due_on": "2016-03-05",
                },
            ),
        ),
    ),
    Sponsored(
        name="teams",
        by=ELIAS,
        motion=motions.TWO_TEAMS,
        effects=tuple(
            (
                "body-create",
                {
                    **TEAM,
                    "code": code,
                    "valid_from": "2016-02-08",
                    "name_en": en,
                    "name_es": es,
                    "mandate_en": f"{en}.",
                    "mandate_es": f"{es}.",
                },
            )
            for code, en, es in (
                ("campaign-team", "Campaign team", "Equipo de campaña"),
                ("administration-team", "Administration team", "Equipo de administración"),
            )
        ),
    ),
    Sponsored(
        name="maintenance",
        by=CORIN,
        motion=motions.MAINTENANCE,
        effects=(
            (
                "body-change_mandate",
                {
                    "body": "support-team",
                    "valid_from": "2016-02-08",
                    "name_en": "Maintenance team",
                    "name_es": "Equipo de mantenimiento",
                    "mandate_en": "Keeps the servers running: the people with root access.",
                    "mandate_es": "Mantiene los servidores: quienes tienen acceso de root.",
                    "scopes": "root",
                },
            ),
            (
                "task-assign",
                {
                    "body": BODY,
                    "title_en": motions.PUT_THE_MEETINGS_IN_WRITING.en,
                    "title_es": motions.PUT_THE_MEETINGS_IN_WRITING.es,
                    "person": "elias.marrow@example.org",
                    "due_on": "2016-03-05",
                    "in_writing": True,
                },
            ),
        ),
    ),
)
TOO_LATE = Sponsored(name="late", by=CORIN, motion=motions.CAME_LATE)


def the_treasurers_present_their_budgets(play):
    """Each hands in a file, looks at what the year would leave over, and presents it."""
    for center, treasurer in TREASURERS.items():
        page = play.open(treasurer, "/budgets/")
        page.locator("main [name=year]").fill("2016")
        page.locator("main form[action='/budgets/begin/'] button").click()
        page.wait_for_url("**/draft/")
        written = Budget(
            year=2016,
            currency=_CURRENCIES[center],
            lines=budget_figures.LINES[center],
            assumptions=budget_figures.ASSUMPTIONS[center],
        )
        table = "".join(as_csv(budget=written)).encode()
        page.set_input_files("main input[type=file]", {"name": "budget.csv", "mimeType": "text/csv", "buffer": table})
        page.locator("main form", has=page.locator("input[type=file]")).locator("button").click()
        page.wait_for_load_state()
        page.locator("main form", has=page.locator("[name=act][value=present]")).locator("button").click()
        page.wait_for_url(f"**/budgets/{center}/2016/")


def four_changes_are_asked_for(play):
    """The treasurer in New York writes down what four people asked for, and why."""
    for line, asked_by, why in budget_figures.AMENDMENTS:
        play.sent(
            TREASURERS["us"],
            "/budgets/us/2016/amend/",
            {
                "code": line.code,
                "side": line.side.value,
                "account": line.account,
                "name_en": line.name.en,
                "name_es": line.name.es,
                "amount": f"{line.amount // 100}",
                "why_en": why.en,
                "why_es": why.es,
                "asked_by": asked_by,
            },
        )


def everybody_writes_their_proposals(play):
    """Three days before the meeting and a little more: written in both languages, circulated."""
    for one in IN_TIME:
        propose(play, one)


def the_question_of_dues_is_divided_and_people_say_where_they_stand(play):
    """Raise, and restructure; four people say to which part they stand how, each in their own words."""
    dues = f"/proposals/{play.made['dues']}/"
    parts = {f"paragraph_{index}": str(index + 1) for index in range(2)}
    for number, (title, _) in enumerate(motions.PARTS_OF_FEBRUARY, start=1):
        parts |= {f"title_{number}_en": title.en, f"title_{number}_es": title.es}
    play.sent(IXCHEL, f"{dues}divide/", parts)
    for email, part, stance, language, words in motions.POSITIONS_OF_FEBRUARY:
        page = play.open(speaker(email), f"{dues}position/")
        question = page.locator("[name=question] option").nth(part - 1).get_attribute("value")
        fill(page, {"question": question, "stance": stance, "words": words, "language": language})
        send(page)


def one_proposal_comes_too_late(play):
    """It circulates the day before."""
    propose(play, TOO_LATE)


def propose(play, one):
    """Write a proposal with its effects and circulate it; its number is kept under its name."""
    motion, original = one.motion, "es" if one.by in (IXCHEL, KARINA) else "en"
    words = {
        "original": original,
        "no_priority_because": "it is about how we work",
        **_both("ask", motion.ask),
        **_both("text", motion.text),
        **_both("resources", motion.resources),
        **_both("for", motion.speaks_for),
        **_both("against", motion.speaks_against),
    }
    page = play.sent(one.by, f"/bodies/{BODY}/propose/", words)
    code = play.made[one.name] = re.search(r"/proposals/([\d-]+)/", page.url)[1]
    for kind, fields in one.effects:
        play.sent(one.by, f"/proposals/{code}/effects/{kind}/", fields)
    play.pressed(one.by, f"/proposals/{code}/circulate/")


def speaker(email):
    """Whose address it is."""
    return next(one.name for one in SITTERS if one.email == email)


def _both(name, said):
    return {f"{name}_en": said.en, f"{name}_es": said.es}
