"""Addresses of a meeting itself: agenda, documents, who is there, who speaks."""

from django.urls import URLPattern, path

from tequio.meetings.views import agenda, attendance, documents, meeting, speakers, suggestions

urlpatterns: list[URLPattern] = [
    path("meetings/<int:meeting_pk>/", meeting.meeting, name="meeting"),
    path("meetings/<int:meeting_pk>/open/", meeting.open_meeting, name="open_meeting"),
    path("meetings/<int:meeting_pk>/close/", meeting.close_meeting, name="close_meeting"),
    path("meetings/<int:meeting_pk>/undo/", meeting.undo_meeting, name="undo_meeting"),
    path("meetings/parts/<int:part_pk>/quorum/", meeting.say_quorum, name="say_quorum"),
    path("meetings/parts/<int:part_pk>/items/", agenda.add_item, name="add_agenda_item"),
    path("bodies/<slug:body>/suggest/", suggestions.suggest_item, name="suggest_item"),
    path("meetings/suggestions/<int:suggestion_pk>/", suggestions.answer_suggestion, name="answer_suggestion"),
    path("meetings/items/<int:item_pk>/", agenda.change_item, name="change_agenda_item"),
    path("meetings/items/<int:item_pk>/withdraw/", agenda.withdraw_item, name="withdraw_agenda_item"),
    path("meetings/items/<int:item_pk>/move/", agenda.move_item, name="move_agenda_item"),
    path("meetings/items/<int:item_pk>/progress/", agenda.progress_item, name="progress_agenda_item"),
    path("meetings/items/<int:item_pk>/speakers/", speakers.speakers, name="speakers"),
    path("meetings/items/<int:item_pk>/speakers/ask/", speakers.ask_to_speak, name="ask_to_speak"),
    path("meetings/turns/<int:turn_pk>/", speakers.turn, name="speaker_turn"),
    path("meetings/<int:meeting_pk>/attendance/", attendance.attendance, name="attendance"),
    path("meetings/<int:meeting_pk>/attendance/mark/", attendance.mark_attendance, name="mark_attendance"),
    path("meetings/<int:meeting_pk>/attendance/enter/", attendance.enter_attendance, name="enter_attendance"),
    path("meetings/attendances/<int:attendance_pk>/", attendance.correct_attendance, name="correct_attendance"),
    path("meetings/attendances/<int:attendance_pk>/leave/", attendance.leave_meeting, name="leave_meeting"),
    path("meetings/<int:meeting_pk>/documents/", documents.add_document, name="add_document"),
    path("meetings/documents/<int:document_pk>/", documents.document, name="document"),
    path("meetings/documents/<int:document_pk>/remove/", documents.remove_document, name="remove_document"),
]
