"""The lists of the console: an app says in LISTS (its module `lists`) which there are, and which may be taken away.

A list that is not named has no saved views and no file: nothing leaves that nobody decided about.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from linli.kernel.text import Words


@dataclass(frozen=True, slots=True)
class ListPage:
    """One list, by the name of its address.

    stays: why its rows may not be taken away; views_of: the list whose saved views it shows too;
    files: its own addresses for CSV and XLSX, where it has richer ones than what its page shows.
    """

    name: str
    stays: Words = ""
    views_of: str = ""
    files: tuple[str, ...] = ()


@cache
def lists() -> Mapping[str, ListPage]:
    """Return every list that an installed app names."""
    found: dict[str, ListPage] = {}
    for app in apps.get_app_configs():
        if app.name.startswith("linli.") and module_has_submodule(app.module, "lists"):
            named = getattr(import_module(f"{app.name}.lists"), "LISTS", ())
            found |= {page.name: page for page in named}
    return found
