"""Files of open data as they lie beside the database: which there are, how old, with which digest.

A file bears its digest in its name and is never changed; the small note beside it says which one counts now.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from django.conf import settings

FOLDER: Final = "open-data"
ALL: Final = "all"
AGE: Final = timedelta(minutes=10)  # so long a file is new enough for whoever asks
SLOW: Final = 2.0  # seconds: what takes longer is made by the clock alone, once it is there
_CODE = re.compile(r"[a-z][a-z0-9_.-]*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a data set: how long it is, and its SHA-256."""

    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class Made:
    """What was made of a data set: when it was last looked at, when it last changed, how many seconds and rows it took."""

    code: str
    made_at: datetime
    changed_at: datetime
    took: float
    rows: int
    forms: Mapping[str, Form]  # by the file's ending

    def path(self, ending: str) -> Path:
        """Return where a form lies."""
        return folder() / f"{self.code}-{self.forms[ending].digest[:16]}.{ending}"

    def is_fresh(self, at: datetime) -> bool:
        """Say whether it is new enough to be given to whoever asks now."""
        return self.took > SLOW or timedelta(0) <= at - self.made_at < AGE


def folder() -> Path:
    """Return where all files lie."""
    return Path(settings.HOME) / FOLDER


def made(code: str) -> Made | None:
    """Return what was made of the data set of this code, None before it was."""
    if not _CODE.fullmatch(code):
        return None
    try:
        said = json.loads((folder() / f"{code}.json").read_text())
    except (FileNotFoundError, json.JSONDecodeError):
        return None
    forms = {ending: Form(**form) for ending, form in said["forms"].items()}
    if not all(
        (folder() / f"{code}-{one.digest[:16]}.{end}").exists() for end, one in forms.items()
    ):
        return None
    at, changed = (datetime.fromisoformat(said[name]) for name in ("made_at", "changed_at"))
    return Made(code, at, changed, said["took"], said["rows"], forms)


def noted(one: Made) -> str:
    """Return the note that `made` reads."""
    return json.dumps(asdict(one), default=datetime.isoformat)
