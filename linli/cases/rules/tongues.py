"""In which language somebody wrote, as far as the letters tell: so that a page shows their words with the right
letters and direction. A guess about a text, never kept, and said of nobody. Pure.
"""

import unicodedata
from collections import Counter

# The script's first word in Unicode's names -> the language it is mostly written for here.
_SCRIPTS = {
    "ARABIC": "ug",
    "TIBETAN": "bo",
    "MONGOLIAN": "mn-Mong",
    "YI": "ii",
    "CJK": "zh",
    "LATIN": "en",
}
# Languages that are written in a script beside the first one.
_ALSO = {"ARABIC": ("kk-Arab",), "LATIN": ("za",), "CJK": ("zh-Hans", "zh-Hant")}


def tongue_of(text: str, asked: str = "") -> str:
    """Return the tag of the text's language; `asked`, the language they read, when the letters allow it."""
    scripts = Counter(unicodedata.name(c, "").partition(" ")[0] for c in text if c.isalpha())
    known = {script: count for script, count in scripts.items() if script in _SCRIPTS}
    if not known:
        return asked or "und"
    script = max(known, key=lambda one: known[one])
    return asked if asked in _ALSO.get(script, ()) else _SCRIPTS[script]
