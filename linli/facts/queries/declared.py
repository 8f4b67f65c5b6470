"""The figures that engines declare in their figures.py."""

from collections.abc import Iterator
from importlib import import_module

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from linli.facts.rules.figures import Figure


def declared() -> Iterator[Figure]:
    """Yield the figures of every installed engine, in the order of the settings."""
    for app in apps.get_app_configs():
        if app.name.startswith("linli.") and module_has_submodule(app.module, "figures"):
            yield from import_module(f"{app.name}.figures").FIGURES
