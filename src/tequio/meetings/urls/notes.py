"""Addresses of what is noted: notes, translations, minutes, files of notes."""

from django.urls import URLPattern, path

from tequio.meetings.views import importing, marking, minutes, notes

urlpatterns: list[URLPattern] = [
    path("meetings/<int:meeting_pk>/notes/", notes.meeting_notes, name="meeting_notes"),
    path("meetings/items/<int:item_pk>/notes/<slug:place>/", notes.write_note, name="write_note"),
    path("notes/<int:note_pk>/history/", notes.note_history, name="note_history"),
    path("notes/<int:note_pk>/translation/", notes.translate_note, name="translate_note"),
    path("notes/<int:note_pk>/translation/review/", notes.review_translation, name="review_translation"),
    path("notes/<int:note_pk>/lines/<int:noted_line>/", marking.mark_line, name="mark_line"),
    path("notes/<int:note_pk>/lines/<int:noted_line>/<slug:kind>/", marking.mark_line_as, name="mark_line_as"),
    path("notes/marks/<int:mark_pk>/undo/", marking.undo_mark, name="undo_mark"),
    path("notes/", importing.notes_files, name="notes_files"),
    path("notes/files/<int:notes_file_pk>/", importing.notes_file, name="notes_file"),
    path("notes/files/<int:notes_file_pk>/meeting/", importing.put_notes_file, name="put_notes_file"),
    path("notes/files/<int:notes_file_pk>/finds/<int:find_pk>/", importing.notes_find, name="notes_find"),
    path("notes/files/<int:notes_file_pk>/finds/<int:find_pk>/dismiss/", importing.dismiss_find, name="dismiss_find"),
    path("notes/files/<int:notes_file_pk>/remove/", importing.remove_notes_file, name="remove_notes_file"),
    path("meetings/<int:meeting_pk>/notes/<slug:which>.md", minutes.notes_markdown, name="notes_markdown"),
    path("meetings/<int:meeting_pk>/notes/<slug:which>.pdf", minutes.notes_pdf, name="notes_pdf"),
    path("minutes/<int:part_pk>/", minutes.minutes, name="minutes"),
    path("minutes/<int:part_pk>/<slug:which>.md", minutes.minutes_markdown, name="minutes_markdown"),
    path("minutes/<int:part_pk>/<slug:which>.pdf", minutes.minutes_pdf, name="minutes_pdf"),
    path("minutes/<int:part_pk>/put-forward/", minutes.put_minutes_forward, name="put_minutes_forward"),
    path("minutes/<int:part_pk>/approve/", minutes.approve_minutes, name="approve_minutes"),
    path("bodies/<slug:body>/notes/", notes.notes_settings, name="notes_settings"),
]
