"""Files that are replaced whole: readable by us alone, never seen by half, and there after a power failure."""

import os
from pathlib import Path


def write_whole(path: Path, text: str) -> None:
    """Put `text` at `path`, in place of what is there. Writers of one file take turns elsewhere."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # One name, so that what a killed writer leaves behind is gone after the next.
    aside = path.with_name(f"{path.name}.new")
    aside.unlink(missing_ok=True)
    with os.fdopen(os.open(aside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)
    # The name lasts too.
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
