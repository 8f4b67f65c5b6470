"""The list that a numeral brand sums up: 进机关、进乡镇、进社区“三进” has three parts before it."""

import re

_COUNTS = {
    "两": 2,
    "双": 2,
    "二": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "十": 10,
}
_COUNT = re.compile(r"^(?:([2-9]|10)|([两双二三四五六七八九十]))(?![0-9十])")
_AND_MORE = re.compile(r"\+([A-Za-z])$")
_CLAUSE = re.compile(r"[,。;:!?“”]")
_LEAD = re.compile(
    r"^(?:[^、]{0,12}?)(?:重点实施|精准开展|接续推进|深入实施|扎实推进|大力实施|全面落实|实施|开展|推进|落实|做好|打造|建立|健全|形成|构建|坚持|包括|面向)"
)
_REACH = 160


def expansion(text: str, view: str, start: int, line_start: int, phrase: str) -> str | None:
    """Return the list that ends at the opening mark of the brand at `start`, as printed, or None."""
    count = _COUNT.match(phrase)
    if not count:
        return None
    more = _AND_MORE.search(phrase) if "+" in phrase else None
    wanted = int(count[1]) if count[1] else _COUNTS[count[2]]
    mark = start - 1
    begin = max(line_start, mark - _REACH)
    cut = _CLAUSE.search(view[begin:mark][::-1])
    begin = mark - cut.start() if cut else begin
    parts = view.count("、", begin, mark) + 1
    if parts != wanted and not (more and parts > 2):
        return None
    return text[_first(view, begin, mark) : mark] + (f" + {more[1]}" if more else "")


def _first(view: str, begin: int, end: int) -> int:
    """Where the first part begins: at the character that all parts begin with, else after the verb."""
    parts = view[begin:end].split("、")
    heads = {part[0] for part in parts[1:] if part}
    shared = parts[0].rfind(next(iter(heads))) if len(heads) == 1 else -1
    if shared >= 0:
        return begin + shared
    lead = _LEAD.match(view[begin:end])
    return begin + lead.end() if lead else begin
