"""Addresses of when and where: series, places, meetings, the feed, interpreters."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
