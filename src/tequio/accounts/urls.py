"""Addresses of signing in and of one's own account. Of the sign-in library only what this program uses."""

from allauth.account import views as signing_in
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.urls import path

from tequio.accounts import views
from tequio.accounts.guards import signed_in
from tequio.accounts.library_pages import ours

urlpatterns = [
    path("", views.my_account, name="my_account"),
    path("language/", views.my_language, name="my_language"),
    path("data/", views.my_data, name="my_data"),
    path("second-factor/first/", views.second_factor_first, name="second_factor_first"),
    path("people/", views.people, name="people"),
    path("people/add/", views.add_person, name="add_person"),
    path("people/<int:user_pk>/", views.person, name="person"),
    path("people/<int:user_pk>/close/", views.close_account, name="close_account"),
    path("login/", ours(signing_in.login), name="account_login"),
    path("logout/", ours(signing_in.logout), name="account_logout"),
    path("inactive/", ours(signing_in.account_inactive), name="account_inactive"),
    path("login/code/", ours(signing_in.request_login_code), name="account_request_login_code"),
    path("login/code/confirm/", ours(signing_in.confirm_login_code), name="account_confirm_login_code"),
    path("reauthenticate/", ours(signing_in.reauthenticate, permission=signed_in), name="account_reauthenticate"),
    path("password/change/", ours(signing_in.password_change, permission=signed_in), name="account_change_password"),
    path("password/set/", ours(signing_in.password_set, permission=signed_in), name="account_set_password"),
    path("signup/", ours(signing_in.signup), name="account_signup"),  # always closed; the library asks for its address
    path("second-factor/", ours(second_factor.index, permission=signed_in), name="mfa_index"),
    path("second-factor/show/", ours(second_factor.authenticate), name="mfa_authenticate"),
    path("second-factor/again/", ours(second_factor.reauthenticate, permission=signed_in), name="mfa_reauthenticate"),
    path("second-factor/app/", ours(totp.activate_totp, permission=signed_in), name="mfa_activate_totp"),
    path("second-factor/app/remove/", ours(totp.deactivate_totp, permission=signed_in), name="mfa_deactivate_totp"),
    path(
        "second-factor/recovery/",
        ours(recovery.view_recovery_codes, permission=signed_in),
        name="mfa_view_recovery_codes",
    ),
    path(
        "second-factor/recovery/new/",
        ours(recovery.generate_recovery_codes, permission=signed_in),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "second-factor/recovery/file/",
        ours(recovery.download_recovery_codes, permission=signed_in),
        name="mfa_download_recovery_codes",
    ),
    path("passkeys/", ours(passkeys.list_webauthn, permission=signed_in), name="mfa_list_webauthn"),
    path("passkeys/add/", ours(passkeys.add_webauthn, permission=signed_in), name="mfa_add_webauthn"),
    path(
        "passkeys/again/",
        ours(passkeys.reauthenticate_webauthn, permission=signed_in),
        name="mfa_reauthenticate_webauthn",
    ),
    path("passkeys/<int:pk>/remove/", ours(passkeys.remove_webauthn, permission=signed_in), name="mfa_remove_webauthn"),
    path("passkeys/<int:pk>/edit/", ours(passkeys.edit_webauthn, permission=signed_in), name="mfa_edit_webauthn"),
    path("passkeys/login/", ours(passkeys.login_webauthn), name="mfa_login_webauthn"),
]
