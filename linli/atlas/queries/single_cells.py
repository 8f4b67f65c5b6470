"""One cell of any view with everything it is made of: a value, a rate, a change; as it stands, or as it was cited."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from linli.atlas.models import CellCitation, Rate
from linli.atlas.queries.cells import AreaCell, tables
from linli.atlas.rules import cited
from linli.atlas.rules.cited import Asked, Kind, Part, Parts
from linli.atlas.rules.rates import Made, Point
from linli.directory.models import Area
from linli.facts.models import Fact, Indicator
from linli.facts.queries.released import released
from linli.facts.rules.periods import Period
from linli.facts.rules.released import NotReleased, Released
from linli.kernel.codes import number_of, read_code

Facts = dict[str, Fact]
Places = dict[str, tuple[Indicator, Period]]


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody wants to know: an indicator or a rate, where, when, and since when for a change."""

    of: Indicator | Rate
    area: Area
    period: Period
    before: Period | None = None

    @property
    def asked(self) -> Asked:
        """The same for the rules."""
        kind: Kind
        if isinstance(self.of, Rate):
            kind = "rate_change" if self.before else "rate"
            return Asked(kind, self.of.code, self.of.per, self.of.digits)
        kind = "change" if self.before else "value"
        return Asked(kind, self.of.code)

    @property
    def sides(self) -> dict[str, Indicator]:
        """The indicators that it takes: what is counted, and over what."""
        if isinstance(self.of, Rate):
            return {"numerator": self.of.numerator, "denominator": self.of.denominator}
        return {"numerator": self.of}

    @property
    def places(self) -> Places:
        """Which indicator over which period each figure of it is, by its role."""
        found = {role: (one, self.period) for role, one in self.sides.items()}
        if self.before is not None:
            found |= {f"{role}_before": (one, self.before) for role, one in self.sides.items()}
        return found


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known of it: the figures by their roles, what comes out of them, and the facts that state them."""

    question: Question
    parts: Parts
    result: Made
    facts: Facts

    @property
    def said(self) -> dict[str, Any]:
        """Everything that the cell says. Only where there is something."""
        return cited.said(self.question.asked, self.parts, self.result)


def answer(question: Question, as_of: datetime | None = None) -> Answer:
    """Return what is known of one cell (at `as_of`, else now): four queries at most."""
    places = question.places
    found = tables([*places.values()], [question.area], as_of)
    cells = {role: found[one.pk, period][0] for role, (one, period) in places.items()}
    facts = _facts(cells)
    parts = {
        role: _part(cell, places[role][0], facts.get(role))
        for role, cell in cells.items()
        if cell.released is not None
    }
    return Answer(question, parts, cited.made(question.asked, parts), facts)


def question_of(citation: CellCitation) -> Question:
    """Return what a cited cell is of. Its indicator, rate and area must be at hand."""
    of = citation.rate or citation.indicator
    if of is None:
        raise ValueError("a cell is of one thing")  # a CHECK says so
    before = None
    if citation.before_from and citation.before_until:
        before = Period(citation.before_from, citation.before_until)
    return Question(of, citation.area, Period(citation.period_from, citation.period_until), before)


def again(citation: CellCitation) -> Answer:
    """Return a cited cell, made again from the figures that it rested on.

    What was kept back is looked up as it was then. Raises NotReleased when a figure may no longer be said.
    """
    question = question_of(citation)
    places = question.places
    facts = pinned(citation)
    parts = {role: part_of(fact) for role, fact in facts.items()}
    without = [role for role in places if role not in facts]
    if without:
        found = tables([places[role] for role in without], [citation.area], citation.at)
        for role in without:
            indicator, period = places[role]
            cell = found[indicator.pk, period][0]
            if cell.is_kept_back:
                parts[role] = _part(cell, indicator, None)
    return Answer(question, parts, cited.made(question.asked, parts), facts)


def pinned(citation: CellCitation) -> Facts:
    """Return the facts that a cited cell rests on, by their roles. One query."""
    keys = {role: getattr(citation, f"{role}_id") for role in cited.ROLES}
    found = _with_all({key for key in keys.values() if key})
    return {role: found[key] for role, key in keys.items() if key}


def part_of(fact: Fact) -> Part:
    """Return one fact as a part of a cell. Raises NotReleased for one that may not be said."""
    if not fact.indicator.public:
        raise NotReleased(f"{fact.indicator.code} is not public")
    return _from_fact(fact, released(fact))


def _facts(cells: dict[str, AreaCell]) -> Facts:
    """Return the facts that these cells say, by their roles. One query, none where nothing is said."""
    codes = {role: read_code(cell.fact_code) for role, cell in cells.items() if cell.fact_code}
    keys = {role: number_of(code) for role, code in codes.items() if code}
    found = _with_all(set(keys.values()))
    return {role: found[key] for role, key in keys.items() if key in found}


def _with_all(keys: Iterable[int]) -> dict[int, Fact]:
    wanted = list(keys)
    if not wanted:
        return {}
    return Fact.objects.select_related("indicator", "evidence", "area").in_bulk(wanted)


def _part(cell: AreaCell, indicator: Indicator, fact: Fact | None) -> Part:
    """Return one cell as a part: of its fact, or kept back."""
    if fact is not None and cell.released is not None:
        return _from_fact(fact, cell.released)
    kept = cell.released
    point = Point(cell.area_code, cell.period, None, None, None, "")
    return Part(
        indicator.code, indicator.definition, indicator.unit, point, "", "", "", "", "", "", "",
        kept.ground if kept else "", kept.decision if kept else "",
    )  # fmt: skip


def _from_fact(fact: Fact, said: Released[Any]) -> Part:
    indicator, evidence = fact.indicator, fact.evidence
    period = Period(fact.period_from, fact.period_until)
    low, high = (said.low, said.high) if said.low is not None else (fact.low, fact.high)
    point = Point(fact.area_id, period, said.value, low, high, fact.status)
    recorded = fact.at.astimezone(UTC).isoformat()
    return Part(
        indicator.code, indicator.definition, indicator.unit, point, fact.bound, fact.code,
        evidence.source, evidence.kind, recorded, evidence.version, evidence.digest,
        said.ground, said.decision,
    )  # fmt: skip
