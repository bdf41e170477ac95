"""Addresses of the services: a member's, an account's, and those of the maintenance team."""

from django.urls import path

from tequio.services.views import (
    accounts,
    applications,
    balances,
    catalog,
    lending,
    maintenance,
    moving,
    my_applications,
    quotas,
    removal,
)

urlpatterns = [
    path("members/<int:member_pk>/services/", accounts.of_member, name="member_services"),
    path("members/<int:member_pk>/services/removal/", removal.removal, name="service_removal"),
    path("services/accounts/<int:account_pk>/", accounts.account, name="service_account"),
    path("account/applications/", my_applications.my_applications, name="my_applications"),
    path("services/", maintenance.overview, name="services"),
    path("services/quotas/", quotas.service_quotas, name="service_quotas"),
    path("services/catalog/", catalog.catalog, name="service_catalog"),
    path("services/applications/", applications.applications, name="applications"),
    path("services/settings/", catalog.service_settings, name="service_settings"),
    path("services/loans/", lending.loans, name="service_loans"),
    path("services/loans/<slug:loan>/", lending.loan, name="service_loan"),
    path("services/moving/", moving.waves, name="waves"),
    path("services/moving/<slug:wave>/", moving.wave, name="wave"),
    path("services/moving/evidence/<int:evidence_pk>/", balances.balance_evidence, name="balance_evidence"),
    path("services/suspensions/<int:bulk_pk>/", maintenance.suspension, name="bulk_suspension"),
]
