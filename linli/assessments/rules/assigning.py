"""Who checks whom: nobody itself, nobody barred, never both ways, in equal parts, some twice and blindly. Pure."""

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from linli.assessments.rules.dealing import able, dealt
from linli.kernel.drawing import in_order


class Checks(NamedTuple):
    """What a draw of checks closes with. All are codes of units; `barred` are pairs, each sorted.

    `each`: by how many each of `checked` is checked; `twice`: how many of them by one more, blindly.
    """

    each: int
    twice: int
    checked: Sequence[str]
    pool: Sequence[str]
    barred: Sequence[tuple[str, str]]

    def apart(self) -> dict[str, set[str]]:
        """Return whom each unit may neither check nor be checked by."""
        told: dict[str, set[str]] = {}
        for one, other in self.barred:
            told.setdefault(one, set()).add(other)
            told.setdefault(other, set()).add(one)
        return told


class Task(NamedTuple):
    """One check: who checks whom; a second one repeats, blindly, what `repeats` does."""

    whom: str
    who: str
    repeats: str = ""


def written(terms: Checks) -> str:
    """Return the list as it is published: JSON, sorted, without blanks."""
    said = {
        "kind": "checks",
        "each": terms.each,
        "twice": terms.twice,
        "checked": sorted(terms.checked),
        "pool": sorted(terms.pool),
        "barred": sorted(sorted(pair) for pair in terms.barred),
    }
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read(text: str) -> Checks:
    """Return what a list says. Raises ValueError, TypeError or KeyError for what is none."""
    said: dict[str, Any] = json.loads(text)
    pairs = [(one, other) for one, other in said["barred"]]
    terms = Checks(int(said["each"]), int(said["twice"]), said["checked"], said["pool"], pairs)
    if written(terms) != text:
        message = "the list is not written as lists are"
        raise ValueError(message)
    return terms


def twice_of(checked: int, share: int) -> int:
    """Return how many of so many are checked twice: `share` in a hundred, rounded up."""
    return -(-checked * share // 100)


def assigned(seed: str, terms: Checks) -> list[Task] | None:
    """Return every check, in the order of the lots; None when no way is found."""
    order = in_order(f"{seed}:checked", terms.checked)
    blind = set(in_order(f"{seed}:twice", terms.checked)[: terms.twice])
    wants = {whom: terms.each + (whom in blind) for whom in order}
    found = dealt(seed, wants, terms.pool, terms.apart())
    if found is None:
        return None
    tasks = []
    for whom in order:
        checkers = in_order(f"{seed}:{whom}", found[whom])
        tasks += [Task(whom, who) for who in checkers[: terms.each]]
        tasks += [Task(whom, who, checkers[0]) for who in checkers[terms.each :]]
    return tasks


def loads(terms: Checks, tasks: Sequence[Task]) -> dict[str, int]:
    """Return how many checks each of the pool has."""
    told = dict.fromkeys(terms.pool, 0)
    for task in tasks:
        told[task.who] += 1
    return told


def too_few(terms: Checks) -> list[str]:
    """Return who cannot be checked by so many, whatever is drawn: too many are barred."""
    apart, most = terms.apart(), terms.each + bool(terms.twice)
    return [whom for whom in sorted(terms.checked) if able(whom, terms.pool, apart) < most]
