"""A treasurer and the budget in both languages, on a phone too, without JavaScript: read, asked why, approved."""

import pytest

TOLD = {
    "en": ("version 2", "Caller for late dues", "assumed by", "Approve and post it", "posted", "Short in"),
    "es": ("versión 2", "Llamadas por cuotas", "supuesto de", "Aprobarlo y asentarlo", "asentado", "Con faltante en"),
}


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("es", 320)])
def test_the_budget_is_read_asked_why_and_an_expense_is_approved(come_in, language, width):
    version, caller, assumed, approve, posted, short = TOLD[language]
    page = come_in("treasurer_us", language=language, width=width, javascript=False)

    page.goto("/budgets/")
    page.get_by_role("link", name="2016", exact=False).nth(1).click()
    page.wait_for_load_state()
    page.goto("/budgets/us/2016/")
    assert version in page.locator(".above").inner_text()
    assert page.locator("#amendments li").count() == 4
    assert caller in page.locator("#amendments").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= width

    page.goto("/budgets/us/2016/why/dues/")
    assert assumed in page.locator(".walk").first.inner_text()

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
