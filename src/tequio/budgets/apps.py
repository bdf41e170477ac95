"""Start-up of the budgets."""

from django.apps import AppConfig


class BudgetsConfig(AppConfig):
    """Budgets, what stands beside them, and what would be if."""

    name = "tequio.budgets"
    label = "budgets"

    def ready(self) -> None:
        """Make the effects known to the decisions, amendments to the meetings, and the triggers to the database."""
        from tequio.budgets.changes_asked import ChangesAsked
        from tequio.budgets.effect_forms import AdoptVersionForm, AmendForm
        from tequio.budgets.effects import EFFECTS
        from tequio.budgets.effects.dues_foreseen import year_of_dues
        from tequio.budgets.operations.booking import waiting_in
        from tequio.budgets.triggers import TRIGGERS
        from tequio.decisions import effect_forms
        from tequio.decisions.effects import previewing
        from tequio.decisions.effects.registry import register
        from tequio.kernel import triggers
        from tequio.ledger import hooks
        from tequio.meetings import hooks as of_meetings

        triggers.register(*TRIGGERS)
        register(*EFFECTS)
        effect_forms.register(AdoptVersionForm, AmendForm)
        previewing.contributors.append(year_of_dues)
        hooks.waiting.append(waiting_in)
        of_meetings.budget_changes = ChangesAsked()
