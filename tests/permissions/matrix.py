"""Reads the matrix, and holds it against the addresses that there are: each has a row, and each row an address."""

import csv
from dataclasses import dataclass, replace
from pathlib import Path

from django.urls import URLPattern, get_resolver

FILE = Path(__file__).with_name("matrix.csv")
ACTORS = (
    "anonymous", "planner", "officer", "other officer", "supervisor", "own supervisor", "clerk",
    "administrator",
)  # fmt: skip
OUTCOMES = {
    "ok", "looked", "done", "redirect", "login", "forbidden", "missing", "form", "refused", "method",
    "unsigned", "bad", "conflict", "over", "idle",
}  # fmt: skip
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


@dataclass(frozen=True)
class Row:
    """One line: what is asked of an address, and what each actor is answered."""

    route: str
    method: str
    sends: str
    of: str
    outcomes: dict[str, str]
    holes: frozenset[str]  # the actors who are answered otherwise today

    def __str__(self):
        return f"{self.route} {self.method} {self.sends} of {self.of}"

    def but(self, **outcomes):
        """Return the same line with other answers."""
        return replace(self, outcomes=self.outcomes | outcomes)


def read(text):
    """Return the rows. Raises ValueError for a line that leaves an actor out or says an unknown word."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    head, *cells = [[cell.strip() for cell in line] for line in csv.reader(lines)]
    if head != ["route", "method", "sends", "of", *ACTORS]:
        raise ValueError(head)
    rows = []
    for route, methods, sends, of, *words in cells:
        if len(words) != len(ACTORS) or not OUTCOMES.issuperset(w.removesuffix("!") for w in words):
            raise ValueError(route, words)
        said = dict(zip(ACTORS, words, strict=True))
        outcomes = {who: word.removesuffix("!") for who, word in said.items()}
        holes = frozenset(who for who, word in said.items() if word.endswith("!"))
        rows += [Row(route, one, sends, of, outcomes, holes) for one in methods.split()]
    return rows


ROWS = read(FILE.read_text())


def addresses(resolver=None, names=()):
    """Yield name and pattern of every address of the project; one without a name is called by its path."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield ":".join([*names, pattern.name or str(pattern.pattern)]), pattern
        else:
            inside = [*names, pattern.namespace] if pattern.namespace else names
            yield from addresses(pattern, inside)


def differences(rows):
    """Return the addresses without a row, those that share a name, and the rows without an address."""
    names = [name for name, _pattern in addresses()]
    listed = {row.route for row in rows}
    return {
        "without a row": sorted({*names} - listed),
        "named twice": sorted({name for name in names if names.count(name) > 1}),
        "without an address": sorted(listed - {*names}),
    }
