"""Events as they grow: those of `bench.trace_query`, of ever more businesses, and its questions."""

from collections.abc import Callable
from datetime import UTC, datetime

from bench.growth_part import Part, Question, count_on
from bench.trace_query_town import START, _fill, _questions
from bench.trace_town import _file
from linli.directory.models import Area, Unit
from linli.kernel.actors import Actor, Role, system
from linli.kernel.signed import signed
from linli.trace.actions.capture_jobs import Sent, receive, work_off
from linli.trace.models import Capture, Event, Operator

ASKED = {
    "the newest", "of a lot", "of a step", "of a place, since", "recorded since an hour",
    "what was recalled (rare)", "a business's newest", "one event",
}  # fmt: skip
BY = Actor(name="甲", role=Role.OFFICER, unit="bench")


def ready() -> None:
    """Make the unit of the businesses, and the capture that the events came with."""
    if not Unit.objects.exists():
        area = Area.objects.create(code="620200", name="甲市", level="city", from_year=2000)
        Unit.objects.create(code="0000-0000", name="bench", kind="department", area=area)
        Capture.objects.create(code="bench", digest="0" * 64, **signed(system("b"), START))


def there() -> int:
    """Return how many there are."""
    return Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def fill(above: int, until: int) -> None:
    """Write events with the things that they name, and their businesses."""
    _fill(above, until, Unit.objects.get().pk, Capture.objects.get(code="bench").pk)
    count_on("trace_event", "trace_thing", "trace_operator")


def questions(size: int) -> dict[str, Question]:
    """Return those that one page answers; each asks for nine things in turn, as many as the fewest businesses have."""

    def of_nine(ask: Question) -> Question:
        return lambda turn: ask(1 + turn % 9)

    return {words: of_nine(one) for words, one in _questions(size).items() if words in ASKED}


def bring(count: int) -> tuple[int, Callable[[], object]]:
    """Take in files of a thousand events, from the bytes to what is kept."""
    bodies = [_file("mixed", number) for number in range(count // 1000)]
    operator = Operator.objects.earliest("pk")

    def take_in() -> None:
        for body in bodies:
            at = datetime.now(UTC)
            taken = receive(by=BY, at=at, operator=operator, sent=Sent(body, "json"))
            done = work_off(by=system("captures"), at=at, code=taken.code)
            if done.faults:
                raise RuntimeError(done.faults)

    return count, take_in


PART = Part(
    "events", ("trace_event", "trace_eventthing", "trace_thing"), ready, there, fill, questions,
    "captured", bring,
)  # fmt: skip
