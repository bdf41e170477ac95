"""Who may open which page of the members' administration: every page, every role, own center and another's."""

import pytest

from tequio.members.models import Import, Member

ROLES = {
    "administrator": ("administrator",),
    "own treasurer": ("treasurer", "us"),
    "other treasurer": ("treasurer", "mx"),
    "auditor": ("auditor",),
    "member": (None,),
    "stranger": (None,),
}
# (administrator, treasurer of its center, treasurer of another, auditor, its own member's contact, anybody signed in)
OF_A_MEMBER = (200, 200, 403, 403, 403, 403)
PAGES = {
    "/imports/": (200, 200, 200, 200, 403, 403),
    "/imports/new/": (200, 200, 200, 403, 403, 403),
    "/imports/{import}/": (303, 303, 403, 303, 403, 403),
    "/imports/{import}/preview/": (200, 200, 403, 200, 403, 403),
    "/imports/{import}/made.csv": (200, 200, 403, 200, 403, 403),
    "/imports/{import}/columns/": (303, 303, 403, 403, 403, 403),
    "/imports/{import}/confirm/": (200, 200, 403, 403, 403, 403),
    "/imports/{import}/discard/": (200, 200, 403, 403, 403, 403),
    "/imports/999/": (404, 404, 404, 404, 403, 403),
    "/members/merge/": (200, 200, 200, 403, 403, 403),
    "/members/duplicates/": (200, 200, 200, 200, 403, 403),
    "/members/{merged}/merge/undo/": OF_A_MEMBER,
    "/members/{member}/leave/": OF_A_MEMBER,
    "/members/{member}/contact/": OF_A_MEMBER,
    "/members/{member}/access/": OF_A_MEMBER,
    "/members/999/leave/": (404, 404, 404, 404, 403, 403),
}


@pytest.fixture
def world(members, signed_in, hand_in, roll_file, at):
    """A member, one merged into another, and an import of the us treasurer that waits for it."""
    from tequio.members.operations import merge_members

    members({"member_id": "A"}, {"member_id": "K"}, {"member_id": "L"})
    merge_members(kept="K", merged="L", actor="test", at=at)
    hand_in(signed_in("treasurer", "us"), roll_file({"member_id": "NEW"}))
    pks = dict(Member.objects.values_list("code", "pk"))
    return {"member": pks["A"], "merged": pks["L"], "import": Import.objects.get().pk}


@pytest.mark.parametrize("role", ROLES)
def test_each_page_opens_for_whom_it_should(world, signed_in, role):
    who, *centers = ROLES[role]
    email = "treasurer-us@example.org" if role == "own treasurer" else f"{role.replace(' ', '-')}@example.org"
    client = signed_in(who, *centers, member="A" if role == "member" else None, email=email)
    position = list(ROLES).index(role)
    found = {path: client.get(path.format(**world)).status_code for path in PAGES}
    assert found == {path: wanted[position] for path, wanted in PAGES.items()}


@pytest.mark.parametrize("role", ["other treasurer", "auditor", "member", "stranger"])
def test_nothing_is_done_for_whom_the_page_is_not_open(world, signed_in, role):
    who, *centers = ROLES[role]
    client = signed_in(who, *centers, member="A" if role == "member" else None, email=f"{role[:5]}@example.org")
    paths = [path for path in PAGES if "{" in path and not path.endswith((".csv", "preview/", "{import}/"))]
    assert {path: client.post(path.format(**world)).status_code for path in paths} == dict.fromkeys(paths, 403)
    assert Import.objects.get().state == "previewed"
    assert Member.objects.get(code="L").merged_into.code == "K"


def test_nobody_signed_in_is_sent_to_sign_in_and_back(world, client):
    for path in PAGES:
        answer = client.get(path.format(**world))
        assert answer.status_code == 303
        assert answer["Location"].startswith("/account/login/?next=")


def test_another_treasurer_of_the_same_center_sees_the_preview_and_cannot_confirm_it(world, signed_in):
    client = signed_in("treasurer", "us", email="other@example.org")
    text = client.get(f"/imports/{world['import']}/preview/").content.decode()
    assert "/confirm/" not in text
    assert client.post(f"/imports/{world['import']}/confirm/").status_code == 403


def test_an_import_that_holds_two_centers_is_not_shown_to_the_treasurer_of_one(
    sample_rules, signed_in, hand_in, roll_file
):
    hand_in(signed_in("administrator"), roll_file({}, {"center": "mx"}), center="us")
    row = Import.objects.get()
    assert row.center is None
    assert signed_in("treasurer", "us").get(f"/imports/{row.pk}/preview/").status_code == 403
    assert signed_in("auditor").get(f"/imports/{row.pk}/preview/").status_code == 200


@pytest.mark.parametrize("name", [f"{name}" for name in ("made", "changed", "contacts", "duplicates")])
def test_lists_of_people_are_not_there_any_more_once_it_is_done(world, signed_in, confirm, name):
    client = signed_in("administrator")
    confirm(client, world["import"])
    assert client.get(f"/imports/{world['import']}/{name}.csv").status_code == 404
    assert client.get(f"/imports/{world['import']}/rejected.csv").status_code == 200


def test_an_address_of_a_list_nobody_has_is_not_found(world, signed_in):
    client = signed_in("administrator")
    for path in ("secrets.csv", "made", "../../etc/passwd.csv"):
        assert client.get(f"/imports/{world['import']}/{path}").status_code == 404
    assert client.get(f"/imports/{10**30}/").status_code == 404
