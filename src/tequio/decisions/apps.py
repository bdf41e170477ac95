"""Start-up of the topic."""

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    """The topic `decisions`."""

    name = "tequio.decisions"
    label = "decisions"

    def ready(self) -> None:
        """Say who sits where, what an effect of this topic does, and what the database itself refuses."""
        from tequio.accounts import permissions
        from tequio.decisions import effect_forms
        from tequio.decisions.effects import registry
        from tequio.decisions.effects.bodies import ChangeMandate, CreateBody, EndBody
        from tequio.decisions.effects.deciding_rules import AdoptRule
        from tequio.decisions.effects.forms import FORMS
        from tequio.decisions.effects.roles import Appoint, EndRole, OpenSeat
        from tequio.decisions.effects.tasks import AssignTask
        from tequio.decisions.queries.sitting_where import sits_of
        from tequio.decisions.triggers import TRIGGERS
        from tequio.kernel import triggers

        permissions.sits = sits_of
        registry.register(CreateBody(), EndBody(), ChangeMandate(), AdoptRule())
        registry.register(Appoint(), OpenSeat(), EndRole(), AssignTask())
        effect_forms.register(*FORMS)
        triggers.register(*TRIGGERS)
