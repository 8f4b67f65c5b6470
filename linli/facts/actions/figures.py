"""Count the figures that engines declare, and keep what was counted as facts."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from linli.directory.models import Area
from linli.facts.actions.evidence import cite_query
from linli.facts.actions.indicators import IndicatorDraft, define
from linli.facts.actions.rows import NewFact, insert
from linli.facts.actions.wrongs import WRONGS
from linli.facts.models import Evidence, Fact, Indicator
from linli.facts.rules.boundaries import overstep
from linli.facts.rules.figures import Cell, Figure
from linli.facts.rules.intervals import nearest
from linli.facts.rules.periods import Period
from linli.facts.rules.statements import Statement, fault
from linli.kernel.actors import Actor, Role, allow
from linli.kernel.record_keys import sealed_digest
from linli.kernel.refusals import Refused


@dataclass(frozen=True, slots=True)
class Counted:
    """What became of one figure; skipped: its records had not changed since it was counted last."""

    name: str
    skipped: bool = False
    new: int = 0
    changed: int = 0
    withdrawn: int = 0
    same: int = 0


@transaction.atomic
def compute(*, by: Actor, at: datetime, figure: Figure) -> Counted:
    """Count one figure, unless its records are as they were, and keep what is new or changed.

    A changed value supersedes the earlier one; what is no longer counted is withdrawn.

    Refuses: not_allowed unless a planner or the system asks; what `define` refuses of a new
    indicator; unknown_area, too_large, not_a_number for a cell that cannot be kept; official_only and
    not_released (PRIVACY 9).
    """
    allow(by, Role.PLANNER)
    indicator = Indicator.objects.filter(code=figure.name).first() or _defined(by, at, figure)
    Indicator.objects.select_for_update(no_key=True).get(pk=indicator.pk)
    if indicator.unit != figure.unit:  # the engine that counts has named its unit anew
        Indicator.objects.filter(pk=indicator.pk).update(unit=figure.unit)
    version = figure.version()[:100]
    if _last_version(figure) == version:
        return Counted(figure.name, skipped=True)
    cells = {(cell.area, cell.period): _statement(cell) for cell in figure.cells(at)}
    _check(indicator, {area for area, _ in cells})
    evidence = cite_query(
        by=by, at=at, source=figure.computed_by, definition=figure.definition, version=version,
        digest=_digest(cells, sealed=indicator.about_people), address=_address(figure),
    )  # fmt: skip
    rows, counted = _changes(figure, indicator, cells, evidence)
    insert(by=by, at=at, rows=rows)
    return counted


Cells = dict[tuple[str, Period], Statement]


def _defined(by: Actor, at: datetime, figure: Figure) -> Indicator:
    draft = IndicatorDraft(
        code=figure.name, name=figure.title, name_hant=figure.title_hant, name_en=figure.title_en,
        unit=figure.unit, kind=figure.kind, definition=figure.definition,
        computed_by=figure.computed_by, adds_up=figure.adds_up, about_people=figure.about_people,
        # A count of people made here is nobody's but ours before it has passed the release gate.
        public=not figure.about_people,
    )  # fmt: skip
    return define(by=by, at=at, draft=draft)


def _last_version(figure: Figure) -> str:
    """Return what the records were when this figure was counted last, by the same definition."""
    last = (
        Evidence.objects.filter(
            kind=Evidence.QUERY, source=figure.computed_by, address=_address(figure)
        )
        .order_by("-at", "-id")
        .first()
    )
    return last.version if last and last.words == figure.definition else ""


def _address(figure: Figure) -> str:
    return figure.address or f"/facts/{figure.name}/"


def _statement(cell: Cell) -> Statement:
    statement = Statement(nearest(cell.value) if cell.value.is_finite() else cell.value)
    if wrong := fault(statement):
        raise Refused(wrong, WRONGS[wrong])
    return statement


def _check(indicator: Indicator, areas: set[str]) -> None:
    levels = dict(Area.objects.filter(code__in=areas).values_list("code", "level"))
    for area in areas:
        if area not in levels:
            raise Refused("unknown_area", WRONGS["unknown_area"])
        wrong = overstep(
            level=levels[area], kind=Evidence.QUERY, official_only=indicator.official_only,
            hidden_people=not indicator.public if indicator.about_people else None,
            twin=indicator.released_from_id is not None,
        )  # fmt: skip
        if wrong:
            raise Refused(wrong, WRONGS[wrong])


def _digest(cells: Cells, *, sealed: bool) -> str:
    """Return the digest of what was counted; of people one that nobody can try numbers against."""
    said = sorted(f"{area} {period} {stated.value:f}" for (area, period), stated in cells.items())
    text = "\n".join(said).encode()
    return sealed_digest(text) if sealed else hashlib.sha256(text).hexdigest()


def _changes(
    figure: Figure, indicator: Indicator, cells: Cells, evidence: Evidence
) -> tuple[Sequence[NewFact], Counted]:
    """Return the facts to add, and how many are new, changed, withdrawn, the same."""
    known = {
        (fact.area_id, Period(fact.period_from, fact.period_until)): fact
        for fact in Fact.objects.current()
        .counted()
        .filter(indicator=indicator, evidence__source=evidence.source)
    }
    kept = {
        place: stated
        for place, stated in cells.items()
        if place in known and known[place].value == stated.value
    }
    gone = [place for place in known if place not in cells]
    reason = f"{figure.computed_by}: {evidence.version}"[:300]
    rows = [
        NewFact(
            indicator.pk, area, period, cells.get((area, period)),
            Fact.EVIDENCED if (area, period) in cells else Fact.WITHDRAWN, evidence.pk,
            known[area, period].pk if (area, period) in known else None,
            reason if (area, period) in known else "",
        )
        for area, period in [*cells, *gone]
        if (area, period) not in kept
    ]  # fmt: skip
    changed = sum(place in known for place in cells) - len(kept)
    new = sum(place not in known for place in cells)
    return rows, Counted(figure.name, new=new, changed=changed, withdrawn=len(gone), same=len(kept))
