"""The demo jurisdictions as a Django application (for its command)."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Five places, filled through actions only."""

    name = "linli.demo"
    label = "demo"
