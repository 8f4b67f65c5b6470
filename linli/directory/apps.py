"""The directory engine as a Django application."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Where things are and who is responsible."""

    name = "linli.directory"
    label = "directory"
