"""What the status says: each part in words, and what was published in the last days. Counts of things alone.

What could help a thief is not said: no version, no path, no address, no number of people, no name of a machine.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import Q
from django.utils.translation import gettext as _

from linli.atlas.models import Release
from linli.facts.models import Evidence, Fact
from linli.kernel import jobs, outbox, ticks
from linli.kernel.checking.findings import State, by_age
from linli.kernel.log_keeping import newest
from linli.kernel.log_past import lost
from linli.kernel.models import Message
from linli.kernel.text import Words
from linli.plans.models import Review
from linli.plans.queries.published import published_tasks

_DAYS = 7
_MINUTE = timedelta(minutes=1)
_LAMPS = {State.OK: "done", State.WARN: "soon", State.FAIL: "late"}


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the house: its name, a lamp, a word."""

    name: Words
    state: State
    words: Words

    @property
    def lamp(self) -> str:
        """Which lamp."""
        return _LAMPS[self.state]


@dataclass(frozen=True, slots=True)
class Count:
    """How many things were published."""

    words: Words
    value: int


def parts(at: datetime) -> list[Part]:
    """Return how each part is. When the database does not answer, that is what is said."""
    try:
        return [_database(), *_works(at)]
    except DatabaseError:
        return [Part(_("Pages and forms"), State.FAIL, _("not working"))]


def counts(at: datetime) -> list[Count]:
    """Return what was published in the last seven days; nothing when the database does not answer."""
    since = at - timedelta(days=_DAYS)
    inside = Q(indicator__about_people=True, evidence__kind=Evidence.QUERY)
    try:
        return [
            Count(
                _("figures published"),
                Fact.objects.current()
                .filter(at__gte=since, indicator__public=True)
                .exclude(inside)
                .count(),
            ),
            Count(
                _("tables released"),
                Release.objects.released().filter(decided_at__gte=since).count(),
            ),
            Count(
                _("proofs of promises accepted"),
                Review.objects.filter(
                    at__gte=since,
                    verdict="accepted",
                    progress__task__in=published_tasks(at).order_by(),
                ).count(),
            ),
        ]
    except DatabaseError:
        return []


def _works(at: datetime) -> Iterator[Part]:
    well, late = _("works well"), _("slower than usual")
    done = ticks.last_done().get("queue")
    worker = by_age(done.at if done else None, at, 5 * _MINUTE, 30 * _MINUTE)
    if worker == State.OK and jobs.parked():
        worker = State.WARN
    yield Part(_("Work that is done in the background"), worker, {State.OK: well, State.WARN: late}.get(worker, _("not working")))  # fmt: skip
    yield _mail(at)
    yield _log()


def _database() -> Part:
    connection.ensure_connection()
    return Part(_("Pages and forms"), State.OK, _("works well"))


def _mail(at: datetime) -> Part:
    name = _("Messages to people")
    if not (settings.EMAIL_HOST or settings.SMS_URL):
        return Part(name, State.OK, _("not offered here"))
    late = Message.objects.filter(state="waiting", created_at__lt=at - 60 * _MINUTE).exists()
    state = State.WARN if late or outbox.given_up() else State.OK
    return Part(name, state, _("slower than usual") if state == State.WARN else _("works well"))


def _log() -> Part:
    name = _("The log of looks")
    if lost() is not None:
        return Part(name, State.FAIL, _("nothing is signed until it was looked into"))
    return Part(name, State.OK, _("works well") if newest() else _("nothing to enter yet"))
