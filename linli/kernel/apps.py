"""The kernel as a Django application."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    """Actors, refusals, clock, codes, logs, health. Knows no engine's noun."""

    name = "linli.kernel"
    label = "kernel"
