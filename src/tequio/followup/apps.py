"""Start-up of the follow-up."""

from django.apps import AppConfig


class FollowUpConfig(AppConfig):
    """Notices, letters, calls and promises about late dues."""

    name = "tequio.followup"
    label = "followup"

    def ready(self) -> None:
        """Make known letters, effects of decisions, what the database itself refuses; listen to statements."""
        from tequio.banking import hooks
        from tequio.decisions import effect_forms
        from tequio.decisions.effects import registry
        from tequio.followup.effect_forms import LadderForm
        from tequio.followup.effects import AdoptFollowUpPolicy
        from tequio.followup.letters.kinds import register_letters
        from tequio.followup.operations.knowing import money_read
        from tequio.followup.triggers import TRIGGERS
        from tequio.kernel import triggers

        triggers.register(*TRIGGERS)
        registry.register(AdoptFollowUpPolicy())
        effect_forms.register(LadderForm)
        register_letters()
        hooks.money_known = money_read
