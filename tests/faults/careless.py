"""Settings of a server that answers before it has written: what the kill test must catch."""

import threading
import time

from linli.config.settings import *  # noqa: F403
from linli.config.settings import MIDDLEWARE as CAREFUL

MIDDLEWARE = [*CAREFUL, "tests.faults.careless.answer_first"]


def answer_first(handle):
    def answered(request):
        from django.db import connection, transaction

        if request.method != "POST":
            return handle(request)
        answers, ready = [], threading.Event()

        def act():
            with transaction.atomic():
                answers.append(handle(request))
                ready.set()
                time.sleep(0.2)
            connection.close()

        threading.Thread(target=act, daemon=True).start()
        ready.wait()
        return answers[0]

    return answered
