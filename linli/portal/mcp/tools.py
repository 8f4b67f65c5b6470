"""The tools: what an assistant may ask of what is released. Each answers as the JSON interface and the pages do.

No tool writes, and none sees a count of people that has not passed the gate: each figure comes from `spoken`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest
from django.urls import reverse
from pydantic import BaseModel

from linli.atlas import api as atlas
from linli.atlas.queries.cited_cells import known_periods
from linli.atlas.queries.single_cells import Question
from linli.atlas.schemas.answers import CellsOut, ReleasesOut
from linli.directory.models import Area
from linli.directory.queries.finding import found, shown
from linli.directory.rules.entries import Facets
from linli.facts import api as facts
from linli.facts.models import Indicator
from linli.facts.rules import periods
from linli.facts.schemas.answers import IndicatorsOut
from linli.kernel.clock import now
from linli.kernel.open_answers import host_of
from linli.plans import api as plans
from linli.portal.mcp import asked
from linli.portal.mcp.asked import FigureTold, PromisesTold, ServicesTold, ServiceTold

_FEW = 20


@dataclass(frozen=True, slots=True)
class Tool:
    """One tool: what it is called, what it is for, what it takes, what it gives, and how."""

    name: str
    title: str
    what: str
    takes: type[asked.Asked]
    gives: type[BaseModel]
    run: Callable[[HttpRequest, Any], BaseModel]

    @property
    def told(self) -> dict[str, Any]:
        """The tool as the protocol lists it."""
        return {
            "name": self.name,
            "title": self.title,
            "description": self.what,
            "inputSchema": self.takes.model_json_schema(),
            "outputSchema": self.gives.model_json_schema(mode="serialization"),
            "annotations": {
                "title": self.title,
                "readOnlyHint": True,
                "destructiveHint": False,
                "idempotentHint": True,
                "openWorldHint": False,
            },
        }


def find_indicators(request: HttpRequest, wanted: asked.IndicatorsAsked) -> IndicatorsOut:
    """Return what is measured."""
    return facts.list_indicators(request, wanted.words, wanted.page)


def figure(request: HttpRequest, wanted: asked.FigureAsked) -> FigureTold:
    """Return one figure; where nothing is known, over which periods there is something."""
    host = host_of(request)
    told = atlas.cells_asked(wanted.indicator, wanted.period, [wanted.area], host)
    listed: list[str] = []
    if not told.cells[0].known:
        of, area = (
            Indicator.objects.get(code=told.indicator),
            Area.objects.get(code=wanted.area.strip()),
        )
        over = periods.of_iso(told.period)
        if over is not None:
            [spans] = known_periods(Question(of, area, over)).values()
            listed = [periods.shown(one) for one in spans]
    return FigureTold(**told.model_dump(), known_periods=listed)


def compare(request: HttpRequest, wanted: asked.CompareAsked) -> CellsOut:
    """Return one figure of several places side by side."""
    return atlas.cells_asked(wanted.indicator, wanted.period, wanted.areas, host_of(request))


def find_services(request: HttpRequest, wanted: asked.ServicesAsked) -> ServicesTold:
    """Return the services that answer a question."""
    facets = Facets(kind="service", area=wanted.area.strip(), language=wanted.language.strip())
    answer = found(wanted.words, facets, now())
    listed = [one.service for one in shown(answer.ids[:_FEW]) if one.service is not None]
    host = host_of(request)
    return ServicesTold(
        total=answer.total,
        services=[
            ServiceTold(
                code=one.code,
                name=one.name,
                offered_by=one.organization.name,
                what=one.description[:600],
                address=f"{host}{reverse('directory:service', args=[one.code])}",
            )
            for one in listed
        ],
    )


def promise_status(request: HttpRequest, wanted: asked.PromisesAsked) -> PromisesTold:
    """Return how promises stand: one by its code, or those that words and place find."""
    if wanted.code:
        return PromisesTold(total=1, promises=[plans.tell_promise(request, wanted.code)])
    told = plans.list_promises(request, area=wanted.area, words=wanted.words)
    return PromisesTold(total=told.total, promises=told.promises[:_FEW])


def releases(request: HttpRequest, wanted: asked.ReleasesAsked) -> ReleasesOut:
    """Return the tables about people that passed the gate."""
    return atlas.list_releases(request, wanted.page)


TOOLS: Final = {
    one.name: one
    for one in (
        Tool(
            "find_indicators",
            "Find indicators",
            "Lists what is measured: code, name, unit, and in words what each indicator counts. Start here.",
            asked.IndicatorsAsked,
            IndicatorsOut,
            find_indicators,
        ),
        Tool(
            "figure",
            "One figure",
            "Tells one figure of one place over one period, with its source and an address to cite. value is null"
            " where the release gate keeps it back (kept_back) or where nothing is known; never guess it.",
            asked.FigureAsked,
            FigureTold,
            figure,
        ),
        Tool(
            "compare",
            "Places side by side",
            "Tells one figure of several places over one period. What is kept back of one place must not be worked"
            " out from the others.",
            asked.CompareAsked,
            CellsOut,
            compare,
        ),
        Tool(
            "find_services",
            "Find services",
            "Finds public services by what somebody needs: who offers them and the address of the guide.",
            asked.ServicesAsked,
            ServicesTold,
            find_services,
        ),
        Tool(
            "promise_status",
            "How a promise stands",
            "Tells what was promised in which sentence, who answers for it, when it is due, its lamp and its proof.",
            asked.PromisesAsked,
            PromisesTold,
            promise_status,
        ),
        Tool(
            "releases",
            "Released tables",
            "Lists the tables about people that passed the release gate, with the address of each table.",
            asked.ReleasesAsked,
            ReleasesOut,
            releases,
        ),
    )
}
