"""Every address of the site, topic by topic."""

from django.conf import settings
from django.urls import include, path

from tequio.kernel.web import refusals
from tequio.project.check_page import check

urlpatterns = [
    path("", include("tequio.front.urls")),
    path("", include("tequio.front.reference_urls")),
    path("", include("tequio.decisions.urls")),
    path("", include("tequio.meetings.urls")),
    path("", include("tequio.members.urls")),
    path("", include("tequio.dues.urls")),
    path("", include("tequio.budgets.urls")),
    path("", include("tequio.banking.urls")),
    path("", include("tequio.followup.urls")),
    path("", include("tequio.paylink.urls")),
    path("", include("tequio.services.urls")),
    path("", include("tequio.services.signing_in.urls", namespace="idp")),
    path("", include("tequio.kernel.web.urls")),
    path("account/", include("tequio.accounts.urls")),
    path("journal/check/", check, name="check"),
    path("rules/load/", include("tequio.project.book_pages")),
]
if settings.DEMO:
    urlpatterns.append(path("demo/", include("tequio.project.demo.urls")))

handler400 = refusals.bad_request
handler403 = refusals.forbidden
handler404 = refusals.not_found
handler500 = refusals.broken
