"""What `bench.cases` runs in a process of its own: a unit with a topic and a key, and as many old cases as asked.

Old cases are written in bulk, past the actions: sealed under keys that are long destroyed, as in a town
that has worked for years; every fiftieth still waits in the queue.
"""

import json
import sys
from datetime import UTC, datetime, timedelta

from django.core.management import call_command
from django.db import connection

from linli.cases.models import Case, Step, Topic
from linli.directory.models import Area, Unit
from linli.kernel.actors import system
from linli.kernel.api_keys import issue
from linli.kernel.codes import code_of
from linli.kernel.models import Staff, Subject

UNIT = "第一窗口"
NOW = datetime.now(UTC)
AT_ONCE = 10_000
_OPEN_EVERY = 50


def main() -> None:
    """Fill the database of this process and print the key that programs bring."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    unit, topic = _desk()
    _old_cases(int(sys.argv[1]), unit, topic)
    _settle()
    staff = Staff.objects.filter(username="bench").first() or Staff.objects.create(
        username="bench", name="甲", role="officer", unit=UNIT, password="not-used-here"
    )
    _key, secret = issue(by=system("bench"), at=NOW, staff=staff, name="bench")
    print(json.dumps({"key": secret, "cases": Case.objects.count()}))


def _desk() -> tuple[Unit, Topic]:
    area, _new = Area.objects.get_or_create(
        code="620200", defaults={"name": "嘉峪关市", "level": "city", "from_year": 1981}
    )
    unit, _new = Unit.objects.get_or_create(
        name=UNIT, defaults={"kind": "department", "area": area, "code": code_of(1)}
    )
    topic, _new = Topic.objects.get_or_create(
        code="other", defaults={"name": "其他事项", "kind": "request", "unit": unit}
    )
    return unit, topic


def _old_cases(count: int, unit: Unit, topic: Topic) -> None:
    began = Subject.objects.count()
    for first in range(began, count, AT_ONCE):
        numbers = range(first, min(count, first + AT_ONCE))
        subjects = Subject.objects.bulk_create(_subject(number) for number in numbers)
        cases = Case.objects.bulk_create(
            _case(number, subject, unit, topic)
            for number, subject in zip(numbers, subjects, strict=True)
        )
        Step.objects.bulk_create(
            Step(code=code_of(2**32 + number), case=case, verb="asked", by_name="", by_role="holder",
                 by_unit="", at=case.asked_at)
            for number, case in zip(numbers, cases, strict=True)
        )  # fmt: skip


def _settle() -> None:
    """Do at once what a town does day by day: raise what is overdue, and let PostgreSQL tidy and count its rows."""
    call_command("tick")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def _subject(number: int) -> Subject:
    day = (NOW - timedelta(days=2 + number % 1000)).date()
    return Subject(
        code=code_of(10 + number), purpose="case", created_on=day, purge_on=NOW.date(),
        destroyed_on=NOW.date(),
    )  # fmt: skip


def _case(number: int, subject: Subject, unit: Unit, topic: Topic) -> Case:
    at = NOW - timedelta(days=2 + number % 1000, seconds=number % 80_000)
    due = at + timedelta(days=14)
    waits = number % _OPEN_EVERY == 0
    return Case(
        code=code_of(2**33 + number), secret="0" * 64, subject=subject, kind="request", topic=topic,
        area=unit.area, channel="web", unit=unit, state="working" if waits else "closed", asked_at=at,
        first_due_at=due, step_due_at=due, unit_due_at=due, due_at=due,
        next_due_at=due if waits else None, answered_at=None if waits else at,
        closed_at=None if waits else at, closed_how="" if waits else "holder",
        purged_at=None if waits else at,
    )  # fmt: skip
