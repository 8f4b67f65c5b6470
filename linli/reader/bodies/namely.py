"""What makes the words before a last word a name, and not a common noun (桥门社区, but 示范社区)."""

import re
from functools import cache

from linli.reader.bodies.edges import REACH
from linli.reader.bodies.terms import TermHit
from linli.reader.places.tables import lines_of

_NUMBERED = re.compile(r"[0-9]|[一二三四五六七八九十两几]$")
_HERE = ("社区", "街道", "村", "乡镇", "学校", "小区", "企业", "机关", "院落")
_LONGEST = {"community": 16, "school": 16, "away": 12}
_OF_A_PLACE = frozenset({"office", "association", "leading_group"})
_TWO = frozenset({"school", "hospital", "company", "community"})


def is_name(name: str, hit: TermHit) -> bool:
    """Whether the words before the last word make it a name and not a common noun (示范社区)."""
    kind = hit.term.kind
    whole, ends = generic().get(kind, (frozenset(), ()))
    if not name or name.isdigit() or name in whole or name.endswith(ends):
        return False
    if name.startswith(_HERE) and kind in _OF_A_PLACE:
        return False
    if len(name) > _LONGEST.get(kind, REACH):
        return False
    if kind == "community" and _NUMBERED.search(name):
        return False
    if kind == "away":
        return "驻" in name
    return kind not in _TWO or len(name) > 1 or (kind != "community" and name in "省市区县州")


@cache
def generic() -> dict[str, tuple[frozenset[str], tuple[str, ...]]]:
    """Return, by kind, the words that make no name: whole, and at the end."""
    table = {}
    for line in lines_of("bodies_generic.txt"):
        kind, words = line.split("\t")
        listed = words.split()
        ends = tuple(word[1:] for word in listed if word.startswith("*") and len(word) > 1)
        table[kind] = frozenset(listed), ends
    return table
