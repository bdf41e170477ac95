"""A member pays from its link: a cheap phone, 320 pixels, Spanish, no JavaScript, no account."""

import re

from axe_playwright_python.sync_playwright import Axe

from journeys.browser.conftest import watched

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 200


def link_of_somebody(page):
    """The address of an open invoice's link, as the treasurer of Mexico finds it."""
    page.goto("/members/?center=mx")
    members = [link.get_attribute("href") for link in page.locator("tbody th a").all()]
    for member in members:
        page.goto(member)
        for number in {link.get_attribute("href") for link in page.locator("a[href^='/invoices/MX-']").all()}:
            page.goto(number)
            if "por pagar" in page.locator("h1").inner_text():
                page.get_by_role("link", name=re.compile("enlace para pagar")).click()
                return page.locator("a[href^='/pay/']").get_attribute("href")
    raise AssertionError("nobody in Mexico owes anything")


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def said(page):
    return page.locator("main").inner_text()


def test_a_member_sees_pays_proves_and_asks_from_its_link_alone(come_in, chromium, site):
    path = link_of_somebody(come_in("treasurer_mx", language="es"))
    phone = chromium.new_context(
        base_url=site.url, viewport={"width": 320, "height": 640}, java_script_enabled=False, locale="en-US"
    )
    page = phone.new_page()
    page.set_default_timeout(15_000)
    page.goto(path)
    assert page.locator("html").get_attribute("lang") == "es", "the invoice's language, not the browser's"
    assert "por pagar" in page.locator("h1").inner_text()
    assert [
        part for part in ("Cómo pagar", "Referencia", "Ya pagué", "No puedo pagarlo ahora") if part not in said(page)
    ] == []
    assert page.locator("figure svg").is_visible()
    assert fits(page)
    # Half a proof is said to be none, a whole one is taken.
    page.get_by_role("button", name="Enviar el comprobante").click()
    assert "Elija un archivo." in said(page), said(page)
    page.get_by_label("Foto o PDF").set_input_files({"name": "pago.png", "mimeType": "image/png", "buffer": PNG})
    page.get_by_label("Cuándo y cómo pagó").fill("ayer, por SPEI")
    page.get_by_role("button", name="Enviar el comprobante").click()
    assert "nadie le recordará nada" in said(page), said(page)
    page.get_by_text("No podemos pagar").click()
    page.get_by_role("button", name="Decírnoslo").click()
    assert "Gracias por decirlo" in said(page), said(page)
    page.get_by_text("Corregirlo").click()
    page.get_by_label("Ciudad").fill("Puebla")
    page.get_by_role("button", name="Guardarlo").click()
    assert "Guardado, gracias." in said(page), said(page)
    assert fits(page)
    page.goto(path[:-2] + ("0/" if path[-2] != "0" else "1/"))
    assert "opens nothing" in page.locator("h1").inner_text()
    phone.close()


def test_the_page_of_a_link_is_accessible_and_asks_nothing_of_other_hosts(come_in, chromium, site):
    path = link_of_somebody(come_in("treasurer_mx", language="es"))
    for width in (320, 1280):
        context = chromium.new_context(base_url=site.url, viewport={"width": width, "height": 800}, locale="es-MX")
        page = context.new_page()
        with watched(page, base=site.url) as (strangers, complaints):
            page.goto(path)
            found = Axe().run(page)
        assert (found.violations_count, strangers, complaints) == (0, [], []), found.generate_report()
        context.close()
