"""An output that may break off at any moment: what was read is not read again, and nothing stands there twice.

Beside FILE lies FILE.read: for each document a line with its name, where its reading ends in FILE, and why there is
none. A reading is written before its line is.
"""

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, Self


class OtherFiles(Exception):
    """The output was begun for other documents, or is not what was written; in words."""


class Output:
    """One output and the list of what is in it. A context manager."""

    def __init__(self, path: Path, names: Sequence[str]) -> None:
        self._path = path
        self._beside = path.with_name(f"{path.name}.read")
        lines = _whole_lines(self._beside)
        self.done = len(lines)
        self.failed = sum(reason is not None for _, _, reason in lines)
        if [name for name, _, _ in lines] != list(names[: self.done]):
            message = f"{path} was begun for other files"
            raise OtherFiles(message)
        self._end = int(lines[-1][1]) if lines else 0
        if lines and (not path.exists() or path.stat().st_size < self._end):
            message = f"{path} is not what was written: remove {self._beside} to begin anew"
            raise OtherFiles(message)

    def __enter__(self) -> Self:
        self._file = _opened(self._path, self._end)
        self._list = _opened(self._beside, len(b"".join(_whole(self._beside))))
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
        self._list.close()

    def add(self, name: str, printed: str | None, reason: str | None) -> None:
        """Write one reading, then that it is written."""
        self._end += self._file.write((printed or "").encode(errors="replace"))
        self._file.flush()
        line = json.dumps([name, self._end, reason], ensure_ascii=False) + "\n"
        self._list.write(line.encode(errors="surrogateescape"))
        self._list.flush()


def _opened(path: Path, size: int) -> BinaryIO:
    """Open a file to go on after so many bytes; what is behind them was broken off."""
    file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o666), "r+b")
    file.truncate(size)
    file.seek(size)
    return file


def _whole_lines(path: Path) -> list[tuple[str, int, str | None]]:
    try:
        found = [json.loads(line.decode(errors="surrogateescape")) for line in _whole(path)]
        return [(str(name), int(end), reason) for name, end, reason in found]
    except (ValueError, TypeError):
        message = f"{path} is not a list of what was read"
        raise OtherFiles(message) from None


def _whole(path: Path) -> list[bytes]:
    """Return the lines of a file that have an end."""
    kept = path.read_bytes() if path.exists() else b""
    return [line for line in kept.splitlines(keepends=True) if line.endswith(b"\n")]
