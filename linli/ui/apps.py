"""The design system as a Django application."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Tokens, components, template tags, fonts, languages."""

    name = "linli.ui"
    label = "ui"
