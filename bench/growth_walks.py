"""Events as they grow, with their links: the herds of `bench.trace_walks`, and walks of twelve hops through one.

The first herd is written event by event; the others are copies of it, with other numbers.
"""

from collections.abc import Callable
from datetime import timedelta

from bench.growth_part import Part, Question, count_on, execute, in_hex, series
from bench.trace_walks_town import EVENTS, HOPS, SIZE, START, WIDE
from bench.trace_walks_town import fill as write_herds
from linli.trace.models import Event
from linli.trace.queries import tracing


def ready() -> None:
    """Write the first herd."""
    if not Event.objects.exists():
        write_herds(1)
        count_on("trace_event", "trace_thing")


def there() -> int:
    """Return how many events there are, in whole ten thousands: a herd has 6,976."""
    events: int = _herds() * EVENTS
    return events // 10_000 * 10_000


def _herds() -> int:
    last: int = Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    herds: int = last // EVENTS
    return herds


def fill(_above: int, until: int) -> None:
    """Write as many herds more as it takes."""
    herds = _herds()
    copies = f"CROSS JOIN {series(herds - 1, -(-until // EVENTS) - 1)}"
    execute(
        f"INSERT INTO trace_thing (id, uri) SELECT id + n * {SIZE}, 'urn:x:' || (id + n * {SIZE})"
        f" FROM trace_thing {copies} WHERE id <= {SIZE}"
    )
    same = "capture_id, given, against, kind, action, step, disposition, read_point, place, happened_at, recorded_at, body"
    execute(
        f"INSERT INTO trace_event (id, digest, {same}) SELECT id + n * {EVENTS},"
        f" {in_hex(f'(id + n * {EVENTS})', 64)}, {same} FROM trace_event {copies} WHERE id <= {EVENTS}"
    )
    execute(
        "INSERT INTO trace_eventlink (kind, source_id, target_id, begins, ends, event_id)"
        f" SELECT kind, source_id + n * {SIZE}, target_id + n * {SIZE}, begins, ends, event_id + n * {EVENTS}"
        f" FROM trace_eventlink {copies} WHERE event_id <= {EVENTS}"
    )
    count_on("trace_event", "trace_thing")


def questions(_size: int) -> dict[str, Question]:
    """Return the walks: each through another herd, and two hops of one."""
    herds, until = _herds(), START + timedelta(days=99)

    def lot(turn: int, level: int) -> int:
        number: int = turn * 7 % herds * SIZE + level * WIDE + 8
        return number

    return {
        "two hops ahead": lambda turn: tracing.ahead(lot(turn, 0), START, hops=2),
        "twelve hops ahead": lambda turn: tracing.ahead(lot(turn, 0), START),
        "twelve hops back": lambda turn: tracing.back(lot(turn, HOPS), until),
    }


def bring(_count: int) -> tuple[int, Callable[[], object]]:
    """Write one herd more, with its links."""
    return EVENTS, lambda: fill(0, (_herds() + 1) * EVENTS)


PART = Part(
    "walks", ("trace_eventlink", "trace_event", "trace_thing"), ready, there, fill, questions,
    "copied, with links", bring,
)  # fmt: skip
