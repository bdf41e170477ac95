"""Addresses of the budgets."""

from django.urls import path

from tequio.budgets.views import bookings, closing, drafts, forecasts, limits, plans, sites

urlpatterns = [
    path("budgets/", plans.budgets, name="budgets"),
    path("budgets/begin/", drafts.begin_budget, name="begin_budget"),
    path("budgets/side-by-side/", plans.beside, name="budgets_beside"),
    path("budgets/<slug:code>/<int:year>/", plans.budget, name="budget"),
    path("budgets/<slug:code>/<int:year>/why/<slug:line>/", plans.why, name="budget_why"),
    path("budgets/<slug:code>/<int:year>/compare/", plans.compare, name="budget_compare"),
    path("budgets/<slug:code>/<int:year>/budget.csv", plans.budget_csv, name="budget_csv"),
    path("budgets/<slug:code>/<int:year>/budget.xlsx", plans.budget_xlsx, name="budget_xlsx"),
    path("budgets/<slug:code>/<int:year>/draft/", drafts.draft, name="budget_draft"),
    path("budgets/<slug:code>/<int:year>/amend/", drafts.amend, name="budget_amend"),
    path(
        "budgets/<slug:code>/<int:year>/amendments/<int:amendment>/withdraw/", drafts.withdraw, name="budget_withdraw"
    ),
    path("budgets/<slug:code>/<int:year>/forecast/", forecasts.forecast, name="budget_forecast"),
    path("budgets/<slug:code>/<int:year>/year-that-was/", forecasts.year_that_was, name="year_that_was"),
    path("budgets/sites/", sites.sites, name="sites"),
    path("budgets/sites/paper.pdf", sites.paper, name="sites_paper"),
    path("bookings/<slug:code>/", bookings.bookings, name="bookings"),
    path("bookings/<slug:code>/new/", bookings.new_booking, name="new_booking"),
    path("bookings/<slug:code>/expected/", bookings.expected, name="expected_income"),
    path("bookings/<slug:code>/limits/", limits.spending_limits, name="spending_limits"),
    path("bookings/<slug:code>/closing/<int:year>/", closing.closings, name="closings"),
    path("bookings/<slug:code>/closing/<int:year>/close/", closing.close, name="close_month"),
    path("bookings/<slug:code>/funds/", bookings.funds, name="funds"),
    path("booking/<int:booking_pk>/", bookings.booking, name="booking"),
    path("booking/receipts/<int:receipt_pk>/", bookings.receipt, name="booking_receipt"),
    path("booking/expected/<int:expected_pk>/", bookings.one_expected, name="one_expected"),
]
