"""A crowd that books at a real `linli serve` on the database of the test, be it SQLite or PostgreSQL."""

import json
import os
import secrets
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bench.http_load import at_rates
from linli.kernel.actors import Role
from linli.kernel.api_keys import issue
from linli.kernel.models import Staff
from linli.offers.models import Booking
from tests.faults.server import HOUSES, Server
from tests.town import offers
from tests.town.staff import actor


@dataclass
class Served(Server):
    """One server on the test's database."""

    database: str = ""

    @property
    def _surroundings(self):
        return super()._surroundings | {"DATABASE_URL": self.database}


@contextmanager
def served(home, connection, settings=HOUSES):
    """Serve on the database of this connection; whatever happens, nothing of it runs on."""
    (home / "static").mkdir(parents=True)
    (home / "static" / "staticfiles.json").write_text('{"paths": {}, "version": "1.1"}')
    name = connection.settings_dict["NAME"]
    url = f"sqlite:///{name}"
    if connection.vendor == "postgresql":
        url = os.environ["DATABASE_URL"].replace("/linli?", f"/{name}?")
    server = Served(home, settings, database=url, secret=_station())
    server.start()
    try:
        yield server
    finally:
        if server.process.poll() is None:
            server.kill()


def _station():
    """Return the key of a station, which is spared the limits of one address."""
    clerk = actor(Role.CLERK, name="柜员", unit=offers.LABOUR)
    staff = Staff.objects.create(
        username="station", name=clerk.name, role=clerk.role, unit=clerk.unit, password="long-enough-1"
    )  # fmt: skip
    at = datetime.now(UTC)
    return issue(by=actor(Role.ADMINISTRATOR), at=at, staff=staff, name="自助机")[1]


@dataclass
class Crowd:
    """So many posts for one session, each under a key of its own: what each was answered, if it was."""

    server: Served
    session: object
    posts: int
    clients: int = 200
    answers: dict[str, tuple[int, dict]] = field(default_factory=dict)

    def __post_init__(self):
        self.keys = [secrets.token_urlsafe(24) for _ in range(self.posts)]

    def come(self, keys=None):
        """Post all of these keys from all clients at once; who is not answered is left out."""
        keys = keys or self.keys
        at_rates(self.server.port, lambda connection, number: self._post(connection, keys[number]),
                 clients=self.clients, steps=[(len(keys) * 1000, 0.001)])  # fmt: skip

    def _post(self, connection, key):
        status, body = connection.ask(
            "POST", f"/api/offers/sessions/{self.session.code}/bookings", {"size": 1},
            Authorization=f"Bearer {self.server.secret}", Idempotency_Key=key,
        )  # fmt: skip
        self.answers[key] = status, json.loads(body)

    @property
    def statuses(self):
        return Counter(status for status, _told in self.answers.values())

    @property
    def codes(self):
        """The bookings that were acknowledged."""
        return [told["code"] for status, told in self.answers.values() if status == 201]


def sold(session):
    """Return how many places the session says are taken, and how many its bookings have."""
    session.refresh_from_db()
    bookings = Booking.objects.holding().filter(session=session)
    return session.taken, sum(bookings.values_list("size", flat=True))
