"""Addresses of a meeting itself: agenda, documents, who is there, who speaks."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
