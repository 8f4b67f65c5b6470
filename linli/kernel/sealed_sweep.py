"""Sealed files that no row knows, because the transaction that kept them failed: noise, removed after a day.

Each engine's tasks.py says in SEALED which of some digests its rows know. What a row came to know while we
looked is put back; while the database is older than what the log signed, nothing is removed.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime, timedelta
from importlib import import_module
from itertools import islice
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.utils.module_loading import module_has_submodule

from linli.kernel.log_past import lost

Known = Callable[[Collection[str]], set[str]]
AGE = timedelta(days=1)  # longer than any transaction lasts
_BATCH = 500
_ASIDE = ".aside"


def declared() -> Iterator[Known]:
    """Yield what every installed engine asks its rows with."""
    for app in apps.get_app_configs():
        if app.name.startswith("linli.") and module_has_submodule(app.module, "tasks"):
            yield from getattr(import_module(f"{app.name}.tasks"), "SEALED", ())


def sweep(at: datetime) -> int:
    """Remove the files older than a day that no row knows; return how many. May be stopped and repeated."""
    if lost() is not None:
        return 0
    knows = tuple(declared())
    before = (at - AGE).timestamp()
    old = iter([path for path in _files() if path.stat().st_mtime < before])
    swept = 0
    while batch := list(islice(old, _BATCH)):
        swept += _swept(batch, knows)
    return swept


def _swept(batch: Iterable[Path], knows: Collection[Known]) -> int:
    by_name = {path.name.removesuffix(_ASIDE): path for path in batch}
    strangers = by_name.keys() - _known(by_name, knows)
    aside = {}
    for name in strangers:
        aside[name] = by_name[name].with_name(f"{name}{_ASIDE}")
        by_name[name].replace(aside[name])
    # A row that was written since, or a file that a stopped sweep left aside: it goes back to its place.
    back = _known(aside, knows) | (by_name.keys() - strangers)
    for name in back:
        moved = aside.get(name, by_name[name])
        if moved.name != name:
            moved.replace(moved.with_name(name))
    gone = aside.keys() - back
    for name in gone:
        aside[name].unlink(missing_ok=True)
    return len(gone)


def _known(names: Collection[str], knows: Collection[Known]) -> set[str]:
    listed = list(names)
    return {name for known in knows for name in known(listed)} if listed else set()


def _files() -> Iterator[Path]:
    folder = Path(settings.MEDIA_ROOT) / "sealed"
    for path in sorted(folder.glob("??/*")):
        if path.is_file():
            yield path
