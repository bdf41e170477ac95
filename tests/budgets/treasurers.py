"""A treasurer of a center, with the right to sign in."""

from tequio.accounts.operations import add_person, grant_role


def person(name, center, at):
    user = add_person(email=f"{name}@example.org", name=name, language="en", actor="test", at=at)
    grant_role(user=user, role="treasurer", center=center, actor="test", at=at)
    return user
