"""What `bench.load` runs in a process of its own: the demo with a session that never fills, and the count of what is left.

`make` prints what the generator needs: addresses, a station's key, a session of a member of staff. `kept` reads codes
that were acknowledged and prints how many of them stand in the database.
"""

import json
import sys
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client

from linli.cases.models import Case, Topic
from linli.directory.models import Service, Unit
from linli.kernel.actors import system
from linli.kernel.api_keys import issue
from linli.kernel.models import Staff
from linli.offers.actions import offering
from linli.offers.models import Booking

PLENTY = 1_000_000


class Made(NamedTuple):
    """Codes and keys of one town."""

    services: list[str]
    topic: str
    session: str
    key: str
    cookie: str


_ROOM = 500  # codes asked for in one query


def main() -> None:
    """Fill the database of this process, or count in it."""
    if sys.argv[1] == "kept":
        codes = json.load(sys.stdin)
        print(json.dumps({"cases": _found(Case, codes["cases"]), "bookings": _found(Booking, codes["bookings"])}))  # fmt: skip
        return
    call_command("migrate", verbosity=0)
    if not (settings.STATIC_ROOT / "staticfiles.json").exists():
        call_command("collectstatic", verbosity=0, interactive=False)
    if not Staff.objects.filter(username="officer").exists():
        call_command("demo", verbosity=0)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    print(json.dumps(made()._asdict()))


def made() -> Made:
    """Return what a generator needs to act as a resident, a station and a member of staff."""
    now = datetime.now(UTC)
    officer = Staff.objects.get(username="officer")
    topic = Topic.objects.filter(unit__name=officer.unit).order_by("pk").first()
    browser = Client()
    browser.force_login(officer)
    services = Service.objects.order_by("pk").values_list("code", flat=True)[:40]
    return Made(
        services=list(services),
        topic=(topic or Topic.objects.earliest("pk")).code,
        session=_session(officer, now),
        key=issue(by=system("bench"), at=now, staff=officer, name="bench")[1],
        cookie=browser.cookies[settings.SESSION_COOKIE_NAME].value,
    )


def _session(officer: Staff, now: datetime) -> str:
    unit = Unit.objects.get(name=officer.unit)
    by = officer.actor
    draft = offering.OfferDraft(kind="event", title="开幕式", unit=unit, area=unit.area)
    offer = offering.publish(by=by, at=now, offer=offering.open_offer(by=by, at=now, draft=draft))
    begins = now + timedelta(days=30)
    wanted = offering.SessionDraft(
        meetings=[(begins, begins + timedelta(hours=2))], capacity=PLENTY,
        booking_from=now - timedelta(days=1), booking_until=begins,
    )  # fmt: skip
    return offering.add_session(by=by, at=now, offer=offer, draft=wanted).code


def _found(model: type[Case] | type[Booking], codes: list[str]) -> int:
    parts = [codes[first : first + _ROOM] for first in range(0, len(codes), _ROOM)]
    return sum(model._default_manager.filter(code__in=part).count() for part in parts)  # noqa: SLF001
