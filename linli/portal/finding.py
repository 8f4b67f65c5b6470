"""What the search of the start page finds: the best services and places of the directory, funds and projects."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Entry
from linli.directory.queries.finding import How, found, shown
from linli.directory.rules.entries import Facets
from linli.funds.queries.published_funds import Asked, funds_on_show, projects_on_show
from linli.kernel.clock import now
from linli.kernel.text import Words

_SHOWN = 6
_GROUPS: tuple[tuple[str, Words], ...] = (
    ("service", _("Services")),
    ("location", _("Stations and halls")),
)


@dataclass(frozen=True, slots=True)
class Group:
    """Some of what was found of one kind, and where all of it stands. exact: it holds all that was asked."""

    title: Words
    entries: list[Entry]
    total: int
    address: str
    exact: bool


def found_things(words: str) -> list[Group]:
    """Return the groups in which something was found; what holds all the words hides what holds a part."""
    groups = []
    for kind, title in _GROUPS:
        answer = found(words, Facets(kind=kind), now())
        if not answer.ids:
            continue
        entries = shown(answer.ids[:_SHOWN])
        address = f"{reverse('directory:services')}?{urlencode({'q': words, 'kind': kind})}"
        groups.append(Group(title, entries, answer.total, address, answer.how == How.ALL))
    return [one for one in groups if one.exact] or groups


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was found, what is said beside it, and where it stands."""

    title: str
    beside: str
    address: str


def found_money(words: str) -> list[Line]:
    """Return the published funds and projects that hold all the words; the first of each."""
    funds = [
        Line(one.name, one.unit.name, reverse("funds:fund", args=[one.code]))
        for one in funds_on_show(Asked(words=words))[:_SHOWN]
    ]
    projects = [
        Line(one.name, one.receiving.name, reverse("funds:project", args=[one.code]))
        for one in projects_on_show(words)[:_SHOWN]
    ]
    return funds + projects
