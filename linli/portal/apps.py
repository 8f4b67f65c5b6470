"""The portal as a Django application."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Pages made of several engines."""

    name = "linli.portal"
    label = "portal"
