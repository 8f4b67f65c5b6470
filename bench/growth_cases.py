"""Cases as they grow: of twenty units that have worked for years. Most have ended and are purged; each fiftieth waits."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache

from bench.growth_part import Part, Question, after_keys, count_on, in_hex, later, moment, multiply
from linli.cases.actions import asking
from linli.cases.actions.purging import purge_cases
from linli.cases.models import Case, Step, Topic
from linli.cases.queries.overdue import overdue
from linli.cases.queries.public import timeline
from linli.cases.queries.queue import QueueFilters, queue, queue_count
from linli.directory.models import Area, Unit
from linli.kernel.actors import HOLDER
from linli.kernel.codes import code_of

UNITS, OPEN_EVERY = 20, 50
BASE = "2026-10-01"
AT = datetime(2026, 10, 1, tzinfo=UTC)
_OPEN = f"n % {OPEN_EVERY} = 0"


def ready() -> None:
    """Make the units and the case that the others are copies of."""
    area, _new = Area.objects.get_or_create(
        code="620200", defaults={"name": "嘉峪关市", "level": "city", "from_year": 1981}
    )
    for number in range(UNITS):
        Unit.objects.get_or_create(
            name=f"第{number + 1}窗口",
            defaults={"kind": "department", "area": area, "code": code_of(number + 1)},
        )
    Topic.objects.get_or_create(
        code="other", defaults={"name": "其他事项", "kind": "request", "unit": _units()[0]}
    )
    if not Case.objects.exists():
        _ask(0)


def there() -> int:
    """Return how many there are."""
    return Case.objects.latest("pk").pk - _template().pk


def fill(above: int, until: int) -> None:
    """Write cases with what they hang on: a sealed subject and a step each."""
    _write(above, until, ended=True)


def _write(above: int, until: int, *, ended: bool) -> None:
    """Write cases; where they have not ended, their keys are due and they are not purged yet."""
    one = _template()
    units = [unit.pk for unit in _units()]
    now, gone = moment(BASE, "-(n % 1000) - 1"), f"CASE WHEN {_OPEN} THEN NULL ELSE "
    lived = _OPEN if ended else "TRUE"
    gone_on = later(BASE, "0", "day")
    purged = f"CASE WHEN {lived} THEN NULL ELSE {now} END"
    multiply(
        one.subject, above, until, id=f"n + {one.subject_id}", code=in_hex("n", 9),
        destroyed_on=f"CASE WHEN {lived} THEN NULL ELSE {gone_on} END",
        created_on="'2020-01-01'",
        purge_on=f"CASE WHEN {_OPEN} THEN was.purge_on ELSE {gone_on} END" if ended else gone_on,
    )  # fmt: skip
    sealed = dict.fromkeys(
        ("words", "wish", "place", "contact", "reply_language"), f"CASE WHEN {lived} THEN was.{{}} END"
    )  # fmt: skip
    due = moment(BASE, "n % 60 + 1")
    multiply(
        one, above, until, id=f"n + {one.pk}", code=in_hex("n", 9), subject_id=f"n + {one.subject_id}",
        unit_id=f"{min(units)} + n / {OPEN_EVERY} % {UNITS}",
        asked_at=now, first_due_at=due, step_due_at=due, unit_due_at=due, due_at=due,
        state=f"CASE WHEN {_OPEN} THEN 'working' ELSE 'closed' END",
        next_due_at=f"CASE WHEN {_OPEN} THEN {due} END",
        answered_at=f"{gone}{now} END", closed_at=f"{gone}{now} END",
        closed_how=f"CASE WHEN {_OPEN} THEN '' ELSE 'holder' END", purged_at=purged,
        **{name: words.format(name) for name, words in sealed.items()},
    )  # fmt: skip
    step = one.steps.earliest("pk")
    multiply(
        step, above, until, id=f"n + {_steps()}", code=in_hex("n", 9), case_id=f"n + {one.pk}", at=now,
        words=f"CASE WHEN {lived} THEN was.words END",
    )  # fmt: skip
    count_on("kernel_subject", "cases_case", "cases_step")


def questions(size: int) -> dict[str, Question]:
    """Return what the public, a unit and the calendar ask."""
    units, codes = [unit.name for unit in _units()], _codes(size)
    running, ended = (_middles(shown) for shown in ("running", "closed"))

    def page(shown: str, turn: int, middles: dict[str, str] | None = None) -> object:
        unit = units[turn % UNITS]
        return queue(unit, QueueFilters(shown=shown, after=(middles or {}).get(unit, "")), AT)

    return {
        "a case by its code": lambda turn: _by_code(codes[turn % len(codes)]),
        "what happened to it": lambda turn: timeline(_by_code(codes[turn % len(codes)])),
        "a unit's queue, first page": lambda turn: page("running", turn),
        "… a page of its middle": lambda turn: page("running", turn, running),
        "… its count": lambda turn: queue_count(units[turn % UNITS], QueueFilters(), AT),
        "what has ended, first page": lambda turn: page("closed", turn),
        "… a page of the middle": lambda turn: page("closed", turn, ended),
        "what to raise": lambda turn: overdue([AT + timedelta(days=turn % 3)] * 3, 100),
    }


def bring(count: int) -> tuple[int, Callable[[], object]]:
    """Ask so many new things, by the action, one after the other."""
    count = min(count, 300)
    return count, lambda: [_ask(number) for number in range(count)]


def due(size: int, count: int) -> Callable[[], int]:
    """Write so many cases whose day has come; return what purges them."""
    _write(size, size + count, ended=False)
    return after_keys(purge_cases)


def _ask(number: int) -> Case:
    asked = asking.Asked(
        topic=Topic.objects.get(code="other"), area=_units()[0].area,
        words=f"需要办理居住登记，第{number}次询问，请告知需要带哪些材料、几点开门。",
    )  # fmt: skip
    return asking.ask(by=HOLDER, at=datetime.now(UTC), asked=asked).case


def _by_code(code: str) -> Case:
    return Case.objects.select_related("topic", "unit", "area", "subject").get(code=code)


def _codes(size: int) -> list[str]:
    return [f"{1 + turn * 7919 % size:09x}" for turn in range(200)]


def _middles(shown: str) -> dict[str, str]:
    """Return by unit the key of the middle of its list."""
    column, found = ("closed_at" if shown == "closed" else "next_due_at"), {}
    for unit in _units():
        rows = unit.cases.filter(**{f"{column}__isnull": False}).order_by(column, "pk")
        if count := rows.count():
            moment, pk = rows.values_list(column, "pk")[count // 2]
            found[unit.name] = f"{moment.isoformat()} {pk}"
    return found


@cache
def _template() -> Case:
    return Case.objects.select_related("subject").earliest("pk")


@cache
def _steps() -> int:
    """Return behind which number the steps of the copies begin."""
    return Step.objects.filter(case=_template()).latest("pk").pk


@cache
def _units() -> list[Unit]:
    return list(Unit.objects.select_related("area").filter(name__endswith="窗口").order_by("pk"))


PART = Part(
    "cases", ("cases_case", "kernel_subject", "cases_step"), ready, there, fill, questions,
    "asked, one by one", bring, due,
)  # fmt: skip
