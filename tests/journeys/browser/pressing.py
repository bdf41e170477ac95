"""What journeys do on a page: fill in a form, press its button, read the clock of its dateline."""

import re
from datetime import date, datetime


def press_on(page, path):
    page.goto(path)
    send(page)


def send(page):
    page.locator("main form[method=post] button").first.click()
    page.wait_for_load_state()


def fill(page, fields):
    """Fill in fields by their names: text, a choice, several choices (a list), or a tick (a bool).

    What stands in a part that opens by a click is opened first.
    """
    for name, value in fields.items():
        one = page.locator(f"main [name={name!r}]")
        folded = page.locator("main details:not([open])", has=page.locator(f"[name={name!r}]"))
        if folded.count():
            folded.first.locator("summary").first.click()
        kind = one.first.evaluate("e => e.type")
        if kind == "radio":
            page.locator(f"main [name={name!r}][value={value!r}]").check()
        elif kind == "checkbox":
            one.first.set_checked(value)
        elif kind.startswith("select"):
            one.first.select_option(value)
        else:
            one.first.fill(str(value))


def now_on(page):
    """The moment the dateline shows for Mexico City; the demonstration's own clock stands in its year."""
    hour = page.locator(".dateline b").last.inner_text()
    said = page.locator(".dateline span").first.inner_text()
    day, year = re.search(r"(\d{1,2})", said)[1], re.search(r"(\d{4})", said)[1]
    month = 12 if re.search("Dec|dic", said) else 1
    return datetime.combine(date(int(year), month, int(day)), datetime.strptime(hour, "%H:%M").time())  # noqa: DTZ007 - CONFIG: a clock on the wall
