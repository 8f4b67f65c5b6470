"""What became of the promises of one report in a later one of the same place.

A promise is a measure that the earlier report says is planned. It is fulfilled when the later one says that
it was done and no number falls short; restated when it is still ahead or going on as it was; changed
when number, unit or date are others or the number fell short; vanished when nothing like it is said.
Passages about watching people are no promises and are left out.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from linli.reader.article import fold
from linli.reports.rules.likeness import Clause, clause, paired
from linli.reports.rules.review import out_of_scope, passages, reviewable

FULFILLED, RESTATED, CHANGED, VANISHED, NEW = (
    "fulfilled",
    "restated",
    "changed",
    "vanished",
    "new",
)
OUTCOMES = (FULFILLED, RESTATED, CHANGED, VANISHED, NEW)
_AT_MOST = frozenset({"at_most", "less_than"})
_EVERYBODY = frozenset({"全市", "全区", "全县", "全州", "全盟", "全旗", "全省"})


class Amount(NamedTuple):
    """One figure of a measure."""

    id: str
    value: Decimal
    unit: str
    bound: str
    surface: str


@dataclass(frozen=True, slots=True)
class Said:
    """One measure of a report, as far as a comparison asks."""

    id: str
    start: int
    end: int
    words: str
    status: str  # done, ongoing, planned
    doer: str  # the unit printed in the sentence, else ""
    implied: str
    dates: tuple[str, ...]
    amounts: tuple[Amount, ...]


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one promise. differs: number, unit, date, short (fell short), unsaid (no number)."""

    outcome: str
    earlier: Said | None
    later: Said | None
    likeness: float
    differs: tuple[str, ...] = ()

    @property
    def unit(self) -> str:
        """The unit that the sentences name, the promise's before the answer's; else whom they imply."""
        both = [said for said in (self.earlier, self.later) if said]
        named = [said.doer for said in both] + [said.implied for said in both]
        return next(filter(None, named), "")


def compare(earlier: Mapping[str, Any], later: Mapping[str, Any]) -> tuple[Fate, ...]:
    """Return the fate of every promise of the earlier reading in its order, then what is newly promised."""
    promises = [one for one in _said(earlier) if one[0].status == "planned"]
    answers = _said(later)
    pairs = paired([about for _, about in promises], [about for _, about in answers])
    fates = []
    for at, (promise, _) in enumerate(promises):
        if at in pairs:
            index, likeness = pairs[at]
            fates.append(_fate(promise, answers[index][0], likeness))
        else:
            fates.append(Fate(VANISHED, promise, None, 0.0))
    met = {index for index, _ in pairs.values()}
    fates += (
        Fate(NEW, None, said, 0.0)
        for index, (said, _) in enumerate(answers)
        if said.status == "planned" and index not in met
    )
    return tuple(fates)


def counts(fates: Sequence[Fate]) -> dict[str, int]:
    """Return how many of each outcome there are."""
    found = Counter(fate.outcome for fate in fates)
    return {outcome: found[outcome] for outcome in OUTCOMES}


def by_unit(fates: Sequence[Fate]) -> list[tuple[str, dict[str, int]]]:
    """Return the counts of each unit named, those with most promises first."""
    units: dict[str, list[Fate]] = {}
    for fate in fates:
        units.setdefault(fate.unit, []).append(fate)
    return [
        (unit, counts(found))
        for unit, found in sorted(units.items(), key=lambda entry: (-len(entry[1]), entry[0]))
    ]


def _fate(promise: Said, answer: Said, likeness: float) -> Fate:
    differs = _differences(promise, answer)
    if answer.status == "done":
        outcome = CHANGED if {"short", "unit"} & set(differs) else FULFILLED
        return Fate(outcome, promise, answer, likeness, differs)
    outcome = CHANGED if differs else RESTATED
    return Fate(outcome, promise, answer, likeness, differs)


def _differences(promise: Said, answer: Said) -> tuple[str, ...]:
    done = answer.status == "done"
    found = []
    for amount in promise.amounts:
        alike = [other for other in answer.amounts if other.unit == amount.unit]
        if not answer.amounts:
            found.append("unsaid")
        elif not alike:
            found.append("unit")
        elif done and not any(reaches(amount, other.value) for other in alike):
            found.append("short")
        elif not done and all(
            (other.value, other.bound) != (amount.value, amount.bound) for other in alike
        ):
            found.append("number")
    # When something was done is not what was promised; when it is still ahead, the day counts.
    if answer.status == "planned" and promise.dates != answer.dates:
        found.append("date")
    return tuple(dict.fromkeys(found))


def reaches(target: Amount, value: Decimal) -> bool:
    """Say whether a value meets a promised one: at most, where the promise was a limit."""
    return value <= target.value if target.bound in _AT_MOST else value >= target.value


def _said(reading: Mapping[str, Any]) -> list[tuple[Said, Clause]]:
    found = [item for item in reviewable(reading) if item.kind == "measure"]
    outside = out_of_scope(found, passages(reading))
    figures = {figure["id"]: figure for figure in reading["figures"]}
    return [
        (_of(reading, item.fields, figures), clause(reading, item.fields))
        for item in found
        if item.id not in outside
    ]


def _of(reading: Mapping[str, Any], measure: Mapping[str, Any], figures: Mapping[str, Any]) -> Said:
    own = [figures[name] for name in measure.get("figures", ())]
    doer = measure.get("actor") or "、".join(measure.get("lead_units", ()))
    nobody = fold(doer) in _EVERYBODY  # the whole city is no unit
    return Said(
        id=measure["id"],
        start=measure["start"],
        end=measure["end"],
        words=measure["surface"],
        status=measure["status"],
        doer="" if nobody else doer,
        implied=measure.get("actor_implied") or (doer if nobody else ""),
        dates=tuple(
            date["iso"]
            for date in reading["dates"]
            if measure["start"] <= date["start"] and date["end"] <= measure["end"]
        ),
        amounts=tuple(
            Amount(f["id"], Decimal(str(f["value"])), f["unit"], f["bound"], f["surface"])
            for f in own
            if f["value"] is not None
        ),
    )
