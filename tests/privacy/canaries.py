"""Canaries: words that stand nowhere else in the world, one for each thing that somebody told us; and the scanner
that finds them in whatever was written or sent, wrapped as it may be.
"""

import re
import secrets
import zipfile
from base64 import b64decode, b64encode
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from zlib import MAX_WBITS, decompressobj

from tests.town.contents import contents

_WORD = re.compile(rb"cnry-\d{4}-[a-z]+-[0-9a-f]{12}")
_NUMBER = re.compile(rb"(?<!\d)999\d{12}(?!\d)")
_HEX = re.compile(rb"636e72792d(?:[0-9a-f]{2})+")
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{24,}")
# How "cnry-" reads in base64, wherever in its groups of three it begins.
_MARKS = tuple(
    b64encode(b"\0" * lead + b"cnry-")[-(-8 * lead // 6) : 8 * (lead + 5) // 6] for lead in range(3)
)


class Canary(NamedTuple):
    """One canary: of which person (a number), and what of them it stands for."""

    who: int
    what: str


class Cage:
    """All canaries that were let loose."""

    def __init__(self):
        self.known = {}

    def new(self, who, what):
        said = f"cnry-{who:04}-{what}-{secrets.token_hex(6)}"
        self.known[said.encode()] = Canary(who, what)
        return said

    def number(self, who, what):
        """A canary that can be dialled."""
        said = f"999{who:04}{secrets.randbelow(10**8):08}"
        self.known[said.encode()] = Canary(who, what)
        return said

    def of(self, who):
        return {said for said, canary in self.known.items() if canary.who == who}

    def found(self, data):
        """Return every canary in these bytes: plain, in hex, in base64, in a packed file."""
        return {said: self.known[said] for said in _found(bytes(data)) if said in self.known}

    def in_files(self, *folders):
        """Return {file: canaries} for the files below these folders, or these files."""
        paths = [
            path
            for one in map(Path, folders)
            for path in (one.rglob("*") if one.is_dir() else [one])
        ]
        told = {path: self.found(contents(path)) for path in paths if path.is_file()}
        return {str(path): found for path, found in told.items() if found}


def _found(data):
    lower = data.lower()
    said = {*_WORD.findall(lower), *_NUMBER.findall(data)}
    if b"636e72792d" in lower:
        for run in _HEX.findall(lower):
            said |= set(_WORD.findall(bytes.fromhex(run.decode())))
    if any(mark in data for mark in _MARKS):
        for run in _BASE64.findall(data):
            said |= _in_base64(run.translate(bytes.maketrans(b"-_", b"+/")))
    for inner in _unpacked(data):
        said |= _found(inner)
    return said


def _in_base64(run):
    said = set()
    for lead in range(4):
        part = run[lead:] if (len(run) - lead) % 4 != 1 else run[lead:-1]
        part += b"=" * (-len(part) % 4)
        said |= set(_WORD.findall(b64decode(part).lower()))
    return said


def _unpacked(data):
    if data[:2] == b"\x1f\x8b":
        yield decompressobj(MAX_WBITS | 16).decompress(data)
    if data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(BytesIO(data)) as packed:
            yield from (packed.read(name) for name in packed.namelist())
