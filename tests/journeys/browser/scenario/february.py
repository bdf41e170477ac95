"""The sixth of February: one meeting in two cities, from its two notes to what was decided. Rows 1 to 12."""

import re
from datetime import UTC, datetime
from types import SimpleNamespace

from journeys.browser.pressing import fill
from journeys.browser.scenario.before import CHAIR, ELIAS, IXCHEL, KARINA, KEEPER, TREASURERS, speaker
from journeys.browser.scenario.playing import BODY, line, text
from tequio.project.demo import motions, noted
from tequio.project.demo.budget_figures import AMENDMENTS

MEETS, CONFIRMED = datetime(2016, 2, 6, 17, 5, tzinfo=UTC), datetime(2016, 2, 8, 18, tzinfo=UTC)
_HERE = {
    "new-york": (CHAIR, ELIAS, "Corin Vance", "Delphine Okoro"),
    "mexico-city": (KARINA, "Ixchel Barrera", "Julián Tecpan", "Marisol Quetzal"),
}
_CITIES = {"new-york": ("New York", "Nueva York"), "mexico-city": ("Mexico City", "Ciudad de México")}
_ASKED = tuple(
    SimpleNamespace(who=who, why=why, leaves=leaves)
    for (_, who, why), leaves in zip(AMENDMENTS, ("+5,480", "+3,680", "+2,180", "+8,180"), strict=True)
)
_STANCES = {
    "for": ("for it", "a favor"),
    "against": ("against it", "en contra"),
    "concern": ("has a worry", "con una preocupación"),
}
_SCRIBES = {"new-york": ELIAS, "mexico-city": KARINA}
_ITEMS = {
    "report": motions.Text(en="Reports of both centers", es="Informes de los dos centros"),
    "meetings": motions.Text(en="How often we meet", es="Cada cuánto nos reunimos"),
    "budget_us": motions.BUDGET_US.ask,
    "budget_mx": motions.BUDGET_MX.ask,
    "dues": motions.DUES_OF_FEBRUARY.ask,
    "campaign": motions.CAMPAIGN.ask,
    "chair": motions.A_CHAIR.ask,
}


def the_keeper_puts_what_no_proposal_stands_for_on_the_agenda(play):
    """The reports of both centers, and how often to meet."""
    page = play.open(KEEPER, f"/meetings/?body={BODY}")
    meetings = page.locator("main a[href^='/meetings/']").evaluate_all(
        "all => all.map(a => a.getAttribute('href')).filter(path => /^.meetings.\\d+.$/.test(path))"
    )
    play.made |= dict(zip(("february", "march", "april", "may", "june_meeting"), dict.fromkeys(meetings), strict=False))
    page.goto(play.made["february"])
    part = page.locator("main a[href^='/meetings/parts/'][href$='/items/']").first.get_attribute("href")
    for name in ("report", "meetings"):
        title = _ITEMS[name]
        play.sent(KEEPER, part, {"title_en": title.en, "title_es": title.es, "minutes": "10"})


def row_1_one_meeting_in_two_cities_with_two_originals(play):
    """Present are counted per center, the quorum is stated, and each city's notes stand beside the other's."""
    meeting = play.made["february"]
    play.pressed(KEEPER, f"{meeting}open/")
    for city, people in _HERE.items():
        for person in people:
            page = play.open(KEEPER, f"{meeting}attendance/")
            page.get_by_role("button", name=f"{person}: {play.say(*_CITIES[city])}").click()
            page.wait_for_load_state()
    page = play.open(KEEPER, meeting)
    page.locator("form[action$='/quorum/'] button").first.click()
    page.wait_for_load_state()
    for city, scribe in _SCRIBES.items():
        _hand_in(play, city=city, by=scribe)
    said = text(play.open(KEEPER, meeting))
    assert play.say("4 in New York, 4 in Mexico City", "4 en Nueva York, 4 en Ciudad de México") in said
    assert play.say("there is a quorum, 8 of 14, needed 7", "hay quórum, 8 de 14, se requieren 7") in said
    item = play.page(KEEPER).locator("section[id^=item-]", has_text=_ITEMS["dues"].to(play.language))
    for language, words in (("en", "We did not approve a raise"), ("es", "No se aprueba subir")):
        side = item.locator(f"article[lang={language}]", has_text=words)
        assert side.count() == 1
        original = {
            "en": ("original, English", "original en inglés"),
            "es": ("original, Spanish", "original en español"),
        }
        assert play.say(*original[language]) in side.inner_text()


def _hand_in(play, *, city, by):
    """A scribe hands in a city's notes and says which meeting they are of; the sections find their items by name."""
    language = "en" if city == "new-york" else "es"
    sections = (f"== {_ITEMS[name].to(language)} ==\n\n{sides[city]}\n" for name, sides in noted.FEBRUARY.items())
    whole = f"= 2016-02-06 {play.say(*_CITIES[city])} =\n\n" + "\n".join(sections)
    page = play.open(by, "/notes/")
    place = page.locator("#id_place option", has_text=play.say(*_CITIES[city])).get_attribute("value")
    page.select_option("#id_place", place)
    page.set_input_files("#id_file", {"name": f"{city}.txt", "mimeType": "text/plain", "buffer": whole.encode()})
    page.locator("main form", has=page.locator("#id_file")).locator("button").click()
    page.wait_for_url("**/notes/files/*/")
    file = play.made[f"notes_{city}"] = re.search(r"/notes/files/\d+/", page.url)[0]
    number = re.search(r"\d+", play.made["february"])[0]
    play.sent(by, f"{file}meeting/?day=2016-02-06&meeting={number}", {})


def row_2_new_yorks_budget_with_its_assumption(play):
    """Version 1 with its lines; the assumption of 5 % fewer members is named, with what it takes from the dues."""
    said = text(play.open(CHAIR, "/budgets/us/2016/?version=1"))
    for figure in ("82,080", "42,000", "7,880.00"):
        assert figure in said
    why = text(play.open(CHAIR, "/budgets/us/2016/why/dues/?version=1"))
    fewer = play.say("Fewer members than last year", "Membresías menos que el año pasado")
    assert f"{fewer}: 5 % {play.say('with 0 % it would be', 'con 0 % sería')} USD 86,400.00" in why
    assert f"{play.say('takes', 'quita')} USD 4,320.00" in why


def row_3_one_site_and_the_risk_that_it_is_lost(play):
    """The proposal states costs, savings, for and against; the sites' page what a lost site means, of a hundred."""
    said = text(play.open(ELIAS, f"/proposals/{play.made['sites']}/"))
    motion = motions.ONE_SITE
    for words in (motion.resources, motion.speaks_for, motion.speaks_against):
        assert words.to(play.language) in said
    risk = text(play.open(TREASURERS["us"], "/budgets/sites/"))
    lost = play.say(
        "4 with one site would lose data for ever, and 2 with several sites",
        "4 con un solo sitio perderían datos para siempre, y 2 con varios sitios",
    )
    assert lost in risk
    paper = play.page(TREASURERS["us"]).request.get("/budgets/sites/paper.pdf")
    assert paper.body().startswith(b"%PDF")


def row_4_what_mexico_reported_is_expected_and_nobody_guesses_its_currency(play):
    """The notes' amounts ask for their currency; a grant and a contribution are expected, a project's money apart."""
    file = play.made["notes_mexico-city"]
    page = play.open(KARINA, file)
    for amount in ("4,800", "3,600", "2,800"):
        find = page.locator("#finds li", has_text=f"${amount}").first
        assert play.say("its currency is not stated", "no dice la moneda") in find.inner_text()
    asked = page.locator("#finds li", has_text="$4,800").locator("a").first.get_attribute("href")
    unsaid = play.say("The notes do not say; ask whoever was there.", "Las notas no lo dicen; pregunte a quien estuvo.")
    assert unsaid in play.refused(KARINA, asked, {})
    play.sent(KARINA, asked, {"currency": "MXN"})
    mexico = TREASURERS["mx"]
    for kind, name, amount, currency, on in (
        ("grant", ("Tezontle Foundation", "Fundación Tezontle"), "4800", "MXN", "2016-09-12"),
        ("contribution", ("Weavers’ union", "Unión de tejedoras"), "3600", "", "2016-11-30"),
    ):
        promise = {
            "kind": kind,
            "name_en": name[0],
            "name_es": name[1],
            "amount": amount,
            "currency": currency,
            "likelihood": "50",
            "expected_on": on,
            "account": "income-grants",
            "said_by": mexico,
        }
        play.sent(mexico, "/bookings/mx/expected/", promise)
    fund = {"code": "community-map", "name_en": "Community map", "name_es": "Mapa comunitario"}
    play.sent(mexico, "/bookings/mx/funds/", fund, button="form:has([value=fund]) button")
    gift = {
        "on": "2016-02-06",
        "account": "income-donations",
        "fund": "community-map",
        "what": "Colecta",
        "amount": "2800",
    }
    play.sent(mexico, "/bookings/mx/new/?side=income", gift)
    play.sent(mexico, play.path_of(mexico), {}, button="form:has([value=post]) button")
    page = play.open(mexico, "/bookings/mx/expected/")
    for name, amount in (("Tezontle", "MXN 4,800.00"), ("Weavers’" if not play.es else "tejedoras", "3,600.00")):
        row = line(page.locator("tbody tr, li", has_text=name).first)
        assert amount in row
        assert play.say("promised", "prometido") in row
    assert play.say("3,600.00 (currency not stated)", "3,600.00 (moneda sin precisar)") in text(page)
    page = play.open(mexico, "/bookings/mx/funds/")
    fund = page.locator("tbody tr", has_text=play.say("Community map", "Mapa comunitario"))
    assert "MXN 2,800.00" in line(fund)


def row_5_four_changes_with_who_asked_and_the_total_after_each(play):
    """Four amendments, who asked and why, and what each leaves of the year."""
    page = play.open(CHAIR, "/budgets/us/2016/")
    for row, asked in zip(page.locator("#amendments li").all(), _ASKED, strict=True):
        said = line(row)
        assert asked.who in said
        assert asked.why.to(play.language) in said
        assert said.endswith(f"{play.say('leaves', 'deja')} {asked.leaves}")


def row_6_both_budgets_are_approved_with_the_modifications(play):
    """One decision for each center; New York at version 2 with four amendments, Mexico at version 1; in the journal."""
    modified = {"words_en": motions.FOUR_CHANGES.en, "words_es": motions.FOUR_CHANGES.es}
    for name, fields, center, version in (
        ("budget_us", {"qualifier": "with_modifications", **modified}, "us", 2),
        ("budget_mx", {"qualifier": "none"}, "mx", 1),
    ):
        decision = vote(play, name, favor=8, **fields)
        play.pressed(KEEPER, f"/decisions/{decision}/carry-out/")
        decided = text(play.open(CHAIR, f"/decisions/{decision}/"))
        assert play.say("carried out on 6 February 2016", "llevado a cabo el 6 de febrero de 2016") in decided
        budget = play.open(CHAIR, f"/budgets/{center}/2016/")
        assert play.say(f"version {version}", f"versión {version}") in text(budget, ".above")
        assert decision in text(budget, ".above")
    accepted = play.open(CHAIR, "/budgets/us/2016/").locator("#amendments .state")
    assert accepted.all_inner_texts() == [play.say("accepted", "aceptada")] * 4
    assert "8,180.00" in text(play.page(CHAIR), ".lede")
    journal = text(play.open(KEEPER, "/journal/?kind=budget.amended"))
    assert re.search(rf"1, 2, 3, 4; \S+: {play.made['budget_us']}; \S+: 2 ", journal)


def row_7_the_question_of_dues_is_divided_and_its_parts_end_differently(play):
    """Raising is not approved; restructuring is, in principle, with a task for the next meeting; no rule changes."""
    vote(play, "dues", favor=2, against=5, abstain=1)
    vote(play, "dues", favor=7, abstain=1, qualifier="in_principle", owner=IXCHEL, later="2016-03-05")
    page = play.open(CHAIR, f"/proposals/{play.made['dues']}/")
    ends = (("not approved", "no aprobado"), ("approved in principle", "aprobado en principio"))
    for (title, _), end in zip(motions.PARTS_OF_FEBRUARY, ends, strict=True):
        assert play.say(*end) in page.locator("#questions li", has_text=title.to(play.language)).inner_text()
    details = play.say("Write the details:", "Escribir los detalles:")
    task = play.open(CHAIR, "/tasks/").locator("tbody tr", has_text=details)
    said = line(task)
    assert IXCHEL in said
    assert play.say("sitting of Saturday 5 March 2016", "sesión del sábado 5 de marzo de 2016") in said
    dues = text(play.open(CHAIR, "/rules/"))
    assert play.say("Dues before the split", "Cuotas antes de la división") in dues


def row_8_people_stand_to_the_parts_in_their_own_words(play):
    """Against a raise, for the structure, with worries: each about its part, in the language it was said in."""
    page = play.open(CHAIR, f"/proposals/{play.made['dues']}/")
    for email, part, stance, language, words in motions.POSITIONS_OF_FEBRUARY:
        said = page.locator(f"blockquote[lang={language}]", has_text=words)
        about = line(said.locator("xpath=following-sibling::p[1]"))
        assert speaker(email) in about
        assert play.say(*_STANCES[stance]) in about
        assert play.say(f"part {part}", f"parte {part}") in about


def row_9_the_campaign_is_developed_further(play):
    """Not yes and not no: it goes on being developed, and is looked at again after the first convening."""
    code = vote(play, "campaign", favor=8, qualifier="continue_developing", evaluate_on="2016-05-31")
    said = text(play.open(CHAIR, f"/decisions/{code}/"))
    assert play.say("continue developing", "seguir desarrollando") in said
    task = play.open(CHAIR, "/tasks/").locator("tbody tr", has_text=motions.CAMPAIGN.ask.to(play.language))
    assert play.say("31 May 2016", "31 may 2016") in line(task)
    vote(play, "sites", favor=6, abstain=2, qualifier="continue_developing", evaluate_on="2016-09-30")


def row_10_what_comes_from_abroad_ends_in_three_ways(play):
    """One waits for the next meeting, one is left open, one is somebody's to put in writing."""
    march = "2016-03-05"
    later = vote(play, "federation", favor=8, qualifier="defer", later=march)
    assigned = vote(play, "network", favor=7, against=1, qualifier="put_in_writing", owner=KARINA, later=march)
    assert play.say("deferred", "aplazado") in text(play.open(CHAIR, f"/decisions/{later}/"), ".lede")
    written = text(play.open(CHAIR, f"/decisions/{assigned}/"), ".lede")
    assert play.say("assigned to be put in writing", "encargado para ponerse por escrito") in written
    board = text(play.open(CHAIR, f"/proposals/{play.made['board']}/"))
    assert play.say("Its review is over since", "Su revisión terminó") in board
    assert play.open(CHAIR, "/decisions/?q=board").locator(f"a[href='/decisions/{play.made['board']}/']").count() == 0


def row_11_what_came_too_late_says_both_hours(play):
    """Deferred by the rule, with the hour it came and the hour it should have come."""
    said = text(play.open(CHAIR, play.made["february"]))
    late = said[said.index(play.say("Came too late for this meeting", "Llegaron tarde para esta reunión")) :]
    assert motions.CAME_LATE.ask.to(play.language) in late
    came, due = (
        play.say("It came Friday 5 February 2016, 13:00", "Llegó el viernes 5 de febrero de 2016, 13:00"),
        play.say(
            "it should have come by Wednesday 3 February 2016, 12:00",
            "debió llegar a más tardar el miércoles 3 de febrero de 2016, 12:00",
        ),
    )
    assert came in late
    assert due in late
    assert play.say("sitting of Saturday 5 March 2016", "sesión del sábado 5 de marzo de 2016") in late


def row_12_a_chair_is_chosen_and_co_chairs_are_looked_for(play):
    """The chair has a term; two seats stay open, and the search is a task."""
    for name in ("chair", "maintenance", "teams"):
        play.made[f"decided_{name}"] = vote(play, name, favor=8)


def row_12_again_the_chair_has_a_term_and_two_seats_are_open(play):
    """Two days later somebody looks at what they do, and confirms it; the new chair has the papers from then on."""
    play.pressed(KEEPER, f"{play.made['february']}close/")
    for name in ("chair", "maintenance", "teams"):
        play.pressed(KEEPER, f"/decisions/{play.made[f'decided_{name}']}/carry-out/")
    seats = play.open(CHAIR, f"/bodies/{BODY}/").locator("tbody tr")
    chair = line(seats.filter(has_text=f"{BODY}-chair-1"))
    assert CHAIR in chair
    assert play.say("8 Feb 2017", "8 feb 2017") in chair
    assert play.made["decided_chair"] in chair
    for number in (1, 2):
        empty = line(seats.filter(has_text=f"{BODY}-co-chair-{number}"))
        assert play.say("open", "por ocupar") in empty
    search = play.open(CHAIR, "/tasks/").locator("tbody tr", has_text=motions.FIND_A_CO_CHAIR.to(play.language))
    assert play.say("5 Mar 2016", "5 mar 2016") in line(search)
    bodies = text(play.open(CHAIR, "/bodies/"))
    for name in (("Campaign team", "Equipo de campaña"), ("Maintenance team", "Equipo de mantenimiento")):
        assert play.say(*name) in bodies
    assert play.say("the people with root access", "quienes tienen acceso de root") in bodies


def vote(play, name, *, favor, against=0, abstain=0, question=0, by=KEEPER, **fields):
    """A question put to the vote in the sitting, entered ballot by ballot, counted; the decision that came of it.

    `owner` is somebody's name, `later` the day of a sitting: they are chosen by what the form shows.
    """
    page = play.open(by, f"/proposals/{play.made[name]}/vote/")
    page.locator("#id_question").select_option(index=question)
    page.locator("#id_sitting").select_option(index=1)
    for chosen in {"owner", "later"} & set(fields):
        fields[chosen] = page.locator(f"#id_{chosen} option", has_text=fields[chosen]).first.get_attribute("value")
    fill(page, {"qualifier": "none", "how": "sitting", **fields})
    page.locator("main form[method=post] button").first.click()
    page.wait_for_url("**/votes/*/")
    number = re.search(r"/votes/(\d+)/", page.url)[1]
    choices = ["favor"] * favor + ["against"] * against + ["abstain"] * abstain
    page.goto(f"/votes/{number}/enter/")
    people = [person for city in _HERE.values() for person in city]
    for person, choice in zip(people, choices, strict=False):
        page.get_by_label(re.compile(rf"^{person}( \(.*\))?$")).select_option(choice)
    page.locator("main form[method=post] button").first.click()
    page.wait_for_load_state()
    play.pressed(by, f"/votes/{number}/close/")
    code = page.locator("main a[href^='/decisions/']").first.get_attribute("href")
    return code.split("/")[2]
