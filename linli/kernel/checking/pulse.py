"""The pulse: since when this house works without a break, and the latest moment that it has ever seen.

Beaten by the clock's own process each minute, kept in a file beside the keys: it is there when the database is not,
and comes back with no backup.
"""

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from django.conf import settings

from linli.kernel.whole import write_whole

GAP: Final = timedelta(minutes=10)  # so long without a beat, and it was not working
_KEPT = timedelta(days=90)
_NAME = "pulse.json"


@dataclass(frozen=True, slots=True)
class Pulse:
    """When it beat last, since when without a break, the breaks of the last 90 days, and the latest moment ever seen.

    All in ISO; "" before the first beat.
    """

    last: str = ""
    since: str = ""
    latest: str = ""
    breaks: list[tuple[str, str]] = field(default_factory=list)

    @property
    def last_at(self) -> datetime | None:
        """When it beat last."""
        return _read(self.last)

    @property
    def since_at(self) -> datetime | None:
        """Since when it works without a break."""
        return _read(self.since)

    def back(self, at: datetime) -> timedelta:
        """Return by how much the clock has gone back; nothing when it has not."""
        latest = _read(self.latest)
        return max(latest - at, timedelta(0)) if latest else timedelta(0)


def after(before: Pulse, at: datetime) -> Pulse:
    """Return the pulse after one more beat. Pure."""
    last, now_said = before.last_at, at.isoformat()
    breaks = [(began, ended) for began, ended in before.breaks if at - _moment(ended) <= _KEPT]
    since = before.since or now_said
    if last is not None and at - last > GAP:
        breaks.append((before.last, now_said))
        since = now_said
    latest = max(_read(before.latest) or at, at)
    return Pulse(now_said, since, latest.isoformat(), breaks)


def beat(at: datetime) -> int:
    """Beat once. The clock's process is alone at it."""
    write_whole(_file(), json.dumps(asdict(after(pulse(), at))))
    return 0


def pulse() -> Pulse:
    """Return the pulse as it stands."""
    try:
        said = json.loads(_file().read_text(encoding="utf-8"))
        said["breaks"] = [(began, ended) for began, ended in said["breaks"]]
        return Pulse(**said)
    except (FileNotFoundError, ValueError, TypeError, KeyError):
        return Pulse()


def _file() -> Path:
    return Path(settings.KEYS) / _NAME


def _read(said: str) -> datetime | None:
    return datetime.fromisoformat(said) if said else None


def _moment(said: str) -> datetime:
    return datetime.fromisoformat(said)
