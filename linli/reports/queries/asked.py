"""What is known of every cell of a form: it exists, is kept back, is stale or new; what contradicts it, who was told before."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from linli.directory.models import Area
from linli.facts.models import Fact, Indicator
from linli.facts.queries.facts import facts_for
from linli.facts.queries.pairs import said
from linli.facts.queries.released import sayable
from linli.facts.rules.contradictions import contradict
from linli.facts.rules.periods import Period, of_iso
from linli.facts.rules.released import spoken
from linli.facts.rules.statements import Statement
from linli.kernel import files
from linli.reports.models import AnsweredCell, FormAnswer, FormAsked, FormChoice, FormLayout
from linli.reports.rules import mapping
from linli.reports.rules.cells import Value, written
from linli.reports.rules.grid import of_json
from linli.reports.rules.mapping import Asked, Saying
from linli.reports.rules.workbook import fill

EXISTS, KEPT, STALE, NEW = STATES = ("exists", "kept", "stale", "new")
_RANK = {Fact.CLAIMED: 0, Fact.EVIDENCED: 1, Fact.CONFIRMED: 2}


Key = tuple[int, str, Period]


class Subject(NamedTuple):
    """What a cell asks for: an indicator of an area over a period."""

    indicator: Indicator
    area: Area
    period: Period

    @property
    def key(self) -> Key:
        """The same for the same figure."""
        return self.indicator.pk, self.area.pk, self.period


class _Marks(NamedTuple):
    """What was done in this form about the figure of a cell."""

    first: bool
    told: bool
    choice: FormChoice | None


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of one cell. fact: what answers it; of a stale one the last that is known.

    earlier: the cell of a form sent before that says just this; otherwise: one that said something else.
    first: whether no cell before it in the form asks the same. told: whether somebody typed it in for this form.
    choices: the figures that one chooses from by hand, where some contradict; choice: the one that holds.
    """

    cell: Asked
    subject: Subject
    state: str
    fact: Fact | None
    against: tuple[Fact, ...]
    earlier: AnsweredCell | None
    otherwise: AnsweredCell | None
    first: bool
    told: bool
    choices: tuple[Fact, ...] = ()
    choice: FormChoice | None = None

    @property
    def value(self) -> Value | None:
        """What is written into the cell, None where it stays empty."""
        statement = _sayable(self.fact) if self.fact and self.state == EXISTS else None
        return written(statement, self.cell.meant.scale) if statement else None

    @property
    def contradicts(self) -> bool:
        """Whether another figure, or a form sent before, says otherwise."""
        return bool(self.against) or self.otherwise is not None

    @property
    def to_choose(self) -> bool:
        """Whether figures contradict each other, and nobody has said which one stands here."""
        return bool(self.choices) and self.choice is None

    @property
    def typed_here(self) -> bool:
        """Whether somebody types it: nothing answers it yet, and no cell before it asks the same."""
        return self.state in {NEW, STALE} and self.first


def sayings_of(layout: FormLayout, *, until: int | None = None) -> dict[Saying, str]:
    """Return what is said of a layout's places, or was when the saying of this id was the newest: one query."""
    rows = layout.sayings.order_by("id")
    if until is not None:
        rows = rows.filter(pk__lte=until)
    said_of = {(place, field): value for place, field, value in rows.values_list("place", "field", "value")}  # fmt: skip
    return {saying: value for saying, value in said_of.items() if value}


def newest_saying(layout: FormLayout) -> int:
    """Return the id of the newest saying of a layout, 0 for none."""
    return layout.sayings.order_by("-id").values_list("pk", flat=True).first() or 0


def standings(form: FormAsked) -> list[Standing]:
    """Return what is known of every cell that a form asks for: eight queries. Its layout and unit must be at hand."""
    sayings = sayings_of(form.layout)
    cells = list(mapping.asked_cells(of_json(form.grid), sayings))
    subjects = _subjects(form, cells)
    known = facts_for((one.indicator.pk, one.area.pk) for one in subjects.values())
    answered = _answered(form, list(subjects.values()))
    told = set(form.told.values_list("cell", flat=True))
    chosen = _chosen(form, subjects)
    seen: set[Key] = set()
    found = []
    for cell in cells:
        if subject := subjects.get(cell.name):
            facts = known.get((subject.indicator.pk, subject.area.pk), [])
            key = subject.key
            marks = _Marks(key not in seen, cell.name in told, chosen.get(key))
            found.append(_standing(cell, subject, facts, answered, marks))
            seen.add(key)
    return found


def count(found: Sequence[Standing]) -> dict[str, int]:
    """Return how many cells exist, are kept back, stale, new, and how many contradict something."""
    counts = Counter(one.state for one in found)
    return {state: counts[state] for state in STATES} | {
        "asked": len(found),
        "contradicts": sum(one.contradicts for one in found),
        "reused": sum(reused(one) for one in found),
        "typed": sum(one.told and one.state == EXISTS for one in found),
    }


def reused(one: Standing) -> bool:
    """Say whether a cell is filled by a figure that nobody typed for it."""
    return one.state == EXISTS and not one.told


def answered_before(found: Sequence[Standing]) -> bool:
    """Say whether forms sent before have answered every cell of a form, each with what is known today."""
    return bool(found) and all(one.earlier for one in found)


def filled(
    form: FormAsked, found: Sequence[Standing], annex: Sequence[Sequence[Any]], title: str
) -> bytes:
    """Return the file that was brought with its cells filled, and a last sheet of this title."""
    values = {(one.cell.sheet, one.cell.spot): one.value for one in found}
    known = {spot: value for spot, value in values.items() if value is not None}
    return fill(files.fetch(form.digest), known, annex, title=title)


def _subjects(form: FormAsked, cells: Sequence[Asked]) -> dict[str, Subject]:
    """Return what each cell asks for, by its name; hidden counts of people stand for their public twins."""
    codes = {cell.meant.indicator for cell in cells}
    indicators = {one.code: one for one in Indicator.objects.filter(code__in=codes)}
    hidden = {one.pk: one.code for one in indicators.values() if not one.public}
    for twin in Indicator.objects.filter(released_from__in=hidden):
        indicators[hidden[twin.released_from_id or 0]] = twin
    places = {cell.meant.area for cell in cells} - {mapping.OWN} | {form.unit.area_id}
    areas = Area.objects.in_bulk(places)
    areas[mapping.OWN] = areas[form.unit.area_id]
    own = form.own_period
    found = {}
    for cell in cells:
        indicator, area = indicators.get(cell.meant.indicator), areas.get(cell.meant.area)
        period = of_iso(mapping.from_own_back(cell.meant.period, own))
        if indicator and area and period:
            found[cell.name] = Subject(indicator, area, period)
    return found


def _answered(form: FormAsked, subjects: Sequence[Subject]) -> Mapping[Key, AnsweredCell]:
    """Return the newest answer that another form gave to each subject: one query."""
    cells = (
        AnsweredCell.objects.filter(
            answer__kind=FormAnswer.SENT,
            fact__isnull=False,
            indicator__in={one.indicator.pk for one in subjects},
            area__in={one.area.pk for one in subjects},
        )
        .exclude(answer__form=form)
        .select_related("answer__form", "fact")
        .order_by("id")
    )
    return {
        (one.indicator_id, one.area_id, Period(one.period_from, one.period_until)): one
        for one in cells
    }


def _standing(
    cell: Asked, subject: Subject, facts: list[Fact],
    answered: Mapping[Key, AnsweredCell], marks: _Marks,
) -> Standing:  # fmt: skip
    for one in facts:
        one.indicator, one.area = subject.indicator, subject.area
    state, fact = _known(subject, facts)
    # Whoever chose a figure that was corrected since chooses again.
    fitting = _fitting(subject, facts) if state == EXISTS else []
    choice = next((marks.choice for one in fitting if marks.choice and one.pk == marks.choice.fact_id), None)  # fmt: skip
    if choice:
        fact = next(one for one in fitting if one.pk == choice.fact_id)
    against = tuple(_against(fact, facts)) if fact and state == EXISTS else ()
    before = answered.get(subject.key)
    same = before if before and fact and state == EXISTS and _says_as(before, fact) else None
    choices = tuple(fitting) if any(one in fitting for one in against) else ()
    return Standing(
        cell, subject, state, fact, against, same, None if same else before, marks.first, marks.told,
        choices, choice,
    )  # fmt: skip


def _known(subject: Subject, facts: Iterable[Fact]) -> tuple[str, Fact | None]:
    """Return a state, and the fact that answers, best proven first; of a stale cell the last one known."""
    within = _within(subject, facts)
    fitting = _fitting(subject, facts)
    hidden = not subject.indicator.public
    if fitting and not hidden:
        return EXISTS, max(fitting, key=lambda one: (_RANK[one.status], one.at, one.pk))
    if within or hidden or subject.indicator.released_from_id:
        return KEPT, None
    before = [one for one in facts if one.period_until <= subject.period.until and _sayable(one)]
    if before:
        return STALE, max(before, key=lambda one: (one.period_until, _RANK[one.status], one.at))
    return NEW, None


def _within(subject: Subject, facts: Iterable[Fact]) -> list[Fact]:
    return [one for one in facts if (one.period_from, one.period_until) == subject.period]


def _fitting(subject: Subject, facts: Iterable[Fact]) -> list[Fact]:
    """Return the figures that may stand in a cell: of just its period, and such as may be said."""
    return [one for one in _within(subject, facts) if _sayable(one)]


def _chosen(form: FormAsked, subjects: Mapping[str, Subject]) -> dict[Key, FormChoice]:
    """Return what was chosen by hand for each figure that the form asks for, the newest of each: one query."""
    return {
        subjects[one.cell].key: one for one in form.choices.order_by("id") if one.cell in subjects
    }


def _against(fact: Fact, facts: Iterable[Fact]) -> Iterable[Fact]:
    for other in facts:
        if other.pk != fact.pk and contradict(said(fact), said(other), adds_up=fact.indicator.adds_up):  # fmt: skip
            yield other


def _says_as(before: AnsweredCell, fact: Fact) -> bool:
    then = before.fact
    return then is not None and (then.value, then.bound) == (fact.value, fact.bound)


def _sayable(fact: Fact) -> Statement | None:
    """Return what a fact says as it may be said outside, None for what is kept back (PRIVACY 9)."""
    figure = sayable(fact)
    value = spoken(figure) if figure else None
    return None if value is None else Statement(value, fact.bound)
