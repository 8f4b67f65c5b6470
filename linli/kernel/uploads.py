"""What strangers hand in, made harmless: a photo is drawn anew, a PDF is built anew, all else is refused.

What comes back holds what is to be seen and nothing that was hidden. The bytes decide what a file is;
its name only says what it cannot be, and is kept nowhere.
"""

import re
import subprocess
import sys
import threading
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from linli.kernel.refusals import Refused

MAX_BYTES = 10_000_000
ACCEPT = (
    "image/jpeg,image/png,image/webp,image/gif,application/pdf"  # for <input type="file" accept>
)
_EXTENSIONS = {"image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf"}
_NAMED = re.compile(r"\.([a-z][a-z0-9]{1,9})\s*$", re.IGNORECASE)
_MAY_BE_NAMED = frozenset({"jpg", "jpeg", "jpe", "jfif", "png", "webp", "gif", "pdf"})
_PROGRAM = (sys.executable, "-I", "-m", "linli.kernel.rebuild_file")
_SECONDS = 30
_at_once = threading.BoundedSemaphore(2)  # each may take some hundred megabytes


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """One file of our own making."""

    data: bytes
    media_type: str
    extension: str


def rebuild(data: bytes, *, name: str) -> Rebuilt:
    """Return a new file that shows what the given one shows.

    Refuses: file_too_large above MAX_BYTES; file_not_accepted unless it is a sound photo (JPEG, PNG,
    WebP, GIF) or a PDF without a password, of a size that can be shown, and not named as something else.
    """
    if len(data) > MAX_BYTES:
        raise Refused("file_too_large", _("The file is larger than 10 MB."), status=413)
    named = _NAMED.search(name)
    if not data or (named and named[1].lower() not in _MAY_BE_NAMED):
        raise _not_accepted()
    try:
        with _at_once:
            done = subprocess.run(  # noqa: S603 - our own program
                _PROGRAM, input=data, capture_output=True, timeout=_SECONDS, env={}, check=True
            )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        # Not chained: what the program or a library said may quote the file.
        raise _not_accepted() from None
    media_type, _line, rebuilt = done.stdout.partition(b"\n")
    kind = media_type.decode()
    return Rebuilt(rebuilt, kind, _EXTENSIONS[kind])


def _not_accepted() -> Refused:
    return Refused(
        "file_not_accepted",
        _(
            "This file cannot be accepted. Choose a photo (JPEG, PNG, WebP or GIF) or a PDF without a password."
        ),
    )
