"""A town of cases for the restore drill: filled, and told in figures. Run as a program: `fill 200`, or `tell`."""

import json
import sys
from hashlib import sha256


def fill(count):
    """Let so many ask; each fifth is taken, and read by who took it; the log is brought up to date."""
    from linli.cases.actions import asking, handling, reading
    from linli.cases.models import Topic
    from linli.directory.models import Area
    from linli.kernel import files
    from linli.kernel.actors import HOLDER
    from linli.kernel.clock import now
    from linli.kernel.looks import sequence
    from tests.town import cases

    topic, area, officer = (
        Topic.objects.get(code="street-lamp"),
        Area.objects.first(),
        cases.officer(),
    )
    for number in range(count):
        asked = asking.Asked(topic=topic, area=area, words=f"第{number}件：楼道的灯坏了。")
        case = asking.ask(by=HOLDER, at=now(), asked=asked).case
        if number % 5 == 0:
            handling.take(by=officer, at=now(), case=case)
            reading.read(by=officer, at=now(), case=case, purpose="handle")
            files.keep(f"paper {number}".encode())
    while sequence(now()):
        continue


def tell():
    """Say what there is: what opens, what the events fold to, rows by table, the root of the log, files."""
    from django.conf import settings
    from django.db import connection

    from linli.cases.actions import reading, steps
    from linli.cases.models import Case, ClockEvent
    from linli.cases.rules.clocks import folded
    from linli.kernel.actors import HOLDER
    from linli.kernel.backups.counted import counted
    from linli.kernel.clock import now

    words, unlike = sha256(), 0
    of = ("at", "clock", "verb", "due_at", "kind")
    for case in Case.objects.select_related("subject").order_by("pk"):
        words.update(_opened(reading, HOLDER, now(), case).encode())
        events = ClockEvent.objects.filter(case=case).order_by("pk").values_list(*of)
        unlike += folded(events) != steps.clocks_of(by=HOLDER, at=now(), case=case)
    with connection.cursor() as cursor:
        found = counted(lambda query: cursor.execute(query).fetchall(), connection.vendor)
    kept = sorted(path.name for path in settings.MEDIA_ROOT.rglob("*") if path.is_file())
    return found.told | {"words": words.hexdigest(), "unlike their events": unlike, "files": kept}


def _opened(reading, holder, at, case):
    from linli.kernel.refusals import Refused

    try:
        return reading.own(by=holder, at=at, case=case).words
    except Refused:
        return ""


def main(deed, count="0"):
    import django

    django.setup()
    if deed == "fill":
        fill(int(count))
    sys.stdout.write(json.dumps(tell()))


if __name__ == "__main__":
    main(*sys.argv[1:])
