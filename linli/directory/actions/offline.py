"""Makes the directory's one file: all that the public reads, for kiosks, stations and sticks without a network."""

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import date, datetime, timedelta
from hashlib import file_digest
from typing import NamedTuple

from django.conf import settings
from django.utils.timezone import localdate, localtime
from django.utils.translation import override

from linli.directory.models import Location, Service
from linli.directory.queries import export
from linli.directory.queries.entry_drafts import Draft, location_drafts, service_drafts
from linli.directory.queries.offline import NOTE, SUFFIX, Kept, folder, kept
from linli.directory.queries.offline_telling import place_told, service_told
from linli.directory.rules.hours import SATURDAY
from linli.directory.rules.offline import FORMAT, PER_BLOCK, TABLES, Statement, Told, packed
from linli.kernel import city_key
from linli.kernel.actors import Actor
from linli.kernel.notes import signed
from linli.kernel.turns import turn
from linli.kernel.working_days import is_working_day


class _Row(NamedTuple):
    """One thing as the file keeps it."""

    kind: str
    code: str
    name: str
    others: str
    grams: str
    told: Told


def make_offline_file(*, by: Actor, at: datetime) -> Kept:
    """Make the file and its note, unless those of today's directory are there; older ones go.

    Refuses: nothing; a clock does this, or whoever asks for the file first.
    """
    with turn(folder() / "turn"):
        version = f"{FORMAT}-{export.data_version()}"
        there = kept()
        if there and there.statement.version == version:
            return there
        made = _made(version, at)
        for old in (*folder().glob(f"*{SUFFIX}"), *folder().glob(f"*{NOTE}")):
            # Whoever is just being given the file before goes on reading it.
            if old not in {made.file, made.note}:
                old.unlink()
        return made


def _made(version: str, at: datetime) -> Kept:
    file = folder() / f"directory-{version}{SUFFIX}"
    beside = file.with_suffix(".new")
    beside.unlink(missing_ok=True)
    with override(settings.LANGUAGE_CODE), closing(sqlite3.connect(beside)) as database:
        _fill(database, version, at)
    with beside.open("rb") as data:
        digest = file_digest(data, "sha256").hexdigest()
        os.fsync(data.fileno())
    signer = city_key.signer()
    made = localtime(at).replace(microsecond=0)
    statement = Statement(signer.key.name, version, made, beside.stat().st_size, digest)
    beside.replace(file)
    note = file.with_suffix(NOTE)
    new = note.with_suffix(".signed")
    new.write_text(str(signed(str(statement), [signer])))
    new.replace(note)
    return Kept(file, note, statement)


def _fill(database: sqlite3.Connection, version: str, at: datetime) -> None:
    database.executescript(
        "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA page_size=8192;"
    )
    database.executescript(TABLES)
    block: list[Told] = []
    count = 0
    for count, row in enumerate(_rows(), 1):
        number = count - 1
        said = (number, row.kind, row.code, row.name, row.others or None)
        database.execute("INSERT INTO thing VALUES (?, ?, ?, ?, ?)", said)
        database.execute("INSERT INTO entry (rowid, grams) VALUES (?, ?)", (number, row.grams))
        block.append(row.told)
        if len(block) == PER_BLOCK:
            _put(database, number // PER_BLOCK, block)
            block = []
    if block:
        _put(database, count // PER_BLOCK, block)
    database.execute("INSERT INTO entry (entry) VALUES ('optimize')")
    database.executemany("INSERT INTO special_day VALUES (?, ?)", _special_days(localdate(at)))
    about = {"format": FORMAT, "version": version, "made": localtime(at).isoformat("T", "seconds")}
    database.executemany("INSERT INTO about VALUES (?, ?)", about.items())
    database.commit()
    database.execute("VACUUM")


def _put(database: sqlite3.Connection, number: int, block: Iterable[Told]) -> None:
    database.execute("INSERT INTO block VALUES (?, ?)", (number, packed(block)))


def _rows() -> Iterator[_Row]:
    services = export.every_service().exclude(status="defunct")
    for some in export.batches(services):
        drafts = service_drafts(Service.objects.filter(pk__in=[one.pk for one in some]))
        known = {draft.entry.service_id: draft for draft in drafts}
        for one in some:
            yield _row("service", one, known[one.pk], service_told(one))
    for places in export.batches(export.whole_places()):
        drafts = location_drafts(Location.objects.filter(pk__in=[one.pk for one in places]))
        known = {draft.entry.location_id: draft for draft in drafts}
        for place in places:
            yield _row("place", place, known[place.pk], place_told(place))


def _row(kind: str, one: Service | Location, draft: Draft, told: Told) -> _Row:
    others = "\n".join(one.other_names)
    return _Row(kind, one.code, one.name, others, " ".join(draft.grams), told)


def _special_days(today: date) -> Iterator[tuple[str, int]]:
    """Yield the days of this year and the next that are not as their weekday is."""
    first, until = date(today.year, 1, 1), date(today.year + 2, 1, 1)
    for day in (first + timedelta(days=n) for n in range((until - first).days)):
        works = is_working_day(day)
        if works != (day.weekday() < SATURDAY):
            yield day.isoformat(), int(works)
