"""What `bench.booking` runs in a process of its own: sessions of so many places, a station's key, and the counts after."""

import json
import sys
from datetime import UTC, datetime, timedelta

from django.core.management import call_command

from linli.directory.models import Area, Unit
from linli.kernel.actors import Actor, Role, system
from linli.kernel.api_keys import issue
from linli.kernel.codes import code_of
from linli.kernel.models import Staff
from linli.offers.actions import offering
from linli.offers.models import Booking, Session

UNIT = "第一窗口"


def main() -> None:
    """With sizes: make sessions of so many places and print their codes. With codes: print what was sold."""
    if sys.argv[1] == "sold":
        print(json.dumps([_sold(code) for code in sys.argv[2:]]))
        return
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    print(json.dumps(_made([int(size) for size in sys.argv[2:]])))


def _made(sizes: list[int]) -> dict[str, object]:
    now = datetime.now(UTC)
    by = Actor(name="甲", role=Role.OFFICER, unit=UNIT)
    area, _new = Area.objects.get_or_create(
        code="620200", defaults={"name": "嘉峪关市", "level": "city", "from_year": 1981}
    )
    unit, _new = Unit.objects.get_or_create(
        name=UNIT, defaults={"kind": "department", "area": area, "code": code_of(1)}
    )
    draft = offering.OfferDraft(kind="event", title="开幕式", unit=unit, area=area)
    offer = offering.publish(by=by, at=now, offer=offering.open_offer(by=by, at=now, draft=draft))
    begins = now + timedelta(days=30)
    codes = [
        offering.add_session(
            by=by, at=now, offer=offer,
            draft=offering.SessionDraft(
                meetings=[(begins, begins + timedelta(hours=2))], capacity=size,
                booking_from=now - timedelta(days=1), booking_until=begins,
            ),
        ).code
        for size in sizes
    ]  # fmt: skip
    staff, _new = Staff.objects.get_or_create(
        username="bench",
        defaults={"name": "甲", "role": Role.CLERK, "unit": UNIT, "password": "not-used-here"},
    )
    _key, secret = issue(by=system("bench"), at=now, staff=staff, name="bench")
    return {"codes": codes, "key": secret}


def _sold(code: str) -> dict[str, int]:
    session = Session.objects.get(code=code)
    rows = Booking.objects.holding().filter(session=session)
    return {"places": session.capacity, "taken": session.taken, "bookings": rows.count()}
