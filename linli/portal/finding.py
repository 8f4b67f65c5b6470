"""What the search finds among everything that is public, kind by kind. Each engine says what of it may be found."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from linli.assessments.queries import finding as assessments
from linli.atlas.queries import finding as atlas
from linli.directory.models import Entry, Location, Service
from linli.directory.queries import finding as directory
from linli.directory.queries.titled import MOST, Hit, Kind, found, with_code
from linli.directory.rules.entries import Facets
from linli.directory.rules.spelling import Question
from linli.facts.queries import cited
from linli.facts.queries import finding as facts
from linli.funds.queries import finding as funds
from linli.kernel.text import Words
from linli.offers.queries import finding as offers
from linli.plans.queries import finding as plans
from linli.reports.queries import finding as reports
from linli.trace.queries import finding as trace
from linli.trace.queries.meanings import meant_by

SHOWN, ROWS = 5, 20
_SERVICE, _LOCATION = "service", "location"
KINDS: Final[dict[str, Kind]] = {
    kind.key: kind
    for engine in (offers, plans, reports, facts, funds, assessments, trace, atlas)
    for kind in engine.KINDS
}
TITLES: Final[dict[str, Words]] = {
    _SERVICE: _("Services"),
    _LOCATION: _("Stations and halls"),
    "offers": _("Courses, events, appointments"),
    "vacancies": _("Vacancies"),
    "promises": _("Promises and what came of them"),
    "figures": _("Figures"),
    "reports": _("Reports"),
    "releases": _("Releases of people's figures"),
    "funds": _("Public money"),
    "projects": _("Projects"),
    "programmes": _("Programme lines"),
    "collections": _("Donations"),
    "honours": _("Units that were named"),
    "schemes": _("Recognition schemes"),
    "decisions": _("Decisions before they are taken"),
    "inspections": _("Inspections"),
    "polls": _("Polls"),
    "premises": _("Food businesses"),
    "permits": _("Permits"),
    "recalls": _("Recalls"),
    "exhibitions": _("Exhibitions"),
}
# What the directory's own search finds, and what its codes name.
_OWN: Final = {
    _SERVICE: Kind(
        _SERVICE,
        "directory:service",
        lambda _at: Service.objects.all(),
        title="name",
    ),
    _LOCATION: Kind(
        _LOCATION,
        "directory:station",
        lambda _at: Location.objects.open_to_all(),
        title="name",
    ),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was found, what is said beside it, and where it stands."""

    title: str
    beside: str
    address: str


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of one kind, nearest first. more: there is more than is told; near: nothing holds it all."""

    key: str
    title: Words
    entries: list[Line]
    total: int
    more: bool = False
    near: bool = False


def found_groups(wanted: Question, at: datetime) -> list[Group]:
    """Return the groups in which something was found; what holds all the words hides what comes near them."""
    groups = [_group(key, wanted, at) for key in TITLES]
    there = [one for one in groups if one.total]
    return [one for one in there if not one.near] or there


def found_page(
    key: str, wanted: Question, at: datetime, number: str | None
) -> tuple[Page[Any], list[Line]]:
    """Return one page of what was found of one kind, and its lines."""
    if key in _OWN:
        answer = directory.found(wanted.words, Facets(kind=key, area=wanted.area), at)
        ids = Paginator(answer.ids, ROWS).get_page(number)
        return ids, _entries(list(ids.object_list))
    kind = KINDS[key]
    hits = Paginator(found(kind, wanted, at).hits, ROWS).get_page(number)
    return hits, _lines(kind, list(hits.object_list))


def address_of(code: str, at: datetime) -> str:
    """Return the page of what everybody may see under a code, "" when there is none. At most five queries."""
    kinds = {**_OWN, **KINDS}
    known = with_code(kinds.values(), code, at)
    if known:
        return reverse(kinds[known[0]].route, args=[known[1]])
    if cited(code):
        return reverse("facts:citation", args=[code])
    food = meant_by(code)  # what has closed is told there, too
    told = food and (food.permit or food.premises or food.operator)
    return reverse("goods:lookup", args=[code]) if told else ""


def narrowed(wanted: Question, key: str) -> str:
    """Return the question of an address that shows one kind alone."""
    asked = {"q": wanted.words, "kind": key, "area": wanted.area}
    return urlencode({name: value for name, value in asked.items() if value})


def _group(key: str, wanted: Question, at: datetime) -> Group:
    if key in _OWN:
        answer = directory.found(wanted.words, Facets(kind=key, area=wanted.area), at)
        lines = _entries(answer.ids[:SHOWN])
        near = answer.how != directory.How.ALL
        more = answer.total > directory.MOST
        return Group(key, TITLES[key], lines, min(answer.total, directory.MOST), more, near)
    kind = KINDS[key]
    hits = found(kind, wanted, at)
    lines = _lines(kind, hits.hits[:SHOWN])
    return Group(key, TITLES[key], lines, min(len(hits.hits), MOST), hits.more)


def _lines(kind: Kind, hits: Sequence[Hit]) -> list[Line]:
    return [Line(one.title, one.beside, reverse(kind.route, args=[one.code])) for one in hits]


def _entries(ids: Sequence[int]) -> list[Line]:
    return [_entry(one) for one in directory.shown(list(ids))] if ids else []


def _entry(one: Entry) -> Line:
    if one.service:
        address = reverse("directory:service", args=[one.service.code])
        return Line(one.service.name, str(one.service.organization), address)
    assert one.location is not None  # noqa: S101 - of organizations nothing is asked
    address = reverse("directory:station", args=[one.location.code])
    return Line(one.location.name, f"{one.location.area} {one.location.address}", address)
