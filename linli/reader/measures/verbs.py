"""The verbs of the genre, found in one pass: what each is and which of them stand side by side."""

import re
from functools import cache
from importlib import resources
from typing import NamedTuple

from linli.reader.measures.wording import any_of

# The stronger kind names a compound: 研究解决 is as much a deed as 解决.
_STRENGTH = {"empty": 0, "way": 1, "carry": 2, "weak": 3, "noun": 4, "act": 5}


_JOINING = frozenset(("act", "weak"))


class Verb(NamedTuple):
    """A verb at [start, end). kind: act, noun, weak, carry, way, empty; status: its usual one."""

    start: int
    end: int
    kind: str
    status: str


@cache
def _table() -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    """Return the pattern of all words, and word -> (kind, status)."""
    source = resources.files("linli.reader") / "data" / "measures_verbs.tsv"
    words: dict[str, tuple[str, str]] = {}
    for row in source.read_text("utf-8").splitlines():
        if row and not row.startswith("#"):
            kind, status, listed = row.split("\t")
            words.update(dict.fromkeys(listed.split(), (kind, status)))
    return any_of(words), words


def first(masked: str, start: int, end: int) -> Verb | None:
    """Return the first verb in [start, end), or None.

    The longest where several begin together; 党组织 and other names that hold a verb are passed over.
    """
    pattern, words = _table()
    while found := pattern.search(masked, start, end):
        kind, status = words[found.group()]
        start = found.end()
        if kind != "name":
            return Verb(found.start(), start, kind, status)
    return None


def joined(masked: str, verb: Verb, end: int) -> Verb:
    """Return the compound that begins with `verb`: 制定 + 出台 is one verb.

    A word that is as often a noun does not join from behind: 开展培训 has an object.
    """
    pattern, words = _table()
    for _ in range(2):
        after = pattern.match(masked, verb.end, end)
        kind, status = words[after.group()] if after else ("name", "")
        if after is None or verb.kind == "empty" or kind not in _JOINING:
            return verb
        stronger = max(verb.kind, kind, key=_STRENGTH.__getitem__)
        verb = Verb(verb.start, after.end(), stronger, status)
    return verb
