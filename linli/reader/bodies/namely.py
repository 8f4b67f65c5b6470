"""What makes the words before a last word a name, and not a common noun (桥门社区, but 示范社区)."""

import re
from functools import cache

from linli.reader.bodies.edges import REACH
from linli.reader.bodies.terms import TermHit
from linli.reader.places.tables import lines_of

Generic = tuple[frozenset[str], dict[str, tuple[str, ...]]]

_NONE: Generic = (frozenset(), {})
_NUMBERED = re.compile(r"[0-9]|[一二三四五六七八九十两几]$")
_HERE = ("社区", "街道", "村", "乡镇", "学校", "小区", "企业", "机关", "院落")
_LONGEST = {"community": 16, "school": 16, "away": 12}
_OF_A_PLACE = frozenset({"office", "association", "leading_group"})
_TWO = frozenset({"school", "hospital", "company"})


def is_name(name: str, hit: TermHit) -> bool:
    """Whether the words before the last word make it a name and not a common noun (示范社区)."""
    kind = hit.term.kind
    if not name or name.isdigit() or _is_generic(name, kind):
        return False
    if kind == "community":
        return 1 < len(name) <= _LONGEST[kind] and not _NUMBERED.search(name)
    if kind == "away":
        return "驻" in name and len(name) <= _LONGEST[kind]
    if kind in _OF_A_PLACE and name.startswith(_HERE):
        return False
    if len(name) > _LONGEST.get(kind, REACH):
        return False
    return kind not in _TWO or len(name) > 1 or name in "省市区县州"


def _is_generic(name: str, kind: str) -> bool:
    whole, endings = generic().get(kind, _NONE)
    return name in whole or (name[-1] in endings and name.endswith(endings[name[-1]]))


@cache
def generic() -> dict[str, Generic]:
    """Return, by kind, the words that make no name: whole, and at the end by their last character."""
    table: dict[str, Generic] = {}
    for line in lines_of("bodies_generic.txt"):
        kind, words = line.split("\t")
        listed = words.split()
        endings: dict[str, tuple[str, ...]] = {}
        for word in listed:
            if word.startswith("*") and len(word) > 1:
                endings[word[-1]] = (*endings.get(word[-1], ()), word[1:])
        table[kind] = frozenset(listed), endings
    return table
