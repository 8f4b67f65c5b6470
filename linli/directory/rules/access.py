"""The ways into a place and what is there for those who need it: a closed list, so that it can be filtered by."""

WAYS = (
    "step-free",
    "ramp",
    "lift",
    "accessible-toilet",
    "low-counter",
    "hearing-loop",
    "sign-language",
    "large-print",
    "guide-dog",
    "child-room",
    "quiet-room",
    "parking",
    "bus-stop",
)


def unknown_ways(ways: tuple[str, ...]) -> tuple[str, ...]:
    """Return those that are not in the list."""
    return tuple(way for way in ways if way not in WAYS)
