"""Addresses of the pages that span topics."""

from django.urls import path

from tequio.front.views import home

urlpatterns = [
    path("", home.home, name="home"),
]
