"""What the tools are asked and what they answer, as shapes: from these come the JSON schemas that are told."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from linli.atlas.schemas.answers import CellsOut
from linli.plans.schemas.answers import PromiseOut

# A NUL ends a text in PostgreSQL; nobody types one.
Typed = Annotated[str, StringConstraints(max_length=100, pattern=r"^[^\x00]*$")]
Needed = Annotated[str, StringConstraints(min_length=1, max_length=80, pattern=r"^[^\x00]+$")]
PageNumber = Annotated[int, Field(ge=1, le=10_000)]


class Asked(BaseModel):
    """What a tool is asked: nothing that it does not know."""

    model_config = ConfigDict(extra="forbid")


class IndicatorsAsked(Asked):
    """Which indicators."""

    words: Typed = Field("", description="Words in name, code or unit; empty for all")
    page: PageNumber = 1


class FigureAsked(Asked):
    """Which figure."""

    indicator: Needed = Field(description="Code of the indicator, as find_indicators tells it")
    area: Needed = Field(description="Code of the place (GB/T 2260), such as 620200")
    period: Needed = Field(description="2024, 2024-05, 2024-05-01 or 2020/2024")


class CompareAsked(Asked):
    """Which places side by side."""

    indicator: Needed = Field(description="Code of the indicator")
    areas: list[Needed] = Field(min_length=2, max_length=40, description="Codes of the places")
    period: Needed = Field(description="2024, 2024-05, 2024-05-01 or 2020/2024")


class ServicesAsked(Asked):
    """Which services."""

    words: Typed = Field("", description="What is needed, in own words")
    area: Typed = Field("", description="Code of the place; empty for all")
    language: Typed = Field(
        "", description="A language that is spoken there, as BCP 47 has it: ug, bo, zh"
    )


class PromisesAsked(Asked):
    """Which promises."""

    code: Typed = Field("", description="Code of one promise; empty to look by words")
    words: Typed = Field("", description="Words in title, measure or lead unit")
    area: Typed = Field("", description="Code of the place; empty for all")


class ReleasesAsked(Asked):
    """Which page of releases."""

    page: PageNumber = 1


class FigureTold(CellsOut):
    """One figure, and over which periods it is known where it is not over this one."""

    known_periods: list[str]


class ServiceTold(BaseModel):
    """One service of the directory."""

    code: str
    name: str
    offered_by: str
    what: str
    address: str


class ServicesTold(BaseModel):
    """The services that answer a question, best first."""

    total: int
    services: list[ServiceTold]


class PromisesTold(BaseModel):
    """Promises and how they stand: no more than twenty."""

    total: int
    promises: list[PromiseOut]
