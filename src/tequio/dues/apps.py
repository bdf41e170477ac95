"""Start-up of the topic."""

from django.apps import AppConfig


class DuesConfig(AppConfig):
    """The topic `dues`."""

    name = "tequio.dues"
    label = "dues"

    def ready(self) -> None:
        """Register what rules in force refuse, what decisions do to dues, and what an import and a merge mean."""
        from tequio.decisions import effect_forms
        from tequio.decisions import hooks as votes
        from tequio.decisions.effects import registry
        from tequio.dues.effect_forms import FORMS
        from tequio.dues.effects import EFFECTS
        from tequio.dues.operations.openings import book_openings
        from tequio.dues.operations.standings import refresh_standings
        from tequio.dues.triggers import TRIGGERS
        from tequio.kernel import triggers
        from tequio.members import hooks

        triggers.register(*TRIGGERS)
        registry.register(*EFFECTS)
        effect_forms.register(*FORMS)
        hooks.book_openings = book_openings
        hooks.refresh_standings = refresh_standings
        votes.refresh_standings = refresh_standings
