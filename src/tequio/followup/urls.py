"""Addresses of the follow-up on late dues."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
