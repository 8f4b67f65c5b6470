"""What would become of every row of a table: new, known, a correction, or an error. Nothing is written."""

import gc
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from linli.facts.models import Fact
from linli.facts.queries.lookups import FEW, Lookups, Read, Subject
from linli.facts.rules.columns import Layout
from linli.facts.rules.periods import Period
from linli.facts.rules.statements import Statement
from linli.kernel.sheets import Sheet


class Fate(StrEnum):
    """What becomes of a row."""

    NEW, KNOWN, CORRECTS, ERROR = "new", "known", "corrects", "error"


class Known(NamedTuple):
    """What is known of a subject already."""

    fact: int
    statement: Statement
    at: datetime


class Row(NamedTuple):
    """One row with its fate. number: the row of the table, its head is 1; wrong: the error's code."""

    number: int
    fate: Fate
    wrong: str = ""
    subject: Subject | None = None
    statement: Statement | None = None
    known: Known | None = None


@dataclass(frozen=True, slots=True)
class DryRun:
    """All rows of a table with their fates."""

    rows: list[Row]

    def count(self) -> dict[str, int]:
        """Return how many rows meet each fate."""
        counted = Counter(row.fate for row in self.rows)
        return {fate.value: counted[fate] for fate in Fate}

    def of(self, fate: str) -> list[Row]:
        """Return the rows of one fate, all for none."""
        return [row for row in self.rows if not fate or row.fate == fate]

    @property
    def checksum(self) -> str:
        """A text that differs when, for whatever reason, any row would meet another fate."""
        said = "\n".join(
            f"{row.fate} {row.wrong} {row.subject} {row.known and row.known.fact}"
            for row in self.rows
        )
        return hashlib.sha256(said.encode()).hexdigest()


@contextmanager
def uncollected() -> Iterator[None]:
    """Let Python's cycle collector rest: it would walk over all rows again and again, in vain.

    Rows are tuples without a cycle, so nothing waits for it. Whichever thread found it at work lets it
    work again.
    """
    worked = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if worked:
            gc.enable()


@uncollected()
def dry_run(sheet: Sheet, layout: Layout) -> DryRun:
    """Return what would become of every row of a sheet."""
    texts = layout.all_texts(sheet.rows)
    told = Lookups(texts)
    read = [told.read(*row) for row in texts]
    known = _known({subject for _, subject, _ in read if subject})
    return DryRun(list(_fates(zip(sheet.lines, read, strict=True), known)))


def _known(subjects: set[Subject]) -> dict[Subject, Known]:
    """Return what is known now of these subjects."""
    if not subjects:
        return {}
    days = [subject.period.start for subject in subjects]
    facts = Fact.objects.current().filter(
        indicator_id__in={subject.indicator for subject in subjects},
        period_from__range=(min(days), max(days)),
    )
    areas, sources = ({subject[place] for subject in subjects} for place in (1, 3))
    if len(areas) <= FEW:
        facts = facts.filter(area_id__in=areas)
    if len(sources) <= FEW:
        facts = facts.filter(evidence__source__in=sources)
    known = {}
    for fact in facts.order_by("at", "id").values_list(
        "indicator_id", "area_id", "period_from", "period_until", "evidence__source",
        "id", "value", "bound", "at",
    ).iterator():  # fmt: skip
        indicator, area, start, until, source, number, value, bound, at = fact
        subject = Subject(indicator, area, Period(start, until), source)
        if subject in subjects and value is not None:
            known[subject] = Known(number, Statement(value, bound), at)
    return known


def _fates(read: Iterable[tuple[int, Read]], known: dict[Subject, Known]) -> Iterable[Row]:
    seen: dict[Subject, tuple[int, Statement]] = {}
    for number, (wrong, subject, statement) in read:
        if subject is None or statement is None:
            yield Row(number, Fate.ERROR, wrong)
            continue
        earlier = known.get(subject)
        first, said = seen.setdefault(subject, (number, statement))
        if said != statement:
            yield Row(number, Fate.ERROR, "stated_twice", subject, statement, earlier)
        elif first != number or (earlier and earlier.statement == statement):
            yield Row(number, Fate.KNOWN, "", subject, statement, earlier)
        else:
            fate = Fate.CORRECTS if earlier else Fate.NEW
            yield Row(number, fate, "", subject, statement, earlier)
