"""How many people were sent: as counts by role, over all periods, corrected rows left out."""

from typing import NamedTuple

from django.db.models import Count, Q, QuerySet, Sum

from linli.funds.models import Programme, Project, Sent
from linli.funds.rules.sent import Told, told


class People(NamedTuple):
    """What is told of people sent, and in how many teams."""

    told: Told
    teams: int


def counting(of: Programme | Project) -> QuerySet[Sent]:
    """Return the rows that count for a programme line (with its parts and projects) or for a project."""
    if isinstance(of, Project):
        found = Sent.objects.filter(project=of)
    else:
        found = Sent.objects.filter(Q(programme=of) | Q(programme__above=of))
    return found.filter(corrected_by=None, count__gt=0)


def people_sent(of: Programme | Project) -> People:
    """Return what may be told of the people sent for a programme line or a project."""
    rows = counting(of).order_by()
    counts = dict(rows.values_list("role").annotate(Sum("count")))
    named = rows.exclude(team="").aggregate(teams=Count("team", distinct=True))
    return People(told(counts), named["teams"])
