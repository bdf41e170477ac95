"""The real notes of February 2016, handed in as they lie beside the checkout. None of their sentences stands here."""

import re

from journeys.browser.scenario.before import CHAIR, KEEPER
from journeys.browser.scenario.playing import line, text
from tequio.project.demo.budget_figures import AMENDMENTS

_KINDS = {
    "change": ("Change of a budget", "Cambio de un presupuesto"),
    "amount": ("its currency is not stated", "no dice la moneda"),
    "not approved": ("Decision, not approved", "Acuerdo, no aprobado"),
}


def the_notes_are_handed_in(play, *, path):
    """The keeper hands the file in, as taken in New York, and puts it to the meeting of its day, section by section."""
    page = play.open(KEEPER, "/notes/")
    for field, shown in (
        ("body", ("Leadership Committee", "Comité de Dirección")),
        ("place", ("New York", "Nueva York")),
    ):
        option = page.locator(f"#id_{field} option", has_text=play.say(*shown))
        page.select_option(f"#id_{field}", option.get_attribute("value"))
    page.set_input_files("#id_file", {"name": path.name, "mimeType": "text/plain", "buffer": path.read_bytes()})
    page.locator("main form", has=page.locator("#id_file")).locator("button").click()
    page.wait_for_url("**/notes/files/*/")
    file = play.made["notes"] = re.search(r"/notes/files/\d+/", page.url)[0]
    play.sent(KEEPER, f"{file}meeting/", {})
    page.locator("main form[method=post] button").first.click()
    page.wait_for_url(f"**{file}")
    assert play.say("6 February 2016", "6 de febrero de 2016") in text(page)
    assert finds(play, "change").count() == len(AMENDMENTS)


def four_changes_of_the_budget_become_amendments(play):
    """Each is confirmed on its page, with the account, the amount and who asked, which the notes do not say."""
    for budgeted, asked_by, why in AMENDMENTS:
        # A find that was confirmed is no longer among those to confirm: the first is always the next.
        page = play.open(KEEPER, play.made["notes"])
        page.goto(finds(play, "change").first.locator("a").first.get_attribute("href"))
        budget = page.locator("#id_budget option", has_text="2016").filter(has_text=play.say("New York", "Nueva York"))
        fields = {
            "title_en": why.en,
            "title_es": why.es,
            "budget": budget.first.get_attribute("value"),
            "account": budgeted.account,
            "name_en": budgeted.name.en,
            "name_es": budgeted.name.es,
            "amount": f"{budgeted.amount // 100}",
            "currency": "USD",
            "asked_by": asked_by,
        }
        play.sent(KEEPER, play.path_of(KEEPER), fields)
    rows = play.open(CHAIR, "/budgets/us/2016/").locator("#amendments li")
    for row, (_, asked_by, _why), leaves in zip(
        rows.all(), AMENDMENTS, ("+5,480", "+3,680", "+2,180", "+8,180"), strict=True
    ):
        assert asked_by in line(row)
        assert line(row).endswith(leaves)


def amounts_ask_for_their_currency(play):
    """Three amounts of Mexico's report state none: not one is taken without it."""
    play.open(KEEPER, play.made["notes"])
    amounts = finds(play, "amount")
    for amount in ("4,800", "3,600", "2,800"):
        asked = amounts.filter(has_text=amount).first.locator("a").first.get_attribute("href")
        refused = play.refused(KEEPER, asked, {})
        assert (
            play.say("The notes do not say; ask whoever was there.", "Las notas no lo dicen; pregunte a quien estuvo.")
            in refused
        )
        play.sent(KEEPER, asked, {"currency": "MXN"})
        play.open(KEEPER, play.made["notes"])


def what_was_not_approved_is_a_decision(play):
    """The raise was not approved: the line becomes a record of the register that says so."""
    page = play.open(KEEPER, play.made["notes"])
    page.goto(finds(play, "not approved").first.locator("a").first.get_attribute("href"))
    words = {"title_en": "Raise the dues", "title_es": "Subir las cuotas", "end": "not_approved"}
    play.sent(KEEPER, play.path_of(KEEPER), words)
    register = play.open(CHAIR, "/decisions/").locator(
        "tbody tr, li", has_text=play.say("Raise the dues", "Subir las cuotas")
    )
    assert play.say("not approved", "no aprobado") in line(register.first)


def finds(play, kind):
    """The finds of a kind that wait to be confirmed."""
    return play.page(KEEPER).locator("#finds .lines > li", has_text=play.say(*_KINDS[kind]))
