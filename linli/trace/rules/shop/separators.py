"""Several codes in one cell, and numbers that stand for a person where a business is asked for. Pure."""

import re
from typing import Final

_BETWEEN: Final = re.compile(r"[\s,，、;；|]+")
_MOBILE: Final = re.compile(r"(?<!\d)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)")


def listed(text: str) -> list[str]:
    """Return the codes in one cell, each once, in their order."""
    return [*dict.fromkeys(one for one in _BETWEEN.split(text.strip()) if one)]


def speaks_of_a_person(text: str) -> bool:
    """Say whether a mobile telephone number, or an address of e-mail, stands in a text."""
    return bool(_MOBILE.search(text)) or "@" in text
