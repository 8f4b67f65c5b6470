"""What both sides of projects say now, side by side: values are read from their facts, never kept twice."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from linli.facts.models import Fact, Indicator
from linli.facts.rules.periods import Period
from linli.funds.models import Attestation, Project
from linli.funds.rules.attesting import GIVER, RECEIVER, Word, compare, difference

Key = tuple[int, str, int | None, Period]  # project, matter, indicator, period


@dataclass(frozen=True, slots=True)
class Spoken:
    """What one side says now. fact: as it stands, where the matter is an indicator; steps: how often it spoke."""

    attestation: Attestation
    word: Word | None
    fact: Fact | None
    steps: tuple[Attestation, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """One thing of one project with what both sides say of it."""

    project: Project
    matter: str
    indicator: Indicator | None
    period: Period
    giver: Spoken | None
    receiver: Spoken | None

    @property
    def state(self) -> str:
        """In which of the five states the two are."""
        return compare(_word(self.giver), _word(self.receiver))

    @property
    def difference(self) -> Decimal | None:
        """By how much the receiver says more."""
        return difference(_word(self.giver), _word(self.receiver))


def compared(projects: Iterable[Project]) -> list[Compared]:
    """Return everything that a side of these projects has spoken of, by project and period: three queries."""
    of = {one.pk: one for one in projects}
    rows = Attestation.objects.filter(project__in=of).select_related(
        "fact", "indicator", "evidence", "unit"
    )
    spoken: dict[Key, dict[str, list[Attestation]]] = {}
    for row in rows.order_by("project_id", "period_from", "period_until", "matter", "id"):
        spoken.setdefault(key_of(row), {}).setdefault(row.side, []).append(row)
    newest = standing(row.fact for row in rows if row.fact)
    return [
        Compared(
            of[key[0]], key[1], next(iter(sides.values()))[0].indicator, key[3],
            _spoken(sides.get(GIVER, []), newest), _spoken(sides.get(RECEIVER, []), newest),
        )
        for key, sides in spoken.items()
    ]  # fmt: skip


def key_of(row: Attestation) -> Key:
    """Return what a statement is about."""
    period = Period(row.period_from, row.period_until)
    return row.project_id, row.matter, row.indicator_id, period


def standing(facts: Iterable[Fact]) -> dict[int, Fact]:
    """Return what each of these facts has become, by its id: itself, or the last that supersedes it. One query."""
    asked = {one.pk: one for one in facts}
    known = Fact.objects.filter(
        indicator__in={one.indicator_id for one in asked.values()},
        area__in={one.area_id for one in asked.values()},
    ).select_related("indicator", "area", "evidence")
    after = {one.supersedes_id: one for one in known if one.supersedes_id is not None}
    return {number: _last(fact, after) for number, fact in asked.items()}


def _last(fact: Fact, after: dict[int, Fact]) -> Fact:
    while fact.pk in after:
        fact = after[fact.pk]
    return fact


def _spoken(rows: list[Attestation], newest: dict[int, Fact]) -> Spoken | None:
    if not rows:
        return None
    last = rows[-1]
    fact = newest[last.fact_id] if last.fact_id else None
    return Spoken(last, _said(last, fact), fact, tuple(rows))


def _said(row: Attestation, fact: Fact | None) -> Word | None:
    """Return what is said now; nothing where the side has taken its fact back."""
    if row.amount is not None:
        return Word(Decimal(row.amount))
    return Word(fact.value, fact.bound) if fact and fact.value is not None else None


def _word(side: Spoken | None) -> Word | None:
    return side.word if side else None
