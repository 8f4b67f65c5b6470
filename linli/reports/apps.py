"""The reports engine as a Django application."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Reads work reports; later writes them."""

    name = "linli.reports"
    label = "reports"
