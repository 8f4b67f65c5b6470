"""Promises as programs are answered: the columns of the open data, typed."""

from datetime import date
from typing import Annotated

from ninja import Field, Schema
from pydantic import StringConstraints

from linli.plans.schemas.rows import Promise, in_json

# A NUL ends a text in PostgreSQL; nobody types one.
Typed = Annotated[str, StringConstraints(max_length=100, pattern=r"^[^\x00]*$")]
Code = Annotated[str, StringConstraints(min_length=1, max_length=12, pattern=r"^[^\x00/]+$")]
PageNumber = Annotated[int, Field(ge=1, le=10_000)]


class Problem(Schema):
    """One refusal, as RFC 9457 has it."""

    type: str
    title: str
    status: int
    code: str


class PromiseOut(Schema):
    """One promise: its sentence, who answers for it, when it is due, how it stands, and the proof."""

    promise: str = Field(description="Code of the promise")
    address: str = Field(description="Address of the promise for ever")
    area_code: str
    area: str
    programme: str
    measure: str
    title: str
    sentence: str = Field(description="The sentence that promised it")
    sentence_source: str
    sentence_address: str
    lead_unit: str
    responsible_units: str
    supporting_units: str
    promised_on: str
    first_due_on: str = Field(description="Due day as first promised; empty for none")
    due_on: str = Field(description="Due day now; empty for none")
    drift_days: int | None = Field(description="Days between the two; positive is later")
    moves: int
    last_move_reason: str
    indicator: str = Field(description="Code of the indicator that measures it; empty for none")
    first_target: int | float | None
    target: int | float | None
    unit: str
    lamp: str = Field(
        description="green proven, blue under way, amber needs watching, red overdue, grey not begun or given up"
    )
    lamp_reason: str
    accepted_on: str = Field(description="Day of the report that was accepted; empty for none")
    proof_source: str
    proof_sha256: str
    figure: str = Field(description="Address of the figure that speaks of the target")
    figure_value: int | float | None
    figure_status: str


class PromisesOut(Schema):
    """One page of promises, how they stand on a day, and how many have which lamp."""

    as_of: date
    total: int
    page: int
    pages: int
    lamps: dict[str, int]
    promises: list[PromiseOut]


def promise_out(one: Promise, host: str) -> PromiseOut:
    """Return a promise under the names of its columns."""
    return PromiseOut.model_validate(in_json(one, host))
