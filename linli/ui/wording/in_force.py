"""Which words are in force in this process, and how it notices that another process has let in new ones.

One small file says it, written last and whole, in the folder that gettext looks into first. Each request asks for
its mark: one look at the folder, no query. Catalogues are changed for new ones in place, while others read.
"""

import gettext
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock, local
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import trans_real

NAME: Final = "in_force.json"
Handler = Callable[[HttpRequest], HttpResponse]


@dataclass(frozen=True, slots=True)
class InForce:
    """What the file says: of which release and editions the words are, and which laid-out languages have their own."""

    release: str = ""
    editions: Mapping[str, int] = field(default_factory=dict)
    lacking: Mapping[str, int] = field(
        default_factory=dict
    )  # of laid-out languages that are in force


class _Known:
    """What this process has loaded; the mark of the file it was, "" for none."""

    def __init__(self) -> None:
        self.mark, self.told, self.turn = "", InForce(), Lock()


_known = _Known()
_asked = local()


def folder() -> Path:
    """Return where the house's own words stand, compiled."""
    return Path(settings.HOME) / "locale"


def follow(handle: Handler) -> Handler:
    """Let every page be in the words that are in force when it is asked for."""

    def answered(request: HttpRequest) -> HttpResponse:
        _asked.mark = refresh()
        return handle(request)

    return answered


def mark() -> str:
    """Return what changes when words do. Within a request it stays: what is made later is never older than it says."""
    return str(getattr(_asked, "mark", _known.mark))


def told() -> InForce:
    """Return what is in force in this process."""
    return _known.told


def shown(code: str) -> bool:
    """Say whether a laid-out language is shown in its own words."""
    return code in _known.told.lacking


def lacking(code: str) -> int:
    """Return how many texts of a language that is shown in its own words are still the default language's."""
    return _known.told.lacking.get(code, 0)


def refresh() -> str:
    """Load what was let in since the last look, if anything was; return the mark of what is loaded."""
    now = _mark()
    if now != _known.mark:
        with _known.turn:
            if now != _known.mark:
                _known.told = read()
                _load_anew()
                _known.mark = now
    return now


def read() -> InForce:
    """Return what the file says; nothing when there is none, or it is no such file."""
    try:
        said = json.loads((folder() / NAME).read_text(encoding="utf-8"))
        return InForce(str(said["release"]), dict(said["editions"]), dict(said["lacking"]))
    except (OSError, ValueError, KeyError, TypeError):
        return InForce()


def _mark() -> str:
    try:
        found = (folder() / NAME).stat()
    except OSError:
        return ""
    return f"{found.st_mtime_ns}.{found.st_ino}.{found.st_size}"


def _load_anew() -> None:
    """Read the files of this folder again, and put new catalogues in the place of those that were in use.

    A dictionary that is emptied would fail whoever reads it just then: entries are replaced, none is missing.
    """
    ours = str(folder())
    compiled: dict[tuple[type, str], object] = gettext._translations  # type: ignore[attr-defined]  # noqa: SLF001
    for key in [key for key in compiled if str(key[1]).startswith(ours)]:
        compiled.pop(key, None)
    made = trans_real._translations  # type: ignore[attr-defined]  # noqa: SLF001
    default = settings.LANGUAGE_CODE
    # The default language first: others fall back on its new one.
    for code in sorted(made, key=lambda one: one != default):
        made[code] = trans_real.DjangoTranslation(code)
    if default in made:
        trans_real._default = made[default]  # type: ignore[attr-defined]  # noqa: SLF001
