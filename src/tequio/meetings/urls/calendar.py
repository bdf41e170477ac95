"""Addresses of when and where: series, places, meetings, the feed, interpreters."""

from django.urls import URLPattern, path

from tequio.meetings.views import calendar, feed, interpreting

urlpatterns: list[URLPattern] = [
    path("meetings/", calendar.meetings, name="meetings"),
    path("meetings/series/", calendar.series_list, name="series_list"),
    path("meetings/series/<slug:code>/", calendar.series, name="series"),
    path("meetings/places/", calendar.places, name="places"),
    path("meetings/places/new/", calendar.new_place, name="new_place"),
    path("meetings/places/<slug:code>/give-up/", calendar.give_up_place, name="give_up_place"),
    path("meetings/interpretation/", interpreting.given, name="hours_given"),
    path("meetings/<int:meeting_pk>/move/", calendar.move, name="move_meeting"),
    path("meetings/<int:meeting_pk>/cancel/", calendar.cancel, name="cancel_meeting"),
    path("meetings/<int:meeting_pk>/where/", calendar.rooms, name="meeting_rooms"),
    path("meetings/<int:meeting_pk>/call/", calendar.call, name="meeting_call"),
    path("meetings/<int:meeting_pk>/interpreters/", interpreting.interpreters, name="interpreters"),
    path("bodies/<slug:body>/meetings/", calendar.plan, name="plan_meeting"),
    path("bodies/<slug:body>/calendar/", feed.subscribe, name="subscribe"),
    path("calendar/<int:feed_pk>/<slug:feed_key>.ics", feed.calendar_feed, name="calendar_feed"),
    path("calendar/<slug:body>.ics", feed.public_calendar, name="public_calendar"),
]
