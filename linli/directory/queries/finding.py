"""Finds services, places and organizations by words and facets. Nothing of a question is kept.

Three ways, each only when the one before finds nothing: all that was asked; all but for one slip; parts of
it, the rarest counting most. The text index gives a bounded number of candidates, rules/ranking.py the order.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from django.db.models import TextField, Value
from django.db.models.functions import Coalesce, Length, Replace

from linli.directory.models import Entry
from linli.directory.queries.entry_index import Wanted, holding_each, how_many_hold, matching
from linli.directory.queries.open_now import OpenNow, open_now, services_open
from linli.directory.rules.entries import Facets, facet_wanted
from linli.directory.rules.grams import All, Run, asked, slipped, tells, wanted
from linli.directory.rules.ranking import (
    Candidate,
    by_overlap,
    heard,
    nearest,
    ranked,
)

MOST = 1000  # as many are counted
RANKED = 400  # as many are put in order and shown: twenty pages
_PROBED = 300  # a gram that more entries hold says little
_PARTLY = 30  # found by parts: what comes later is chance


class How(StrEnum):
    """By which way something was found."""

    ALL = "all"
    SLIP = "slip"
    PARTS = "parts"


class Found(NamedTuple):
    """What a question found: ids of entries, best first. total: how many there are, counted up to MOST + 1."""

    ids: tuple[int, ...]
    how: How
    question: tuple[Run, ...]
    total: int


def found(words: str, facets: Facets, at: datetime) -> Found:
    """Return what answers the words and fits the facets."""
    question, narrow = asked(words), facet_wanted(facets)
    if not question and (words.strip() or facets == Facets()):
        return Found((), How.ALL, question, 0)
    opened = open_now(at) if facets.open else None
    ids, total = _all(question, narrow)
    best = ranked(question, _candidates(ids, question, opened))
    how = How.ALL
    if question and not best and (slip := slipped(question)):
        ids = matching(All((slip, *narrow)), RANKED)
        how, best = How.SLIP, nearest(question, _candidates(ids, question, opened))
    if question and not best:
        how, best = _parts(question, narrow, opened)
    whole = how == How.ALL and len(best) == len(ids)
    return Found(tuple(best), how, question, total if whole else len(best))


def shown(ids: Sequence[int]) -> list[Entry]:
    """Return these entries in this order, with what a list of them shows: two queries."""
    read = Entry.objects.select_related(
        "service__organization", "location__area", "organization__area"
    ).in_bulk(ids)
    return [read[key] for key in ids if key in read]


def why(entry: Entry, question: Iterable[Run]) -> tuple[str, ...]:
    """Return the parts of a question that an entry holds."""
    return heard(tuple(question), f"{entry.title}\n{entry.text}\n{entry.sounds}")


def how_many(facets: Iterable[str]) -> list[int]:
    """Return for each facet gram how many services hold it, counted up to MOST + 1: two queries."""
    return how_many_hold(facets, ("k:service",), MOST + 1)


def _all(question: tuple[Run, ...], narrow: Wanted) -> tuple[list[int], int]:
    """Return the ids of what holds all, of many what is called so before the others; and how many hold it."""
    parts = (wanted(question), *narrow) if question else narrow or ("k:service",)
    ids = matching(All(parts), MOST + 1)
    total = len(ids)
    if question and total > RANKED:
        called = matching(All((wanted(question, "t"), *narrow)), RANKED)
        ids = list(dict.fromkeys((*called, *ids)))
    return ids[:RANKED], total


def _parts(
    question: tuple[Run, ...], narrow: Wanted, opened: OpenNow | None
) -> tuple[How, list[int]]:
    """Return what holds parts of a question; for letters alone, what sounds like them but for a slip."""
    weighed = by_overlap(holding_each(tells(question, "t"), narrow, _PROBED), _PROBED)
    if not weighed:
        weighed = by_overlap(holding_each(tells(question, "g"), narrow, _PROBED), _PROBED)
    if any(run.han for run in question):
        kept = [one for one, _ in weighed[: 3 * _PARTLY]]
        alive = {one.id for one in _candidates(kept, question, opened)}
        return How.PARTS, [one for one in kept if one in alive][:_PARTLY]
    kept = [one for one, _ in weighed[:RANKED]]
    return How.SLIP, nearest(question, _candidates(kept, question, opened))[:_PARTLY]


def _candidates(
    ids: Sequence[int], question: Sequence[Run], opened: OpenNow | None
) -> list[Candidate]:
    if not ids:
        return []
    phrase = " ".join(run.text for run in question) or "\n"
    without = Replace("text", Value(phrase), Value(""), output_field=TextField())
    rows = list(
        Entry.objects.filter(pk__in=ids, shown=True)
        .annotate(
            gone=Length("text") - Length(without),
            size=Length("text"),
            assured=Coalesce("service__assured_on", "location__assured_on"),
        )
        .values_list("service", "location", "pk", "title", "sounds", "gone", "size", "assured")
    )
    if opened is not None:
        services = services_open(opened, (row[0] for row in rows if row[0]))
        rows = [row for row in rows if row[0] in services or row[1] in opened.places]
    return [
        Candidate(pk, title, sounds, gone // len(phrase), size, assured)
        for _service, _location, pk, title, sounds, gone, size, assured in rows
    ]
