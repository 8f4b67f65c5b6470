"""What is known, as programs are answered: indicators, areas and figures, each figure said by `spoken`."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from django.urls import reverse
from django.utils.timezone import localtime
from ninja import Field, Schema
from pydantic import StringConstraints

from linli.directory.models import Area
from linli.facts.models import Fact, Indicator
from linli.facts.rules.periods import Period, shown
from linli.facts.rules.released import Ground, Released, spoken
from linli.facts.schemas.rows import citation
from linli.kernel.open_answers import number

# A NUL ends a text in PostgreSQL; nobody types one.
Typed = Annotated[str, StringConstraints(max_length=100, pattern=r"^[^\x00]*$")]
Code = Annotated[str, StringConstraints(min_length=1, max_length=80, pattern=r"^[^\x00/]+$")]
PageNumber = Annotated[int, Field(ge=1, le=10_000)]


class Problem(Schema):
    """One refusal, as RFC 9457 has it."""

    type: str
    title: str
    status: int
    code: str


class IndicatorOut(Schema):
    """One thing that is measured: what it counts, in which unit, and how much is known of it."""

    code: str
    name: str
    name_hant: str
    name_en: str
    unit: str
    kind: str
    definition: str = Field(description="What it counts, in words")
    computed_by: str
    about_people: bool = Field(
        description="Whether it counts people: then only what is released is here"
    )
    figures: int = Field(description="How many figures are known now")
    places: int = Field(description="Of how many places")
    page: str


class IndicatorsOut(Schema):
    """One page of indicators."""

    total: int
    page: int
    pages: int
    indicators: list[IndicatorOut]


class AreaOut(Schema):
    """One administrative area of which something is known."""

    code: str = Field(description="Code of GB/T 2260")
    name: str
    level: str
    parent: str | None


class AreasOut(Schema):
    """One page of areas."""

    total: int
    page: int
    pages: int
    areas: list[AreaOut]


class FigureOut(Schema):
    """One figure as it may be said, and where it can be looked at for ever."""

    citation: str = Field(description="Address of this figure for ever")
    indicator: str
    name: str
    counts: str = Field(description="What the indicator counts, in words")
    area_code: str
    area: str
    period: str = Field(description="ISO words: 2024, 2024-05, 2020/2024")
    period_from: date
    period_until: date = Field(description="First day after the period")
    value: int | float | None
    kept_back: bool = Field(description="Whether the release gate keeps the value back")
    bound: str
    low: int | float | None = Field(description="Lower end of what the value may be, null for none")
    high: int | float | None
    unit: str
    status: str
    source: str
    recorded_at: datetime
    ground: Ground = Field(
        description="Why it may be said: it counts no people, an official source has published it, or it passed the release gate"
    )
    decision: str = Field(description="Code of the release, or name of the publication")


class FiguresOut(Schema):
    """One page of figures."""

    total: int
    page: int
    pages: int
    figures: list[FigureOut]


def indicator_out(one: Indicator, known: Mapping[int, tuple[int, int]], host: str) -> IndicatorOut:
    """Return an indicator; known: how many figures of how many places, by its id."""
    figures, places = known.get(one.pk, (0, 0))
    return IndicatorOut(
        code=one.code,
        name=one.name,
        name_hant=one.name_hant,
        name_en=one.name_en,
        unit=one.unit,
        kind=one.kind,
        definition=one.definition,
        computed_by=one.computed_by,
        about_people=one.about_people,
        figures=figures,
        places=places,
        page=f"{host}{reverse('facts:public_indicator', args=[one.code])}",
    )


def area_out(one: Area) -> AreaOut:
    """Return an area."""
    return AreaOut(code=one.code, name=one.name, level=one.level, parent=one.parent_id)


def figure_out(fact: Fact, said: Released[Decimal], host: str) -> FigureOut:
    """Return a figure as it may be said. Its indicator, area and evidence must be at hand."""
    value = spoken(said)
    return FigureOut(
        citation=f"{host}{citation(fact)}",
        indicator=fact.indicator.code,
        name=fact.indicator.name,
        counts=fact.indicator.definition,
        area_code=fact.area_id,
        area=fact.area.name,
        period=shown(Period(fact.period_from, fact.period_until)),
        period_from=fact.period_from,
        period_until=fact.period_until,
        value=number(value),
        kept_back=value is None,
        bound=fact.bound,
        low=number(fact.low),
        high=number(fact.high),
        unit=fact.indicator.unit,
        status=fact.status,
        source=fact.evidence.source,
        recorded_at=localtime(fact.at),
        ground=said.ground,
        decision=said.decision,
    )
