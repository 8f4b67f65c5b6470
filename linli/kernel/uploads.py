"""What strangers hand in, made harmless: a photo is drawn anew, a PDF is built anew, all else is refused.
Where sound is asked for, it is written anew from its samples.

What comes back holds what is to be seen and nothing that was hidden. The bytes decide what a file is;
its name only says what it cannot be, and is kept nowhere.
"""

import re
import subprocess
import sys
import threading
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from linli.kernel.refusals import Refused

MAX_BYTES = 10_000_000
ACCEPT = (
    "image/jpeg,image/png,image/webp,image/gif,application/pdf"  # for <input type="file" accept>
)
ACCEPT_SOUND = "audio/wav,audio/x-wav,.wav"
_EXTENSIONS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "application/pdf": "pdf",
    "audio/wav": "wav",
}
_NAMED = re.compile(r"\.([a-z][a-z0-9]{1,9})\s*$", re.IGNORECASE)
_MAY_BE_NAMED = frozenset({"jpg", "jpeg", "jpe", "jfif", "png", "webp", "gif", "pdf"})
_MAY_BE_NAMED_SOUND = frozenset({"wav", "wave"})
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
    return _made(data, name, _MAY_BE_NAMED, _PROGRAM, _not_accepted)


def rebuild_sound(data: bytes, *, name: str) -> Rebuilt:
    """Return a new recording that sounds as the given one.

    Only samples as they are (WAV, PCM) can be written anew with what is installed: a compressed recording
    would have to be passed on as it came, with whatever is hidden in it.
    Refuses: file_too_large above MAX_BYTES; sound_not_accepted for everything else.
    """
    return _made(data, name, _MAY_BE_NAMED_SOUND, (*_PROGRAM, "sound"), _no_sound)


def _made(
    data: bytes,
    name: str,
    named_so: Collection[str],
    program: Sequence[str],
    refused: Callable[[], Refused],
) -> Rebuilt:
    if len(data) > MAX_BYTES:
        raise Refused("file_too_large", _("The file is larger than 10 MB."), status=413)
    named = _NAMED.search(name)
    if not data or (named and named[1].lower() not in named_so):
        raise refused()
    try:
        with _at_once:
            done = subprocess.run(  # noqa: S603 - our own program
                program, input=data, capture_output=True, timeout=_SECONDS, env={}, check=True
            )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        # Not chained: what the program or a library said may quote the file.
        raise refused() from None
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


def _no_sound() -> Refused:
    return Refused(
        "sound_not_accepted",
        _(
            "This recording cannot be accepted. Save it as WAV (PCM), mono or stereo, ten minutes at most."
        ),
    )
