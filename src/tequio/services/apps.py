"""Start-up of the topic."""

from django.apps import AppConfig


class ServicesConfig(AppConfig):
    """The topic `services`."""

    name = "tequio.services"
    label = "services"

    def ready(self) -> None:
        """Say what decisions do, what the database refuses, which connectors there are, and when doors open."""
        from tequio.accounts import held
        from tequio.decisions import effect_forms
        from tequio.decisions.effects import registry as effects
        from tequio.dues import hooks
        from tequio.kernel import triggers
        from tequio.kernel.mail import kinds as mail
        from tequio.services.at_once import standings_moved
        from tequio.services.connectors import registry
        from tequio.services.connectors.command import CommandConnector
        from tequio.services.connectors.htpasswd import HtpasswdConnector
        from tequio.services.connectors.mailgate import MailGate
        from tequio.services.connectors.mailman import MailmanLists, MailmanSubscribers
        from tequio.services.effects.forms import FORMS, KINDS
        from tequio.services.moving_letters import KINDS as LETTERS
        from tequio.services.queries.held import held_about
        from tequio.services.triggers import TRIGGERS

        held.register(held_about)
        mail.register(*LETTERS)
        effects.register(*KINDS)
        effect_forms.register(*FORMS)
        triggers.register(*TRIGGERS)
        hooks.standings_moved = standings_moved
        registry.register(CommandConnector.type, CommandConnector.from_settings)
        registry.register(HtpasswdConnector.type, HtpasswdConnector.from_settings)
        registry.register(MailGate.type, MailGate.from_settings)
        registry.register(MailmanLists.type, MailmanLists.from_settings)
        registry.register(MailmanSubscribers.type, MailmanSubscribers.from_settings)
