"""The text as the finders see it: raw characters and a folded twin of the same length.

Folding never moves an offset, so what is found in the twin slices back from the raw text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from unicodedata import normalize

from opencc import OpenCC

from linli.reader.reading import Line, Span

_FEW = 32
# Full-width forms, CJK compatibility ideographs, ideographic and thin spaces, superscripts.
_WIDE = ((0xA0, 0x100), (0x2000, 0x2070), (0x3000, 0x3001), (0xF900, 0xFB00), (0xFF01, 0xFF5F))


def fold(text: str) -> str:
    """Return `text` in Simplified script with half-width letters, digits and marks; same length.

    Full-width comma, colon, brackets and the like become their ASCII twins; 、。“”《》 stay.
    OpenCC's t2s dictionaries never change a length (tested); should one do so, the text is kept
    in its own script rather than with shifted offsets.
    """
    narrow = _narrow(text)
    if _traditional().search(narrow) is None:
        return narrow
    simplified: str = _converter().convert(narrow)
    return simplified if len(simplified) == len(text) else narrow


def _narrow(text: str) -> str:
    """Fold width. A page uses few of these signs, and to replace one is quicker than to map all."""
    folded, sign = _folded()
    for _ in range(_FEW):
        wide = sign.search(text)
        if wide is None:
            return text
        text = text.replace(wide[0], folded[ord(wide[0])])
    return text.translate(folded)


@cache
def _folded() -> tuple[dict[int, str], re.Pattern[str]]:
    """Return what each wide character becomes under NFKC, and the class of them all.

    Only those are folded that become exactly one other printable character.
    """
    wide = "".join(chr(code) for block in _WIDE for code in range(*block))
    folded = {
        ord(old): new for old in wide if len(new := normalize("NFKC", old)) == 1 and new != old
    }
    return folded, re.compile(f"[{''.join(map(chr, folded))}]")


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


@cache
def _traditional() -> re.Pattern[str]:
    """Return the class of characters that only Traditional script has, and of all beyond the BMP."""
    hanzi = "".join(map(chr, (*range(0x2E80, 0xA000), *range(0xF900, 0xFB00))))
    told: list[str] = _converter().convert("\n".join(hanzi)).split("\n")
    changed = "".join(old for old, new in zip(hanzi, told, strict=True) if old != new)
    return re.compile(f"[{changed}\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True)
class Article:
    """The main lines of a document, for the finders.

    text: the raw text; view: `fold(text)`, same length; lines: the main lines in order.
    Finders match on `view`, inside one line at a time, and take surfaces from `text`.
    """

    text: str
    view: str
    lines: tuple[Line, ...]

    def spans(self) -> Iterator[Span]:
        """Yield [start, end) of each main line."""
        for line in self.lines:
            yield Span(line.start, line.end)
