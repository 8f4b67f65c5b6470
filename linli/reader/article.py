"""The text as the finders see it: raw characters and a folded twin of the same length.

Folding never moves an offset, so what is found in the twin slices back from the raw text.
"""

import re
from dataclasses import dataclass
from functools import cache, cached_property
from unicodedata import normalize

from opencc import OpenCC

from linli.reader.reading import Line, Span

_FEW = 32
_new = tuple.__new__  # half the time of a call of Span
# Full-width forms, CJK compatibility ideographs, ideographic and thin spaces, superscripts.
_WIDE = ((0xA0, 0x100), (0x2000, 0x2070), (0x3000, 0x3001), (0xF900, 0xFB00), (0xFF01, 0xFF5F))


def fold(text: str) -> str:
    """Return `text` in Simplified script with half-width letters, digits and marks; same length.

    Full-width comma, colon, brackets and the like become their ASCII twins; 、。“”《》 stay.
    OpenCC's t2s dictionaries never change a length (tested); should one do so, the text is kept
    in its own script rather than with shifted offsets.
    """
    wide, either = _signs()
    narrow, at = _narrow(text, either, 0)
    if at < 0:
        return narrow
    narrow, _ = _narrow(narrow, wide, at)
    simplified: str = _converter().convert(narrow)
    return simplified if len(simplified) == len(text) else narrow


def _narrow(text: str, sign: re.Pattern[str], at: int) -> tuple[str, int]:
    """Fold the wide signs from `at` on, up to a `sign` that is not wide; return where that stands, or -1.

    A page uses few of these signs, and to replace one is quicker than to map all.
    """
    folded = _folded()
    for _ in range(_FEW):
        found = sign.search(text, at)
        if found is None:
            return text, -1
        narrow = folded.get(found[0])
        if narrow is None:
            return text, found.start()
        text = text.replace(found[0], narrow)
        at = found.end()
    text = text.translate({ord(old): new for old, new in folded.items()})
    found = sign.search(text, at)
    return text, found.start() if found else -1


@cache
def _folded() -> dict[str, str]:
    """Return what each wide character becomes under NFKC.

    Only those are folded that become exactly one other printable character.
    """
    wide = "".join(chr(code) for block in _WIDE for code in range(*block))
    return {old: new for old in wide if len(new := normalize("NFKC", old)) == 1 and new != old}


@cache
def _signs() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the class of all wide characters, and of them and what tells a Traditional text."""
    wide = "".join(_folded())
    return re.compile(f"[{wide}]"), re.compile(f"[{wide}{_traditional()}]")


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


def _traditional() -> str:
    """Return the characters that only Traditional script has, and all beyond the BMP, as a class."""
    hanzi = "".join(map(chr, (*range(0x2E80, 0xA000), *range(0xF900, 0xFB00))))
    told: list[str] = _converter().convert("\n".join(hanzi)).split("\n")
    changed = "".join(old for old, new in zip(hanzi, told, strict=True) if old != new)
    return f"{changed}\U00020000-\U0003ffff"


@dataclass(frozen=True)
class Article:
    """The main lines of a document, for the finders.

    text: the raw text; view: `fold(text)`, same length; lines: the main lines in order.
    Finders match on `view`, inside one line at a time, and take surfaces from `text`.
    """

    text: str
    view: str
    lines: tuple[Line, ...]

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """[start, end) of each main line."""
        return tuple([_new(Span, line[:2]) for line in self.lines])
