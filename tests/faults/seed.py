"""Prepare a home for a server: its tables, a town that can be asked, a program's key. Run as a program."""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from tests.town import tables

AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


def main():
    import django

    django.setup()
    from django.core.management import call_command

    there = Path(os.environ["LINLI_HOME"]) / "linli.sqlite3"
    if "DATABASE_URL" in os.environ or not tables.copied(there):
        call_command("migrate", verbosity=0)
    from linli.kernel.actors import Role
    from linli.kernel.api_keys import issue
    from linli.kernel.models import Staff
    from tests.town import cases
    from tests.town.staff import actor

    cases.other()
    cases.topic()
    by = cases.officer()
    staff = Staff.objects.create(
        username="officer", name=by.name, role=by.role, unit=by.unit, password="long-enough-1"
    )
    _key, secret = issue(by=actor(Role.ADMINISTRATOR), at=AT, staff=staff, name="窗口系统")
    sys.stdout.write(secret)


if __name__ == "__main__":
    main()
