"""The plans engine as a Django application."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """What was promised, and how it stands."""

    name = "linli.plans"
    label = "plans"
