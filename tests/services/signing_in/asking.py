"""An application written by hand: it is registered, asks, is granted, redeems, and looks at what it was given."""

import base64
import json
from urllib.parse import parse_qs, urlsplit

from django.urls import reverse

from dues.doing import moment, tried
from services.having import TODAY, look
from tequio.rules.reasons import Text
from tequio.services.models import ServiceKind
from tequio.services.operations import applications

BACK = "https://cloud.example.org/apps/oidc/callback?x=1"
SHUT_ON = "2016-07-17"
ALL = "openid profile email groups quota"


def register(code, *, keeps_secret, service="cloud"):
    made = applications.register_application(
        code=code,
        name=Text(en=f"The {code}", es=f"La {code}"),
        kind=ServiceKind.objects.get(code=service),
        addresses=[BACK],
        keeps_secret=keeps_secret,
        actor="test",
        at=moment(TODAY),
    )
    made.row.refresh_from_db()
    return made


def ask(client, made, **other):
    given = {
        "response_type": "code",
        "client_id": made.row.client_id,
        "redirect_uri": BACK,
        "scope": ALL,
        "state": "s1",
        "nonce": "n1",
        **other,
    }
    return client.get(reverse("idp:oidc:authorization"), given)


def grant(client, answer, **other):
    form = answer.context_data["form"] if hasattr(answer, "context_data") else answer.context["form"]
    sent = {"request": form.initial["request"], "scopes": ALL.split(), "action": "grant", **other}
    return client.post(reverse("idp:oidc:authorization"), sent)


def code_of(answer):
    assert (answer.status_code, answer["Location"].startswith(BACK.partition("?")[0])) == (302, True)
    back = parse_qs(urlsplit(answer["Location"]).query)
    assert back["state"] == ["s1"]
    return back["code"][0]


def redeem(client, made, secret=None, **given):
    typed = f"{made.row.client_id}:{made.secret if secret is None else secret}"
    headers = {"Authorization": "Basic " + base64.b64encode(typed.encode()).decode()}
    given = {"grant_type": "authorization_code", "redirect_uri": BACK, **given}
    return client.post(reverse("idp:oidc:token"), given, headers=headers)


def tokens(client, made):
    answer = redeem(client, made, code=code_of(grant(client, ask(client, made))))
    assert answer.status_code == 200, answer.content
    return json.loads(answer.content)


def told(client, token):
    return client.get(reverse("idp:oidc:userinfo"), headers={"Authorization": f"Bearer {token}"})


def active(client, made, token):
    answer = client.post(
        reverse("idp:oidc:introspect"),
        {"token": token, "client_id": made.row.client_id, "client_secret": made.secret},
    )
    return json.loads(answer.content)["active"]


def shut(day):
    """The hold is over, somebody tried, the standing is disabled."""
    tried("M1", "2016-07-16")
    day(SHUT_ON)
    look(SHUT_ON)
