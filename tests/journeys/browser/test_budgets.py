"""A treasurer and a lived year in both languages, on a phone too, no JavaScript: an expense, what if, a month closed.

The budget itself, its amendments and why its figures are what they are stand in test_scenario.py.
"""

import pytest

TOLD = {
    "en": ("Approve and post it", "posted", "Short in", "Not over yet:"),
    "es": ("Aprobarlo y asentarlo", "asentado", "Con faltante en", "Aún no termina:"),
}


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("es", 320)])
def test_an_expense_is_approved_the_forecast_asked_what_if_and_a_month_looked_at(come_in, language, width):
    approve, posted, short, not_over = TOLD[language]
    page = come_in("treasurer_us", language=language, width=width, javascript=False)

    page.goto("/bookings/us/")
    page.locator("table").first.locator("tbody th a").first.click()
    page.wait_for_load_state()
    page.get_by_role("button", name=approve).click()
    page.wait_for_load_state()
    assert page.locator(".lede").inner_text().strip() == posted

    page.goto("/budgets/us/2016/forecast/?assume=expense%3D120")
    assert short in page.locator("main").inner_text()
    assert page.locator("svg.chart").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width

    page.goto("/bookings/us/closing/2016/")
    assert page.locator("tbody tr").count() == 12
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.goto("/bookings/us/closing/2016/close/?month=12")
    assert not_over in page.locator("h1").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
