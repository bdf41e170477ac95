"""Addresses of the services: a member's, an account's, and those of the maintenance team."""

from django.urls import path

from tequio.services.views import accounts, maintenance, quotas

urlpatterns = [
    path("members/<int:member_pk>/services/", accounts.of_member, name="member_services"),
    path("services/accounts/<int:account_pk>/", accounts.account, name="service_account"),
    path("services/", maintenance.overview, name="services"),
    path("services/quotas/", quotas.service_quotas, name="service_quotas"),
    path("services/suspensions/<int:bulk_pk>/", maintenance.suspension, name="bulk_suspension"),
]
