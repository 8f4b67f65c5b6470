"""Names of things that other engines keep, about which somebody may have a concern. Pure."""

import re
from typing import Final

_NAMED: Final = re.compile(r"food:[0-9A-Z-]{9}")


def is_concern(about: str) -> bool:
    """Say whether this names a thing of another engine: its kind and its public code."""
    return _NAMED.fullmatch(about) is not None
