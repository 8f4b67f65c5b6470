"""What `bench.plans` runs in processes of their own: fill a database; ask for each page, print the cost."""

import json
import sys

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.plans import PAGES
from bench.plans_town import fill
from bench.table import core_seconds
from linli.kernel.models import Staff


def filled() -> None:
    """Fill the database of this process."""
    call_command("migrate", verbosity=0)
    fill(int(sys.argv[1]))
    Staff.objects.create(
        username="planner", name="甲", role="planner", unit="第7单位", password="not-used-here"
    )


def costs() -> None:
    """Print, as the last line, seconds and number of queries for each page."""
    # Hashed names need collectstatic; who asks is the test client.
    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    settings.ALLOWED_HOSTS = ["testserver"]
    client = Client()
    client.force_login(Staff.objects.get())
    print(json.dumps({name: cost(client, address) for name, address in PAGES.items()}))


def cost(client: Client, address: str) -> tuple[float, int]:
    """Return the core time that one answer takes, and how many queries it asks."""

    def ask() -> None:
        answer = client.get(address)
        if answer.status_code != 200:
            raise RuntimeError(f"{address}: {answer.status_code}")
        answer.getvalue()

    with CaptureQueriesContext(connection) as asked:
        ask()
    queries = len(asked)  # now: the next request empties the list
    return core_seconds(ask, runs=3 if "export" in address else 7), queries
