"""When a backup was made, tried, and the keys copied last: a file of the house, which comes with no backup."""

import json
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from linli.kernel.turns import turn
from linli.kernel.whole import write_whole


@dataclass(frozen=True, slots=True)
class Record:
    """What was done last. Moments are in ISO, "" for never; master: which master key is kept elsewhere, as confirmed."""

    made_at: str = ""
    bytes: int = 0
    tried_at: str = ""
    wrong: list[str] = field(default_factory=list)
    keys_at: str = ""
    master: str = ""
    master_at: str = ""


def record() -> Record:
    """Return what was done last."""
    try:
        said = json.loads(_file().read_text(encoding="utf-8"))
        return Record(**said)
    except (FileNotFoundError, ValueError, TypeError):
        return Record()


def note(**changes: Any) -> None:
    """Write down what was done just now."""
    with turn(_file().with_suffix(".lock")):
        write_whole(_file(), json.dumps(asdict(replace(record(), **changes))))


def moment(said: str) -> datetime | None:
    """Return a moment of the record, None for never."""
    return datetime.fromisoformat(said) if said else None


def _file() -> Path:
    return Path(settings.KEYS) / "backups.json"
