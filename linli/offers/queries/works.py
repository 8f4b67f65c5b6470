"""Works of contests as they are shown: to their makers, to the jury by number, to everybody on the wall."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from statistics import mean
from typing import NamedTuple

from django.db.models import Count, F, Q, QuerySet
from django.utils.timezone import localdate

from linli.kernel.actors import Actor
from linli.kernel.fields import unseal_text
from linli.kernel.keystore import store
from linli.kernel.sealed_files import open_sealed
from linli.kernel.sealing import Key
from linli.kernel.subjects import Gone
from linli.offers.events import Collected, Judged
from linli.offers.models import Contest, Entry, Mark, Offer
from linli.offers.queries.jury import points_given
from linli.offers.rules.entries import order_for


class Opened(NamedTuple):
    """One work with what it says, as long as it opens."""

    entry: Entry
    title: str
    words: str


class BeforeJudge(NamedTuple):
    """One work before one judge: their own points for it, if they have given any."""

    work: Opened
    mark: Mark | None


class Won(NamedTuple):
    """One work with a prize: its number, place and mean of points, and whether it shares its place."""

    number: int
    place: int
    mean: float
    shares: bool


def published_contests(at: datetime) -> "QuerySet[Contest]":
    """Those that the public sees, and whose works are kept."""
    contests = Contest.objects.select_related("offer__unit", "offer__area")
    shown = Q(offer__published_at__isnull=False, offer__withdrawn_at=None)
    return contests.filter(shown, shown_until__gt=localdate(at))


def with_counts(offers: "QuerySet[Offer]") -> "QuerySet[Offer]":
    """Those of these offers that are contests, with how many works there are and how many judges have begun."""
    contests = offers.filter(kind=Offer.CONTEST, withdrawn_at=None).select_related("contest")
    return contests.annotate(
        works=Count("contest__entries", Q(contest__entries__purged_on=None), distinct=True),
        judges=Count("contest__entries__marks__by_name", distinct=True),
    )


def on_wall(contest: Contest) -> "QuerySet[Entry]":
    """Works that hang, those with a prize first: their makers let them, the jury saw them and set none aside."""
    shown = Entry.objects.filter(contest=contest, shown_on__isnull=False, set_aside="")
    judged = shown.filter(purged_on=None, contest__judged_at__isnull=False)
    return judged.order_by(F("place").asc(nulls_last=True), "number")


def before_judge(contest: Contest, by: Actor, at: datetime) -> list[BeforeJudge]:
    """Every work that stands, in this judge's own order, with what this judge said. Two queries."""
    standing = {one.number: one for one in contest.entries.filter(purged_on=None)}
    given = Mark.objects.filter(entry__contest=contest, by_name=by.name, by_unit=by.unit)
    marks = {mark.entry_id: mark for mark in given}
    order = order_for(f"{by.unit}\n{by.name}", standing)
    works = (standing[number] for number in order)
    return [BeforeJudge(work, marks.get(work.entry.pk)) for work in opened(works, contest, at)]


def opened(works: Iterable[Entry], contest: Contest, at: datetime) -> list[Opened]:
    """Open works of one contest; one that was destroyed this moment is left out."""
    found = ((work, _key(work, contest, at)) for work in works)
    return [
        Opened(work, unseal_text(work, key, "title"), unseal_text(work, key, "words"))
        for work, key in found
        if key is not None
    ]


def file_of(entry: Entry, contest: Contest, at: datetime) -> bytes:
    """Return the picture or recording of a work. Raises FileNotFoundError.

    Refuses: gone.
    """
    key = _key(entry, contest, at)
    if key is None:
        raise Gone
    return open_sealed(key, entry.code, entry.digest)


def winners(contest: Contest) -> list[Won]:
    """Works with a prize, by place and number, as the points say. Three queries."""
    won = contest.entries.filter(place__isnull=False).order_by("place", "number")
    rows = list(won.values_list("number", "place"))
    places = [place for _number, place in rows]
    given = points_given(contest)
    means = {number: float(mean(given[number].values())) for number, _place in rows}
    return [
        Won(number, place or 0, means[number], places.count(place) > 1) for number, place in rows
    ]


def collected(since: datetime, until: datetime) -> list[Collected]:
    """Contests that closed in [since, until): what whoever judges from then on must hear. Two queries."""
    closed = Contest.objects.filter(closes_at__gte=since, closes_at__lt=until)
    numbers: dict[int, list[int]] = defaultdict(list)
    standing = Entry.objects.filter(contest__in=closed, purged_on=None, set_aside="")
    for contest, number in standing.order_by("number").values_list("contest", "number"):
        numbers[contest].append(number)
    told = closed.order_by("closes_at", "pk").values_list("pk", "offer__code", "closes_at")
    return [Collected(code, at, tuple(numbers[key])) for key, code, at in told]


def judged(since: datetime, until: datetime) -> list[Judged]:
    """Contests whose results were told in [since, until). Two queries."""
    told = Contest.objects.filter(judged_at__gte=since, judged_at__lt=until)
    places: dict[int, list[tuple[int, int]]] = defaultdict(list)
    won = Entry.objects.filter(contest__in=told, place__isnull=False).order_by("place", "number")
    for contest, number, place in won.values_list("contest", "number", "place"):
        places[contest].append((number, place or 0))
    rows = told.order_by("judged_at", "pk").values_list("pk", "offer__code", "judged_at")
    return [Judged(code, at, tuple(places[key])) for key, code, at in rows if at]


def known_works(digests: Collection[str]) -> set[str]:
    """Return those of these sealed files that a work names."""
    return set(Entry.objects.filter(digest__in=digests).values_list("digest", flat=True))


def _key(entry: Entry, contest: Contest, at: datetime) -> Key | None:
    return store().key(entry.code) if contest.shown_until > localdate(at) else None
