"""The applications of one person: where it gets in, since when each knows it, and what each is told."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime

from allauth.idp.oidc.models import Token

from tequio.accounts.models import User
from tequio.kernel.clock import day_in
from tequio.kernel.texts import text_of
from tequio.rules.reasons import Text
from tequio.services.models import Application, ServiceAccount, ServiceKind, Subject
from tequio.services.signing_in.admission import admissions
from tequio.services.signing_in.claims import LIMITED, claims_of

_LANGUAGES = {"en": Text(en="English", es="inglés"), "es": Text(en="Spanish", es="español")}
_LIMITED = Text(en="limited", es="limitada")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What an application may ask for and is told now: the name of the scope, the claims as a person reads them."""

    scope: str
    values: Sequence[Text]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mine:
    """One application and a person. `known_since`: it was let in then; `holds_keys`: and may ask about it now.

    `login`: the account it gets in by; `why_not`: why it does not get in.
    """

    row: Application
    name: Text
    login: str
    why_not: Text | None
    known_since: date | None
    holds_keys: bool
    told: Sequence[Told]


def applications_of(*, user: User) -> list[Mine]:
    """The applications a person has an account for, or had; those it is signed in to first. Closed ones know it too.

    Six queries, and those of what is told, once for each application that holds keys.
    """
    rows = list(Application.objects.select_related("kind", "client").order_by("code"))
    since = dict(Subject.objects.filter(user=user).values_list("application_id", "first_at"))
    granted: dict[str, set[str]] = {}
    for token in Token.objects.valid().filter(user=user, client__application__in=rows):
        granted.setdefault(token.client_id, set()).update(token.get_scopes())
    let_in = admissions(applications=[row for row in rows if row.closed_on is None], user=user)
    found = []
    for row in rows:
        admitted = let_in.get(row.pk)
        account = admitted.account if admitted is not None else None
        if account is None and row.pk not in since:
            continue
        scopes = granted.get(row.client_id, set()) if admitted is not None and admitted.admitted else set()
        found.append(
            Mine(
                row=row,
                name=text_of(row=row, name="name"),
                login=account.name if account is not None else "",
                why_not=admitted.why_not if admitted is not None else None,
                known_since=_day(since.get(row.pk), account=account),
                holds_keys=bool(scopes),
                told=_told(claims_of(user=user, account=account, scopes=scopes), scopes=scopes) if account else (),
            )
        )
    return sorted(found, key=lambda one: (not one.holds_keys, one.row.closed_on is not None))


def _day(at: datetime | None, *, account: ServiceAccount | None) -> date | None:
    """The day it was for whoever an account belongs to."""
    zone = account.member.center.zone if account is not None and account.member is not None else "UTC"
    return day_in(zone=zone, at=at) if at is not None else None


def _told(claims: dict[str, object], *, scopes: AbstractSet[str]) -> list[Told]:
    """Claims as a person reads them, in the order they are asked for."""
    found = []
    if "profile" in scopes:
        said = [_same(claims["name"]), _same(claims["preferred_username"]), _LANGUAGES[str(claims["locale"])]]
        found.append(Told(scope="profile", values=said))
    if "email" in scopes:
        found.append(Told(scope="email", values=[_same(claims["email"])]))
    if "groups" in scopes:
        names = {kind.code: text_of(row=kind, name="name") for kind in ServiceKind.objects.all()}
        groups = claims["groups"] if isinstance(claims["groups"], list) else []
        found.append(Told(scope="groups", values=[{**names, LIMITED: _LIMITED}.get(one, _same(one)) for one in groups]))
    if "quota" in scopes:
        found.append(Told(scope="quota", values=[_same(claims["quota"])] if "quota" in claims else []))
    return found


def _same(word: object) -> Text:
    return Text(en=str(word), es=str(word))
