"""The verbs of the genre, found in one pass: what each is and which of them stand side by side."""

import re
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import NamedTuple

from linli.reader.measures.wording import any_of

# The stronger kind names a compound: 研究解决 is as much a deed as 解决.
_STRENGTH = {"empty": 0, "way": 1, "carry": 2, "weak": 3, "noun": 4, "act": 5}


# No clause of this genre keeps its verb back for longer; hostile ones stay cheap.
REACH = 160
_JOINING = frozenset(("act", "weak"))
_SETTLED = frozenset(("act", "noun", "weak", "empty"))
# 投入200万元新建…: the money serves the deed after it.
FUNDING = frozenset(
    ("投资", "投入", "筹集", "筹措", "争取", "出资", "安排", "整合", "自筹", "落实", "拨付")
)
_APART = FUNDING | {"进行", "组织"}


# (start, end, kind, status) of a verb. kind: act, noun, weak, carry, way, empty; status: its usual
# one. A plain tuple, for one is made for every clause.
Verb = tuple[int, int, str, str]


class Table(NamedTuple):
    """All words: their pattern (the longest rules where several begin together), word -> (kind,
    status, settles: rules where nothing but an adverb stands before it), and the first two characters of those that may stand second in a compound.

    Kind `name` marks what only seems to hold a verb: 党组织.
    """

    pattern: re.Pattern[str]
    words: dict[str, tuple[str, str, bool]]
    joining: frozenset[str]


@cache
def table() -> Table:
    """Return the table, read when first asked for."""
    source = resources.files("linli.reader") / "data" / "measures_verbs.tsv"
    words: dict[str, tuple[str, str, bool]] = {}
    for row in source.read_text("utf-8").splitlines():
        if row and not row.startswith("#"):
            kind, status, listed = row.split("\t")
            for word in listed.split():
                words[word] = kind, status, kind in _SETTLED and word not in _APART
    joining = frozenset(word[:2] for word, (kind, *_) in words.items() if kind in _JOINING)
    return Table(any_of(words), words, joining)


def each(masked: str, start: int, end: int) -> Iterator[Verb]:
    """Yield the verbs in [start, end), in order; names that hold one are passed over."""
    pattern, words, _ = table()
    for match in pattern.finditer(masked, start, end):
        kind, status, _ = words[match.group()]
        if kind != "name":
            yield match.start(), match.end(), kind, status


def joined(masked: str, verb: Verb, end: int) -> Verb:
    """Return the compound that begins with `verb`: 制定 + 出台 is one verb.

    A word that is as often a noun does not join from behind: 开展培训 has an object. Nor does one
    join 融入, 纳入…: what stands before these is what is put in.
    """
    pattern, words, joining = table()
    start, stop, kind, status = verb
    if kind == "empty" or masked[stop : stop + 2] not in joining:
        return verb
    for _ in range(2):
        after = pattern.match(masked, stop, end)
        if after is None:
            break
        its_kind, its_status, _ = words[after[0]]
        if its_kind not in _JOINING or (kind == "noun" and after[0].endswith("入")):
            break
        kind = max(kind, its_kind, key=_STRENGTH.__getitem__)
        stop, status = after.end(), its_status
    return start, stop, kind, status
