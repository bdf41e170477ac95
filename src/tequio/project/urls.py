"""Every address of the site, topic by topic."""

from django.urls import include, path

from tequio.kernel.web import refusals

urlpatterns = [
    path("", include("tequio.front.urls")),
    path("", include("tequio.kernel.web.urls")),
    path("account/", include("tequio.accounts.urls")),
]

handler400 = refusals.bad_request
handler403 = refusals.forbidden
handler404 = refusals.not_found
handler500 = refusals.broken
