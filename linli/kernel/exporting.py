"""What can be had as files in a standard's own form: an app says so in EXPORTS, and `linli export` writes it.

EXPORTS stands in the app's exchange package (an engine's) or in its tasks.py (the kernel's).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from pathlib import Path

from django.apps import apps
from django.utils.module_loading import module_has_submodule

_MODULES = ("exchange", "tasks")


class Nothing(Exception):
    """There is nothing to export yet. The sentence says what is missing."""


@dataclass(frozen=True, slots=True)
class Export:
    """One standard: write(folder, at) puts its files into a folder that is there and returns them."""

    standard: str
    write: Callable[[Path, datetime], list[Path]]


def declared() -> Iterator[Export]:
    """Yield what every installed engine can write."""
    for app in apps.get_app_configs():
        if app.name.startswith("linli."):
            for name in _MODULES:
                if module_has_submodule(app.module, name):
                    yield from getattr(import_module(f"{app.name}.{name}"), "EXPORTS", ())
