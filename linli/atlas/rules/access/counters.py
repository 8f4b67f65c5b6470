"""Which counters serve somebody at one hour: open, in the language that is asked for, for the service that is. Pure.

Languages and hours are of counters, never of people. A counter keeps its own hours for a service where the
directory says so, and the place's hours otherwise.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time
from typing import Final, NamedTuple

from linli.atlas.rules.access.squares import Square

Span = tuple[time, time]
Week = Sequence[Sequence[Span]]  # Monday first
IN_PERSON: Final = "in_person"


class Asked(NamedTuple):
    """What somebody needs: a weekday (0 is Monday), an hour, a language ("": any), spoken in one of these ways,
    a service by its code ("": any).
    """

    weekday: int
    hour: time
    language: str = ""
    modes: frozenset[str] = frozenset({IN_PERSON})
    service: str = ""


@dataclass(frozen=True, slots=True)
class Counter:
    """One place with a counter: its square, its hours on each weekday, the languages spoken on each.

    windows: for each service that is offered there its own hours, None where it keeps the place's.
    """

    code: str
    name: str
    square: Square
    opened: Week
    speaks: Sequence[frozenset[tuple[str, str]]] = field(default_factory=lambda: (frozenset(),) * 7)
    windows: Mapping[str, Week | None] = field(default_factory=dict)

    def spans(self, asked: Asked) -> Sequence[Span]:
        """Return when one can come on the weekday for what is asked, whatever is spoken."""
        if not asked.service:
            return self.opened[asked.weekday]
        if asked.service not in self.windows:
            return ()
        return (self.windows[asked.service] or self.opened)[asked.weekday]

    def speaks_it(self, asked: Asked) -> bool:
        """Say whether the language is spoken there on the weekday, in one of the ways that will do."""
        spoken = self.speaks[asked.weekday]
        return not asked.language or any((asked.language, mode) in spoken for mode in asked.modes)

    def is_open(self, asked: Asked) -> bool:
        """Say whether one finds it open at the hour; at closing time one does not."""
        return any(opens <= asked.hour < closes for opens, closes in self.spans(asked))

    def serves(self, asked: Asked) -> bool:
        """Say whether it is open and speaks the language."""
        return self.is_open(asked) and self.speaks_it(asked)


def serving_spans(counter: Counter, asked: Asked) -> Sequence[Span]:
    """Return when on the weekday a counter serves what is asked."""
    return counter.spans(asked) if counter.speaks_it(asked) else ()
