"""The facts engine as a Django application."""

from django.apps import AppConfig


class FactsConfig(AppConfig):
    """What is known, and from what."""

    name = "linli.facts"
    label = "facts"
