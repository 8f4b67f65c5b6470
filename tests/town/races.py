"""Several who act at the same moment."""

import threading

from django.db import connection


def at_once(count, deed):
    """Do `deed(number)` in so many threads that begin together; return what failed."""
    start, failures = threading.Barrier(count), []

    def act(number):
        try:
            start.wait()
            deed(number)
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failures
