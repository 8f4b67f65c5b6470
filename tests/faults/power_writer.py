"""Somebody who asks again and again, and says aloud each code once it is written. Run as a program, under a tracer.

The order of what it says and of what it writes and flushes is what a power loss is made of.
"""

import os
import sys

from linli.config.settings import DATABASES

FLUSHED, HOPED = "FULL", "NORMAL"


def main(asks, synchronous):
    import django
    from django.conf import settings

    options = settings.DATABASES["default"]["OPTIONS"]
    assert f"synchronous={FLUSHED};" in options["init_command"]
    options["init_command"] = options["init_command"].replace(FLUSHED, synchronous)
    assert DATABASES is settings.DATABASES
    django.setup()
    from linli.cases.actions import asking
    from linli.cases.models import Topic
    from linli.directory.models import Area
    from linli.kernel.actors import HOLDER
    from linli.kernel.clock import now

    area = Area.objects.first()
    topic = Topic.objects.get(code="street-lamp")
    for _ in range(int(asks)):
        told = asking.ask(
            by=HOLDER, at=now(), asked=asking.Asked(topic=topic, area=area, words="楼道的灯坏了。")
        )
        os.write(1, f"{told.case.code}\n".encode())
    os._exit(0)  # nothing is tidied up: the power is gone


if __name__ == "__main__":
    main(*sys.argv[1:])
