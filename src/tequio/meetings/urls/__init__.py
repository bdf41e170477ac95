"""Addresses of the meetings, a file for each question."""

from tequio.meetings.urls import agenda, calendar, notes

urlpatterns = [*calendar.urlpatterns, *agenda.urlpatterns, *notes.urlpatterns]
