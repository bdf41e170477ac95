"""What journeys do on a page: press its button, read the clock of its dateline."""

import re
from datetime import date, datetime


def press_on(page, path):
    page.goto(path)
    send(page)


def send(page):
    page.locator("main form[method=post] button").first.click()
    page.wait_for_load_state()


def now_on(page):
    """The moment the dateline shows for Mexico City; the demonstration's own clock stands in its year."""
    hour = page.locator(".dateline b").last.inner_text()
    said = page.locator(".dateline span").first.inner_text()
    day, year = re.search(r"(\d{1,2})", said)[1], re.search(r"(\d{4})", said)[1]
    month = 12 if re.search("Dec|dic", said) else 1
    return datetime.combine(date(int(year), month, int(day)), datetime.strptime(hour, "%H:%M").time())  # noqa: DTZ007 - CONFIG: a clock on the wall
