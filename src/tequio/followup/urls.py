"""Addresses of the follow-up on late dues."""

from django.urls import path

from tequio.followup.views import call_sheet, calls, explaining, letters, money, releases, report, tasks

urlpatterns = [
    path("calls/", calls.call_list, name="call_list"),
    path("calls/<int:item_pk>/", calls.call, name="call"),
    path("calls/<int:item_pk>/give-back/", calls.give_back, name="give_back_call"),
    path("calls/hours/", calls.hours, name="call_hours"),
    path("calls/sheet/", call_sheet.sheet, name="call_sheet"),
    path("members/<int:member_pk>/follow-up/", explaining.explain, name="follow_up_member"),
    path("members/<int:member_pk>/follow-up/call/", explaining.ask, name="ask_to_call"),
    path("members/<int:member_pk>/follow-up/said/", explaining.said, name="member_said"),
    path("follow-up/report/", report.report, name="follow_up_report"),
    path("follow-up/tasks/", tasks.task_list, name="follow_up_tasks"),
    path("follow-up/tasks/<int:task_pk>/close/", tasks.close, name="close_task"),
    path("follow-up/claims/<int:claim_pk>/", tasks.settle, name="settle_claim"),
    path("follow-up/releases/<int:release_pk>/", releases.release, name="follow_up_release"),
    path("follow-up/money/<slug:code>/", money.money, name="follow_up_money"),
    path("follow-up/letters/", letters.letters, name="letters"),
    path("follow-up/letters/<int:batch_pk>/", letters.batch, name="letter_batch"),
    path("follow-up/letters/<int:batch_pk>/letters.pdf", letters.batch_pdf, name="letter_batch_pdf"),
    path("follow-up/sent/<int:dispatch_pk>/came-back/", letters.came_back, name="letter_came_back"),
]
