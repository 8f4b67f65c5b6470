"""Power loss, rebuilt: what a traced program wrote and flushed, and what is left on the disk when it is cut off.

A disk may keep what was written since the last flush, or half of it, or nothing; a flush is a promise. Names of files
count as kept once the file or its folder was flushed.
"""

import random
import re
import shutil
import subprocess
from codecs import escape_decode
from dataclasses import dataclass, field
from pathlib import Path

SECTOR = 512
CALLS = "pwrite64,write,fsync,fdatasync,ftruncate,unlink"
_FILES = (".sqlite3", ".sqlite3-wal", ".sqlite3-journal")
# 7615  pwrite64(4</tmp/…-wal>, "…", 4096, 32) = 4096, each letter as \x2f
_LINE = re.compile(rb'^\d+ +(\w+)\((?:(\d+)<([^>]*)>(?:, )?)?(?:"([^"]*)")?[, ]*([^)]*)\) += (\d+)')


def traced(command, home, log, **how):
    """Run a program under a tracer that notes what it writes, in order; none of it is left out."""
    tracer = ["strace", "-f", "-y", "-xx", "-s", "131072", "-e", f"trace={CALLS}", "-o", str(log)]
    return subprocess.run([*tracer, *command], check=True, capture_output=True, text=True, **how)


@dataclass
class File:
    """One file: what is safe on the disk, and what has been written since."""

    safe: bytearray = field(default_factory=bytearray)
    there: bool = False
    waiting: list = field(default_factory=list)

    def flush(self):
        self.safe, self.there = self.left(lambda: True), True
        self.waiting.clear()

    def left(self, keeps):
        """Return what is there when of each sector that waits `keeps()` says whether it came to the disk."""
        found = bytearray(self.safe)
        for at, data in self.waiting:
            if data is None:
                if keeps():
                    del found[at:]
                continue
            for begin in range(0, len(data), SECTOR):
                if keeps():
                    piece = data[begin : begin + SECTOR]
                    if len(found) < at + begin:
                        found.extend(bytes(at + begin - len(found)))
                    found[at + begin : at + begin + len(piece)] = piece
        return found


@dataclass
class Disk:
    """What a home's databases are on the disk, moment by moment, as a trace tells it."""

    home: Path
    files: dict[str, File] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)

    def __post_init__(self):
        for path in self.home.rglob("*"):
            if path.name.endswith(_FILES):
                self.files[str(path)] = File(bytearray(path.read_bytes()), there=True)

    def replayed(self, log):
        """Do what was noted, call by call; yield the name of each that touched the disk or said something."""
        with Path(log).open("rb") as lines:
            for line in lines:
                if (call := _LINE.match(line)) and self._do(*call.groups()):
                    yield call[1].decode()

    def _do(self, name, number, path, text, numbers, _result):
        path, text = (escape_decode(one or b"")[0] for one in (path, text))
        if name == b"unlink":
            path, number = text, b""
        if name == b"write" and number == b"1":
            self.said += text.decode().split()
            return True
        there = path.decode()
        if not there.endswith(_FILES):
            return False
        file = self.files.setdefault(there, File())
        if name == b"pwrite64":
            length, at = (int(one) for one in numbers.split(b", "))
            assert length == len(text)
            file.waiting.append((at, text))
        elif name == b"ftruncate":
            file.waiting.append((int(numbers), None))
        elif name == b"unlink":
            file.waiting.append((0, None))
        else:
            file.flush()
        return True

    def cut(self, to, share=0.0, seed=0):
        """Put down what is left when the power goes now: of what was not flushed this share, by lot."""
        dice = random.Random(seed)
        shutil.rmtree(to, ignore_errors=True)
        shutil.copytree(self.home, to, ignore=lambda _, names: [
            name for name in names if name.endswith((*_FILES, "-shm"))
        ])  # fmt: skip
        for path, file in self.files.items():
            left = file.left(lambda: dice.random() < share)
            if file.there or left:
                (to / Path(path).relative_to(self.home)).write_bytes(left)
        return to
