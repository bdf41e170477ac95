"""Start-up of the topic."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """The topic `meetings`."""

    name = "tequio.meetings"
    label = "meetings"

    def ready(self) -> None:
        """Say what effects do and what the database refuses, hear of votes, know which notes records came from."""
        from tequio.accounts import held
        from tequio.decisions import effect_forms, hooks
        from tequio.decisions.effects import registry
        from tequio.kernel import triggers
        from tequio.meetings.addresses import pages_of_sittings, where_a_sitting_is_cancelled
        from tequio.meetings.effects.forms import FORMS
        from tequio.meetings.effects.series import ChangeSeries, CreateSeries
        from tequio.meetings.operations.calling import register_mail
        from tequio.meetings.operations.stating_quorum import when_a_vote_opens
        from tequio.meetings.page_queries.origins import came_from
        from tequio.meetings.queries.held import held_about
        from tequio.meetings.queries.present import present_at_vote
        from tequio.meetings.triggers import TRIGGERS

        registry.register(CreateSeries(), ChangeSeries())
        effect_forms.register(*FORMS)
        register_mail()
        triggers.register(*TRIGGERS)
        hooks.vote_opened = when_a_vote_opens
        hooks.present_at_vote = present_at_vote
        hooks.came_from = came_from
        hooks.cancelled_elsewhere = where_a_sitting_is_cancelled
        hooks.pages_of_sittings = pages_of_sittings
        held.register(held_about)
