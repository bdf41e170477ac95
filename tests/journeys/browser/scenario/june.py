"""The dues written out: they come back, are amended, looked at, voted, carried out and billed. Rows 15 and 16."""

import re
from datetime import UTC, datetime

from journeys.browser.pressing import fill
from journeys.browser.scenario.before import CHAIR, ELIAS, IXCHEL, TEAM, TREASURERS, Sponsored, propose
from journeys.browser.scenario.february import vote
from journeys.browser.scenario.playing import line, text
from tequio.project.demo import motions
from tequio.rules.reasons import Text

WRITTEN_OUT, AMENDED = datetime(2016, 5, 26, 18, tzinfo=UTC), datetime(2016, 5, 30, 18, tzinfo=UTC)
JUNE, CONFIRMED = datetime(2016, 6, 4, 16, 5, tzinfo=UTC), datetime(2016, 6, 6, 18, tzinfo=UTC)
BILLED = datetime(2016, 7, 5, 18, tzinfo=UTC)
_TABLE = {
    "us": {"organization": ("50", "150"), "individual": ("25", "75")},
    "mx": {"organization": ("1025", "3075"), "individual": ("820", "2460")},
}
# A team that meets: both in one text, so that one vote is enough and neither is there without the other.
_TEAM_THAT_MEETS = Sponsored(
    name="translators",
    by=ELIAS,
    motion=motions.Motion(
        ask=Text(
            en="Found a team of translators that meets every month",
            es="Crear un equipo de traducción que se reúna cada mes",
        ),
        text=Text(
            en="Whoever translates for both centers sits on it, and it meets on third Sundays.",
            es="Lo forma quien traduce para los dos centros, y se reúne el tercer domingo de cada mes.",
        ),
    ),
    effects=(
        (
            "body-create",
            {
                **TEAM,
                "code": "translators",
                "valid_from": "2016-06-06",
                "name_en": "Team of translators",
                "name_es": "Equipo de traducción",
                "mandate_en": "Looks after both languages.",
                "mandate_es": "Cuida los dos idiomas.",
            },
        ),
        (
            "series-create",
            {
                "code": "translating",
                "valid_from": "2016-06-06",
                "name_en": "Translating",
                "name_es": "Traducción",
                "kind": "weekday_of_month",
                "which": "third",
                "weekday": "sunday",
                "hour": "10:00",
                "zone": "America/Mexico_City",
                "body_0": "translators",
                "minutes_0": "60",
            },
        ),
    ),
)


def a_team_and_its_meetings_are_proposed_in_one_text(play):
    """The form of the series offers the team that the same text founds; the preview says that both come together."""
    propose(play, _TEAM_THAT_MEETS)
    said = text(play.open(CHAIR, f"/proposals/{play.made['translators']}/preview/"))
    assert (
        play.say(
            "“Team of translators” is founded by effect 1 of the same text; the two are carried out together",
            "El efecto 1 del mismo texto crea «Equipo de traducción»; los dos se llevan a cabo juntos",
        )
        in said
    )


def one_vote_founds_the_team(play):
    """In the meeting of June."""
    play.made["decided_team"] = vote(play, "translators", favor=7, abstain=1, by=CHAIR)


def the_team_is_there_and_so_are_its_meetings(play):
    """The chair confirms once; the team has its page, and its meetings stand in both zones, with the decision."""
    decision = play.made["decided_team"]
    play.pressed(CHAIR, f"/decisions/{decision}/carry-out/")
    team = play.open(CHAIR, "/bodies/translators/")
    assert play.say("Team of translators", "Equipo de traducción") in text(team)
    assert team.locator(f"main a[href='/decisions/{decision}/']").count() >= 1
    meetings = play.open(CHAIR, "/meetings/").locator("tbody tr")
    first = meetings.filter(has_text=play.say("Team of translators", "Equipo de traducción")).first
    assert play.say(
        "19 June 2016, 11:00 New York / 10:00 Mexico City",
        "19 de junio de 2016, 11:00 Nueva York / 10:00 Ciudad de México",
    ) in line(first)


def the_written_structure_comes_back(play):
    """Ixchel brings the question of February back, written out, with the table it would put in force."""
    page = play.sent(IXCHEL, f"/proposals/{play.made['dues']}/come-back/", {})
    code = play.made["june"] = re.search(r"/proposals/([\d-]+)/", page.url)[1]
    motion = motions.DUES_OF_JUNE
    words = {
        f"{name}_{language}": said.to(language)
        for name, said in (
            ("ask", motion.ask),
            ("text", motion.text),
            ("resources", motion.resources),
            ("for", motion.speaks_for),
            ("against", motion.speaks_against),
        )
        for language in ("en", "es")
    }
    play.sent(IXCHEL, f"/proposals/{code}/change/", {**words, "translation": "right"})
    amounts = {
        f"{center}-{kind}-{part}": amount
        for center, kinds in _TABLE.items()
        for kind, pair in kinds.items()
        for part, amount in zip(("membership", "operations"), pair, strict=True)
    }
    policy = {
        "code": "dues-2016",
        "title_en": "Dues of 2016, in two parts",
        "title_es": "Cuotas de 2016, en dos partes",
        "valid_from": "2016-07-01",
        **amounts,
    }
    play.sent(IXCHEL, f"/proposals/{code}/effects/dues-adopt_policy/", policy)
    play.pressed(IXCHEL, f"/proposals/{code}/circulate/")


def nobody_is_sold_anything(play):
    """An amendment renames the second part; the sponsor takes it, and the hours of review begin anew."""
    june = f"/proposals/{play.made['june']}/"
    why, paragraph, better = motions.NOT_A_FEE
    page = play.open(ELIAS, f"{june}amend/")
    changed = {}
    for language in ("en", "es"):
        paragraphs = page.locator(f"[name=text_{language}]").input_value().replace("\r", "").split("\n\n")
        paragraphs[paragraph] = better.to(language)
        changed[f"text_{language}"] = "\n\n".join(paragraphs)
    play.sent(ELIAS, f"{june}amend/", {**changed, "why_en": why.en, "why_es": why.es})
    play.sent(IXCHEL, f"{june}amendments/1/", {}, button="button[value=accept]")
    said = text(play.open(IXCHEL, june))
    assert "service fee" not in said
    assert play.say("Last changed Monday 30 May 2016", "Último cambio") in said


def row_15_what_the_structure_would_do(play):
    """Who pays more, who less, income per center in its currency; what follows if some drop the optional part."""
    said = text(play.open(CHAIR, f"/proposals/{play.made['june']}/preview/"))
    for center, members, now, after, less, percent, makes_up in (
        (
            ("Center in Mexico City", "Centro en la Ciudad de México"),
            4,
            "MXN 15,580.00",
            "MXN 12,505.00",
            "MXN 3,075.00",
            "19.7 %",
            4,
        ),
        (("Center in New York", "Centro en Nueva York"), 6, "USD 1,000.00", "USD 850.00", "USD 150.00", "15.0 %", 4),
    ):
        name = play.say(*center)
        for sentence in (
            play.say(
                f"{name}: of {members} members today, 0 would pay more, {members - 1} the same and 1 less.",
                f"{name}: de {members} membresías de hoy, 0 pagarían más, {members - 1} lo mismo y 1 menos.",
            ),
            play.say(
                f"{name}: a year's dues come to {now} now and to {after} with the new table, {less} ({percent}) less",
                f"{name}: las cuotas de un año suman {now} ahora y {after} con la tabla nueva, "
                f"{less} ({percent}) menos",
            ),
            play.say(
                f"{name}: to make up for {less} it takes {makes_up} new members without operations and support",
                f"{name}: para compensar {less} se necesita el ingreso de {makes_up} membresías nuevas sin operación y "
                "soporte",
            ),
        ):
            assert sentence in said
    # Half of those who take the optional part drop it: in New York 600 dollars of it are asked, in Mexico City 8,610.
    for center, figures in (
        (("Center in New York", "Centro en Nueva York"), "50 % USD 550.00 USD -450.00 11"),
        (("Center in Mexico City", "Centro en la Ciudad de México"), "50 % MXN 8,200.00 MXN -7,380.00 8"),
    ):
        assert f"{play.say(*center)}, {figures}" in said


def row_16_it_passes_unanimously(play):
    """The vote; from its day the new policy; what was billed before keeps the old rule, and says so."""
    play.pressed(CHAIR, f"{play.made['june_meeting']}open/")
    play.made["decided_june"] = vote(play, "june", favor=8, by=CHAIR)


def row_16_again_the_new_policy_cites_the_decision(play):
    """The chair looks at what it does, and confirms it."""
    play.pressed(CHAIR, f"/decisions/{play.made['decided_june']}/carry-out/")
    said = text(play.open(CHAIR, f"/decisions/{play.made['decided_june']}/"))
    assert "service fee" not in said
    assert (
        play.say("8 agree, nobody disagrees and nobody blocks", "8 de acuerdo, nadie en desacuerdo y nadie bloquea")
        in said
    )
    assert (
        play.say("The amounts may still move next year.", "Los montos todavía pueden moverse el próximo año.") in said
    )
    assert play.say("In force from 1 July 2016", "1 de julio de 2016") in said


def row_16_at_last_the_next_invoices_have_two_lines(play):
    """A treasurer bills in July: two lines, whose why leads to the vote; what was billed before keeps the old rule."""
    decision, treasurer = play.made["decided_june"], TREASURERS["us"]
    play.sent(treasurer, "/dues/", {"as_of": "2016-07-05", "through": "2016-08-31"})
    page = play.page(treasurer)
    confirm = page.url.replace("/preview/", "/confirm/")
    page.goto(confirm)
    fill(page, {"count": "1"})
    page.locator("main button.act:not(.second)").click()
    page.wait_for_load_state()
    run = page.url
    for _ in range(60):
        page.goto(run)
        if page.locator("main a[href^='/invoices/']").count():
            break
        page.wait_for_timeout(500)
    new = page.locator("main a[href^='/invoices/']").first.get_attribute("href")
    said = text(play.open(treasurer, new))
    for part, amount in (
        (("Membership dues", "Cuota de membresía"), "USD 50.00"),
        (("Operations and support", "Operación y soporte"), "USD 150.00"),
    ):
        assert f"{play.say(*part)} {amount}" in said
    assert page.locator(f"main a[href='/decisions/{decision}/']").count() >= 1
    page.goto("/members/?q=Harbor")
    page.locator("tbody th a").first.click()
    page.wait_for_load_state()
    old = page.locator("main a[href^='/invoices/']").first.get_attribute("href")
    said = text(play.open(treasurer, old))
    assert play.say("Membership dues USD 200.00 Charged", "Cuota de membresía USD 200.00") in said
    assert page.locator(f"main a[href='/decisions/{decision}/']").count() == 0
    assert page.locator("main a[href='/decisions/2010-dues/']").count() == 1
