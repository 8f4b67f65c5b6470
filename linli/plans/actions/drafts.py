"""What a form, a sheet or a reading hands to the actions: plain values, not yet checked."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from linli.directory.models import Area, Unit
from linli.facts.models import Evidence, Indicator
from linli.facts.rules.periods import Period
from linli.plans.models import Body, PolicyDocument, Share, Task


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeDraft:
    """A programme as it should be. The last day is one of its days."""

    title: str
    area: Area
    starts_on: date
    ends_on: date
    document: PolicyDocument | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDraft:
    """A task as it should be: all of it, not the changes. `TaskDraft.of` gives one to change a part of.

    evidence: the sentence that promises it; None on an edit leaves what is there.
    """

    title: str
    lead: Unit | None = None
    responsible: tuple[Unit, ...] = ()
    supporting: tuple[Unit, ...] = ()
    starts_on: date | None = None
    due_on: date | None = None
    indicator: Indicator | None = None
    target: Decimal | None = None
    target_sense: str = "at_least"
    evidence: Evidence | None = None

    @classmethod
    def of(cls, task: Task) -> "TaskDraft":
        """Return the task as it is, for `dataclasses.replace`. Reads its shares."""
        shares = list(task.shares.select_related("unit"))
        return cls(
            title=task.title,
            lead=task.lead,
            responsible=tuple(s.unit for s in shares if s.part == Share.RESPONSIBLE),
            supporting=tuple(s.unit for s in shares if s.part == Share.SUPPORTING),
            starts_on=task.starts_on,
            due_on=task.due_on,
            indicator=task.indicator,
            target=task.target,
            target_sense=task.target_sense,
            evidence=task.evidence,
        )


class Attachment(NamedTuple):
    """A file that backs a report."""

    data: bytes
    name: str
    media_type: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressDraft:
    """What a unit reports. A value needs its period; a file is what acceptance can rest on."""

    words: str
    says_done: bool = False
    value: Decimal | None = None
    period: Period | None = None
    file: tuple[bytes, str, str] | Attachment | None = None  # data, name, media type


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentDraft:
    """A policy document as it should be."""

    title: str
    area: Area
    number: str = ""
    issuer: Unit | None = None
    issued_on: date | None = None
    status: str = "in_force"
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyDraft:
    """A body as it should be: who sits in it, and who chairs."""

    name: str
    kind: str
    area: Area
    above: Body | None = None
    units: tuple[Unit, ...] = field(default=())
    chair: Unit | None = None
