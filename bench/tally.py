"""Counting what a reading got right: one function a field, each fair to both sides.

An item is found once at most and the best overlap wins. Figures marked soft in the gold are neither
asked for nor held against the reader.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from bench.gold import Gold, Item

Found = dict[str, Any]
MEASURED_NAMES = """
CNY USD % percentage_point m2 km2 km m nmi mu jin t year_age minute hour day month year
person person_time household times fraction ratio_part
"""
# Units that are told apart; any other counted thing is an item.
MEASURED = frozenset(MEASURED_NAMES.split())


class Tally(NamedTuple):
    """Right ones, wrong ones, missed ones."""

    hits: int = 0
    wrong: int = 0
    missed: int = 0

    def plus(self, other: "Tally") -> "Tally":
        return Tally(self.hits + other.hits, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def f1(self) -> float:
        """Return the F1 measure; 1.0 where there was nothing to find and nothing was found."""
        total = 2 * self.hits + self.wrong + self.missed
        return 2 * self.hits / total if total else 1.0


def tally(hits: int, found: int, asked: int) -> Tally:
    return Tally(hits, found - hits, asked - hits)


def overlap(item: Item, found: Found) -> float:
    """Return shared characters over all characters of the two."""
    shared = min(item.end, found["end"]) - max(item.start, found["start"])
    whole = max(item.end, found["end"]) - min(item.start, found["start"])
    return shared / whole if shared > 0 else 0.0


def matched(
    items: Sequence[Item], found: Sequence[Found], fits: Callable[[Item, Found], bool]
) -> list[tuple[Item, Found]]:
    """Return pairs that belong together, one to one, best overlap first."""
    pairs = [
        (-overlap(item, other), n, m)
        for n, item in enumerate(items)
        for m, other in enumerate(found)
        if overlap(item, other) > 0 and fits(item, other)
    ]
    chosen: list[tuple[Item, Found]] = []
    left, right = set[int](), set[int]()
    for _, n, m in sorted(pairs):
        if n not in left and m not in right:
            left.add(n)
            right.add(m)
            chosen.append((items[n], found[m]))
    return chosen


def half(item: Item, found: Found) -> bool:
    return overlap(item, found) >= 0.5


def same_span(item: Item, found: Found) -> bool:
    return (item.start, item.end) == (found["start"], found["end"])


def spans(gold: Gold, record: Found, kind: str, *, exact: bool) -> Tally:
    """Count items of `kind` found with their very span, or with half of it."""
    pairs = matched(gold.items[kind], record[kind], half)
    hits = sum(1 for pair in pairs if not exact or same_span(*pair))
    return tally(hits, len(record[kind]), len(gold.items[kind]))


def valued(gold: Gold, record: Found, kind: str, field: str) -> Tally:
    """Count items of `kind` found with the right value of `field`."""
    pairs = matched(gold.items[kind], record[kind], lambda item, found: overlap(item, found) >= 0.3)
    hits = sum(1 for item, found in pairs if item.says[field] == str(found[field]))
    return tally(hits, len(record[kind]), len(gold.items[kind]))


def figures(gold: Gold, record: Found, agree: Callable[[Found, Found], bool]) -> Tally:
    """Count hard figures on which gold and reading agree."""
    hard = [item for item in gold.items["figures"] if item.says["class"] == "hard"]
    soft = [item for item in gold.items["figures"] if item.says["class"] == "soft"]
    pairs = matched(hard, record["figures"], holds_number)
    taken = {id(found) for _, found in pairs}
    stray = [
        found
        for found in record["figures"]
        if id(found) not in taken and not any(overlap(item, found) for item in soft)
    ]
    hits = sum(1 for item, found in pairs if agree(item.says, found))
    return tally(hits, len(pairs) + len(stray), len(hard))


def holds_number(item: Item, found: Found) -> bool:
    """Tell whether the found figure holds the whole numeral, or half of the annotated span."""
    start = item.start + item.says["surface"].index(item.says["num"])
    held = found["start"] <= start and start + len(item.says["num"]) <= found["end"]
    return held or half(item, found)


def same_value(says: Found, found: Found) -> bool:
    return found["value"] is not None and abs(says["value"] - found["value"]) < 1e-9 * says["value"]


def same_unit(says: Found, found: Found) -> bool:
    ours, theirs = (u if u in MEASURED else "item" for u in (says["unit"], found["unit"]))
    return same_value(says, found) and ours == theirs


def same_bound(says: Found, found: Found) -> bool:
    return same_unit(says, found) and bool(says["bound"] == found["bound"])


def counted(asked: Iterable[object], found: Iterable[object]) -> Tally:
    """Count members of two collections that are equal."""
    ours, theirs = Counter(asked), Counter(found)
    return tally((ours & theirs).total(), theirs.total(), ours.total())


def pairs(gold: Gold, record: Found) -> Tally:
    asked = ((pair["before"], pair["after"]) for pair in gold.head["pairs"])
    return counted(asked, ((pair["before"], pair["after"]) for pair in record["pairs"]))


def constraints(gold: Gold, record: Found) -> Tally:
    def form(entry: Found) -> tuple[str, tuple[float, ...], float]:
        return entry["kind"], tuple(sorted(entry["parts"])), entry["whole"]

    return counted(map(form, gold.head["constraints"]), map(form, record["constraints"]))


def verbs(gold: Gold, record: Found) -> Tally:
    """Count measures found with their verb, or with a part or an extension of it."""
    found = matched(gold.items["measures"], record["measures"], half)
    hits = sum(1 for item, other in found if one_in_other(item.says["verb"], other["verb"]))
    return tally(hits, len(record["measures"]), len(gold.items["measures"]))


def one_in_other(ours: str, theirs: str) -> bool:
    return bool(theirs) and (ours in theirs or theirs in ours)


def statuses(gold: Gold, record: Found) -> Tally:
    return valued(gold, record, "measures", "status")


def promises(gold: Gold, record: Found) -> Tally:
    """Count measures that are promised and found as promised."""
    asked = [item for item in gold.items["measures"] if item.says["status"] == "planned"]
    found = [measure for measure in record["measures"] if measure["status"] == "planned"]
    return tally(len(matched(asked, found, half)), len(found), len(asked))


def boundary(gold: Gold, record: Found, *, label: bool) -> Tally:
    """Count passages that are out of scope and marked so; with `label`, for the right reason."""
    asked = [item for item in gold.items["measures"] if item.says.get("boundary")]
    found = [measure for measure in record["measures"] if measure.get("boundary")]
    both = matched(asked, found, lambda item, other: overlap(item, other) >= 0.3)
    hits = sum(1 for i, other in both if not label or i.says["boundary"] == other["boundary"])
    return tally(hits, len(found), len(asked))


def lines(gold: Gold, record: Found) -> Tally:
    """Count kept lines: paragraphs and headings are asked for, furniture is held against."""
    kept = set(record["main_lines"])
    return Tally(len(kept & gold.body), len(kept & gold.furniture), len(gold.body - kept))
