"""Addresses of what is noted: notes, translations, minutes, files of notes."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
