"""The passkey ceremony, with an authenticator the browser pretends to have."""

from urllib.parse import urlsplit


def with_authenticator(page):
    """Give the page's browser an authenticator that always says yes."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


def path(page):
    return urlsplit(page.url).path


def test_a_passkey_is_made_and_signs_in_by_itself(come_in):
    page = come_in("member", language="es", width=320)
    with_authenticator(page)
    page.goto("/account/passkeys/add/")
    page.locator("[name=name]").fill("Mi teléfono")
    page.locator("[name=passwordless]").check()
    page.locator("#passkey_add").click()
    page.wait_for_url(lambda url: "/passkeys/add/" not in url)
    page.goto("/account/passkeys/")
    assert "Mi teléfono" in page.locator("main").inner_text()
    page.locator("footer button").click()
    page.goto("/account/login/")
    page.locator("#passkey_login").click()
    page.wait_for_url(lambda url: urlsplit(url).path == "/")
    page.goto("/account/")
    assert "Chema Lobera" in page.locator("main").inner_text()


def test_without_a_script_the_page_says_so_and_offers_the_app(come_in):
    page = come_in("treasurer_mx", language="es", width=320, javascript=False)
    page.goto("/account/passkeys/add/")
    assert "no tiene llaves de acceso o no ejecuta programas" in page.locator("main").inner_text()
    page.get_by_role("link", name="Poner la aplicación").click()
    assert path(page) == "/account/second-factor/app/"
