"""What a finger draws, as points of a square of a thousand, in whole numbers. Pure."""

import json
from typing import Any, Final

SIDE: Final = 1000
MOST_POINTS: Final = 4000

Strokes = list[list[list[int]]]


def drawn(text: str) -> Strokes:
    """Return the strokes that a text holds (JSON: [[[x, y], …], …]); none when it is something else."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return []
    lines = said if isinstance(said, list) else []
    if not all(isinstance(line, list) and line and all(map(_is_point, line)) for line in lines):
        return []
    return lines if sum(map(len, lines)) <= MOST_POINTS else []


def _is_point(point: Any) -> bool:  # noqa: ANN401 - of a text that anybody may have sent
    return (
        isinstance(point, list)
        and len(point) == 2
        and all(type(value) is int and 0 <= value <= SIDE for value in point)
    )
