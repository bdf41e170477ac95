"""Addresses of the demonstration's open door; they exist in a demonstration only."""

from django.urls import path

from tequio.project.demo import door

urlpatterns = [
    path("", door.door, name="demo_door"),
    path("<int:user_pk>/", door.come_in, name="demo_come_in"),
]
