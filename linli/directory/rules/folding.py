"""One form for what is written and what is asked: Simplified script, half width, lower case, no marks that
nobody types. Folding is for finding only: what is shown stays as it was written.
"""

from functools import cache
from unicodedata import category, normalize

from opencc import OpenCC

LONGEST = 100  # characters of a question that are read
# Han script, which writes no spaces between words: the common block, its extensions, compatibility forms.
HAN = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"


class _Signs(dict[int, int]):
    """What each character becomes, worked out when it is first met. spaced: categories that become a space."""

    def __init__(self, spaced: str) -> None:
        self.spaced = frozenset(spaced.split())

    def __missing__(self, code: int) -> int:
        major = category(chr(code))
        self[code] = SPACE if {major, major[0]} & self.spaced else code
        return self[code]


SPACE = ord(" ")
_UNSAYABLE = _Signs("Cs Cc")  # halves of characters; what ends a string in C
_NO_WORD = _Signs("C P S Z")  # all but letters, digits and the marks that stand on them


def folded(text: str) -> str:
    """Return `text` as the search compares it: words, and single spaces for all that is no word."""
    narrow = normalize("NFKC", text.translate(_UNSAYABLE)).casefold()
    simple: str = _converter().convert(narrow)
    return " ".join(simple.translate(_NO_WORD).split())


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")
