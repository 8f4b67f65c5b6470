"""What each line looks like by itself, before its neighbours are asked."""

import re

from linli.reader.lines import furniture, markup, wording
from linli.reader.lines.look import BLANK, LINK, MENU, PLAIN, Look
from linli.reader.patterns import lazy
from linli.reader.sources import Source

LONGEST_VALUE = 16
LONGEST_CATALOGUED = 40
SHORTEST_HEADLINE = 9
# Equal short lines are looked at once; a text of a million different ones is not kept twice.
MOST_KNOWN = 5000
_RARE_SIGN = lazy(f"[{re.escape(''.join(furniture.RARE_BY_SIGN))}]")

_DATE_FIRSTS = frozenset("0123456789[(∙•·二〇零一○OＯ")
_TAIL_FIRSTS = frozenset("责编审校监主[【(-—")
_CREDIT_FIRSTS = frozenset("([【文图摄供撰视排制美来")
_HEADING_FIRSTS = frozenset("一二三四五六七八九十第(0123456789附①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
CAPTION = Look("caption", 0.3)
KEYED = Look("keyed", 0.3)
HEADING, SHORT_HEADING = Look("heading", 0.4), Look("heading", 0.2)


def looks(rows: list[str], source: Source) -> list[Look]:
    """Return the look of every stripped, folded line of `source`."""
    known: dict[str, Look] = {"": BLANK}
    worded = _worded(rows)
    linked = markup.linked(rows, source.hints)
    found = []
    for number, row in enumerate(rows):
        if number in linked and number not in worded and _is_bare_link(row):
            found.append(LINK)
            continue
        seen = known.get(row)
        if seen is None:
            seen = PLAIN
            if not row.isalnum() or number in worded or not furniture.is_bland(row):
                seen = look(row, worded=number in worded)
            if len(row) <= furniture.LONGEST_TOOL and len(known) < MOST_KNOWN:
                known[row] = seen
        found.append(seen)
    return _valued(rows, markup.adjusted(rows, found, source.hints) if source.hints else found)


def _is_bare_link(row: str) -> bool:
    """A linked headline of a list; shorter ones, paths and neighbours are told by their words."""
    return len(row) >= SHORTEST_HEADLINE and row[0] not in "上下前后当首您" and ">" not in row


def look(row: str, *, worded: bool = True) -> Look:
    """Return what the line `row`, which is not empty, looks like.

    worded: False when it is known that no word of `furniture.RARE` stands in it.
    """
    kind: str | None = None
    if len(row) <= furniture.LONGEST_LABEL:
        kind = furniture.kind_of(row, worded=worded) or _label_of(row)
    if kind is None and worded and len(row) <= furniture.LONGEST_NOTICE:
        kind = furniture.notice_of(row)
    return Look(kind) if kind else _prose(row)


def _worded(rows: list[str]) -> set[int]:
    """Numbers of the lines in which a word of `furniture.RARE` stands: one pass for their signs."""
    longest, words = furniture.LONGEST_NOTICE, furniture.RARE_BY_SIGN
    short = "\n".join([row if len(row) <= longest else "" for row in rows])
    found: set[int] = set()
    count = short.count
    number = at = 0
    for sign in _RARE_SIGN.finditer(short):
        start = sign.start()
        number += count("\n", at, start)
        at = start
        if number not in found:
            row = rows[number]
            for word in words[sign[0]]:
                if word in row:
                    found.add(number)
                    break
    return found


def _label_of(row: str) -> str | None:
    """Return date, meta, tail or byline for a line that its label or its form gives away."""
    first = row[0]
    labelled = ":" in row or "】" in row
    if first in _DATE_FIRSTS and wording.DATE_ALONE.match(row):
        return "date"
    if _is_meta(row, first, labelled=labelled):
        return "meta"
    if (labelled or first in _TAIL_FIRSTS) and wording.TAIL_START.match(row):
        return "tail"
    if labelled and first in _CREDIT_FIRSTS and wording.CREDITS.match(row):
        return "tail"
    credited = labelled or "记者" in row or "员" in row
    if credited and row[-1] not in wording.STOPS and wording.BYLINE.match(row):
        return "byline"
    return None


def _is_meta(row: str, first: str, *, labelled: bool) -> bool:
    if (labelled or first in _DATE_FIRSTS) and wording.META_START.match(row):
        return True
    if row.startswith("原创 ") or row.endswith("[微博]"):
        return True
    if "  " in row and wording.SPREAD.match(row):
        return True
    if row[-1].isdigit() and " " in row and wording.META_DATED.match(row):
        return True
    inside = (labelled or "|" in row) and row[-1] not in wording.STOPS
    return inside and wording.META_INSIDE.search(row) is not None


def _prose(row: str) -> Look:
    """Return the look of a line that is no furniture: how much of a sentence it is."""
    size = len(row)
    if row[-1] in "]】)>" and wording.TEASER.search(row):
        return LINK
    commas = row.count(",")
    stopped = size >= 9 and ("。" in row or ";" in row)
    if stopped or (commas and size >= 24 and ("!" in row or "?" in row)):
        return Look("sentence", 0.5 + min(size, 140) / 40)
    form = _form(row)
    if form:
        return form
    if size >= 36 and commas + row.count("、") / 2 >= 1 and _is_han(row):
        return Look("sentence", 0.4 + min(size, 140) / 140)
    if size >= 6 and row[-1] in ",、":
        return Look("sentence", 0.3)
    return MENU if _is_menu(row) else PLAIN


def _form(row: str) -> Look | None:
    tail = row[-40:]
    pictured = "摄" in tail or "图" in tail or "片" in tail
    if pictured and wording.CAPTION.search(tail):
        return CAPTION
    if row[0] in _HEADING_FIRSTS and wording.HEADING.match(row):
        return HEADING if len(row) >= 12 else SHORT_HEADING
    if (":" in row or "(" in row) and wording.KEYED.match(row):
        return KEYED
    return None


def _is_menu(row: str) -> bool:
    """Four and more short words in a row, or characters spread out."""
    if row.count(" ") < 3:
        return False
    words = row.split(maxsplit=40)
    return len(words) >= 4 and max(map(len, words)) <= 10 and row[-1] not in "。,;:"


def _is_han(row: str) -> bool:
    """More than half of a line is not ASCII: three bytes a character instead of one."""
    return len(row.encode("utf-8", "surrogatepass")) > 2 * len(row)


def _valued(rows: list[str], found: list[Look]) -> list[Look]:
    """What stands below a bare label ("来源:") is its value, if it can be one."""
    for number, row in enumerate(rows[:-1]):
        if not row or row[-1] != ":" or found[number].kind not in {"meta", "tail", "tool"}:
            continue
        below = number + 1 if rows[number + 1] or number + 2 >= len(rows) else number + 2
        kind = found[below].kind
        dated = kind == "date" and found[number].kind == "meta"
        if dated or (kind in {"plain", "byline"} and _is_value(row, rows[below])):
            found[below] = found[number]
    return found


def _is_value(label: str, row: str) -> bool:
    if row.isdigit():
        return True
    if wording.CATALOGUED.match(label) and len(row) <= LONGEST_CATALOGUED:
        return "关于" not in row and wording.TITLE_END.search(row) is None
    return len(row) <= LONGEST_VALUE and wording.VALUED.search(label) is not None
