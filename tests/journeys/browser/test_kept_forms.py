"""A session that ends in the middle of a form, and a keyboard as the only tool."""

from urllib.parse import urlsplit


def test_what_was_typed_is_kept_when_the_session_ends_and_sent_after_signing_in_again(come_in):
    page = come_in("treasurer_us", language="en", javascript=False)
    page.goto("/members/?standing=good")
    page.locator("tbody th a").first.click()
    page.goto(urlsplit(page.url).path + "contact/")
    page.locator("[name=note]").fill("They will pay on Friday <b>")
    page.locator("[name=by]").fill("Rosa")
    page.locator("[name=outcome]").first.check()
    page.locator("[name=on]").fill("2016-12-30")
    page.context.clear_cookies(name="tequio_session")
    page.locator("main button.act:not(.second)").click()
    assert page.locator("h1").inner_text() == "Your session had ended; nothing you typed is lost"
    other = page.context.new_page()
    other.goto("/demo/")
    other.get_by_role("button", name="Dalia Renner").click()
    page.locator("main button.act").click()
    # Signing in changed the token against forgery, so the form is handed back once more, still whole.
    if "nothing you typed is lost" in page.locator("h1").inner_text():
        page.locator("main button.act").click()
    page.wait_for_load_state()
    assert "They will pay on Friday <b>" in page.locator("main").inner_text()


def test_a_keyboard_alone_reaches_the_text_and_the_first_link_and_shows_where_it_is(come_in):
    page = come_in("treasurer_us", language="en")
    page.goto("/members/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    inside = page.evaluate("document.querySelector('main').contains(document.activeElement)")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert (inside, outline) == (True, "solid")
    for _ in range(60):
        if page.evaluate("document.activeElement.closest('tbody') !== null"):
            break
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('tbody') !== null")
    target = page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: urlsplit(url).path == target)
