"""What proves who somebody is lies encrypted in the database."""

import json

from allauth.mfa.models import Authenticator
from django.db import connection

from tequio.kernel.encryption import decrypted


def stored():
    with connection.cursor() as cursor:
        cursor.execute("SELECT type, data FROM mfa_authenticator ORDER BY type")
        return {kind: json.loads(data) if isinstance(data, str) else data for kind, data in cursor.fetchall()}


def test_the_secret_of_the_app_and_the_seed_of_recovery_codes_are_encrypted(person, app_of):
    code = app_of(person())
    rows = stored()
    secret, seed = rows["totp"]["secret"], rows["recovery_codes"]["seed"]
    assert secret.startswith("gAAAA")
    assert seed.startswith("gAAAA")
    assert len(decrypted(secret)) == 32
    assert Authenticator.objects.get(type="totp").wrap().validate_code(code()) is True
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    assert len(codes) == 10
    assert not any(code in json.dumps(rows) for code in codes)


def test_an_account_made_by_invitation_has_no_password_that_fits(person):
    user = person()
    assert user.has_usable_password() is False
    assert [user.check_password(word) for word in ("", "!", user.password)] == [False, False, False]


def test_a_code_by_mail_is_kept_in_no_table_after_it_was_sent(client, person, last_code):
    from tequio.kernel.mail.models import OutgoingMail

    person("alma@example.org")
    client.post("/account/login/code/", {"email": "alma@example.org"})
    assert last_code()
    assert OutgoingMail.objects.count() == 0
