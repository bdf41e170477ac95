"""Addresses of signing in and of one's own account. Of the sign-in library only what this program uses."""

from allauth.account import views as signing_in
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.urls import path

from tequio.accounts import views

urlpatterns = [
    path("", views.my_account, name="my_account"),
    path("language/", views.my_language, name="my_language"),
    path("data/", views.my_data, name="my_data"),
    path("second-factor/first/", views.second_factor_first, name="second_factor_first"),
    path("people/", views.people, name="people"),
    path("people/add/", views.add_person, name="add_person"),
    path("people/<int:user_pk>/", views.person, name="person"),
    path("login/", signing_in.login, name="account_login"),
    path("logout/", signing_in.logout, name="account_logout"),
    path("inactive/", signing_in.account_inactive, name="account_inactive"),
    path("login/code/", signing_in.request_login_code, name="account_request_login_code"),
    path("login/code/confirm/", signing_in.confirm_login_code, name="account_confirm_login_code"),
    path("reauthenticate/", signing_in.reauthenticate, name="account_reauthenticate"),
    path("password/change/", signing_in.password_change, name="account_change_password"),
    path("password/set/", signing_in.password_set, name="account_set_password"),
    path("signup/", signing_in.signup, name="account_signup"),  # always closed; the library asks for its address
    path("second-factor/", second_factor.index, name="mfa_index"),
    path("second-factor/show/", second_factor.authenticate, name="mfa_authenticate"),
    path("second-factor/again/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("second-factor/app/", totp.activate_totp, name="mfa_activate_totp"),
    path("second-factor/app/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("second-factor/recovery/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("second-factor/recovery/new/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("second-factor/recovery/file/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("passkeys/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("passkeys/add/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("passkeys/again/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("passkeys/<int:pk>/remove/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
    path("passkeys/<int:pk>/edit/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path("passkeys/login/", passkeys.login_webauthn, name="mfa_login_webauthn"),
]
