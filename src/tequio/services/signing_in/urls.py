"""Addresses of the provider, as applications find them by /.well-known/openid-configuration. No more than we use."""

from django.urls import include, path

from tequio.services.signing_in import views

app_name = "idp"
_provider = [
    path(".well-known/openid-configuration", views.configuration, name="configuration"),
    path(".well-known/jwks.json", views.keys, name="jwks"),
    path("identity/authorize", views.authorize, name="authorization"),
    path("identity/token", views.token, name="token"),
    path("identity/userinfo", views.user_info, name="userinfo"),
    path("identity/introspect", views.introspect, name="introspect"),
    path("identity/revoke", views.revoke, name="revoke"),
    path("identity/logout", views.logout, name="logout"),
]
urlpatterns = [path("", include((_provider, "oidc"), namespace="oidc"))]
