"""The text that is signed for a set of files: whose they are, as of when, and the digest of each. Pure.

`schemas/verify_data.py` reads it again. What is written here is never written otherwise: old files could no longer be
checked.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

FIRST: Final = "linli open data 1"


def listing(house: str, at: datetime, digests: Mapping[str, str]) -> str:
    """Return the text: a line for each file, by name, digest first as sha256sum writes it."""
    moment = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    lines = [FIRST, house, moment, *(f"{digests[name]}  {name}" for name in sorted(digests))]
    return "".join(f"{line}\n" for line in lines)
