"""What the search finds follows every change of the directory. Written inside the transaction of the change.

An entry is never changed: the old one goes and a new one takes its place, with a new id, under which the
text index knows it (migrations/0005_search.py).
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.db.models import Model, Q, QuerySet

from linli.directory.models import Entry, Location, Organization, Service
from linli.directory.queries.entry_drafts import (
    Draft,
    location_drafts,
    organization_drafts,
    service_drafts,
)
from linli.directory.queries.standing import EDITION
from linli.kernel.actors import Actor
from linli.kernel.editions import new_edition

AT_A_TIME = 500
_WRITES = {
    "sqlite": "INSERT INTO directory_entry_grams (grams, rowid) VALUES (%s, %s)",
    "postgresql": "UPDATE directory_entry SET grams = array_to_tsvector(string_to_array(%s, ' '))"
    " WHERE id = %s",
}
# PostgreSQL's index stays in place: without it, who searches meanwhile would wait.
_EMPTIES = {
    "sqlite": ("INSERT INTO directory_entry_grams (directory_entry_grams) VALUES ('delete-all')",),
    "postgresql": (),
}
_ENDS = {
    "sqlite": ("INSERT INTO directory_entry_grams (directory_entry_grams) VALUES ('optimize')",),
    "postgresql": ("ANALYZE directory_entry",),
}


@transaction.atomic
def refresh_entry(*things: Service | Location | Organization, by: Actor, at: datetime) -> None:
    """Write the search entries of these things anew, in the caller's transaction.

    What a place says of itself (its area, its languages) stands in the entries of the services there, and
    an organization's name in all that it offers: they are written anew as well.
    Refuses: nothing; who calls has asked already.
    """
    own: dict[type[Model], list[int]] = {Service: [], Location: [], Organization: []}
    for thing in things:
        own[type(thing)].append(thing.pk)
    organizations = organization_drafts(Organization.objects.filter(pk__in=own[Organization]))
    renamed = _changed("organization", organizations)
    _write(organizations)
    locations = location_drafts(
        Location.objects.filter(Q(pk__in=own[Location]) | Q(organization__in=renamed))
    )
    moved = _changed("location", locations)
    _write(locations)
    _write(
        service_drafts(
            Service.objects.filter(
                Q(pk__in=own[Service])
                | Q(organization__in=renamed)
                | Q(at_locations__location__in=moved)
            ).distinct()
        )
    )


@transaction.atomic
def rebuild_entries(*, by: Actor, at: datetime) -> int:
    """Write every search entry anew and make the text index small again; return how many there are.

    Refuses: nothing; a command does this, nobody else.
    """
    _say(*_EMPTIES[connection.vendor])
    Entry.objects.all().delete()
    count = sum(
        _write(drafts)
        for drafts in (
            _each(Service.objects.all(), service_drafts),
            _each(Location.objects.all(), location_drafts),
            _each(Organization.objects.all(), organization_drafts),
        )
    )
    _say(*_ENDS[connection.vendor])
    new_edition(EDITION)
    return count


def _each(things: QuerySet[Any], drafts: Callable[[QuerySet[Any]], list[Draft]]) -> Iterator[Draft]:
    """Yield the drafts of very many things, a few in memory at a time."""
    keys = list(things.order_by("pk").values_list("pk", flat=True))
    for first in range(0, len(keys), AT_A_TIME):
        yield from drafts(things.filter(pk__in=keys[first : first + AT_A_TIME]))


def _changed(thing: str, drafts: list[Draft]) -> list[int]:
    """Return the keys of those things of which others' entries say what is no longer so."""
    own = {getattr(draft.entry, f"{thing}_id"): _lent(draft.entry) for draft in drafts}
    were = Entry.objects.filter(**{f"{thing}__in": own})
    known = {getattr(entry, f"{thing}_id"): _lent(entry) for entry in were}
    return [key for key, lent in own.items() if known.get(key) != lent]


def _lent(entry: Entry) -> tuple[str, str, str, bool]:
    """Return what other things' entries repeat of this one."""
    return entry.title, entry.area, entry.languages, entry.shown


def _write(drafts: Iterable[Draft]) -> int:
    """Put entries in place of those of the same things, and return how many were written."""
    count = 0
    waiting = iter(drafts)
    while some := list(islice(waiting, AT_A_TIME)):
        for thing in ("service", "location", "organization"):
            keys = [key for one in some if (key := getattr(one.entry, f"{thing}_id"))]
            Entry.objects.filter(**{f"{thing}__in": keys}).delete()
        written = Entry.objects.bulk_create(one.entry for one in some)
        rows = [(" ".join(one.grams), entry.pk) for one, entry in zip(some, written, strict=True)]
        with connection.cursor() as cursor:
            cursor.executemany(_WRITES[connection.vendor], rows)
        count += len(some)
    return count


def _say(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
