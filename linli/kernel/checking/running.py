"""The whole check: every part looked at, one that cannot be looked at a fault of its own, and what was found kept.

An engine that has something to look at says so in CHECKS of its tasks.py.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from pathlib import Path

import structlog
from django.apps import apps
from django.conf import settings
from django.utils.module_loading import module_has_submodule
from django.utils.translation import gettext as _

from linli.kernel.checking.findings import Finding, State
from linli.kernel.whole import write_whole

_NAME = "check.json"
_log = structlog.stdlib.get_logger("linli.check")


@dataclass(frozen=True, slots=True)
class Check:
    """One part to look at; look(at) says what was found there, and changes nothing."""

    part: str
    look: Callable[[datetime], list[Finding]]


@dataclass(frozen=True, slots=True)
class Found:
    """What a whole check found, and when."""

    at: datetime
    findings: list[Finding]


def declared() -> Iterator[Check]:
    """Yield what there is to look at, the kernel's first."""
    ours = [app for app in apps.get_app_configs() if app.name.startswith("linli.")]
    for app in sorted(ours, key=lambda app: app.name != "linli.kernel"):
        if module_has_submodule(app.module, "tasks"):
            yield from getattr(import_module(f"{app.name}.tasks"), "CHECKS", ())


def looked(at: datetime) -> list[Finding]:
    """Look at everything."""
    return [finding for check in declared() for finding in _looked(check, at)]


def keep(found: Found) -> None:
    """Keep what was found for the administrator's page: in a file that only our own account reads."""
    said = {"at": found.at.isoformat(), "findings": [one.told for one in found.findings]}
    write_whole(_file(), json.dumps(said, ensure_ascii=False))


def last_found() -> Found | None:
    """Return what the last check found; None before the first."""
    try:
        said = json.loads(_file().read_text(encoding="utf-8"))
        findings = [Finding(**one | {"state": State(one["state"])}) for one in said["findings"]]
        return Found(datetime.fromisoformat(said["at"]), findings)
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None


def _looked(check: Check, at: datetime) -> list[Finding]:
    try:
        return check.look(at)
    except Exception as error:  # noqa: BLE001 - a part that cannot be looked at hides no other
        kind = type(error).__name__
        _log.warning("check_failed", code=check.part, kind=kind)
        words = _("This part could not be looked at (%(kind)s).") % {"kind": kind}
        return [Finding(check.part, "unseen", State.FAIL, words, _("See the log, then look again."))]  # fmt: skip


def _file() -> Path:
    return Path(settings.KEYS) / _NAME
