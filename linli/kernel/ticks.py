"""What is done by the clock: each engine's tasks.py says in TICKS what, and how often.

When each was last done stands in a file beside the keys: it survives a restart, and comes with no backup,
so that a restored database is not thought to have been purged.
"""

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path

import structlog
from django.apps import apps
from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import module_has_submodule

A_DAY = timedelta(days=1)
_NIGHT = timedelta(hours=3)  # what is done once a day is done when nobody waits for a page
_SOON, _AGAIN = timedelta(minutes=1), timedelta(minutes=10)  # when what failed is tried again
_log = structlog.stdlib.get_logger("linli.ticks")


@dataclass(frozen=True, slots=True)
class Tick:
    """One thing done again and again; run(at) may be stopped and repeated, and says how many it did.

    What is due once a day or less often is done at night.
    """

    name: str
    every: timedelta
    run: Callable[[datetime], int]


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one tick: how many it did, or the kind of its failure."""

    name: str
    count: int
    failure: str = ""


def declared() -> Iterator[Tick]:
    """Yield what every installed engine does by the clock, the kernel's first."""
    ours = [app for app in apps.get_app_configs() if app.name.startswith("linli.")]
    for app in sorted(ours, key=lambda app: app.name != "linli.kernel"):
        if module_has_submodule(app.module, "tasks"):
            yield from getattr(import_module(f"{app.name}.tasks"), "TICKS", ())


@dataclass(frozen=True, slots=True)
class Last:
    """When one tick was done last, and the kind of its failure, "" for none."""

    at: datetime
    failure: str


def last_done() -> dict[str, Last]:
    """Return when each tick was done last, by its name; one that was never done is not there."""
    return {
        name: Last(datetime.fromisoformat(one["at"]), one["failure"])
        for name, one in _kept().items()
    }


def run_due(at: datetime) -> list[Done]:
    """Run what is due, one failing or not, and remember it. Nobody else may be at it: see `turns`."""
    kept, done = _kept(), []
    for tick in declared():
        if _is_due(tick, kept.get(tick.name, {}), at):
            ended = _run(tick, at)
            kept[tick.name] = {"at": at.isoformat(), "failure": ended.failure}
            # After each: whoever is stopped in the third does not do the first two again.
            _keep(kept)
            done.append(ended)
    return done


def _is_due(tick: Tick, last: dict[str, str], at: datetime) -> bool:
    if not last:
        return True
    before = datetime.fromisoformat(last["at"])
    if at < before:  # the clock was set back: better once too often
        return True
    if last["failure"]:
        return at - before >= max(_SOON, min(tick.every, _AGAIN))
    if tick.every < A_DAY:
        return at - before >= tick.every
    return _night(at) - _night(before) >= tick.every


def _night(at: datetime) -> datetime:
    """The beginning of the office's day, which turns at three in the morning."""
    shifted = timezone.localtime(at) - _NIGHT
    return shifted.replace(hour=0, minute=0, second=0, microsecond=0)


def _run(tick: Tick, at: datetime) -> Done:
    try:
        count = tick.run(at)
    except Exception as error:  # noqa: BLE001 - one engine's fault stops no other's clock
        # Its kind alone: a database's complaint may quote the row.
        _log.error("tick_failed", code=tick.name, kind=type(error).__name__)
        return Done(tick.name, 0, type(error).__name__)
    if count:
        _log.info("ticked", code=tick.name, count=count)
    return Done(tick.name, count)


def _kept() -> dict[str, dict[str, str]]:
    try:
        kept: dict[str, dict[str, str]] = json.loads(_file().read_text())
    except (FileNotFoundError, json.JSONDecodeError):
        return {}
    return kept


def _keep(kept: dict[str, dict[str, str]]) -> None:
    beside = _file().with_suffix(f".{os.getpid()}")
    beside.write_text(json.dumps(kept))
    beside.replace(_file())


def _file() -> Path:
    return Path(settings.KEYS) / "ticks.json"
