"""Addresses of the pages that span topics."""

from django.urls import path

from tequio.front.views import home, member, members

urlpatterns = [
    path("", home.home, name="home"),
    path("members/", members.members, name="members"),
    path("members/list.csv", members.members_csv, name="members_csv"),
    path("members/<int:member_pk>/", member.member, name="member"),
]
