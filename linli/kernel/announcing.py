"""What the house tells ahead of its own work: one short announcement, with from when until when.

In a file beside the keys, not in the database: it stands there while the database rests, which is when it is needed.
"""

import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import structlog
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from linli.kernel.actors import Actor, Role, allow
from linli.kernel.refusals import Refused
from linli.kernel.turns import turn
from linli.kernel.whole import write_whole

LONGEST: Final = 300  # characters
_FARTHEST = timedelta(days=60)
_NAME = "announced.json"
_log = structlog.stdlib.get_logger("linli.announcing")


@dataclass(frozen=True, slots=True)
class Announcement:
    """What is told: words, and the half-open time of which they speak."""

    words: str
    begins_at: datetime
    ends_at: datetime

    def over(self, at: datetime) -> bool:
        """Say whether its time has passed."""
        return at >= self.ends_at

    def on(self, at: datetime) -> bool:
        """Say whether it is so now."""
        return self.begins_at <= at < self.ends_at


def announce(*, by: Actor, at: datetime, said: Announcement) -> None:
    """Tell everybody, in place of what was told before.

    Refuses: not_allowed to everybody but administrators; empty and too_long for words; time_wrong when it ends
    before it begins, is over, or lies more than sixty days ahead.
    """
    allow(by, Role.ADMINISTRATOR)
    words = " ".join(said.words.split())
    if not words:
        raise Refused("empty", _("Say in a few words what will be."))
    if len(words) > LONGEST:
        raise Refused("too_long", _("An announcement is short: 300 characters at most."))
    if said.ends_at <= max(said.begins_at, at) or said.begins_at > at + _FARTHEST:
        raise Refused("time_wrong", _("It ends after it begins, and begins within sixty days."))
    _write(asdict(said) | {"words": words})
    _log.info("announced", role=by.role)


def take_back(*, by: Actor, at: datetime) -> None:
    """Tell it no more; a second time changes nothing.

    Refuses: not_allowed to everybody but administrators.
    """
    allow(by, Role.ADMINISTRATOR)
    _write({})
    _log.info("announcement_taken_back", role=by.role)


def announced(at: datetime) -> Announcement | None:
    """Return what is told ahead or is so now; None when there is nothing, or it is over."""
    try:
        said = json.loads(_file().read_text(encoding="utf-8"))
        begins, ends = (datetime.fromisoformat(said[name]) for name in ("begins_at", "ends_at"))
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None
    told = Announcement(str(said.get("words", "")), begins, ends)
    return None if told.over(at) else told


def _write(said: dict[str, object]) -> None:
    with turn(_file().with_suffix(".lock")):
        write_whole(_file(), json.dumps(said, default=str, ensure_ascii=False))


def _file() -> Path:
    return Path(settings.KEYS) / _NAME
