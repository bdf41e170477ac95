"""Every predicate for every role, for its own center and member and for others: the whole table."""

import pytest

from tequio.accounts import permissions
from tequio.accounts.permissions import Scope, Sits, Viewer

US, MX, OURS, THEIRS, COMMITTEE, TEAM = 1, 2, 10, 11, 20, 21
SITS, CHAIRS = 7, 8  # users

VIEWERS = {
    "nobody": Viewer(),
    "person": Viewer(user_pk=1),
    "contact": Viewer(user_pk=2, members=frozenset({OURS})),
    "treasurer": Viewer(user_pk=3, roles=frozenset({"treasurer"}), centers=frozenset({US})),
    "caller": Viewer(user_pk=6, roles=frozenset({"caller"}), calls_for=frozenset({US})),
    "sits": Viewer(user_pk=SITS),
    "chairs": Viewer(user_pk=CHAIRS),
    "auditor": Viewer(user_pk=4, roles=frozenset({"auditor"})),
    "administrator": Viewer(user_pk=5, roles=frozenset({"administrator"})),
    "maintainer": Viewer(user_pk=9, roles=frozenset({"maintainer"})),
}
SCOPES = {
    "everywhere": Scope(),
    "own center": Scope(center_pk=US),
    "other center": Scope(center_pk=MX),
    "own member": Scope(center_pk=MX, member_pk=OURS),
    "member of own center": Scope(center_pk=US, member_pk=THEIRS),
    "other member": Scope(center_pk=MX, member_pk=THEIRS),
    "own body": Scope(body_pk=COMMITTEE),
    "other body": Scope(body_pk=TEAM),
}
ALL = set(SCOPES)
OWN = {"own center", "member of own center"}
LOOKING = {"treasurer", "auditor", "administrator"}
WITH_ROLES = LOOKING | {"caller", "maintainer"}

# predicate: {who: where}; whoever does not stand there may nowhere
TABLE = {
    "is_signed_in": dict.fromkeys(set(VIEWERS) - {"nobody"}, ALL),
    "is_administrator": {"administrator": ALL},
    "is_auditor": {"auditor": ALL},
    "is_treasurer_somewhere": {"treasurer": ALL},
    "is_treasurer_there": {"treasurer": OWN},
    "is_caller_somewhere": {"caller": ALL},
    "is_caller_there": {"caller": OWN},
    "is_maintainer": {"maintainer": ALL},
    "may_see_servers": dict.fromkeys(("auditor", "administrator", "maintainer"), ALL),
    "may_mend_servers": dict.fromkeys(("administrator", "maintainer"), ALL),
    "is_own_member": {"contact": {"own member"}},
    "is_of_a_member": {"contact": ALL},
    "may_suggest": {"contact": ALL, "administrator": ALL, "sits": {"own body"}, "chairs": {"own body"}},
    "may_read_lists": dict.fromkeys(LOOKING, ALL),
    "may_read_center": {"treasurer": OWN, "auditor": ALL, "administrator": ALL},
    "may_read_member": {"contact": {"own member"}, "treasurer": OWN, "auditor": ALL, "administrator": ALL},
    "may_change_center": {"treasurer": OWN, "administrator": ALL},
    "may_read_everything": {"auditor": ALL, "administrator": ALL},
    "may_call": dict.fromkeys(("caller", "treasurer", "administrator"), ALL),
    "may_call_there": {"caller": OWN, "treasurer": OWN, "administrator": ALL},
    "sits_there": {"sits": {"own body"}},
    "keeps_there": {"chairs": {"own body"}},
    "may_speak_there": {"sits": {"own body"}, "chairs": {"own body"}},
    "may_read_body": {"sits": {"own body"}, "chairs": {"own body"}, "auditor": ALL, "administrator": ALL},
    "may_keep_body": {"chairs": {"own body"}, "administrator": ALL},
}


@pytest.fixture(autouse=True)
def seats(monkeypatch):
    """One person sits on the committee; its chair keeps its papers without a vote."""
    where = {SITS: Sits(on=frozenset({COMMITTEE})), CHAIRS: Sits(keeps=frozenset({COMMITTEE}))}
    monkeypatch.setattr(permissions, "sits", lambda viewer: where.get(viewer.user_pk, Sits()))


def test_the_table_has_every_predicate_there_is():
    found = {name for name, value in vars(permissions).items() if isinstance(value, permissions.Permission)}
    assert found == set(TABLE)


@pytest.mark.parametrize("name", sorted(TABLE))
def test_a_predicate_holds_where_the_table_says_and_nowhere_else(name):
    predicate = getattr(permissions, name)
    held = {
        who: {where for where, scope in SCOPES.items() if predicate(viewer, scope)} for who, viewer in VIEWERS.items()
    }
    assert held == {who: TABLE[name].get(who, set()) for who in VIEWERS}


@pytest.mark.parametrize("who", sorted(VIEWERS))
def test_only_roles_open_the_data_of_others(who):
    assert VIEWERS[who].sees_others is (who in WITH_ROLES)


def test_a_viewer_is_read_from_grants_and_members_in_two_queries(
    person, sample_rules, django_assert_num_queries, monkeypatch
):
    from tequio.accounts import viewers
    from tequio.centers.models import Center

    us, mx = Center.objects.get(code="us"), Center.objects.get(code="mx")
    user = person("alma@example.org", ("treasurer", us), ("treasurer", mx), ("auditor", None))
    with django_assert_num_queries(2):
        viewer = viewers.viewer_of(user=user)
    assert viewer == Viewer(
        user_pk=user.pk, roles=frozenset({"treasurer", "auditor"}), centers=frozenset({us.pk, mx.pk})
    )
