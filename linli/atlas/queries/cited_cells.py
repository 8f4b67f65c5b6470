"""Cited cells by their code, and the same cell made again."""

from dataclasses import dataclass

from linli.atlas.models import CellCitation
from linli.atlas.queries.rates import Spans, newest_first, spans
from linli.atlas.queries.single_cells import Answer, Question, again
from linli.atlas.rules import cited
from linli.directory.models import Area
from linli.facts.models import Fact, Indicator
from linli.facts.rules.periods import Period

_FEW = 8


@dataclass(frozen=True, slots=True)
class Again:
    """A cited cell made again from its figures: what came out, its digest, and what is not as it was cited."""

    answer: Answer
    digest: str
    differences: list[str]

    @property
    def same(self) -> bool:
        """Whether it is what was cited, to the last character."""
        return not self.differences


def citation(code: str) -> CellCitation | None:
    """Return the cited cell with this code."""
    sides = ("indicator", "rate__numerator", "rate__denominator", "area")
    return CellCitation.objects.select_related(*sides).filter(code=code).first()


def made_again(found: CellCitation) -> Again:
    """Return a cited cell made again. Raises NotReleased when a figure of it may no longer be said."""
    answer = again(found)
    if answer.result.point is None:
        return Again(answer, "", [answer.result.why])
    told = answer.said
    digest = cited.digest(told)
    differences = cited.differences(found.said, told)
    if not differences and digest != found.digest:
        differences = ["digest"]
    return Again(answer, digest, differences)


def known_periods(question: Question) -> dict[str, list[Period]]:
    """Return over which periods each side of a cell is known in its area, newest first: why there may be none."""
    found: Spans = spans(question.sides.values(), [question.area])
    return {
        role: newest_first(found.get((one.pk, question.area.code), ()))[:_FEW]
        for role, one in question.sides.items()
    }


def known_areas(of: Indicator, period: Period, around: Area) -> list[Area]:
    """Return a few areas near `around` of which something is known over this period: its parent, its neighbours."""
    stated = Fact.objects.current().filter(
        indicator=of, period_from=period.start, period_until=period.until
    )
    near = Area.objects.filter(code__in=stated.values("area"))
    if around.parent_id:
        near = near.filter(parent=around.parent_id) | near.filter(code=around.parent_id)
    return list(near.order_by("code")[:_FEW])
