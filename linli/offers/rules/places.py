"""Places of one session by the doors through which they are given: one pool, with a floor for each door. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

DOORS = ("web", "phone", "station")


@dataclass(frozen=True, slots=True)
class Places:
    """So many places in all; by door, how many are taken and how many are kept. All in places."""

    capacity: int
    taken: Mapping[str, int]
    kept: Mapping[str, int]

    @property
    def free(self) -> int:
        """How many are not taken, through whichever door they will go."""
        return self.capacity - sum(self.taken[door] for door in DOORS)

    def free_at(self, door: str) -> int:
        """How many one door may still give: all that is neither taken nor kept for another door."""
        elsewhere = sum(max(self.taken[one], self.kept[one]) for one in DOORS if one != door)
        return max(0, self.capacity - elsewhere - self.taken[door])
