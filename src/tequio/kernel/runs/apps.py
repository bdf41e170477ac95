"""Start-up of the runs."""

from django.apps import AppConfig


class RunsConfig(AppConfig):
    """The runs."""

    name = "tequio.kernel.runs"
    label = "runs"
