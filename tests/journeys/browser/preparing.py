"""What has to be done before some pages are there: a run that waits to be confirmed, a file handed in, a call taken.

Each person's part is done by its own hand, through the pages, and yields the addresses that came of it.
"""

import base64
import hashlib
import re
from urllib.parse import parse_qs, urlencode, urlsplit

from accounts.codes import totp

BODY = "leadership-committee"
PASSWORD = "tres tristes tigres 2016"  # noqa: S105 - CONFIG: of an invented person in a demonstration that is thrown away
ADDRESSES = {"auditor": "tobias.lark@example.org", "member": "chema.lobera@example.org"}
NOBODYS = (
    "/account/login/",
    "/account/login/code/",
    "/account/inactive/",
    "/account/signup/",
    "/demo/",
    "/decisions/",
    "/styleguide/",
    "/no-such-page/",
)
_HEADINGS = "Nombre de la organización;Clave;Centro;Tipo;Fecha de ingreso;Pagado hasta;Adeudo;Contacto;Correo;Idioma\n"
_ROLL = (
    _HEADINGS + "Taller Río Hondo;RH-1;mx;organización;13/03/2012;31/12/2016;1.234,50;Inés Cobos;ines@example.org;es\n"
    "Radio Cumbre;RH-2;mx;organización;15/09/2014;31/12/2016;0,00;Luz Peral;sin correo;es\n"
)
_STATEMENT = (
    "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>MXN\n"
    "<BANKACCTFROM><ACCTID>000123\n</BANKACCTFROM><BANKTRANLIST><DTSTART>20161201\n<DTEND>20161231\n"
    "<STMTTRN><TRNTYPE>CREDIT\n<DTPOSTED>20161230\n<TRNAMT>410.00\n<FITID>looked-at-1\n<NAME>PAGO CUOTA\n</STMTTRN>\n"
    "</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n"
)
_SPECIMEN = "a-word-of-an-application-that-lives-in-a-browser-0123456789"
_NOTES = (
    "Comité, 6 de agosto de 2016\n\nPresentes: Ana, Beto\n\nEquipos\n- Se aprueba comprar un gabinete por 4,800.\n"
    "- Beto cotiza para la próxima reunión.\n"
)
_PICTURE = b"\x89PNG\r\n\x1a\n" + b"0" * 200


def prepare(enter):
    """Do it all, each as who may; `enter` opens a page for one of conftest's people. Addresses by who sees them."""
    mexico = enter("treasurer_mx")
    found = {
        "treasurer_mx": [
            *_run(mexico),
            *_imports(mexico),
            *_statement(mexico),
            *_merged(mexico),
            *_claim(mexico),
            *_proof(mexico),
        ],
        "administrator": [
            *_mail_and_book(enter("administrator")),
            _evidence(enter("administrator")),
            *_noted(enter("administrator")),
        ],
        "member": _applications(enter("member"), looked_up_by=enter("administrator")),
        "caller": [_call(enter("caller"))],
        "sponsor": _proposal(enter("sponsor")),
        "auditor": _keys(enter("auditor")),
        "nobody": [*NOBODYS, _pay_link(mexico)],
    }
    found["chair"] = _votes(enter("chair"), proposal=found["sponsor"][0])
    return found


def _path(page):
    return urlsplit(page.url).path


def _pressed(page):
    page.locator("main form[method=post] button").first.click()
    page.wait_for_load_state()


def _run(page):
    """A run that was made and can still be undone, and one that waits to be confirmed."""
    made = _preview(page, through="2017-05-31")
    page.goto(made.replace("/preview/", "/confirm/"))
    count = re.search(r"\d+", page.locator("main button.act:not(.second)").inner_text())
    page.fill("[name=count]", count.group() if count else "1")
    _pressed(page)
    run = _path(page)
    for _ in range(60):
        page.goto(run)
        if page.locator("a[href$='/undo/']").count():
            break
        page.wait_for_timeout(500)
    waits = _preview(page, through="2017-12-31")
    return [run, f"{run}undo/", f"{run}send/", waits, waits.replace("/preview/", "/confirm/")]


def _preview(page, *, through):
    page.goto("/dues/")
    page.fill("[name=as_of]", "2016-12-31")
    page.fill("[name=through]", through)
    _pressed(page)
    return _path(page)


def _imports(page):
    """A roll whose columns wait to be looked at, one that waits to be confirmed."""
    columns = _hand_in(page, name="padrón.csv", roll=_ROLL)
    other = _hand_in(page, name="padrón nuevo.csv", roll=_ROLL.replace("RH-", "RN-"))
    page.locator("button[name=act][value=preview]").click()
    page.wait_for_load_state()
    return [columns, *(other.replace("/columns/", step) for step in ("/preview/", "/confirm/", "/discard/"))]


def _hand_in(page, *, name, roll):
    page.goto("/imports/new/")
    page.set_input_files("[name=file]", {"name": name, "mimeType": "text/csv", "buffer": roll.encode()})
    _pressed(page)
    return _path(page)


def _statement(page):
    page.goto("/bank/mx-bank/import/")
    page.set_input_files("[name=file]", {"name": "dic.ofx", "mimeType": "text/plain", "buffer": _STATEMENT.encode()})
    _pressed(page)
    return [_path(page)]


def _merged(page):
    """A member that another is counted as, and the way back."""
    page.goto("/members/duplicates/")
    page.locator("main a[href*='/merge/']").first.click()
    _pressed(page)
    undo = page.locator("main a[href$='/merge/undo/']").first.get_attribute("href")
    return [_path(page), undo]


def _claim(page):
    """Somebody says that it has paid."""
    page.goto("/members/?standing=behind")
    member = page.locator("tbody th a").first.get_attribute("href")
    page.goto(f"{member}follow-up/")
    page.locator("[name=heard]").nth(1).check()
    page.locator("form[action$='/said/'] button").click()
    page.goto("/follow-up/tasks/")
    return [page.locator("main a[href^='/follow-up/claims/']").first.get_attribute("href")]


def _pay_link(page):
    """The link by which an open invoice is seen without an account."""
    page.goto("/members/?standing=behind&sort=due")
    for member in [link.get_attribute("href") for link in page.locator("tbody th a").all()]:
        page.goto(member)
        for number in {link.get_attribute("href") for link in page.locator("main a[href^='/invoices/MX-0']").all()}:
            page.goto(f"{number}link/")
            links = page.locator("main a[href^='/pay/']")
            if links.count():
                return links.first.get_attribute("href")
    raise AssertionError("nobody has a link to pay")


def _proof(page):
    page.goto(_pay_link(page))
    page.set_input_files("input[type=file]", {"name": "pago.png", "mimeType": "image/png", "buffer": _PICTURE})
    page.locator("form", has=page.locator("input[type=file]")).locator("button").first.click()
    page.goto("/proofs/")
    return ["/proofs/", page.locator("main a[href^='/proofs/']").first.get_attribute("href")]


def _mail_and_book(page):
    """A mail that waits, and how it is stopped; a rule book that was handed in and waits to be confirmed."""
    page.goto("/mail/test/")
    _pressed(page)
    mail = _path(page)
    sample = page.request.get("/rules/load/sample.toml").body()
    page.goto("/rules/load/")
    page.set_input_files("[name=file]", {"name": "reglamento.toml", "mimeType": "text/plain", "buffer": sample})
    _pressed(page)
    return [mail, f"{mail}cancel/", _path(page)]


def _noted(page):
    """Files of notes in no meeting and in one, a document of a meeting, a translation to review, minutes to approve."""
    waits, held = (_notes_file(page, name=name) for name in ("por unir.txt", "unidas.txt"))
    page.goto(f"{held}meeting/")
    page.fill("[name=hour]", "12:00")  # a meeting nobody planned here is put down
    page.fill("[name=minutes]", "60")
    for _ in ("the meeting", "its items"):
        _pressed(page)
    page.goto(held)
    finds = [link.get_attribute("href") for link in page.locator("main a[href*='/finds/']").all()]
    page.goto("/meetings/?when=past")
    page.goto(page.locator("tbody th a").last.get_attribute("href") + "notes/")
    minutes = page.locator("main a[href^='/minutes/']").first.get_attribute("href")
    page.goto(page.locator("main a[href$='/translation/']").first.get_attribute("href"))
    translation = _path(page)
    page.locator("main textarea").first.fill("Traducido")
    _pressed(page)
    page.goto("/meetings/")
    meeting = page.locator("tbody th a").first.get_attribute("href")
    page.goto(f"{meeting}documents/")
    page.set_input_files("input[type=file]", {"name": "plano.png", "mimeType": "image/png", "buffer": _PICTURE})
    _pressed(page)
    page.goto(meeting)
    document = page.locator("main a[href^='/meetings/documents/'][href$='/remove/']").first.get_attribute("href")
    return [
        *(waits, f"{waits}meeting/", f"{waits}remove/", held, *finds[:2], document),
        *(f"{translation}review/", f"{minutes}approve/"),
    ]


def _notes_file(page, *, name):
    page.goto("/notes/")
    page.locator("select[name=body]").select_option(index=1)
    page.locator("select[name=place]").select_option(index=1)
    page.set_input_files("[name=file]", {"name": name, "mimeType": "text/plain", "buffer": (_NOTES + name).encode()})
    _pressed(page)
    return _path(page)


def _evidence(page):
    """A paper beside a balance that was brought over, on the page of its wave."""
    page.goto("/services/moving/")
    page.goto(page.locator("tbody th a").first.get_attribute("href"))
    form = page.locator("form", has=page.locator("input[name=paper]")).first
    page.locator("details", has=page.locator("input[name=paper]")).first.locator("summary").click()
    form.locator("input[type=file]").set_input_files({"name": "ec.png", "mimeType": "image/png", "buffer": _PICTURE})
    form.locator("button").click()
    page.wait_for_load_state()
    return _path(page)


def _applications(page, *, looked_up_by):
    """The member signs in to one application, which redeems its code; the page on which another asks."""
    looked_up_by.goto("/services/applications/")
    asked = {}
    for row in looked_up_by.locator("tbody tr").all():
        code = row.locator(".iso").first.inner_text()
        asked[code] = (row.locator("code").first.inner_text(), row.locator("td span[dir=ltr]").first.inner_text())
    client, back = asked["calendar"]
    page.route(f"{back}**", lambda route: route.fulfill(body="signed in"))
    page.goto(_ask(client=client, back=back, scope="openid profile email groups"))
    page.locator("button[name=action][value=grant]").click()
    page.wait_for_url(f"{back}**")
    code = parse_qs(urlsplit(page.url).query)["code"][0]
    page.goto("/account/applications/")
    origin = "{0.scheme}://{0.netloc}".format(urlsplit(page.url))
    given = {"grant_type": "authorization_code", "client_id": client, "redirect_uri": back, "code": code}
    answer = page.request.post(f"{origin}/identity/token", form={**given, "code_verifier": _SPECIMEN})
    assert answer.ok, answer.text()
    client, back = asked["files"]
    return ["/account/applications/", _ask(client=client, back=back, scope="openid profile email groups quota")]


def _ask(*, client, back, scope):
    """The address at which an application asks who somebody is, as its own browser would."""
    challenge = base64.urlsafe_b64encode(hashlib.sha256(_SPECIMEN.encode()).digest()).decode().rstrip("=")
    given = {"response_type": "code", "client_id": client, "redirect_uri": back, "scope": scope, "state": "looked-at"}
    return "/identity/authorize?" + urlencode({**given, "code_challenge": challenge, "code_challenge_method": "S256"})


def _call(page):
    page.goto("/calls/")
    _pressed(page)
    return _path(page)


def _proposal(page):
    """A draft with an effect and a file, and every page that changes it."""
    page.goto(f"/bodies/{BODY}/propose/")
    page.check("input[name=original][value=es]")
    words = {
        "ask_en": "Buy a second cabinet",
        "ask_es": "Comprar un segundo gabinete",
        "text_en": "The first is full.\n\nIt costs what the last one did.",
        "text_es": "El primero está lleno.\n\nCuesta lo mismo que el anterior.",
        "resources_en": "One afternoon.",
        "resources_es": "Una tarde.",
        "no_priority_because": "urge",
    }
    for name, text in words.items():
        page.fill(f"#id_{name}", text)
    _pressed(page)
    proposal = re.sub(r"(/proposals/[\w-]+/).*", r"\1", _path(page))
    page.goto(proposal)
    kinds = page.eval_on_selector_all(
        "main a[href*='/effects/'], main option[value]", "all => all.map(x => x.getAttribute('href') || x.value)"
    )
    page.goto(f"{proposal}effects/dues-adopt_policy/")
    page.fill("#id_code", "dues-looked-at")
    page.fill("#id_title_en", "Dues of 2018")
    page.fill("#id_title_es", "Cuotas de 2018")
    page.fill("#id_valid_from", "2018-01-01")
    _pressed(page)
    page.goto(f"{proposal}files/")
    page.set_input_files("input[type=file]", {"name": "plano.png", "mimeType": "image/png", "buffer": _PICTURE})
    _pressed(page)
    page.goto(proposal)
    removals = [link.get_attribute("href") for link in page.locator("main a[href$='/remove/']").all()]
    effects = [kind for kind in kinds if kind.startswith(f"{proposal}effects/") and not kind.endswith("/remove/")]
    pages = ("preview/", "change/", "priority/", "circulate/", "withdraw/", "hand-over/", "files/", "history/")
    page.goto("/proposals/?stage=withdrawn")
    withdrawn = page.locator("tbody th a").first.get_attribute("href")
    return [proposal, *effects, *removals, *(f"{proposal}{name}" for name in pages), f"{withdrawn}come-back/"]


def _votes(page, *, proposal):
    """What the chair opens, enters, closes and carries out."""
    page.goto("/proposals/")
    found = [f"{proposal}vote/let-in/"]
    for code in {link.get_attribute("href") for link in page.locator("tbody th a").all()}:
        page.goto(code)
        found += [link.get_attribute("href") for link in page.locator("main a[href^='/votes/']").all()]
    votes = dict.fromkeys(found[1:])
    carried = _carried(page)
    return [*found[:1], *votes, *(f"{vote}{act}/" for vote in votes for act in ("enter", "close")), *carried]


def _carried(page):
    """Where a decision's effects are confirmed; what was carried out already says so there."""
    page.goto("/decisions/")
    codes = [link.get_attribute("href") for link in page.locator("tbody a[href^='/decisions/']").all()]
    found = (f"{code}carry-out/" for code in codes)
    return [next(path for path in found if page.request.get(path).ok)]


def _keys(page):
    """A password and an app for codes of the auditor's, and the pages that show them."""
    page.goto("/account/password/set/")
    for field in page.locator("main input[type=password]").all():
        field.fill(PASSWORD)
    _pressed(page)
    page.goto("/account/second-factor/app/")
    if page.locator("[name=password]").count():  # whoever has a password shows it once more first
        page.fill("[name=password]", PASSWORD)
        _pressed(page)
    secret = page.locator("main code").first.inner_text().replace(" ", "")
    page.fill("[name=code]", totp(secret))
    _pressed(page)
    return [
        "/account/second-factor/recovery/",
        "/account/second-factor/recovery/new/",
        "/account/second-factor/",
        "/account/second-factor/app/remove/",
        "/account/second-factor/again/",
        "/account/second-factor/first/",
        "/account/passkeys/",
        "/account/passkeys/add/",
        "/account/password/change/",
        "/account/reauthenticate/",
    ]


def ask_for_a_code(page):
    """Ask for a code by mail as the member would; the page that asks for it."""
    page.goto("/account/login/code/")
    page.fill("[name=email]", ADDRESSES["member"])
    _pressed(page)
    return _path(page)


def half_way_in(page):
    """Sign in with the auditor's password; the page that asks for the second step."""
    page.goto("/account/login/")
    page.fill("[name=login]", ADDRESSES["auditor"])
    page.fill("[name=password]", PASSWORD)
    page.locator("form", has=page.locator("[name=password]")).locator("button").click()
    page.wait_for_load_state()
    return _path(page)
