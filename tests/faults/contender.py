"""One of several processes that read and then write in one transaction, all at once. Run as a program.

It says how many of its deeds were done, how many were shut out, and how long the longest took.
"""

import json
import sys
import time

HOUSES, CARELESS = "IMMEDIATE", "DEFERRED"


def main(writes, mode):
    import django
    from django.conf import settings

    options = settings.DATABASES["default"]["OPTIONS"]
    assert options["transaction_mode"] == HOUSES
    # However slow the machine: who only waits is let in; who is shut out is so at once, whatever the patience.
    options |= {"transaction_mode": mode, "timeout": 600}
    django.setup()
    from django.db import OperationalError, transaction

    from linli.cases.actions import asking
    from linli.cases.models import Case, Topic
    from linli.directory.models import Area
    from linli.kernel.actors import HOLDER
    from linli.kernel.clock import now

    asked = asking.Asked(
        topic=Topic.objects.get(code="street-lamp"),
        area=Area.objects.first(),
        words="楼道的灯坏了。",
    )
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    done, locked, worst = 0, 0, 0.0
    for _ in range(int(writes)):
        began = time.monotonic()
        try:
            with transaction.atomic():
                Case.objects.count()
                asking.ask(by=HOLDER, at=now(), asked=asked)
        except OperationalError as error:
            if "locked" not in str(error):
                raise
            locked += 1
        else:
            done += 1
        worst = max(worst, time.monotonic() - began)
    sys.stdout.write(json.dumps({"done": done, "locked": locked, "worst": worst}))


if __name__ == "__main__":
    main(*sys.argv[1:])
