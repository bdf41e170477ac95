"""Addresses of the pages one looks things up on: standing, rules, decisions, the journal, the centers, the mails."""

from django.urls import path

from tequio.front.views import centers, journal, mail_queue, mail_samples, register, rules, standing

urlpatterns = [
    path("standing/", standing.standing_report, name="standing_report"),
    path("standing/list.csv", standing.standing_csv, name="standing_csv"),
    path("rules/", rules.rules, name="rules"),
    path("decisions/", register.register, name="decisions"),
    path("decisions/list.csv", register.register_csv, name="decisions_csv"),
    path("decisions/list.json", register.register_json, name="decisions_json"),
    path("decisions/feed/<str:language>/", register.register_feed, name="decisions_feed"),
    path("decisions/<slug:code>/", register.decision, name="decision"),
    path("journal/", journal.journal, name="journal"),
    path("centers/", centers.centers, name="centers"),
    path("centers/members.csv", centers.roll_csv, name="roll_csv"),
    path("centers/<slug:code>/", centers.center_settings, name="center_settings"),
    path("centers/<slug:code>/letters/", centers.center_letters, name="center_letters"),
    path("centers/<slug:code>/members.csv", centers.center_members_csv, name="center_members_csv"),
    path("centers/<slug:code>/books/", centers.center_books, name="center_books"),
    path("centers/<slug:code>/books.beancount", centers.center_beancount, name="center_beancount"),
    path("centers/<slug:code>/books/close/", centers.close_books, name="close_books"),
    path("mail/", mail_queue.mail_queue, name="mail_queue"),
    path("mail/send/", mail_queue.send_mail, name="send_mail"),
    path("mail/sent/<int:run_pk>/", mail_queue.mail_round, name="mail_round"),
    path("mail/test/", mail_queue.mail_test, name="mail_test"),
    path("mail/<int:mail_pk>/", mail_queue.one_mail, name="one_mail"),
    path("mail/<int:mail_pk>/retry/", mail_queue.retry_mail, name="retry_mail"),
    path("mail/<int:mail_pk>/cancel/", mail_queue.cancel_mail, name="cancel_mail"),
    path("mail/samples/", mail_samples.mail_samples, name="mail_samples"),
    path("mail/samples/<int:sample_pk>/<str:language>/", mail_samples.mail_sample_html, name="mail_sample_html"),
]
